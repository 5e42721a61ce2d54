// The demand registry without gRPC: commands through the real writer.

#include <gtest/gtest.h>

#include <memory>

#include "common/base/error.h"
#include "common/journal/journal.h"
#include "common/runtime/writer.h"
#include "common/store/memory_store.h"
#include "jiedui/matcher/event/v1/matcher_event.pb.h"
#include "services/demand/app/commands.h"
#include "services/demand/app/demand_machine.h"
#include "services/demand/app/pairing_events.h"

namespace jiedui::demand {
namespace {

using base::HasReason;
using base::Reason;
using store::v1::DemandRecord;

class DemandAppTest : public testing::Test {
 protected:
  DemandAppTest() { Restart(); }

  void Restart() {
    writer_ = nullptr;
    machine_ = std::make_unique<DemandMachine>();
    writer_ = std::make_unique<runtime::Writer>("test", &store_, machine_.get(),
                                                &clock_);
    EXPECT_TRUE(writer_->Open().ok());
    writer_->Start();
  }

  static DemandRecord Example(std::string external_id) {
    DemandRecord record;
    auto& demand = *record.mutable_demand();
    demand.set_external_id(std::move(external_id));
    demand.set_title("荔枝采后保鲜期太短");
    demand.set_library(type::v1::LIBRARY_PROBLEM);
    demand.set_action(type::v1::ACTION_RURAL_REVITALISATION);
    demand.mutable_requester()->set_name("柏桥村");
    demand.mutable_requester()->set_kind(type::v1::REQUESTER_KIND_VILLAGE);
    demand.set_region("440981");
    demand.add_subjects("21040");
    demand.mutable_window()->set_end_date("2027-06-30");
    record.mutable_contact()->set_phone("19900000000");
    return record;
  }

  template <typename Decide>
  absl::Status Run(Decide decide) {
    runtime::Command command;
    command.actor = "tester";
    command.decide = std::move(decide);
    return writer_->Run(std::move(command));
  }

  absl::StatusOr<DemandRecord> Post(std::string external_id) {
    absl::StatusOr<DemandRecord> made;
    const absl::Status status = Run([&](runtime::Transaction& txn) {
      made = Create(txn, Example(external_id));
      return made.status();
    });
    if (!status.ok()) return status;
    return made;
  }

  absl::Status Do(Verb verb, std::string name, std::string note = "",
                  std::string etag = "") {
    return Run([=](runtime::Transaction& txn) {
      return Step(txn, verb, name, etag, note).status();
    });
  }

  absl::Status PairingEvent(std::string pairing, std::string demand,
                            std::string from, std::string to) {
    jiedui::event::v1::Event event;
    event.set_from_state(std::move(from));
    event.set_to_state(std::move(to));
    matcher::event::v1::Pairing payload;
    payload.set_name(std::move(pairing));
    payload.set_demand(std::move(demand));
    event.mutable_payload()->PackFrom(payload);
    return Run([event](runtime::Transaction& txn) {
      return OnPairingEvent(event, txn);
    });
  }

  DemandRecord Get(const std::string& name) {
    return Demands::Find(store_, name).value_or(DemandRecord());
  }
  std::string StateOf(const std::string& name) {
    return Get(name).demand().state();
  }
  std::string OpenDemand(std::string external_id) {
    const std::string name = Post(external_id)->demand().name();
    EXPECT_TRUE(Do(Verb::kSubmit, name).ok());
    EXPECT_TRUE(Do(Verb::kVerify, name).ok());
    return name;
  }

  jiedui::store::MemoryStore store_;
  base::ManualClock clock_{base::StartOfChinaDay(absl::CivilDay(2026, 12, 1))};
  std::unique_ptr<DemandMachine> machine_;
  std::unique_ptr<runtime::Writer> writer_;
};

TEST_F(DemandAppTest, ADemandLivesFromDraftToClosed) {
  const std::string name = OpenDemand("a");
  EXPECT_EQ(name, "demands/D00000001");
  ASSERT_TRUE(PairingEvent("pairings/p", name, "", "PROPOSED").ok());
  EXPECT_EQ(StateOf(name), "PROPOSED");
  EXPECT_EQ(Get(name).demand().pairing(), "pairings/p");
  ASSERT_TRUE(PairingEvent("pairings/p", name, "APPROVED", "OFFERED").ok());
  EXPECT_EQ(StateOf(name), "DISPATCHED");
  ASSERT_TRUE(PairingEvent("pairings/p", name, "ACCEPTED", "ACTIVE").ok());
  EXPECT_EQ(StateOf(name), "IN_SERVICE");
  ASSERT_TRUE(PairingEvent("pairings/p", name, "ACTIVE", "COMPLETED").ok());
  ASSERT_TRUE(PairingEvent("pairings/p", name, "COMPLETED", "EVALUATED").ok());
  EXPECT_EQ(StateOf(name), "EVALUATED");
  ASSERT_TRUE(Do(Verb::kClose, name).ok());
  EXPECT_EQ(StateOf(name), "CLOSED");
  EXPECT_EQ(Get(name).version(), 9u);
}

TEST_F(DemandAppTest, APairingThatEndsEarlyOpensTheDemandAgain) {
  const std::string name = OpenDemand("a");
  for (const char* end : {"REJECTED", "DECLINED", "CANCELLED", "SUPERSEDED"}) {
    ASSERT_TRUE(PairingEvent("pairings/p", name, "", "PROPOSED").ok());
    ASSERT_TRUE(PairingEvent("pairings/p", name, "PROPOSED", end).ok());
    EXPECT_EQ(StateOf(name), "OPEN") << end;
    EXPECT_EQ(Get(name).demand().pairing(), "");
  }
}

TEST_F(DemandAppTest, EventsOfAnotherPairingOrTooLateChangeNothing) {
  const std::string name = OpenDemand("a");
  ASSERT_TRUE(PairingEvent("pairings/p", name, "", "PROPOSED").ok());
  ASSERT_TRUE(PairingEvent("pairings/old", name, "PROPOSED", "REJECTED").ok());
  EXPECT_EQ(StateOf(name), "PROPOSED");
  ASSERT_TRUE(Do(Verb::kWithdraw, name).ok());
  ASSERT_TRUE(PairingEvent("pairings/p", name, "APPROVED", "OFFERED").ok());
  EXPECT_EQ(StateOf(name), "WITHDRAWN");
}

TEST_F(DemandAppTest, AStaleEtagAndAKnownExternalIdAreRefused) {
  const std::string name = Post("a")->demand().name();
  EXPECT_TRUE(
      HasReason(Do(Verb::kSubmit, name, "", "7"), Reason::kEtagMismatch));
  EXPECT_TRUE(Do(Verb::kSubmit, name, "", "1").ok());
  EXPECT_TRUE(HasReason(Post("a").status(), Reason::kAlreadyExists));
  EXPECT_EQ(writer_->head(), 2u);
}

TEST_F(DemandAppTest, AnUpdateThatChangesNothingLeavesTheVersionAlone) {
  const std::string name = Post("a")->demand().name();
  auto retitle = [&](std::string title) {
    return Run([&, title](runtime::Transaction& txn) {
      return Update(txn, name, "",
                    [&](DemandRecord& record) {
                      record.mutable_demand()->set_title(title);
                      return absl::OkStatus();
                    })
          .status();
    });
  };
  ASSERT_TRUE(retitle("荔枝采后保鲜期太短").ok());
  EXPECT_EQ(Get(name).version(), 1u);
  ASSERT_TRUE(retitle("荔枝保鲜").ok());
  EXPECT_EQ(Get(name).version(), 2u);
  EXPECT_TRUE(HasReason(retitle(""), Reason::kInvalidFields));
}

TEST_F(DemandAppTest, AResumedDemandIsWhereItWasOrOpenAgain) {
  const std::string name = OpenDemand("a");
  ASSERT_TRUE(PairingEvent("pairings/p", name, "", "PROPOSED").ok());
  ASSERT_TRUE(Do(Verb::kSuspend, name, "台风").ok());
  EXPECT_EQ(Get(name).demand().state_reason(), "台风");
  ASSERT_TRUE(Do(Verb::kResume, name).ok());
  EXPECT_EQ(StateOf(name), "OPEN");
  const std::string other = Post("b")->demand().name();
  ASSERT_TRUE(Do(Verb::kSubmit, other).ok());
  ASSERT_TRUE(Do(Verb::kSuspend, other, "台风").ok());
  ASSERT_TRUE(Do(Verb::kResume, other).ok());
  EXPECT_EQ(StateOf(other), "SUBMITTED");
}

TEST_F(DemandAppTest, ADemandNobodyTookExpiresAfterItsLastDay) {
  const std::string open = OpenDemand("a");
  const std::string served = OpenDemand("b");
  ASSERT_TRUE(PairingEvent("pairings/p", served, "", "PROPOSED").ok());
  Restart();
  clock_.Advance(base::StartOfChinaDay(absl::CivilDay(2027, 7, 1)) -
                 clock_.Now() - absl::Seconds(1));
  writer_->FireDueTimers();
  EXPECT_EQ(StateOf(open), "OPEN");
  clock_.Advance(absl::Seconds(1));
  writer_->FireDueTimers();
  EXPECT_EQ(StateOf(open), "EXPIRED");
  EXPECT_EQ(StateOf(served), "PROPOSED");
  // Reopened, it waits for a new last day instead of expiring at once.
  ASSERT_TRUE(Do(Verb::kReopen, open, "仍需要").ok());
  writer_->FireDueTimers();
  EXPECT_EQ(StateOf(open), "SUBMITTED");
}

TEST_F(DemandAppTest, SearchAndDuplicatesKnowDemandsAfterARestart) {
  const std::string name = Post("a")->demand().name();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(machine_->index().Search("采后保鲜"),
              std::vector<std::string>{name});
    const auto similar = machine_->index().Similar(
        SearchText(Example("b").demand()), 5, 500'000);
    ASSERT_EQ(similar.size(), 1u);
    EXPECT_EQ(similar[0].similarity_ppm, 1'000'000);
    Restart();
  }
}

TEST_F(DemandAppTest, EventsCarryNoPersonalData) {
  Post("a").value();
  const auto record = journal::Journal::Read(store_, 1);
  jiedui::event::v1::Event event;
  machine_->Publish(record->entries(0).facts(0), &event);
  EXPECT_EQ(event.SerializeAsString().find("19900000000"), std::string::npos);
  EXPECT_NE(record->SerializeAsString().find("19900000000"), std::string::npos);
}

}  // namespace
}  // namespace jiedui::demand
