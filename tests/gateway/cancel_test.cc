// A client that goes away: its call ends, soon, and nobody else's.
#include <gtest/gtest.h>

#include <functional>

#include "tests/gateway/probe_server.h"
#include "tests/gateway/raw_client.h"

namespace jiedui::gateway {
namespace {

using probe::v1::Plan;
using Clock = std::chrono::steady_clock;

// The promise is 50 ms; a machine that is busy with other tests gets more.
constexpr std::chrono::milliseconds kSoon{50};
constexpr int kTries = 5;

class CancelTest : public testing::Test {
 protected:
  // The shortest time, of some tries, from `leave` to the end of the call at
  // the service.
  Clock::duration TimeToCancel(const char* path, const Plan& plan,
                               const std::function<void(RawClient&)>& leave) {
    Clock::duration shortest = Clock::duration::max();
    for (int i = 0; i < kTries && shortest > kSoon; ++i) {
      RawClient client(server_.web_port());
      client.Send(Post(path, Frame(plan)));
      EXPECT_TRUE(server_.service().WaitForActive(1, absl::Seconds(20)));
      if (plan.messages() > 0) {
        EXPECT_TRUE(client.Await(1));
      }
      const Clock::time_point start = Clock::now();
      leave(client);
      EXPECT_TRUE(server_.service().WaitForActive(0, absl::Seconds(20)));
      shortest = std::min(shortest, Clock::now() - start);
    }
    return shortest;
  }

  ProbeServer server_{ProbeOptions()};
};

Plan Hanging(int messages) {
  Plan plan;
  plan.set_messages(messages);
  plan.set_hang(true);
  return plan;
}

void CloseIt(RawClient& client) { client.Close(); }
void AbortIt(RawClient& client) { client.Abort(); }
void HalfCloseIt(RawClient& client) { client.HalfClose(); }

TEST_F(CancelTest, AUnaryCallEndsSoonAfterItsClientLeaves) {
  EXPECT_LE(TimeToCancel(kUnary, Hanging(0), CloseIt), kSoon);
  EXPECT_LE(TimeToCancel(kUnary, Hanging(0), AbortIt), kSoon);
  EXPECT_LE(TimeToCancel(kUnary, Hanging(0), HalfCloseIt), kSoon);
}

TEST_F(CancelTest, AStreamEndsSoonAfterItsClientLeaves) {
  EXPECT_LE(TimeToCancel(kStream, Hanging(3), CloseIt), kSoon);
  EXPECT_LE(TimeToCancel(kStream, Hanging(3), AbortIt), kSoon);
  EXPECT_LE(TimeToCancel(kStream, Hanging(3), HalfCloseIt), kSoon);
}

TEST_F(CancelTest, AStreamEndsSoonAlsoWhenItsClientHadStoppedReading) {
  Plan plan = Hanging(100'000);
  plan.set_size(10'000);
  EXPECT_LE(TimeToCancel(kStream, plan, CloseIt), kSoon);
}

TEST_F(CancelTest, BytesOfTheNextRequestDoNotHideThatTheClientLeft) {
  EXPECT_LE(TimeToCancel(kUnary, Hanging(0),
                         [](RawClient& client) {
                           client.Send(Post(kUnary, Frame(Plan())));
                           client.Abort();
                         }),
            kSoon);
}

TEST_F(CancelTest, AQuickCallIsAnsweredToAClientThatClosedItsHalf) {
  for (const char* path : {kUnary, kStream}) {
    // Making the connection to the service does not count.
    CallOnce(server_.web_port(), Post(path, Frame(Plan())));
    RawClient client(server_.web_port());
    client.Send(Post(path, Frame(Plan())));
    client.HalfClose();
    EXPECT_EQ(ReadWeb(client).code, 0);
    EXPECT_EQ(client.AwaitEnd(), RawClient::End::kClosed);
  }
}

TEST_F(CancelTest, ALongCallOfAClientThatClosedItsHalfEndsInCancelled) {
  RawClient client(server_.web_port());
  client.Send(Post(kUnary, Frame(Hanging(0))));
  client.HalfClose();
  EXPECT_EQ(ReadWeb(client).code, grpc::StatusCode::CANCELLED);
}

TEST_F(CancelTest, WhoLeavesDisturbsNobodyElse) {
  RawClient staying(server_.web_port());
  Plan plan;
  plan.set_messages(50);
  plan.set_delay_ms(2);
  staying.Send(Post(kStream, Frame(plan)));
  for (int i = 0; i < 50; ++i) {
    RawClient leaving(server_.web_port());
    leaving.Send(Post(kStream, Frame(Hanging(1))));
    leaving.Await(1);
    i % 2 == 0 ? leaving.Abort() : leaving.Close();
  }
  const WebAnswer answer = ReadWeb(staying);
  EXPECT_EQ(answer.code, 0);
  EXPECT_EQ(answer.messages.size(), 50);
  EXPECT_TRUE(server_.service().WaitForActive(0, absl::Seconds(20)));
}

}  // namespace
}  // namespace jiedui::gateway
