// kill -9 in the middle of imports and rounds: whatever was acknowledged is
// there afterwards, nothing is there twice, and the services agree.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "tests/e2e/client.h"

namespace jiedui::e2e {
namespace {

using demand::v1::Demand;
using matcher::v1::Pairing;

constexpr int kCyclesOfEachKind = 10;
constexpr int kRows = 4000;

// A sheet of volunteers that nobody else's sheet knows.
std::string Sheet(int cycle) {
  std::string sheet = "编号,姓名,单位,职称,类别,地区,层级,系统,学科,每月次数\n";
  for (int i = 0; i < kRows; ++i) {
    absl::StrAppend(&sheet, "K-", cycle, "-", i, ",测试", i,
                    ",测试农科所,中级,普通,440981000000,县,科协,21040:3,1\n");
  }
  return sheet;
}

class CrashTest : public testing::TestWithParam<Layout> {
 protected:
  CrashTest() : deployment_(GetParam(), Fresh()) {
    deployment_.Start();
    client_ = std::make_unique<Client>(deployment_);
  }

  static std::string Fresh() {
    const std::string folder =
        testing::TempDir() + "/e2e crash " + LayoutName(GetParam());
    std::filesystem::remove_all(folder);
    return folder;
  }

  void Restart() {
    client_ = nullptr;
    deployment_.Start();
    client_ = std::make_unique<Client>(deployment_);
  }

  // Kills everything once the import has acknowledged some rows.
  int ImportAndKill(const std::string& sheet, int kill_after_rows) {
    absl::Notification enough;
    ImportResult result;
    std::thread importing([&] {
      result = client_->Import("volunteers", sheet, true, [&](int done) {
        if (done >= kill_after_rows && !enough.HasBeenNotified()) {
          enough.Notify();
        }
      });
      if (!enough.HasBeenNotified()) enough.Notify();
    });
    enough.WaitForNotification();
    deployment_.Kill();
    importing.join();
    return result.acknowledged_rows;
  }

  // Kills everything once the round has shown `kill_after` signs of life.
  void RoundAndKill(int kill_after) {
    absl::Notification enough;
    std::thread running([&] {
      int signs = 0;
      client_->RunRound([&] {
        if (++signs == kill_after) enough.Notify();
      });
      if (signs < kill_after) enough.Notify();
    });
    enough.WaitForNotification();
    deployment_.Kill();
    running.join();
  }

  // What must hold whenever the services have come to rest: the matcher may
  // still be looking for somebody by itself, so it is read again until it is.
  void ExpectAgreement() {
    std::map<std::string, std::vector<std::string>> live;
    std::vector<Demand> demands;
    for (uint64_t head = 0; head != client_->HeadOf("matcher");) {
      head = client_->HeadOf("matcher");
      ASSERT_TRUE(client_->AwaitAgreement()) << deployment_.Log();
      live.clear();
      for (const Pairing& pairing : client_->AllPairings("state = PROPOSED")) {
        live[pairing.demand()].push_back(pairing.name());
      }
      demands = client_->AllDemands();
    }
    for (const auto& [demand, pairings] : live) {
      EXPECT_EQ(pairings.size(), 1u) << demand;
    }
    for (const Demand& demand : demands) {
      if (demand.state() == Demand::STATE_PROPOSED) {
        EXPECT_THAT(live[demand.name()],
                    testing::ElementsAre(demand.pairing()));
      } else {
        EXPECT_EQ(live.count(demand.name()), 0u) << demand.ShortDebugString();
      }
    }
  }

  Deployment deployment_;
  std::unique_ptr<Client> client_;
};

TEST_P(CrashTest, NothingAcknowledgedIsLostAndNothingIsThereTwice) {
  client_->ImportSample();
  const size_t sample = client_->AllVolunteers().size();
  size_t expected = sample;
  for (int cycle = 0; cycle < kCyclesOfEachKind; ++cycle) {
    SCOPED_TRACE(absl::StrCat("cycle ", cycle));
    const std::string sheet = Sheet(cycle);
    const int acknowledged =
        ImportAndKill(sheet, cycle * kRows / kCyclesOfEachKind);
    Restart();
    const auto volunteers = client_->AllVolunteers();
    EXPECT_GE(volunteers.size(), expected + acknowledged);
    // Importing again completes it, and only what was missing.
    const ImportResult rest = client_->Import("volunteers", sheet, true);
    ASSERT_TRUE(rest.status.ok());
    EXPECT_EQ(rest.summary.unchanged(),
              static_cast<int>(volunteers.size() - expected));
    EXPECT_EQ(rest.summary.created() + rest.summary.unchanged(), kRows);
    expected += kRows;

    RoundAndKill(cycle + 1);
    Restart();
    ExpectAgreement();
    std::set<std::string> ids;
    for (const auto& volunteer : client_->AllVolunteers()) {
      EXPECT_TRUE(ids.insert(volunteer.external_id()).second);
    }
    EXPECT_EQ(ids.size(), expected);
  }
  const RoundResult round = client_->RunRound();
  EXPECT_TRUE(round.status.ok()) << round.status.error_message();
  ExpectAgreement();
}

INSTANTIATE_TEST_SUITE_P(Layouts, CrashTest,
                         testing::Values(Layout::kAllInOne, Layout::kSeparate),
                         [](const auto& info) {
                           return LayoutName(info.param);
                         });

}  // namespace
}  // namespace jiedui::e2e
