// All calls of all users share one HTTP/2 connection to a service. gRPC 1.51.1
// drops it for one oversized header or one malformed "-bin" of one call; here
// no request, however malformed, may do that.
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "tests/gateway/probe_server.h"
#include "tests/gateway/raw_client.h"

namespace jiedui::gateway {
namespace {

using probe::v1::Plan;

class SharedConnectionTest : public testing::Test {
 protected:
  // A stream of another user, under way all the time.
  SharedConnectionTest() : other_(server_.web_port()) {
    Plan plan;
    plan.set_hang(true);
    other_.Send(Post(kStream, Frame(plan)));
    EXPECT_TRUE(other_.Await(1));
  }
  // Whatever `request` is: it is answered or its connection closed, and the
  // other user notices nothing.
  void Attack(const std::string& request) {
    RawClient client(server_.web_port());
    client.Send(request);
    client.HalfClose();
    EXPECT_NE(client.AwaitEnd(), RawClient::End::kOpen);
  }
  ~SharedConnectionTest() override {
    EXPECT_TRUE(server_.service().WaitForActive(1, absl::Seconds(20)));
    const size_t before = other_.input().size();
    EXPECT_EQ(other_.AwaitEnd(std::chrono::milliseconds(1)),
              RawClient::End::kOpen);
    EXPECT_EQ(other_.input().size(), before) << other_.input();
    EXPECT_EQ(CallOnce(server_.web_port(), Post(kUnary, Frame(Plan()))).code,
              0);
  }

  ProbeServer server_{ProbeOptions()};
  RawClient other_;
};

std::string With(const std::vector<HeaderLine>& headers) {
  return Post(kUnary, Frame(Plan()), kBinary, headers);
}

TEST_F(SharedConnectionTest, OversizedMetadata) {
  for (size_t size : {3'000, 4'000, 4'096, 5'000, 7'500}) {
    const std::string text(size, 'x');
    Attack(With({{"authorization", text}}));
    Attack(With({{"x-probe-a-bin", text}}));
    Attack(With({{"x-jiedui-actor", text}, {"authorization", text}}));
    Attack(With({{text, "1"}}));
    Attack(With({{"user-agent", text}, {"x-user-agent", text}}));
  }
}

TEST_F(SharedConnectionTest, ManyLinesOfMetadata) {
  std::vector<HeaderLine> lines(400, {"x-probe-a", "1"});
  Attack(With(lines));
  lines.assign(300, {"x-probe-a-bin", "AA,AA,AA,AA"});
  Attack(With(lines));
}

TEST_F(SharedConnectionTest, MalformedMetadata) {
  for (const char* value :
       {"!", "A", "====", "AA=A", "\xff", "A A", "A,", ","}) {
    Attack(With({{"x-probe-a-bin", value}}));
    Attack(With({{"grpc-tags-bin", value}, {"grpc-trace-bin", value}}));
  }
  for (const char* value : {"\t", "\x7f", "\xe4\xb8\xad", "a\tb"}) {
    Attack(With({{"x-probe-a", value}, {"authorization", value}}));
  }
}

TEST_F(SharedConnectionTest, HeadersThatMeanSomethingToHttp2) {
  for (const char* name :
       {":path", ":authority", "te", "connection", "transfer-encoding",
        "upgrade", "http2-settings", "grpc-status", "grpc-encoding",
        "grpc-timeout", "grpc-internal-encoding-request",
        "grpc-previous-rpc-attempts", "host", "content-type"}) {
    for (const char* value : {"", "1", "trailers", "gzip", "HTTP/2.0"}) {
      Attack(With({{name, value}}));
    }
  }
}

TEST_F(SharedConnectionTest, PathsThatAreNoMethods) {
  for (const std::string& path :
       {std::string(5'000, 'a'), std::string("/\x7f"), std::string("/%00"),
        absl::StrCat(kUnary, "?a=b"), absl::StrCat(kUnary, "%20"),
        std::string("/jiedui.probe.v1.ProbeService/")}) {
    Attack(Post(path, Frame(Plan())));
  }
}

TEST_F(SharedConnectionTest, RandomHeads) {
  std::mt19937 random(20261122);
  const std::vector<std::string> names = {
      "authorization", "x-probe-a",      "x-probe-a-bin", "grpc-timeout",
      "grpc-encoding", "x-jiedui-actor", "content-type",  "expect"};
  for (int i = 0; i < 500; ++i) {
    std::vector<HeaderLine> lines;
    for (int j = 0; j < 4; ++j) {
      std::string value;
      for (size_t length = random() % 40; length > 0; --length) {
        value += static_cast<char>(random());
      }
      lines.emplace_back(names[random() % names.size()], value);
    }
    Attack(With(lines));
  }
}

TEST_F(SharedConnectionTest, BytesThatAreNoMessage) {
  for (const std::string& body :
       {std::string("\xff\xff\xff\xff"), std::string(500'000, '\xff')}) {
    Attack(Post(kUnary, MessageFrame(body, false)));
    Attack(Post(kStream, MessageFrame(body, false)));
  }
}

}  // namespace
}  // namespace jiedui::gateway
