#include "services/volunteer/app/sheet_row.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/volunteer/app/registry_fixture.h"

namespace jiedui::volunteer {
namespace {

using base::HasReason;
using base::Reason;
using testing::ElementsAre;

class SheetRowTest : public RegistryTest {
 protected:
  static SheetRow<VolunteerKind> Person(std::string id,
                                        std::vector<std::string> teams = {}) {
    return {RegistryTest::Person(std::move(id)), {std::move(teams)}};
  }
  static SheetRow<TeamKind> Group(std::string id, std::string parent = "",
                                  std::string leader = "") {
    return {RegistryTest::Group(std::move(id)),
            {std::move(parent), std::move(leader)}};
  }

  // The outcome, which must not be an error.
  template <typename Kind>
  ImportOutcome Get(const SheetRow<Kind>& row, bool verify = false) {
    const absl::StatusOr<ImportOutcome> outcome = Import(row, verify);
    EXPECT_TRUE(outcome.ok()) << outcome.status();
    return outcome.value_or(ImportOutcome::kUnchanged);
  }
};

TEST_F(SheetRowTest, TheSameRowAgainChangesNothing) {
  EXPECT_EQ(Get(Group("T-1", "", "V-1")), ImportOutcome::kCreated);
  EXPECT_EQ(Get(Group("T-1", "", "V-1")), ImportOutcome::kUnchanged);
  EXPECT_EQ(Get(Person("V-1", {"T-1"}), true), ImportOutcome::kCreated);
  const uint64_t head = writer_->head();
  clock_.Advance(absl::Hours(48));
  EXPECT_EQ(Get(Person("V-1", {"T-1"}), true), ImportOutcome::kUnchanged);
  EXPECT_EQ(Get(Group("T-1", "", "V-1")), ImportOutcome::kUnchanged);
  EXPECT_EQ(writer_->head(), head);
}

TEST_F(SheetRowTest, OtherContentIsAnUpdateThatKeepsStateAndTimes) {
  Get(Person("V-1"), true);
  auto row = Person("V-1");
  row.record.mutable_volunteer()->set_summary("龙眼");
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(Get(row), ImportOutcome::kUpdated);
  const auto record = VolunteerOf("volunteers/V00000001");
  EXPECT_EQ(record.volunteer().summary(), "龙眼");
  EXPECT_EQ(record.volunteer().state(), "ACTIVE");
  EXPECT_EQ(record.volunteer().create_time().seconds(), kMorning);
  EXPECT_EQ(record.volunteer().update_time().seconds(), kMorning + 3600);
}

TEST_F(SheetRowTest, VouchedForVolunteersAreActiveWithinOneCommit) {
  Get(Person("V-1"), true);
  std::vector<std::string> verbs;
  const journal::v1::Entry entry = LastEntry();
  for (const journal::v1::Fact& fact : entry.facts()) {
    verbs.push_back(absl::StrCat(fact.verb(), " ", fact.to_state()));
  }
  EXPECT_THAT(verbs, ElementsAre("create APPLIED", "verify VERIFIED",
                                 "activate ACTIVE"));
  Get(Person("V-2"), false);
  EXPECT_EQ(VolunteerOf("volunteers/V00000002").volunteer().state(), "APPLIED");
}

TEST_F(SheetRowTest, VouchingLaterActivatesWhomTheSheetKnowsAlready) {
  Get(Person("V-1"), false);
  EXPECT_EQ(Get(Person("V-1"), true), ImportOutcome::kUpdated);
  EXPECT_EQ(VolunteerOf("volunteers/V00000001").volunteer().state(), "ACTIVE");
  EXPECT_EQ(Get(Person("V-1"), true), ImportOutcome::kUnchanged);
}

TEST_F(SheetRowTest, ALeaderNotKnownYetLeadsFromTheCommitOfTheirArrival) {
  Get(Group("T-1", "", "V-1"));
  Get(Group("T-2", "", "V-1"));
  Get(Group("T-3", "", "V-10"));  // begins like V-1
  EXPECT_EQ(TeamOf("teams/T00000001").pending_leader(), "V-1");
  EXPECT_EQ(TeamOf("teams/T00000001").team().leader(), "");

  Get(Person("V-1"), true);
  for (const char* name : {"teams/T00000001", "teams/T00000002"}) {
    EXPECT_EQ(TeamOf(name).team().leader(), "volunteers/V00000001");
    EXPECT_EQ(TeamOf(name).pending_leader(), "");
    EXPECT_EQ(TeamOf(name).version(), 2u);
  }
  EXPECT_EQ(LastEntry().facts_size(), 5);
  EXPECT_EQ(TeamOf("teams/T00000003").pending_leader(), "V-10");
}

TEST_F(SheetRowTest, APendingLeaderArrivesAlsoByCreationOrByANewExternalId) {
  Get(Group("T-1", "", "V-1"));
  Get(Group("T-2", "", "V-2"));
  ASSERT_TRUE(Add<VolunteerKind>(RegistryTest::Person("V-1")).ok());
  EXPECT_EQ(TeamOf("teams/T00000001").team().leader(), "volunteers/V00000001");
  ASSERT_TRUE(Add<VolunteerKind>(RegistryTest::Person()).ok());
  ASSERT_TRUE(Change<VolunteerKind>("volunteers/V00000002", [](auto& v) {
                v.set_external_id("V-2");
              }).ok());
  EXPECT_EQ(TeamOf("teams/T00000002").team().leader(), "volunteers/V00000002");
}

TEST_F(SheetRowTest, APendingLeaderIsForgottenWhenAnotherIsNamed) {
  Get(Group("T-1", "", "V-1"));
  Get(Person("V-2"));
  ASSERT_TRUE(Change<TeamKind>("teams/T00000001", [](auto& t) {
                t.set_leader("volunteers/V00000001");
              }).ok());
  Get(Person("V-1"));
  EXPECT_EQ(TeamOf("teams/T00000001").team().leader(), "volunteers/V00000001");
}

TEST_F(SheetRowTest, AParentMustStandEarlierAndLeadsSinceTheFounding) {
  auto child = Group("T-2", "T-1");
  child.record.mutable_team()->set_found_date("2020-01-02");
  const auto refused = Import(child);
  EXPECT_TRUE(HasReason(refused.status(), Reason::kReferenceMissing));
  EXPECT_THAT(base::Info(refused.status())->args,
              testing::Contains(base::ErrorArg("field", "parent")));
  Get(Group("T-1"));
  Get(child);
  EXPECT_EQ(TeamOf("teams/T00000002").team().parent(), "teams/T00000001");
  EXPECT_EQ(TeamOf("teams/T00000002").team().parent_since(), "2020-01-02");
  EXPECT_TRUE(HasReason(Import(Group("T-1", "T-2")).status(), Reason::kCycle));
}

TEST_F(SheetRowTest, AMembershipBeginsWithTheFirstDayOfServiceOrToday) {
  Get(Group("T-1"));
  auto row = Person("V-1", {"T-1"});
  row.record.mutable_volunteer()->add_windows()->set_start_date("2027-01-01");
  Get(row);
  Get(Person("V-2", {"T-1"}));
  EXPECT_EQ(VolunteerOf("volunteers/V00000001")
                .volunteer()
                .memberships(0)
                .start_date(),
            "2027-01-01");
  EXPECT_EQ(VolunteerOf("volunteers/V00000002")
                .volunteer()
                .memberships(0)
                .start_date(),
            "2026-11-22");
  EXPECT_TRUE(HasReason(Import(Person("V-3", {"T-9"})).status(),
                        Reason::kReferenceMissing));
}

TEST_F(SheetRowTest, ASheetAddsTeamsButTouchesNoMembershipThereIs) {
  for (const char* team : {"T-1", "T-2"}) Get(Group(team));
  Get(Person("V-1", {"T-1"}));
  const std::string name = "volunteers/V00000001";
  ASSERT_TRUE(Run([&](runtime::Transaction& txn) {
                return LeaveTeam(txn, {.name = name, .etag = ""},
                                 "teams/T00000001", "2026-12-31", "");
              }).ok());
  EXPECT_EQ(Get(Person("V-1", {"T-1"})), ImportOutcome::kUnchanged);
  EXPECT_EQ(Get(Person("V-1", {"T-2"})), ImportOutcome::kUpdated);
  EXPECT_EQ(Get(Person("V-1")), ImportOutcome::kUnchanged);
  const auto memberships = VolunteerOf(name).volunteer().memberships();
  ASSERT_EQ(memberships.size(), 2);
  EXPECT_EQ(memberships[0].end_date(), "2026-12-31");
  EXPECT_EQ(memberships[1].team(), "teams/T00000002");
}

TEST_F(SheetRowTest, ASixthTeamIsRefusedAlsoWhenTheOthersWereThereBefore) {
  for (int i = 1; i <= 6; ++i) Get(Group(absl::StrCat("T-", i)));
  Get(Person("V-1", {"T-1", "T-2", "T-3", "T-4", "T-5"}));
  EXPECT_TRUE(HasReason(Import(Person("V-1", {"T-6"})).status(),
                        Reason::kTooManyTeams));
}

TEST_F(SheetRowTest, TheEvidenceOfASkillStaysWithItsSubject) {
  auto record = RegistryTest::Person("V-1");
  record.mutable_volunteer()->mutable_skills(0)->set_evidence("证书 12 号");
  ASSERT_TRUE(Add<VolunteerKind>(record).ok());
  EXPECT_EQ(Get(Person("V-1")), ImportOutcome::kUnchanged);
  EXPECT_EQ(
      VolunteerOf("volunteers/V00000001").volunteer().skills(0).evidence(),
      "证书 12 号");
}

TEST_F(SheetRowTest, WhatIsRetiredStaysRetired) {
  Get(Group("T-1"));
  ASSERT_TRUE(Change<TeamKind>("teams/T00000001", [](auto& t) {
                t.set_retired(true);
              }).ok());
  EXPECT_EQ(Get(Group("T-1")), ImportOutcome::kUnchanged);
}

TEST_F(SheetRowTest, AProjectsOwnerMustBeKnownWhenNamed) {
  SheetRow<ProjectKind> row;
  row.record.mutable_project()->set_external_id("P-1");
  row.record.mutable_project()->set_region("440981000000");
  row.refers_to.owner = "V-1";
  EXPECT_TRUE(HasReason(Import(row).status(), Reason::kReferenceMissing));
  Get(Person("V-1"));
  EXPECT_EQ(Get(row), ImportOutcome::kCreated);
  EXPECT_EQ(Get(row), ImportOutcome::kUnchanged);
  EXPECT_EQ(Projects::Find(store_, "projects/P00000001")->project().owner(),
            "volunteers/V00000001");
}

}  // namespace
}  // namespace jiedui::volunteer
