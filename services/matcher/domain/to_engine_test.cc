#include "services/matcher/domain/to_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/matcher/domain/dates.h"
#include "services/matcher/domain/problem_builder.h"

namespace jiedui::matcher {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr absl::CivilDay kDay(2026, 12, 1);

TEST(DatesTest, OnlyWholeDatesAreRead) {
  EXPECT_EQ(ParseDay("2026-12-01"), kDay);
  for (const char* bad : {"", "2026-12", "2026-12-1", "2026/12/01", "today"}) {
    EXPECT_FALSE(ParseDay(bad).has_value()) << bad;
  }
  EXPECT_EQ(DayText(kDay), "2026-12-01");
  EXPECT_EQ(DayNumber(absl::CivilDay(1970, 1, 2)), 1);
}

TEST(DatesTest, FirstAndLastDayAreWithinAndEmptyIsOpen) {
  EXPECT_TRUE(Within(kDay, "2026-12-01", "2026-12-01"));
  EXPECT_FALSE(Within(kDay, "2026-12-02", ""));
  EXPECT_FALSE(Within(kDay, "", "2026-11-30"));
  EXPECT_TRUE(Within(kDay, "", ""));
}

TEST(ToEngineTest, ADemandsWindowBeginsTodayAtTheEarliest) {
  demand::event::v1::Demand demand;
  demand.set_region("440981000000");
  demand.mutable_window()->set_start_date("2026-01-01");
  demand.mutable_window()->set_end_date("2026-12-01");
  EXPECT_FALSE(WindowPast(demand, kDay));
  const engine::Demand wish = ToEngine(demand, kDay);
  EXPECT_EQ(wish.window,
            (engine::Window{DayNumber(kDay), DayNumber(kDay) + 1}));
  EXPECT_EQ(wish.tier, codes::Tier::kCounty);
  EXPECT_TRUE(WindowPast(demand, kDay + 1));
}

TEST(ToEngineTest, WhatIsNotStatedIsTakenAsTheRegistrySays) {
  const engine::Demand wish = ToEngine(demand::event::v1::Demand(), kDay);
  EXPECT_EQ(wish.mode, engine::Mode::kEither);
  EXPECT_EQ(wish.urgency, engine::Urgency::kNormal);
  EXPECT_EQ(wish.opened, codes::Tier::kProvince);
  EXPECT_EQ(wish.wants(engine::Part::kExpert), engine::Want::kDesired);
}

TEST(ToEngineTest, ExpiredSkillsAreLeftOutAndBookingsDebited) {
  volunteer::event::v1::Volunteer volunteer;
  volunteer.set_capacity(3);
  for (const char* last : {"2026-11-30", "2026-12-01", ""}) {
    type::v1::Skill* skill = volunteer.add_skills();
    skill->set_subject("21040");
    skill->set_expire_date(last);
  }
  store::v1::Tally tally;
  const engine::Volunteer person = ToEngine(volunteer, kDay, 2, tally);
  ASSERT_EQ(person.skills.size(), 2u);
  EXPECT_EQ(person.skills[0].expires, DayNumber(kDay) + 1);
  EXPECT_FALSE(person.skills[1].expires.has_value());
  EXPECT_EQ(person.capacity, 1);
  EXPECT_EQ(person.availability.size(), 1u);
  EXPECT_EQ(ToEngine(volunteer, kDay, 5, tally).capacity, 0);
}

TEST(ToEngineTest, OnlyAnExclusiveProjectRunsOutOfLicences) {
  volunteer::event::v1::Project project;
  EXPECT_EQ(ToEngine(project, 3).licences, 1);
  project.set_exclusive(true);
  EXPECT_EQ(ToEngine(project, 0).licences, 1);
  EXPECT_EQ(ToEngine(project, 1).licences, 0);
}

class ProblemBuilderTest : public testing::Test {
 protected:
  void AddVolunteer(std::string name, std::string last_day_in_team) {
    volunteer::event::v1::Volunteer volunteer;
    volunteer.set_name(std::move(name));
    type::v1::Membership* membership = volunteer.add_memberships();
    membership->set_team("teams/T");
    membership->set_end_date(std::move(last_day_in_team));
    builder_.Add(volunteer, 0, {});
  }
  void AddTeam(std::string leader) {
    volunteer::event::v1::Team team;
    team.set_name("teams/T");
    team.set_leader(std::move(leader));
    builder_.Add(team, 0, {});
  }
  ProblemBuilder builder_{kDay};
};

TEST_F(ProblemBuilderTest, MembersAreThoseOfTheDayAndLeadersThoseWhoServe) {
  AddVolunteer("volunteers/b", "");
  AddVolunteer("volunteers/a", "2026-11-30");
  AddTeam("volunteers/paused");
  const engine::Problem problem = std::move(builder_).Build();
  EXPECT_THAT(problem.teams[0].members, ElementsAre("volunteers/b"));
  EXPECT_EQ(problem.teams[0].leader, "");
}

TEST_F(ProblemBuilderTest, ExclusionsOfWhoIsNotThereAreDropped) {
  AddTeam("");
  store::v1::ExclusionRecord exclusion;
  exclusion.set_demand("demands/gone");
  exclusion.set_resource("teams/T");
  builder_.Add(exclusion);
  EXPECT_THAT(std::move(builder_).Build().exclusions, IsEmpty());
}

}  // namespace
}  // namespace jiedui::matcher
