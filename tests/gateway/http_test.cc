// HTTP/1.1 as such: connections that stay, requests in a row, and heads that
// are not what they should be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/gateway/probe_server.h"
#include "tests/gateway/raw_client.h"

namespace jiedui::gateway {
namespace {

using probe::v1::Plan;
using testing::SizeIs;
using End = RawClient::End;

class HttpTest : public testing::Test {
 protected:
  int port() { return server_.web_port(); }

  // A head that is refused: an answer with `status`, then the end.
  void ExpectRefused(const std::string& head, int status) {
    RawClient client(port());
    // What follows must never be taken for a request.
    client.Send(head + Post(kUnary, Frame(Plan())));
    const std::optional<HttpAnswer> answer = client.Read();
    ASSERT_TRUE(answer) << head;
    EXPECT_EQ(answer->status, status) << head;
    EXPECT_EQ(answer->Header("connection"), "close");
    EXPECT_NE(client.AwaitEnd(), End::kOpen) << head;
    EXPECT_EQ(client.input(), "") << head;
  }

  ProbeServer server_{ProbeOptions()};
};

std::string Line(const char* path = kUnary) {
  return absl::StrCat("POST ", path, " HTTP/1.1\r\n");
}

TEST_F(HttpTest, AConnectionServesManyRequests) {
  RawClient client(port());
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(client.Send(Post(kUnary, Frame(Plan()))));
    ASSERT_EQ(ReadWeb(client).code, 0);
  }
}

TEST_F(HttpTest, RequestsSentInARowAreAnsweredInTheirOrder) {
  RawClient client(port());
  std::string all;
  for (int i = 0; i < 50; ++i) {
    Plan plan;
    plan.set_size(i);
    plan.set_delay_ms(i % 3);
    plan.set_messages(1);
    all += Post(i % 2 == 0 ? kUnary : kStream, Frame(plan));
  }
  ASSERT_TRUE(client.Send(all));
  for (int i = 0; i < 50; ++i) {
    const WebAnswer answer = ReadWeb(client);
    ASSERT_EQ(answer.code, 0);
    EXPECT_THAT(answer.messages.at(0).payload(), SizeIs(i));
  }
}

TEST_F(HttpTest, RequestsInARowBeyondTheBufferWaitForTheirTurn) {
  RawClient client(port());
  probe::v1::ProbeRequest request;
  request.set_payload(std::string(200'000, 'x'));
  request.mutable_plan()->set_delay_ms(5);
  for (int i = 0; i < 10; ++i)
    ASSERT_TRUE(client.Send(Post(kUnary, Frame(request))));
  for (int i = 0; i < 10; ++i) ASSERT_EQ(ReadWeb(client).code, 0);
}

TEST_F(HttpTest, ARequestMayComeByteByByte) {
  RawClient client(port());
  for (char c : Post(kUnary, Frame(Plan()))) client.Send({&c, 1});
  EXPECT_EQ(ReadWeb(client).code, 0);
}

TEST_F(HttpTest, TheClientMayEndTheConnectionWithARequest) {
  RawClient client(port());
  client.Send(Post(kUnary, Frame(Plan()), kBinary, {{"Connection", "close"}}));
  const WebAnswer answer = ReadWeb(client);
  EXPECT_EQ(answer.http.Header("connection"), "close");
  EXPECT_EQ(client.AwaitEnd(), End::kClosed);
  Plan plan;
  plan.set_messages(2);
  RawClient other(port());
  other.Send(Post(kStream, Frame(plan), kBinary, {{"Connection", "close"}}));
  EXPECT_EQ(ReadWeb(other).http.Header("connection"), "close");
}

TEST_F(HttpTest, WhoWaitsToBeToldToGoOnIsTold) {
  RawClient client(port());
  const std::string request =
      Post(kUnary, Frame(Plan()), kBinary, {{"Expect", "100-continue"}});
  const size_t head = request.find("\r\n\r\n") + 4;
  client.Send(request.substr(0, head));
  EXPECT_EQ(client.Read().value().status, 100);
  client.Send(request.substr(head));
  EXPECT_EQ(ReadWeb(client).code, 0);
  client.Send(request);  // the same without waiting
  EXPECT_EQ(ReadWeb(client).code, 0);
}

TEST_F(HttpTest, WhoIsRefusedIsNotToldToGoOn) {
  RawClient client(port());
  const std::string request =
      Post(kUnary, Frame(Plan()), "text/plain", {{"Expect", "100-continue"}});
  client.Send(request.substr(0, request.find("\r\n\r\n") + 4));
  const HttpAnswer answer = client.Read().value();
  EXPECT_EQ(answer.status, 415);
  EXPECT_EQ(answer.Header("connection"), "close");
}

TEST_F(HttpTest, OtherExpectationsAreRefused) {
  ExpectRefused(Line() + "Host: a\r\nExpect: tea\r\nContent-Length: 0\r\n\r\n",
                417);
}

TEST_F(HttpTest, ABodyThatEndsEarlyIsNoRequest) {
  RawClient client(port());
  const std::string request = Post(kUnary, Frame(Plan()));
  client.Send(request.substr(0, request.size() - 1));
  client.HalfClose();
  EXPECT_EQ(ReadWeb(client).code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(client.AwaitEnd(), End::kClosed);
}

TEST_F(HttpTest, Http10IsServedAndEndsWithTheConnection) {
  for (const char* path : {kUnary, kStream}) {
    Plan plan;
    plan.set_messages(3);
    std::string request = Post(path, Frame(plan));
    request.replace(request.find("HTTP/1.1"), 8, "HTTP/1.0");
    RawClient client(port());
    client.Send(request);
    const WebAnswer answer = ReadWeb(client);
    EXPECT_EQ(answer.code, 0);
    EXPECT_EQ(answer.http.Header("transfer-encoding"), "");
    EXPECT_EQ(client.AwaitEnd(), End::kClosed);
  }
}

TEST_F(HttpTest, TwoLengthsAreRefused) {
  const std::string host = Line() + "Host: a\r\n";
  ExpectRefused(
      host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
  ExpectRefused(
      host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400);
  ExpectRefused(host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400);
  ExpectRefused(host + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400);
  ExpectRefused(host + "Content-Length: 5, 5\r\n\r\n", 400);
  ExpectRefused(host + "Content-Length: +5\r\n\r\n", 400);
  ExpectRefused(host + "Content-Length: -1\r\n\r\n", 400);
  ExpectRefused(host + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501);
  ExpectRefused(host + "Transfer-Encoding: xchunked\r\n\r\n", 501);
}

TEST_F(HttpTest, LinesThatAreReadDifferentlyElsewhereAreRefused) {
  const std::string host = Line() + "Host: a\r\n";
  ExpectRefused(host + "A: b\r\n c\r\n\r\n", 400);  // obs-fold
  ExpectRefused(host + "A: b\nC: d\r\n\r\n", 400);  // bare LF
  ExpectRefused(host + "A: b\rC: d\r\n\r\n", 400);  // bare CR
  ExpectRefused(host + "A : b\r\n\r\n", 400);       // space before the colon
  ExpectRefused(host + "Content-Length : 5\r\n\r\n", 400);
  ExpectRefused(host + std::string("A: \0\r\n\r\n", 8), 400);
  ExpectRefused(Line() + "A: b\r\n\r\n", 400);   // no Host
  ExpectRefused(host + "Host: b\r\n\r\n", 400);  // two
  ExpectRefused("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
}

TEST_F(HttpTest, OddRequestLinesAreRefused) {
  ExpectRefused("GARBAGE\r\n\r\n", 400);
  ExpectRefused("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
  ExpectRefused("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400);
  ExpectRefused("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505);
  ExpectRefused("PRI * HTTP/2.0\r\n\r\n", 505);
  ExpectRefused("GET /\x80 HTTP/1.1\r\nHost: a\r\n\r\n", 400);
}

TEST_F(HttpTest, MalformedChunksEndTheConnection) {
  for (const char* chunks :
       {"x\r\n", "5 \n12345\r\n0\r\n\r\n", "-1\r\n", "fffffffffffffffff\r\n",
        "5\r\n123456\r\n0\r\n\r\n", "5\n12345\n0\n\n"}) {
    RawClient client(port());
    client.Send(absl::StrCat(Line(), "Host: a\r\nContent-Type: ", kBinary,
                             "\r\nTransfer-Encoding: chunked\r\n\r\n", chunks));
    client.HalfClose();
    const WebAnswer answer = ReadWeb(client);
    EXPECT_EQ(answer.code, grpc::StatusCode::INVALID_ARGUMENT) << chunks;
    EXPECT_EQ(answer.http.Header("connection"), "close");
    EXPECT_NE(client.AwaitEnd(), End::kOpen);
  }
}

TEST_F(HttpTest, HeadsAndTargetsAreBounded) {
  ExpectRefused(
      Line() + "Host: a\r\nA: " + std::string(9'000, 'x') + "\r\n\r\n", 431);
  ExpectRefused("GET /" + std::string(9'000, 'x') + " HTTP/1.1\r\n\r\n", 431);
  std::string many = Line() + "Host: a\r\n";
  for (int i = 0; i < 2'000; ++i) many += "A: b\r\n";
  ExpectRefused(many + "\r\n", 431);
  RawClient endless(port());
  for (int i = 0; i < 100 && endless.Send(std::string(1'000, 'x')); ++i) {
  }
  EXPECT_EQ(endless.Read().value().status, 431);
}

TEST_F(HttpTest, AnEmptyLineBeforeARequestIsForgiven) {
  RawClient client(port());
  client.Send("\r\n" + Post(kUnary, Frame(Plan())));
  EXPECT_EQ(ReadWeb(client).code, 0);
}

TEST_F(HttpTest, HealthIsToldWithoutACall) {
  RawClient client(port());
  client.Send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.Read().value().status, 200);
  client.Send("HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  const HttpAnswer head = client.Read(/*head_only=*/true).value();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.Header("content-length"), "2");
  client.Send("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.Read().value().status, 404);
}

}  // namespace
}  // namespace jiedui::gateway
