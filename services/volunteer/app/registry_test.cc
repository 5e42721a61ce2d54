#include "services/volunteer/app/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "jiedui/event/v1/event.pb.h"
#include "services/volunteer/app/registry_fixture.h"
#include "services/volunteer/app/volunteer_commands.h"

namespace jiedui::volunteer {
namespace {

using base::HasReason;
using base::Reason;
using testing::ElementsAre;
using testing::IsEmpty;

class CommandsTest : public RegistryTest {
 protected:
  absl::Status Do(Verb verb, std::string name, std::string note = "",
                  std::string etag = "") {
    return Run([&](runtime::Transaction& txn) {
             return Step(txn, verb, {.name = name, .etag = etag}, note);
           })
        .status();
  }
  absl::Status Enter(std::string who, std::string team, std::string day = "") {
    return Run([&](runtime::Transaction& txn) {
             return JoinTeam(txn, {.name = who, .etag = ""}, team, day, "");
           })
        .status();
  }
  absl::Status Quit(std::string who, std::string team, std::string day = "") {
    return Run([&](runtime::Transaction& txn) {
             return LeaveTeam(txn, {.name = who, .etag = ""}, team, day, "");
           })
        .status();
  }
};

TEST_F(CommandsTest, ANewVolunteerIsCompletedNumberedAndApplied) {
  auto record = Person("V-1");
  record.mutable_volunteer()->set_name("volunteers/V99999999");
  record.mutable_volunteer()->set_state("ACTIVE");
  const auto made = Add<VolunteerKind>(record);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->volunteer().name(), "volunteers/V00000001");
  EXPECT_EQ(made->volunteer().state(), "APPLIED");
  EXPECT_EQ(made->volunteer().region(), "440981000000");
  EXPECT_EQ(made->version(), 1u);
  EXPECT_EQ(made->volunteer().create_time().seconds(), kMorning);
  EXPECT_EQ(VolunteerOf("volunteers/V00000001").phone(), "19900000001");
  EXPECT_EQ(Volunteers::FindExternal(store_, "V-1"), "volunteers/V00000001");
}

TEST_F(CommandsTest, AKnownExternalIdIsRefusedOnCreateAndOnUpdate) {
  ASSERT_TRUE(Add<VolunteerKind>(Person("V-1")).ok());
  EXPECT_TRUE(HasReason(Add<VolunteerKind>(Person("V-1")).status(),
                        Reason::kAlreadyExists));
  ASSERT_TRUE(Add<VolunteerKind>(Person("V-2")).ok());
  const auto stolen = Change<VolunteerKind>(
      "volunteers/V00000002", [](auto& v) { v.set_external_id("V-1"); });
  EXPECT_TRUE(HasReason(stolen.status(), Reason::kAlreadyExists));
}

TEST_F(CommandsTest, AnExternalIdGivenUpIsFreeAgain) {
  ASSERT_TRUE(Add<VolunteerKind>(Person("V-1")).ok());
  ASSERT_TRUE(Change<VolunteerKind>("volunteers/V00000001", [](auto& v) {
                v.set_external_id("W-1");
              }).ok());
  EXPECT_TRUE(Add<VolunteerKind>(Person("V-1")).ok());
}

TEST_F(CommandsTest, ALifeFromApplicationToComingBack) {
  ASSERT_TRUE(Add<VolunteerKind>(Person()).ok());
  const std::string who = "volunteers/V00000001";
  EXPECT_TRUE(HasReason(Do(Verb::kActivate, who), Reason::kWrongState));
  ASSERT_TRUE(Do(Verb::kVerify, who).ok());
  ASSERT_TRUE(Do(Verb::kActivate, who).ok());
  EXPECT_TRUE(HasReason(Do(Verb::kPause, who), Reason::kReasonRequired));
  ASSERT_TRUE(Do(Verb::kPause, who, "出国访问").ok());
  EXPECT_EQ(VolunteerOf(who).volunteer().state_reason(), "出国访问");
  ASSERT_TRUE(Do(Verb::kActivate, who).ok());
  EXPECT_EQ(VolunteerOf(who).volunteer().state_reason(), "");
  ASSERT_TRUE(Do(Verb::kExit, who, "退休").ok());
  EXPECT_EQ(LastEntry().facts(0).from_state(), "ACTIVE");
  EXPECT_EQ(LastEntry().facts(0).to_state(), "EXITED");
  EXPECT_EQ(LastEntry().facts(0).note(), "退休");
  ASSERT_TRUE(Do(Verb::kReinstate, who, "返聘").ok());
  EXPECT_EQ(VolunteerOf(who).volunteer().state(), "APPLIED");
}

TEST_F(CommandsTest, AStaleEtagIsAbortedAndAnUnknownNameNotFound) {
  ASSERT_TRUE(Add<VolunteerKind>(Person()).ok());
  const std::string who = "volunteers/V00000001";
  ASSERT_TRUE(Do(Verb::kVerify, who, "", "1").ok());
  EXPECT_TRUE(
      HasReason(Do(Verb::kActivate, who, "", "1"), Reason::kEtagMismatch));
  EXPECT_TRUE(HasReason(Do(Verb::kVerify, "volunteers/V9"), Reason::kNotFound));
}

TEST_F(CommandsTest, AChangeThatChangesNothingMakesNoVersion) {
  ASSERT_TRUE(Add<TeamKind>(Group()).ok());
  const uint64_t head = writer_->head();
  const auto same = Change<TeamKind>("teams/T00000001", [](auto&) {});
  ASSERT_TRUE(same.ok());
  EXPECT_EQ(same->version(), 1u);
  EXPECT_EQ(writer_->head(), head);
}

TEST_F(CommandsTest, AWrongChangeLeavesWhatThereWas) {
  ASSERT_TRUE(Add<TeamKind>(Group()).ok());
  const auto wrong =
      Change<TeamKind>("teams/T00000001", [](auto& t) { t.set_capacity(99); });
  EXPECT_TRUE(HasReason(wrong.status(), Reason::kInvalidFields));
  EXPECT_EQ(TeamOf("teams/T00000001").team().capacity(), 2);
}

TEST_F(CommandsTest, JoiningAndLeavingCountFromTodayInChina) {
  ASSERT_TRUE(Add<TeamKind>(Group()).ok());
  ASSERT_TRUE(Add<VolunteerKind>(Person()).ok());
  const std::string who = "volunteers/V00000001";
  EXPECT_TRUE(HasReason(Enter(who, "teams/T9"), Reason::kReferenceMissing));
  ASSERT_TRUE(Enter(who, "teams/T00000001").ok());
  EXPECT_EQ(VolunteerOf(who).volunteer().memberships(0).start_date(),
            "2026-11-22");
  EXPECT_TRUE(HasReason(Quit(who, "teams/T00000001", "22.11."),
                        Reason::kInvalidFields));
  clock_.Advance(absl::Hours(24));
  ASSERT_TRUE(Quit(who, "teams/T00000001").ok());
  EXPECT_EQ(VolunteerOf(who).volunteer().memberships(0).end_date(),
            "2026-11-23");
  EXPECT_EQ(LastEntry().facts(0).verb(), "leave");
}

TEST_F(CommandsTest, ReferencesMustExist) {
  auto member = Person();
  type::v1::Membership& membership =
      *member.mutable_volunteer()->add_memberships();
  membership.set_team("teams/T00000001");
  membership.set_start_date("2026-12-01");
  const auto refused = Add<VolunteerKind>(member);
  EXPECT_TRUE(HasReason(refused.status(), Reason::kReferenceMissing));
  EXPECT_THAT(
      base::Info(refused.status())->args,
      testing::Contains(base::ErrorArg("field", "memberships[0].team")));

  auto led = Group();
  led.mutable_team()->set_leader("volunteers/V00000001");
  EXPECT_TRUE(
      HasReason(Add<TeamKind>(led).status(), Reason::kReferenceMissing));
  auto under = Group();
  under.mutable_team()->set_parent("teams/T00000001");
  EXPECT_TRUE(
      HasReason(Add<TeamKind>(under).status(), Reason::kReferenceMissing));

  store::v1::ProjectRecord project;
  project.mutable_project()->set_display_name("预冷");
  project.mutable_project()->set_kind(event::v1::Project::KIND_PROJECT);
  project.mutable_project()->add_subjects("21040");
  project.mutable_project()->set_readiness(7);
  project.mutable_project()->set_region("440981");
  project.mutable_project()->set_owner("volunteers/V00000001");
  EXPECT_TRUE(
      HasReason(Add<ProjectKind>(project).status(), Reason::kReferenceMissing));
  ASSERT_TRUE(Add<VolunteerKind>(Person()).ok());
  EXPECT_TRUE(Add<ProjectKind>(project).ok());
}

TEST_F(CommandsTest, ATeamIsNeverAmongItsOwnSuperiors) {
  ASSERT_TRUE(Add<TeamKind>(Group()).ok());
  for (const char* parent : {"teams/T00000001", "teams/T00000002"}) {
    auto team = Group();
    team.mutable_team()->set_parent(parent);
    ASSERT_TRUE(Add<TeamKind>(team).ok());
  }
  const auto put_under = [&](std::string team, std::string parent) {
    return Change<TeamKind>(team, [&](auto& t) { t.set_parent(parent); })
        .status();
  };
  EXPECT_TRUE(HasReason(put_under("teams/T00000001", "teams/T00000003"),
                        Reason::kCycle));
  EXPECT_TRUE(HasReason(put_under("teams/T00000001", "teams/T00000001"),
                        Reason::kCycle));
  EXPECT_TRUE(put_under("teams/T00000003", "teams/T00000001").ok());
}

TEST_F(CommandsTest, ANewParentLeadsFromTodayOnUnlessADayIsGiven) {
  ASSERT_TRUE(Add<TeamKind>(Group()).ok());
  ASSERT_TRUE(Add<TeamKind>(Group()).ok());
  const std::string name = "teams/T00000002";
  ASSERT_TRUE(Change<TeamKind>(name, [](auto& t) {
                t.set_parent("teams/T00000001");
              }).ok());
  EXPECT_EQ(TeamOf(name).team().parent_since(), "2026-11-22");
  ASSERT_TRUE(Change<TeamKind>(name, [](auto& t) {
                t.set_parent_since("2026-01-01");
              }).ok());
  EXPECT_EQ(TeamOf(name).team().parent_since(), "2026-01-01");
  ASSERT_TRUE(Change<TeamKind>(name, [](auto& t) { t.clear_parent(); }).ok());
  EXPECT_EQ(TeamOf(name).team().parent_since(), "");
}

TEST_F(CommandsTest, WhatIsWrittenIsFoundAlsoAfterARestart) {
  ASSERT_TRUE(Add<VolunteerKind>(Person()).ok());
  ASSERT_TRUE(Add<TeamKind>(Group()).ok());
  const auto found = [&](std::string query) {
    return machine_->index<VolunteerKind>().Search(query);
  };
  EXPECT_THAT(found("荔枝"), ElementsAre("volunteers/V00000001"));
  EXPECT_THAT(machine_->index<TeamKind>().Search("荔枝"),
              ElementsAre("teams/T00000001"));
  ASSERT_TRUE(Change<VolunteerKind>("volunteers/V00000001", [](auto& v) {
                v.set_summary("龙眼烘干");
              }).ok());
  EXPECT_THAT(found("荔枝"), IsEmpty());
  Restart();
  EXPECT_THAT(found("龙眼"), ElementsAre("volunteers/V00000001"));
  // By the name of the subject.
  EXPECT_THAT(found("果树学"), ElementsAre("volunteers/V00000001"));
}

TEST_F(CommandsTest, OthersAreToldEverythingButContactData) {
  ASSERT_TRUE(Add<VolunteerKind>(Person("V-1")).ok());
  jiedui::event::v1::Event event;
  machine_->Publish(LastEntry().facts(0), &event);
  event::v1::Volunteer told;
  ASSERT_TRUE(event.payload().UnpackTo(&told));
  EXPECT_EQ(told.external_id(), "V-1");
  EXPECT_EQ(event.SerializeAsString().find("19900000001"), std::string::npos);
}

}  // namespace
}  // namespace jiedui::volunteer
