// What gRPC-web clients rely on, byte by byte: doc/PROTOCOL-WEB.md of gRPC, and
// what real clients make of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "google/rpc/status.pb.h"
#include "services/gateway/wire/base64.h"
#include "services/gateway/wire/gzip.h"
#include "tests/gateway/probe_server.h"
#include "tests/gateway/raw_client.h"

namespace jiedui::gateway {
namespace {

using grpc::StatusCode;
using probe::v1::Plan;
using probe::v1::ProbeRequest;
using testing::AllOf;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::Le;
using testing::Pair;
using testing::SizeIs;
using testing::StartsWith;

constexpr size_t kLimit = 1 << 20;

class ProtocolTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = new ProbeServer(ProbeOptions()); }
  static void TearDownTestSuite() { delete server_; }

  static int port() { return server_->web_port(); }
  static WebAnswer Call(const std::string& body,
                        const std::vector<HeaderLine>& headers = {},
                        const char* path = kUnary, const char* type = kBinary) {
    return CallOnce(port(), Post(path, body, type, headers));
  }
  static HttpAnswer CallHttp(const std::string& request) {
    RawClient client(port());
    client.Send(request);
    return client.Read().value_or(HttpAnswer());
  }

  static ProbeServer* server_;
};

ProbeServer* ProtocolTest::server_ = nullptr;

Plan PlanOf(int messages, int size = 0) {
  Plan plan;
  plan.set_messages(messages);
  plan.set_size(size);
  return plan;
}

Plan Failing(int code, const std::string& message) {
  Plan plan;
  plan.set_code(code);
  plan.set_message(message);
  return plan;
}

TEST_F(ProtocolTest, FourContentTypesAreServedInTheirOwnMode) {
  const std::string frame = Frame(PlanOf(0, 3));
  for (const char* type :
       {"application/grpc-web", "application/grpc-web+proto"}) {
    const WebAnswer answer = Call(frame, {}, kUnary, type);
    EXPECT_EQ(answer.http.Header("content-type"), "application/grpc-web+proto");
    EXPECT_EQ(answer.code, 0);
  }
  for (const char* type :
       {"application/grpc-web-text", "application/grpc-web-text+proto"}) {
    const WebAnswer answer = Call(Base64Encode(frame), {}, kUnary, type);
    EXPECT_THAT(answer.http.Header("content-type"), StartsWith(kTextType));
    EXPECT_EQ(answer.code, 0);
    EXPECT_EQ(answer.messages.at(0).payload(), "xxx");
  }
}

TEST_F(ProtocolTest, OtherTypesAre415AndOtherMethods405) {
  for (const char* type : {"application/grpc", "application/grpc-web+json",
                           "application/json", "text/plain"}) {
    EXPECT_EQ(CallHttp(Post(kUnary, "", type)).status, 415) << type;
  }
  EXPECT_EQ(CallHttp(absl::StrCat("POST ", kUnary, " HTTP/1.1\r\nHost: a\r\n",
                                  "Content-Length: 0\r\n\r\n"))
                .status,
            415);
  for (const char* method : {"GET", "PUT", "DELETE", "PATCH"}) {
    const HttpAnswer answer = CallHttp(
        absl::StrCat(method, " ", kUnary, " HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.Header("allow"), "POST, OPTIONS");
  }
}

TEST_F(ProtocolTest, ErrorsTravelInTrailersOfAnAnswer200) {
  for (int code = 1; code <= 16; ++code) {
    const WebAnswer answer = Call(Frame(Failing(code, "why")));
    EXPECT_EQ(answer.http.status, 200);
    EXPECT_EQ(answer.code, code);
    EXPECT_EQ(answer.message, "why");
    EXPECT_THAT(answer.flags, ElementsAre(0x80));
  }
}

TEST_F(ProtocolTest, AnOkAnswerHasItsMessageAndThenItsTrailers) {
  EXPECT_THAT(Call(Frame(Plan())).flags, ElementsAre(0, 0x80));
  EXPECT_THAT(Call(Frame(PlanOf(3)), {}, kStream).flags,
              ElementsAre(0, 0, 0, 0x80));
  EXPECT_THAT(Call(Frame(PlanOf(0)), {}, kStream).flags, ElementsAre(0x80));
}

// gRPC may report a message on one thread while the headers before it are being
// reported on another.
TEST_F(ProtocolTest, AMessageNeverOvertakesTheHeaders) {
  constexpr int kCalls = 10'000;
  constexpr int kAtOnce = 50;
  Plan plan = PlanOf(1);
  plan.add_headers()->set_name("x-first");
  plan.mutable_headers(0)->set_value("1");
  const std::string request = Post(kStream, Frame(plan));
  std::vector<RawClient> clients;
  for (int i = 0; i < kAtOnce; ++i) clients.emplace_back(port());
  int without = 0;
  for (int i = 0; i < kCalls; i += kAtOnce) {
    for (RawClient& client : clients) client.Send(request);
    for (RawClient& client : clients) {
      without += ReadWeb(client).http.Header("x-first") != "1";
    }
  }
  EXPECT_EQ(without, 0);
}

TEST_F(ProtocolTest, ChineseMessagesAndPercentSignsSurvive) {
  const std::string text = "余额不足 100% \r\n\t☺ 😈 \x7f";
  const WebAnswer answer = Call(Frame(Failing(9, text)));
  EXPECT_EQ(answer.message, text);
  EXPECT_THAT(answer.Trailer("grpc-message"), HasSubstr("100%25 %0D%0A%09"));
}

TEST_F(ProtocolTest, AServerThatDiesInMidStreamEndsInTrailersNotInOk) {
  Plan plan = PlanOf(3);
  plan.set_die(true);
  const WebAnswer answer = Call(Frame(plan), {}, kStream);
  EXPECT_THAT(answer.messages, SizeIs(3));
  EXPECT_EQ(answer.code, StatusCode::UNAVAILABLE);
}

TEST_F(ProtocolTest, AServerThatDiesBeforeItAnswersIsUnavailable) {
  Plan plan;
  plan.set_die(true);
  EXPECT_EQ(Call(Frame(plan)).code, StatusCode::UNAVAILABLE);
}

TEST_F(ProtocolTest, TextModePadsEveryMessageAndSendsItAtOnce) {
  Plan plan = PlanOf(2, 4);
  plan.set_delay_ms(20);
  const WebAnswer answer =
      Call(Base64Encode(Frame(plan)), {}, kStream, kTextType);
  EXPECT_THAT(answer.messages, SizeIs(2));
  // Two messages and the trailers, each a chunk of whole groups.
  EXPECT_THAT(answer.http.chunks, SizeIs(3));
  for (size_t size : answer.http.chunks) EXPECT_EQ(size % 4, 0);
}

TEST_F(ProtocolTest, TextRequestsMayBeSeveralPaddedSegments) {
  const std::string frame = Frame(PlanOf(0, 7));
  for (size_t cut = 1; cut < frame.size(); ++cut) {
    const WebAnswer answer = Call(
        Base64Encode(frame.substr(0, cut)) + Base64Encode(frame.substr(cut)),
        {}, kUnary, kTextType);
    EXPECT_EQ(answer.code, 0);
    EXPECT_THAT(answer.messages.at(0).payload(), SizeIs(7));
  }
  EXPECT_EQ(Call("!!!!", {}, kUnary, kTextType).code,
            StatusCode::INVALID_ARGUMENT);
}

TEST_F(ProtocolTest, NothingIsCompressedUnlessTheClientAskedForIt) {
  const std::string frame = Frame(PlanOf(2, 10'000));
  const WebAnswer plain = Call(frame, {}, kStream);
  EXPECT_THAT(plain.flags, ElementsAre(0, 0, 0x80));
  EXPECT_EQ(plain.http.Header("grpc-encoding"), "");
  const WebAnswer zipped =
      Call(frame, {{"grpc-accept-encoding", "br, gzip"}}, kStream);
  EXPECT_THAT(zipped.flags, ElementsAre(1, 1, 0x80));
  EXPECT_EQ(zipped.http.Header("grpc-encoding"), "gzip");
  EXPECT_THAT(zipped.messages.at(1).payload(), SizeIs(10'000));
  EXPECT_THAT(
      Call(Frame(PlanOf(0, 5)), {{"grpc-accept-encoding", "gzip"}}).flags,
      ElementsAre(0, 0x80));
}

TEST_F(ProtocolTest, ACompressedRequestIsInflated) {
  ProbeRequest request;
  request.set_payload(std::string(100'000, 'x'));
  const std::string frame =
      MessageFrame(*Gzip(request.SerializeAsString()), /*compressed=*/true);
  const WebAnswer answer = Call(frame, {{"grpc-encoding", "gzip"}});
  EXPECT_EQ(answer.code, 0);
  EXPECT_EQ(answer.messages.at(0).received_bytes(), 100'000);
}

TEST_F(ProtocolTest, ACompressedRequestIsBoundedByWhatItInflatesTo) {
  ProbeRequest request;
  request.set_payload(std::string(2 * kLimit, 'x'));
  const std::string bomb =
      MessageFrame(*Gzip(request.SerializeAsString()), /*compressed=*/true);
  EXPECT_EQ(Call(bomb, {{"grpc-encoding", "gzip"}}).code,
            StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(ProtocolTest, ACompressedFrameWithoutAnEncodingIsInternal) {
  const std::string frame = MessageFrame("", /*compressed=*/true);
  EXPECT_EQ(Call(frame).code, StatusCode::INTERNAL);
  EXPECT_EQ(Call(frame, {{"grpc-encoding", "identity"}}).code,
            StatusCode::INTERNAL);
}

TEST_F(ProtocolTest, AnUnknownEncodingIsUnimplementedAndTheKnownAreNamed) {
  const WebAnswer answer =
      Call(MessageFrame("x", true), {{"grpc-encoding", "foo"}});
  EXPECT_EQ(answer.code, StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(answer.http.Header("grpc-accept-encoding"), "identity,gzip");
}

TEST_F(ProtocolTest, ExactlyOneRequestMessageIsWanted) {
  const std::string frame = Frame(ProbeRequest());
  for (const char* path : {kUnary, kStream}) {
    EXPECT_EQ(Call("", {}, path).code, StatusCode::UNIMPLEMENTED);
    EXPECT_EQ(Call(frame + frame, {}, path).code, StatusCode::UNIMPLEMENTED);
    EXPECT_EQ(Call(frame, {}, path).code, 0);  // of zero bytes, and valid
  }
}

TEST_F(ProtocolTest, UnknownMethodsAreUnimplemented) {
  for (const char* path :
       {"/jiedui.probe.v1.ProbeService/Nothing", "/no.such.Service/Method",
        "/jiedui.probe.v1.ProbeService/Missing",
        "/jiedui.probe.v1.ProbeService/ClientStream",
        "/jiedui.probe.v1.ProbeService/Unary/", "/", "/Unary",
        "//jiedui.probe.v1.ProbeService/Unary"}) {
    EXPECT_EQ(Call(Frame(Plan()), {}, path).code, StatusCode::UNIMPLEMENTED)
        << path;
  }
}

// A request whose message has `size` bytes.
std::string FrameOfSize(size_t size) {
  ProbeRequest request;
  request.set_payload(std::string(size - 10, 'x'));
  request.set_payload(
      std::string(2 * (size - 5) - request.ByteSizeLong() - 5, 'x'));
  while (request.ByteSizeLong() > size) request.mutable_payload()->pop_back();
  while (request.ByteSizeLong() < size)
    request.mutable_payload()->push_back('x');
  EXPECT_EQ(request.ByteSizeLong(), size);
  return Frame(request);
}

TEST_F(ProtocolTest, AMessageOfTheLimitPassesAndAByteMoreDoesNot) {
  const WebAnswer largest = Call(FrameOfSize(kLimit));
  EXPECT_EQ(largest.code, 0);
  EXPECT_GT(largest.messages.at(0).received_bytes(), kLimit - 10);
  const std::string over = FrameOfSize(kLimit + 1);
  EXPECT_EQ(Call(over).code, StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(Call(Base64Encode(over), {}, kUnary, kTextType).code,
            StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(Call(Base64Encode(FrameOfSize(kLimit)), {}, kUnary, kTextType).code,
            0);
}

TEST_F(ProtocolTest, LargeCompressedMessagesGoBothWays) {
  ProbeRequest request;
  request.mutable_plan()->set_size(1 << 20);
  std::mt19937 random(1);
  for (int i = 0; i < 500'000; ++i) {
    request.mutable_payload()->push_back(static_cast<char>(random() % 64));
  }
  const WebAnswer answer =
      Call(MessageFrame(*Gzip(request.SerializeAsString()), true),
           {{"grpc-encoding", "gzip"}, {"grpc-accept-encoding", "gzip"}});
  EXPECT_THAT(answer.flags, ElementsAre(1, 0x80));
  EXPECT_EQ(answer.messages.at(0).received_bytes(), 500'000);
  EXPECT_THAT(answer.messages.at(0).payload(), SizeIs(1 << 20));
}

TEST_F(ProtocolTest, AnAnswerOfManyMegabytesArrives) {
  const WebAnswer answer = Call(Frame(PlanOf(0, 20 << 20)));
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.messages.at(0).payload(), SizeIs(20 << 20));
}

TEST_F(ProtocolTest, AConnectionIsGoodAfterARefusedRequest) {
  RawClient client(port());
  client.Send(Post(kUnary, FrameOfSize(kLimit + 1)));
  EXPECT_EQ(ReadWeb(client).code, StatusCode::RESOURCE_EXHAUSTED);
  client.Send(Post(kUnary, Frame(Plan()), "text/plain"));
  EXPECT_EQ(client.Read().value().status, 415);
  client.Send(Post(kUnary, Frame(Plan())));
  EXPECT_EQ(ReadWeb(client).code, 0);
}

// gRPC rounds up what it passes on, by less than a hundredth.
TEST_F(ProtocolTest, AllUnitsOfTimeReachTheService) {
  for (const auto& [text, ms] :
       std::vector<std::pair<std::string, int64_t>>{{"1H", 3'600'000},
                                                    {"2M", 120'000},
                                                    {"30S", 30'000},
                                                    {"40000m", 40'000},
                                                    {"50000000u", 50'000}}) {
    const WebAnswer answer = Call(Frame(Plan()), {{"grpc-timeout", text}});
    EXPECT_THAT(answer.messages.at(0).timeout_ms(),
                AllOf(Ge(ms - 5'000), Le(ms + ms / 100)))
        << text;
  }
  // Less than a tenth of a second cannot be asked for in nanoseconds.
  EXPECT_THAT(Call(Frame(Plan()), {{"grpc-timeout", "99999999n"}}).code,
              testing::AnyOf(0, StatusCode::DEADLINE_EXCEEDED));
  EXPECT_EQ(Call(Frame(Plan())).messages.at(0).timeout_ms(), 0);
}

TEST_F(ProtocolTest, AMalformedTimeoutIsInvalid) {
  for (const char* text : {"", "1", "S", "1s", "123456789S", "-1S", "1.5S"}) {
    EXPECT_EQ(Call(Frame(Plan()), {{"grpc-timeout", text}}).code,
              StatusCode::INVALID_ARGUMENT)
        << text;
  }
}

TEST_F(ProtocolTest, TheGatewayItselfEndsACallAtItsDeadline) {
  Plan plan = PlanOf(2);
  plan.set_hang(true);
  for (const char* path : {kUnary, kStream}) {
    EXPECT_EQ(Call(Frame(plan), {{"grpc-timeout", "100m"}}, path).code,
              StatusCode::DEADLINE_EXCEEDED);
  }
  EXPECT_EQ(Call(Frame(plan), {{"grpc-timeout", "0S"}}).code,
            StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(ProtocolTest, TheDeadlineRunsWhileTheBodyIsOnItsWay) {
  RawClient client(port());
  const std::string request =
      Post(kUnary, Frame(Plan()), kBinary, {{"grpc-timeout", "100m"}});
  client.Send(request.substr(0, request.size() - 1));
  EXPECT_EQ(ReadWeb(client).code, StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(ProtocolTest, ClientsAreNotToldWhatGrpcSaysOfItsConnections) {
  Plan plan;
  plan.set_die(true);
  const WebAnswer away = Call(Frame(plan));
  EXPECT_THAT(away.message, HasSubstr("服务暂时连不上"));
  plan.set_die(false);
  plan.set_hang(true);
  const WebAnswer late = Call(Frame(plan), {{"grpc-timeout", "50m"}});
  EXPECT_THAT(late.message, HasSubstr("未在期限内答复"));
}

std::vector<std::string> ValuesOf(const WebAnswer& answer,
                                  std::string_view name) {
  std::vector<std::string> values;
  for (const auto& line : answer.messages.at(0).received()) {
    if (line.name() == name) values.push_back(line.value());
  }
  return values;
}

TEST_F(ProtocolTest, BinaryMetadataComeWithPaddingAndWithout) {
  const WebAnswer answer = Call(Frame(Plan()), {{"x-probe-a-bin", "/wA="},
                                                {"X-Probe-A-Bin", "/wA"},
                                                {"x-probe-a-bin", "YQ==,YmM"}});
  const std::string bytes("\xff\0", 2);
  EXPECT_THAT(ValuesOf(answer, "x-probe-a-bin"),
              ElementsAre(bytes, bytes, "a", "bc"));
}

TEST_F(ProtocolTest, MetadataNotOnTheListDoNotPass) {
  const WebAnswer answer = Call(Frame(Plan()), {{"x-secret", "1"},
                                                {"cookie", "a=b"},
                                                {"x-jiedui-actor", "%E5%BC%A0"},
                                                {"authorization", "Bearer t"},
                                                {"grpc-tags-bin", "AAAA"},
                                                {"te", "trailers"}});
  EXPECT_THAT(ValuesOf(answer, "x-jiedui-actor"), ElementsAre("%E5%BC%A0"));
  EXPECT_THAT(ValuesOf(answer, "authorization"), ElementsAre("Bearer t"));
  EXPECT_THAT(answer.messages.at(0).received(), SizeIs(2));
}

void Add(google::protobuf::RepeatedPtrField<probe::v1::Line>* lines,
         const char* name, const std::string& value) {
  lines->Add()->set_name(name);
  lines->rbegin()->set_value(value);
}

TEST_F(ProtocolTest, DuplicateMetadataStaySeparateLines) {
  Plan plan;
  for (const char* value : {"foo", "bar", "baz"}) {
    Add(plan.mutable_headers(), "x-custom-header", value);
    Add(plan.mutable_trailers(), "x-custom-trailer", value);
    Add(plan.mutable_trailers(), "x-custom-bin", std::string("\xff") + value);
  }
  const WebAnswer answer =
      Call(Frame(plan), {{"x-probe-a", "1"}, {"x-probe-a", "2"}});
  EXPECT_THAT(ValuesOf(answer, "x-probe-a"), ElementsAre("1", "2"));
  EXPECT_EQ(answer.http.Header("x-custom-header"), "foo, bar, baz");
  EXPECT_EQ(answer.Trailer("x-custom-trailer"), "foo, bar, baz");
  EXPECT_THAT(answer.trailers,
              testing::Contains(Pair("x-custom-trailer", "bar")));
  EXPECT_EQ(answer.Trailer("x-custom-bin"), "/2Zvbw==, /2Jhcg==, /2Jheg==");
}

TEST_F(ProtocolTest, DetailsRepeatCodeAndMessage) {
  Plan plan = Failing(9, "不行");
  plan.add_details()->set_type_url("type.googleapis.com/a.B");
  const WebAnswer answer = Call(Frame(plan));
  std::string bytes;
  Base64Decoder decoder;
  ASSERT_TRUE(
      decoder.Feed(answer.Trailer("grpc-status-details-bin"), &bytes).ok());
  ASSERT_TRUE(decoder.Finish().ok());
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(bytes));
  EXPECT_EQ(details.code(), 9);
  EXPECT_EQ(details.message(), "不行");
  EXPECT_EQ(details.details(0).type_url(), "type.googleapis.com/a.B");
}

TEST_F(ProtocolTest, ErrorsOfTheGatewayItselfHaveDetailsInBothLanguages) {
  const WebAnswer answer = Call(Frame(Plan()), {{"grpc-timeout", "soon"}});
  std::string bytes;
  Base64Decoder decoder;
  ASSERT_TRUE(
      decoder.Feed(answer.Trailer("grpc-status-details-bin"), &bytes).ok());
  EXPECT_THAT(bytes, HasSubstr("BAD_TIMEOUT"));
  EXPECT_THAT(bytes, HasSubstr("zh-CN"));
  EXPECT_THAT(bytes, HasSubstr("is malformed"));
}

TEST_F(ProtocolTest, ChunkedRequestsAreServed) {
  const std::string frame = Frame(PlanOf(0, 3));
  std::string request = absl::StrCat(
      "POST ", kUnary, " HTTP/1.1\r\nHost: a\r\nContent-Type: ", kBinary,
      "\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (char c : frame) {
    request += std::string("1;a=b\r\n") + c + "\r\n";
  }
  request += "0\r\nX-Trailer: 1\r\n\r\n";
  EXPECT_EQ(CallOnce(port(), request).code, 0);
}

}  // namespace
}  // namespace jiedui::gateway
