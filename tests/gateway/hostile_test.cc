// Clients that mean harm: each costs the gateway little, for a short time, and
// others nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/wire/gzip.h"
#include "tests/gateway/probe_server.h"
#include "tests/gateway/raw_client.h"

namespace jiedui::gateway {
namespace {

using probe::v1::Plan;
using End = RawClient::End;
using std::chrono::milliseconds;

// Limits that a test need not wait long for.
GatewayOptions ShortTimes() {
  GatewayOptions options = ProbeOptions();
  options.limits.head_time = milliseconds(200);
  options.limits.body_time = milliseconds(200);
  options.limits.idle_time = milliseconds(300);
  options.limits.write_time = milliseconds(300);
  options.limits.bytes_per_second = 10 << 20;
  return options;
}

void ExpectServes(ProbeServer& server) {
  EXPECT_EQ(CallOnce(server.web_port(), Post(kUnary, Frame(Plan()))).code, 0);
}

// Sends `bytes` one by one, as slowly as it takes for the other side to lose
// its patience; returns what it answered.
std::optional<HttpAnswer> Drip(RawClient& client, const std::string& bytes) {
  for (char c : bytes) {
    if (client.AwaitEnd(milliseconds(20)) != End::kOpen) break;
    client.Send({&c, 1});
  }
  client.AwaitEnd();
  return client.Read();
}

TEST(HostileTest, ASlowHeadIsCutShort) {
  ProbeServer server(ShortTimes());
  RawClient client(server.web_port());
  const auto answer =
      Drip(client, "POST / HTTP/1.1\r\nX: " + std::string(100, 'x'));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  ExpectServes(server);
}

TEST(HostileTest, ASlowBodyIsCutShort) {
  ProbeServer server(ShortTimes());
  RawClient client(server.web_port());
  const std::string request =
      Post(kUnary, MessageFrame(std::string(100, 'x'), false));
  const size_t head = request.find("\r\n\r\n") + 4;
  client.Send(request.substr(0, head));
  const auto answer = Drip(client, request.substr(head));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_THAT(answer->body, testing::HasSubstr("grpc-status:4"));
  ExpectServes(server);
}

TEST(HostileTest, AClientThatReadsNothingIsCutOffAndItsCallCancelled) {
  ProbeServer server(ShortTimes());
  RawClient client(server.web_port(), /*receive_buffer=*/4096);
  Plan plan;
  plan.set_messages(1'000'000);
  plan.set_size(100'000);
  client.Send(Post(kStream, Frame(plan)));
  ASSERT_TRUE(server.service().WaitForActive(1, absl::Seconds(20)));
  EXPECT_TRUE(server.service().WaitForActive(0, absl::Seconds(20)));
  EXPECT_EQ(server.service().cancelled(), 1);
  ExpectServes(server);
}

TEST(HostileTest, AnIdleConnectionIsClosed) {
  ProbeServer server(ShortTimes());
  RawClient after(server.web_port());
  after.Send(Post(kUnary, Frame(Plan())));
  EXPECT_EQ(ReadWeb(after).code, 0);
  RawClient silent(server.web_port());
  EXPECT_EQ(silent.AwaitEnd(), End::kClosed);
  EXPECT_EQ(after.AwaitEnd(), End::kClosed);
}

TEST(HostileTest, AHugeBodyIsNotKeptNorReadToItsEnd) {
  ProbeServer server(ShortTimes());
  RawClient client(server.web_port());
  const std::string head = absl::StrCat(
      "POST ", kUnary, " HTTP/1.1\r\nHost: a\r\nContent-Type: ", kBinary,
      "\r\nContent-Length: 9999999999\r\n\r\n");
  client.Send(head + std::string("\0\xff\xff\xff\xff", 5));
  const WebAnswer answer = ReadWeb(client);
  EXPECT_EQ(answer.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(answer.http.Header("connection"), "close");
  EXPECT_NE(client.AwaitEnd(), End::kOpen);
}

TEST(HostileTest, AnEndlessChunkLineIsCutShort) {
  ProbeServer server(ShortTimes());
  RawClient client(server.web_port());
  client.Send(absl::StrCat(
      "POST ", kUnary, " HTTP/1.1\r\nHost: a\r\nContent-Type: ", kBinary,
      "\r\nTransfer-Encoding: chunked\r\n\r\n1;", std::string(100'000, 'x')));
  EXPECT_EQ(ReadWeb(client).code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_NE(client.AwaitEnd(), End::kOpen);
}

TEST(HostileTest, OneAddressHasOnlySoManyConnections) {
  GatewayOptions options = ProbeOptions();
  options.limits.connections_each = 3;
  ProbeServer server(options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back(server.web_port());
    clients.back().Send(Post(kUnary, Frame(Plan())));
    EXPECT_EQ(ReadWeb(clients.back()).code, 0);
  }
  RawClient fourth(server.web_port());
  EXPECT_NE(fourth.AwaitEnd(), End::kOpen);
  clients.front().Send(Post(kUnary, Frame(Plan())));
  EXPECT_EQ(ReadWeb(clients.front()).code, 0);
}

TEST(HostileTest, OneAddressHasOnlySoManyCalls) {
  GatewayOptions options = ProbeOptions();
  options.limits.calls_each = 2;
  ProbeServer server(options);
  Plan hanging;
  hanging.set_hang(true);
  std::vector<RawClient> clients;
  for (int i = 0; i < 2; ++i) {
    clients.emplace_back(server.web_port());
    clients.back().Send(Post(kUnary, Frame(hanging)));
  }
  ASSERT_TRUE(server.service().WaitForActive(2, absl::Seconds(20)));
  const WebAnswer third =
      CallOnce(server.web_port(), Post(kUnary, Frame(Plan())));
  EXPECT_EQ(third.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  clients.pop_back();
  ASSERT_TRUE(server.service().WaitForActive(1, absl::Seconds(20)));
}

TEST(HostileTest, AllBodiesTogetherAreBounded) {
  GatewayOptions options = ProbeOptions();
  options.limits.buffered_bytes = 1'000;
  ProbeServer server(options);
  probe::v1::ProbeRequest request;
  request.set_payload(std::string(2'000, 'x'));
  EXPECT_EQ(CallOnce(server.web_port(), Post(kUnary, Frame(request))).code,
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  ExpectServes(server);
}

TEST(HostileTest, FurtherMessagesInABodyTakeNothingFromOthers) {
  GatewayOptions options = ProbeOptions();
  options.limits.buffered_bytes = 80'000;
  ProbeServer server(options);
  const std::string more = MessageFrame(std::string(200'000, 'x'), false);
  RawClient greedy(server.web_port());
  const std::string request = Post(kUnary, Frame(Plan()) + more);
  greedy.Send(request.substr(0, request.size() - 1));
  ExpectServes(server);
  greedy.Send("x");
  EXPECT_EQ(ReadWeb(greedy).code, grpc::StatusCode::UNIMPLEMENTED);
}

TEST(HostileTest, ARequestCountsUntilItsCallEndsAndAsWhatItInflatesTo) {
  GatewayOptions options = ProbeOptions();
  options.limits.buffered_bytes = 80'000;  // an eighth for one caller
  ProbeServer server(options);
  probe::v1::ProbeRequest request;
  request.set_payload(std::string(6'000, 'x'));
  const std::string quick = Post(kUnary, Frame(request));
  request.mutable_plan()->set_hang(true);
  RawClient hanging(server.web_port());
  hanging.Send(Post(kUnary, Frame(request)));
  ASSERT_TRUE(server.service().WaitForActive(1, absl::Seconds(20)));
  EXPECT_EQ(CallOnce(server.web_port(), quick).code,
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  hanging.Close();
  ASSERT_TRUE(server.service().WaitForActive(0, absl::Seconds(20)));
  request.clear_plan();
  request.set_payload(std::string(100'000, 'x'));
  const std::string bomb =
      MessageFrame(*Gzip(request.SerializeAsString()), true);
  EXPECT_EQ(CallOnce(server.web_port(),
                     Post(kUnary, bomb, kBinary, {{"grpc-encoding", "gzip"}}))
                .code,
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST(HostileTest, AnswersUnderWayAreBounded) {
  GatewayOptions options = ProbeOptions();
  options.limits.answering_bytes = 80'000;
  ProbeServer server(options);
  Plan plan;
  plan.set_messages(1);
  plan.set_size(20'000);
  for (const char* path : {kUnary, kStream}) {
    EXPECT_EQ(CallOnce(server.web_port(), Post(path, Frame(plan))).code,
              grpc::StatusCode::RESOURCE_EXHAUSTED);
  }
  plan.set_messages(100);
  plan.set_size(5'000);
  EXPECT_EQ(CallOnce(server.web_port(), Post(kStream, Frame(plan))).code, 0);
}

// A client whose call is under way for as long as the client lives.
RawClient WithCallUnderWay(ProbeServer& server, const char* path) {
  Plan hanging;
  hanging.set_hang(true);
  RawClient client(server.web_port());
  client.Send(Post(path, Frame(hanging)));
  EXPECT_TRUE(server.service().WaitForActive(1, absl::Seconds(20)));
  return client;
}

TEST(HostileTest, OneAddressHasOnlySoManyStreams) {
  GatewayOptions options = ProbeOptions();
  options.limits.streams_each = 1;
  ProbeServer server(options);
  const RawClient first = WithCallUnderWay(server, kStream);
  EXPECT_EQ(CallOnce(server.web_port(), Post(kStream, Frame(Plan()))).code,
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  ExpectServes(server);
}

TEST(HostileTest, AllCallersTogetherHaveOnlySoManyCalls) {
  GatewayOptions options = ProbeOptions();
  options.limits.calls = 1;
  ProbeServer server(options);
  const RawClient first = WithCallUnderWay(server, kUnary);
  EXPECT_EQ(CallOnce(server.web_port(), Post(kUnary, Frame(Plan()))).code,
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST(HostileTest, AStalledBodyIsCutShortHoweverFastItBegan) {
  GatewayOptions options = ProbeOptions();
  options.limits.stall_time = milliseconds(100);
  ProbeServer server(options);
  RawClient client(server.web_port());
  const std::string request =
      Post(kUnary, MessageFrame(std::string(500'000, 'x'), false));
  client.Send(request.substr(0, request.size() - 1));
  EXPECT_EQ(ReadWeb(client).code, grpc::StatusCode::DEADLINE_EXCEEDED);
}

// Whether the timer of a connection at `port` is keep-alive's, 02, in the
// kernel's own list.
bool IsAsked(int port) {
  const std::string here = absl::StrCat(
      ":",
      absl::AsciiStrToUpper(absl::StrCat(absl::Hex(port, absl::kZeroPad4))));
  std::ifstream connections("/proc/net/tcp");
  for (std::string line; std::getline(connections, line);) {
    std::istringstream words(line);
    std::string row, local, remote, state, queues, timer;
    words >> row >> local >> remote >> state >> queues >> timer;
    if (local.ends_with(here) && state == "01") {
      return timer.starts_with("02:");
    }
  }
  return false;
}

TEST(HostileTest, ASilentClientIsAskedWhetherItStillLives) {
  ProbeServer server(ProbeOptions());
  RawClient client(server.web_port());
  client.Send(Post(kUnary, Frame(Plan())));
  EXPECT_EQ(ReadWeb(client).code, 0);
  // First the answer's own timer runs, until the client's machine has it.
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!IsAsked(server.web_port()) &&
         std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }
  EXPECT_TRUE(IsAsked(server.web_port()));
}

// A client that resets its connection after each number of bytes of a request,
// and after each number of bytes of its answer.
TEST(HostileTest, AResetInAnyPhaseHarmsNobody) {
  ProbeServer server(ProbeOptions());
  Plan plan;
  plan.set_messages(3);
  plan.set_size(20);
  const std::string request = Post(kStream, Frame(plan));
  for (size_t size = 0; size <= request.size(); size += 3) {
    RawClient client(server.web_port());
    client.Send(request.substr(0, size));
    client.Abort();
  }
  RawClient whole(server.web_port());
  whole.Send(request);
  // The head and its chunks, less than what they say of themselves.
  const HttpAnswer answer = whole.Read().value();
  const size_t length = answer.body.size() + 200;
  for (size_t size = 1; size < length; size += 7) {
    RawClient client(server.web_port());
    client.Send(request);
    client.Await(size);
    client.Abort();
  }
  EXPECT_TRUE(server.service().WaitForActive(0, absl::Seconds(20)));
  ExpectServes(server);
}

// This process's resident memory, bytes.
size_t Resident() {
  std::ifstream statm("/proc/self/statm");
  size_t pages = 0, resident = 0;
  statm >> pages >> resident;
  return resident * 4096;
}

// As many as this process has file descriptors for, two each.
int MostConnections() {
  constexpr rlim_t kWanted = 20'500;
  rlimit files{kWanted, kWanted};
  if (setrlimit(RLIMIT_NOFILE, &files) != 0) {
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  return static_cast<int>((files.rlim_cur - 500) / 2);
}

TEST(HostileTest, AFileReadSlowlyByManyIsThereOnce) {
  constexpr size_t kFile = 16 << 20;
  const std::string folder = testing::TempDir() + "/gateway_large_file";
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/large.bin") << std::string(kFile, 'x');
  GatewayOptions options = ProbeOptions();
  options.files = folder;
  ProbeServer server(options);
  const size_t before = Resident();
  std::vector<RawClient> clients;
  for (int i = 0; i < 25; ++i) {
    clients.emplace_back(server.web_port(), /*receive_buffer=*/4096);
    clients.back().Send("GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(clients.back().Await(1));
  }
  const size_t grown = Resident() - std::min(before, Resident());
  RecordProperty("grown_bytes", absl::StrCat(grown));
#if !defined(__SANITIZE_ADDRESS__)  // it keeps what was freed
  EXPECT_LT(grown, 3 * kFile);
#endif
  RawClient whole(server.web_port());
  whole.Send("GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(whole.Read().value().body.size(), kFile);
}

TEST(HostileTest, TenThousandIdleConnectionsFitInto256MiB) {
  const int connections = std::min(10'000, MostConnections());
  GatewayOptions options = ProbeOptions();
  options.limits.connections_each = connections + 10;
  options.limits.idle_time = std::chrono::minutes(10);
  ProbeServer server(options);
  ExpectServes(server);
  const size_t before = Resident();
  std::vector<RawClient> clients;
  clients.reserve(connections);
  for (int i = 0; i < connections; ++i) {
    clients.emplace_back(server.web_port());
    // Half of them have made a call.
    if (i % 2 == 0) continue;
    clients.back().Send(Post(kUnary, Frame(Plan())));
    ASSERT_EQ(ReadWeb(clients.back()).code, 0) << i;
  }
  ExpectServes(server);
  EXPECT_GE(server.gateway().connections(), connections);
  const size_t grown = Resident() - before;
  RecordProperty("bytes_a_connection", static_cast<int>(grown / connections));
  std::cout << grown / connections << " bytes a connection\n";
#if !defined(__SANITIZE_ADDRESS__)
  EXPECT_LT(grown / connections, (256u << 20) / 10'000);
#endif
}

}  // namespace
}  // namespace jiedui::gateway
