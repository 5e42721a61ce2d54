#include "services/matcher/app/hours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "common/base/error.h"
#include "services/matcher/app/served_pairing.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using testing::FieldsAre;

constexpr char kAction[] = "actions/RURAL_REVITALISATION";

class HoursTest : public ServedPairing {
 protected:
  HoursTest() { ApproveAndAccept(); }

  // Measured and entered minutes, services, people.
  std::tuple<int64_t, int64_t, int32_t, int32_t> Of(
      const std::string& subject) const {
    const store::v1::HoursSum sum = HoursOf(matcher_.store(), subject);
    return {sum.measured_minutes(), sum.entered_minutes(), sum.services(),
            sum.people()};
  }
  void EnterAndApprove(const std::string& volunteer, const Stay& stay) {
    const auto entered = EnterLate(volunteer, stay);
    ASSERT_TRUE(entered.ok()) << entered.status();
    ASSERT_TRUE(ApproveLate(entered->service_record().name()).ok());
  }
};

TEST_F(HoursTest, EverySubjectOfARecordGetsItsMinutes) {
  Serve(talent_, absl::Hours(2));
  for (const std::string& subject :
       {talent_, std::string("demands/D1"), name_, std::string(kAction)}) {
    EXPECT_THAT(Of(subject), FieldsAre(120, 0, 1, 1)) << subject;
  }
  EXPECT_THAT(Of("volunteers/V99"), FieldsAre(0, 0, 0, 0));
}

TEST_F(HoursTest, MeasuredAndEnteredHoursAreKeptApart) {
  Serve(expert_, absl::Hours(2));
  matcher_.clock().Advance(absl::Hours(4));
  EnterAndApprove(expert_, Ago(3, 0, 60));
  EXPECT_THAT(Of(expert_), FieldsAre(120, 120, 2, 1));
}

TEST_F(HoursTest, OnlyWhatIsClosedCounts) {
  const std::string open = In(expert_)->service_record().name();
  ASSERT_TRUE(EnterLate(talent_, Ago(3, 0)).ok());
  EXPECT_THAT(Of("demands/D1"), FieldsAre(0, 0, 0, 0));
  matcher_.clock().Advance(absl::Hours(1));
  ASSERT_TRUE(Out(open).ok());
  EXPECT_THAT(Of("demands/D1"), FieldsAre(60, 0, 1, 1));
  ASSERT_TRUE(Void(open).ok());
  EXPECT_THAT(Of("demands/D1"), FieldsAre(0, 0, 0, 0));
}

TEST_F(HoursTest, ACorrectionCountsInPlaceOfWhatItSupersedes) {
  const std::string old = Serve(expert_, absl::Hours(8));
  ASSERT_TRUE(Supersede(old, Ago(8, 6)).ok());
  EXPECT_THAT(Of(expert_), FieldsAre(0, 120, 1, 1));
}

TEST_F(HoursTest, PeopleAreCountedOnceAndTheirStaysEach) {
  Serve(expert_, absl::Hours(1));
  Serve(expert_, absl::Hours(1));
  const std::string third = Serve(talent_, absl::Hours(1));
  EXPECT_THAT(Of("demands/D1"), FieldsAre(180, 0, 3, 2));
  EXPECT_THAT(Of(kAction), FieldsAre(180, 0, 3, 2));
  ASSERT_TRUE(Void(third).ok());
  EXPECT_THAT(Of("demands/D1"), FieldsAre(120, 0, 2, 1));
}

TEST_F(HoursTest, WhatTheTeamsPeopleServeIsTheTeamsAndThePersonsOnce) {
  auto member = FruitExpert("V9");
  auto* membership = member.add_memberships();
  membership->set_team("teams/T1");
  membership->set_start_date("2026-01-01");
  matcher_.Hear(member);
  Serve("volunteers/V1", absl::Hours(2));  // who leads it
  Serve("volunteers/V9", absl::Hours(3));
  Serve(talent_, absl::Hours(1));  // who is in no team
  EXPECT_THAT(Of("teams/T1"), FieldsAre(300, 0, 2, 2));
  EXPECT_THAT(Of("volunteers/V9"), FieldsAre(180, 0, 1, 1));
  EXPECT_THAT(Of("demands/D1"), FieldsAre(360, 0, 3, 3));
}

TEST_F(HoursTest, ALaterChangeOfTheDemandsActionLeavesWhatIsSummed) {
  const std::string record = Serve(expert_, absl::Hours(2));
  demand::event::v1::Demand changed = LitchiDemand();
  changed.set_action(type::v1::ACTION_SCIENCE_FOR_PEOPLE);
  matcher_.Hear(changed);
  ASSERT_TRUE(Void(record).ok());
  EXPECT_THAT(Of(kAction), FieldsAre(0, 0, 0, 0));
  EXPECT_THAT(Of("actions/SCIENCE_FOR_PEOPLE"), FieldsAre(0, 0, 0, 0));
}

// What the records themselves add up to, subject by subject.
std::map<std::string, std::tuple<int64_t, int64_t, int32_t, int32_t>> AddedUp(
    const jiedui::store::Reader& state) {
  std::map<std::string, std::tuple<int64_t, int64_t, int32_t, int32_t>> sums;
  std::map<std::string, std::set<std::string>> people;
  ServiceRecords::Visit(
      state, "", [&](const store::v1::ServiceRecordRecord& record) {
        const event::v1::ServiceRecord& served = record.service_record();
        std::vector<std::string> subjects = {
            served.volunteer(), served.demand(), served.pairing(), kAction};
        if (!served.team().empty()) subjects.push_back(served.team());
        for (const std::string& subject : subjects) {
          auto& [measured, entered, services, persons] = sums[subject];
          if (served.state() != "CLOSED") continue;
          (served.kind() == "MEASURED" ? measured : entered) +=
              served.minutes();
          ++services;
          people[subject].insert(served.volunteer());
          persons = static_cast<int32_t>(people[subject].size());
        }
        return true;
      });
  return sums;
}

TEST_F(HoursTest, AfterAnyStepsTheSumsAreThoseOfTheRecords) {
  std::mt19937_64 random(7);
  const std::vector<std::string> people = {expert_, talent_, "volunteers/V1"};
  std::vector<std::string> records;
  const auto keep = [&](const absl::StatusOr<ServiceRecordRecord>& made) {
    if (made.ok()) records.push_back(made->service_record().name());
  };
  for (int step = 0; step < 300; ++step) {
    matcher_.clock().Advance(absl::Minutes(random() % 300));
    const std::string person = people[random() % people.size()];
    // One of the last, which most steps can do something with.
    const size_t back =
        1 + random() % std::max<size_t>(1, std::min<size_t>(records.size(), 6));
    const std::string record =
        records.empty() ? "serviceRecords/none" : *(records.end() - back);
    const int from = 1 + static_cast<int>(random() % 6);
    const uint64_t kind = random() % 20;
    if (kind < 4) {
      keep(In(person));
    } else if (kind < 10) {
      static_cast<void>(Out(record, static_cast<int32_t>(random() % 90)));
    } else if (kind < 13) {
      keep(EnterLate(person, Ago(from, 0)));
    } else if (kind < 17) {
      static_cast<void>(ApproveLate(record));
    } else if (kind < 19) {
      keep(Supersede(record, Ago(from, 0, 10)));
    } else {
      static_cast<void>(Void(record));
    }
  }
  const auto sums = AddedUp(matcher_.store());
  EXPECT_GT(std::get<2>(sums.at("demands/D1")), 10) << "steps that did much";
  for (const auto& [subject, sum] : sums)
    EXPECT_EQ(Of(subject), sum) << subject;
}

TEST_F(HoursTest, SubjectsHaveNamesOrAreNotKnown) {
  const auto named = [&](const std::string& subject) {
    return SubjectOfHours(matcher_.store(), subject);
  };
  EXPECT_EQ(*named("volunteers/V1"), "专家V1");
  EXPECT_EQ(*named("teams/T1"), "高州荔枝服务队");
  EXPECT_EQ(*named("demands/D1"), "荔枝采后三天褐变");
  EXPECT_EQ(*named(name_), "荔枝采后三天褐变");
  EXPECT_EQ(*named(kAction), "乡村振兴");
  for (const char* subject :
       {"volunteers/V99", "teams/T9", "demands/D9", "pairings/P"}) {
    EXPECT_TRUE(HasReason(named(subject).status(), Reason::kNotFound))
        << subject;
  }
  for (const char* subject : {"", "V1", "actions/", "actions/SLEEP",
                              "actions/UNSPECIFIED", "projects/P1"}) {
    EXPECT_TRUE(HasReason(named(subject).status(), Reason::kInvalidFields))
        << subject;
  }
}

}  // namespace
}  // namespace jiedui::matcher
