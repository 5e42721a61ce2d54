#include "services/volunteer/domain/validate.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "services/volunteer/domain/complete.h"

namespace jiedui::volunteer {
namespace {

using base::Reason;
using base::Violations;
using store::v1::EnterpriseRecord;
using store::v1::ProjectRecord;
using store::v1::SpecialtyRecord;
using store::v1::StationRecord;
using store::v1::TeamRecord;
using store::v1::VolunteerRecord;

template <typename Record>
Record Good();

template <>
VolunteerRecord Good<VolunteerRecord>() {
  VolunteerRecord record;
  auto& volunteer = *record.mutable_volunteer();
  volunteer.set_external_id("V-1");
  volunteer.set_display_name("张三");
  volunteer.set_title(type::v1::TITLE_SENIOR);
  volunteer.set_region("440981");
  volunteer.set_tier(type::v1::TIER_COUNTY);
  volunteer.set_line(type::v1::LINE_REGIONAL);
  type::v1::Skill& skill = *volunteer.add_skills();
  skill.set_subject("2104010");
  skill.set_proficiency(5);
  volunteer.add_industries("0154");
  volunteer.add_dialects(type::v1::DIALECT_CANTONESE);
  volunteer.set_capacity(2);
  volunteer.add_windows()->set_start_date("2026-12-01");
  volunteer.add_memberships()->set_team("teams/T1");
  volunteer.mutable_memberships(0)->set_start_date("2026-12-01");
  record.set_phone("19900000001");
  Complete(record);
  return record;
}

template <>
TeamRecord Good<TeamRecord>() {
  TeamRecord record;
  auto& team = *record.mutable_team();
  team.set_display_name("荔枝队");
  team.set_tier(type::v1::TIER_COUNTY);
  team.set_line(type::v1::LINE_SOCIETY);
  team.set_region("4409");
  team.add_subjects("21040");
  team.set_capacity(2);
  team.set_found_date("2019-05-17");
  Complete(record);
  return record;
}

template <>
ProjectRecord Good<ProjectRecord>() {
  ProjectRecord record;
  auto& project = *record.mutable_project();
  project.set_display_name("预冷");
  project.set_kind(event::v1::Project::KIND_TECHNOLOGY);
  project.add_subjects("2104530");
  project.add_industries("C1530");
  project.set_readiness(8);
  project.set_region("440981");
  Complete(record);
  return record;
}

template <>
EnterpriseRecord Good<EnterpriseRecord>() {
  EnterpriseRecord record;
  auto& enterprise = *record.mutable_enterprise();
  enterprise.set_display_name("茶厂");
  enterprise.set_kind(event::v1::Enterprise::KIND_ENTERPRISE);
  enterprise.set_credit_code("91440515MA6C6DK71A");
  enterprise.set_region("440981103");
  enterprise.set_industry("153");
  Complete(record);
  return record;
}

template <>
StationRecord Good<StationRecord>() {
  StationRecord record;
  auto& station = *record.mutable_station();
  station.set_display_name("小院");
  station.set_kind(event::v1::Station::KIND_BACKYARD);
  station.set_region("440981103");
  Complete(record);
  return record;
}

template <>
SpecialtyRecord Good<SpecialtyRecord>() {
  SpecialtyRecord record;
  auto& specialty = *record.mutable_specialty();
  specialty.set_display_name("高州荔枝");
  specialty.set_region("440981");
  specialty.set_industry("0154");
  specialty.set_weight(60);
  Complete(record);
  return record;
}

TEST(ValidateTest, CompletedGoodResourcesHaveNothingWrong) {
  EXPECT_TRUE(Validate(Good<VolunteerRecord>()).empty())
      << Validate(Good<VolunteerRecord>()).ToStatus();
  EXPECT_TRUE(Validate(Good<TeamRecord>()).empty());
  EXPECT_TRUE(Validate(Good<ProjectRecord>()).empty());
  EXPECT_TRUE(Validate(Good<EnterpriseRecord>()).empty());
  EXPECT_TRUE(Validate(Good<StationRecord>()).empty());
  EXPECT_TRUE(Validate(Good<SpecialtyRecord>()).empty());
}

TEST(CompleteTest, CodesGetTheFormThatIsStored) {
  EXPECT_EQ(Good<VolunteerRecord>().volunteer().region(), "440981000000");
  EXPECT_EQ(Good<VolunteerRecord>().volunteer().mode(), type::v1::MODE_EITHER);
  EXPECT_EQ(Good<VolunteerRecord>().volunteer().category(),
            type::v1::VOLUNTEER_CATEGORY_REGULAR);
  EXPECT_EQ(Good<EnterpriseRecord>().enterprise().region(), "440981103000");
  EXPECT_EQ(Good<EnterpriseRecord>().enterprise().industry(), "1530");
  EXPECT_EQ(Good<ProjectRecord>().project().industries(0), "1530");
}

TEST(ValidateTest, DongguanIsItsOwnCountyForASpecialty) {
  SpecialtyRecord record = Good<SpecialtyRecord>();
  record.mutable_specialty()->set_region("441900000000");
  EXPECT_TRUE(Validate(record).empty());
  record.mutable_specialty()->set_region("440900000000");
  EXPECT_FALSE(Validate(record).empty());
}

TEST(ValidateTest, ATeamMayServeARegionThatIsNotOfItsTier) {
  TeamRecord record = Good<TeamRecord>();
  record.mutable_team()->set_region("440000000000");
  EXPECT_TRUE(Validate(record).empty());
}

TEST(ValidateTest, TellsAllThatIsWrongAtOnce) {
  EXPECT_EQ(Validate(SpecialtyRecord()).list().size(), 4u);
}

struct Case {
  const char* name;
  std::function<Violations()> find;
  const char* field;
  Reason reason;
};

// A good record, spoilt.
template <typename Record, typename Spoil>
std::function<Violations()> Spoilt(Spoil spoil) {
  return [spoil] {
    Record record = Good<Record>();
    spoil(record);
    return Validate(record);
  };
}
template <typename Spoil>
auto Volunteer(Spoil spoil) {
  return Spoilt<VolunteerRecord>(
      [spoil](VolunteerRecord& r) { spoil(*r.mutable_volunteer()); });
}
template <typename Spoil>
auto Team(Spoil spoil) {
  return Spoilt<TeamRecord>(
      [spoil](TeamRecord& r) { spoil(*r.mutable_team()); });
}
template <typename Spoil>
auto Project(Spoil spoil) {
  return Spoilt<ProjectRecord>(
      [spoil](ProjectRecord& r) { spoil(*r.mutable_project()); });
}
template <typename Spoil>
auto Enterprise(Spoil spoil) {
  return Spoilt<EnterpriseRecord>(
      [spoil](EnterpriseRecord& r) { spoil(*r.mutable_enterprise()); });
}
template <typename Spoil>
auto Station(Spoil spoil) {
  return Spoilt<StationRecord>(
      [spoil](StationRecord& r) { spoil(*r.mutable_station()); });
}
template <typename Spoil>
auto Specialty(Spoil spoil) {
  return Spoilt<SpecialtyRecord>(
      [spoil](SpecialtyRecord& r) { spoil(*r.mutable_specialty()); });
}

class SpoiltTest : public testing::TestWithParam<Case> {};

TEST_P(SpoiltTest, NamesTheFieldAndTheReason) {
  const Violations found = GetParam().find();
  ASSERT_EQ(found.list().size(), 1u) << found.ToStatus();
  EXPECT_EQ(found.list()[0].field, GetParam().field);
  EXPECT_EQ(found.list()[0].reason, GetParam().reason);
}

const Case kCases[] = {
    {"Name", Volunteer([](auto& v) { v.set_display_name(" "); }),
     "display_name", Reason::kFieldRequired},
    {"LongName",
     Volunteer([](auto& v) { v.set_display_name(std::string(51, 'a')); }),
     "display_name", Reason::kFieldTooLong},
    {"ExternalId",
     Volunteer([](auto& v) { v.set_external_id(std::string(65, 'a')); }),
     "external_id", Reason::kFieldTooLong},
    {"Summary",
     Volunteer([](auto& v) { v.set_summary(std::string(2001, 'a')); }),
     "summary", Reason::kFieldTooLong},
    {"Employer",
     Volunteer([](auto& v) { v.set_employer(std::string(101, 'a')); }),
     "employer", Reason::kFieldTooLong},
    {"EmployerCode", Volunteer([](auto& v) {
       v.set_employer_credit_code("91440515MA6C6DK71B");
     }),
     "employer_credit_code", Reason::kBadCreditCode},
    {"Title",
     Volunteer([](auto& v) { v.set_title(static_cast<type::v1::Title>(9)); }),
     "title", Reason::kUnknownValue},
    {"Category", Volunteer([](auto& v) {
       v.set_category(static_cast<type::v1::VolunteerCategory>(9));
     }),
     "category", Reason::kUnknownValue},
    {"Region", Volunteer([](auto& v) { v.set_region("449999"); }), "region",
     Reason::kUnknownCode},
    {"NoRegion", Volunteer([](auto& v) { v.clear_region(); }), "region",
     Reason::kFieldRequired},
    {"CountyPeopleLiveInACounty",
     Volunteer([](auto& v) { v.set_region("440900000000"); }), "region",
     Reason::kFieldMalformed},
    {"Tier", Volunteer([](auto& v) { v.clear_tier(); }), "tier",
     Reason::kFieldRequired},
    {"Line", Volunteer([](auto& v) { v.clear_line(); }), "line",
     Reason::kFieldRequired},
    {"NoSkill", Volunteer([](auto& v) { v.clear_skills(); }), "skills",
     Reason::kFieldRequired},
    {"SkillSubject",
     Volunteer([](auto& v) { v.mutable_skills(0)->set_subject("2109999"); }),
     "skills[0].subject", Reason::kUnknownCode},
    {"SkillSection",
     Volunteer([](auto& v) { v.mutable_skills(0)->set_subject("B"); }),
     "skills[0].subject", Reason::kUnknownCode},
    {"SkillTwice", Volunteer([](auto& v) { *v.add_skills() = v.skills(0); }),
     "skills[1].subject", Reason::kDuplicateId},
    {"Proficiency",
     Volunteer([](auto& v) { v.mutable_skills(0)->set_proficiency(6); }),
     "skills[0].proficiency", Reason::kValueOutOfRange},
    {"SkillExpiry", Volunteer([](auto& v) {
       v.mutable_skills(0)->set_expire_date("2027-02-30");
     }),
     "skills[0].expire_date", Reason::kFieldMalformed},
    {"Industry", Volunteer([](auto& v) { v.add_industries("9999"); }),
     "industries", Reason::kUnknownCode},
    {"Dialect", Volunteer([](auto& v) {
       v.add_dialects(static_cast<type::v1::Dialect>(9));
     }),
     "dialects", Reason::kUnknownValue},
    {"Capacity", Volunteer([](auto& v) { v.set_capacity(21); }), "capacity",
     Reason::kValueOutOfRange},
    {"NegativeCapacity", Volunteer([](auto& v) { v.set_capacity(-1); }),
     "capacity", Reason::kValueOutOfRange},
    {"Window", Volunteer([](auto& v) {
       v.mutable_windows(0)->set_end_date("2026-11-30");
     }),
     "windows[0].end_date", Reason::kWindowReversed},
    {"WindowDate", Volunteer([](auto& v) {
       v.mutable_windows(0)->set_start_date("2026-1-1");
     }),
     "windows[0].start_date", Reason::kFieldMalformed},
    {"Mode",
     Volunteer([](auto& v) { v.set_mode(static_cast<type::v1::Mode>(9)); }),
     "mode", Reason::kUnknownValue},
    {"Conflict", Volunteer([](auto& v) { v.add_conflicts(""); }), "conflicts",
     Reason::kFieldRequired},
    {"Phone",
     Spoilt<VolunteerRecord>([](auto& r) { r.set_phone("0668-6668888"); }),
     "phone", Reason::kFieldMalformed},
    {"MembershipStart",
     Volunteer([](auto& v) { v.mutable_memberships(0)->clear_start_date(); }),
     "memberships[0].start_date", Reason::kFieldRequired},
    {"MembershipTwice",
     Volunteer([](auto& v) { *v.add_memberships() = v.memberships(0); }),
     "memberships", Reason::kDuplicateId},
    {"SixTeams", Volunteer([](auto& v) {
       for (int i = 2; i <= 6; ++i) {
         *v.add_memberships() = v.memberships(0);
         v.mutable_memberships(i - 1)->set_team(std::string(i, 't'));
       }
     }),
     "memberships", Reason::kTooManyTeams},
    {"TeamSubjects", Team([](auto& t) { t.clear_subjects(); }), "subjects",
     Reason::kFieldRequired},
    {"TeamCapacity", Team([](auto& t) { t.set_capacity(51); }), "capacity",
     Reason::kValueOutOfRange},
    {"TeamTier", Team([](auto& t) { t.clear_tier(); }), "tier",
     Reason::kFieldRequired},
    {"TeamFounded", Team([](auto& t) { t.set_found_date("2019-13-01"); }),
     "found_date", Reason::kFieldMalformed},
    {"ProjectKind", Project([](auto& p) { p.clear_kind(); }), "kind",
     Reason::kFieldRequired},
    {"Readiness", Project([](auto& p) { p.set_readiness(10); }), "readiness",
     Reason::kValueOutOfRange},
    {"Holder", Project([](auto& p) { p.set_holder(std::string(101, 'a')); }),
     "holder", Reason::kFieldTooLong},
    {"EnterpriseKind", Enterprise([](auto& e) { e.clear_kind(); }), "kind",
     Reason::kFieldRequired},
    {"CreditCode", Enterprise([](auto& e) { e.set_credit_code("9144"); }),
     "credit_code", Reason::kBadCreditCode},
    {"NoIndustry", Enterprise([](auto& e) { e.clear_industry(); }), "industry",
     Reason::kFieldRequired},
    {"StationKind", Station([](auto& s) { s.clear_kind(); }), "kind",
     Reason::kFieldRequired},
    {"StationSubject", Station([](auto& s) { s.add_subjects("1"); }),
     "subjects", Reason::kUnknownCode},
    {"Weight", Specialty([](auto& s) { s.set_weight(0); }), "weight",
     Reason::kValueOutOfRange},
    {"SpecialtyOfATownship",
     Specialty([](auto& s) { s.set_region("440981103000"); }), "region",
     Reason::kFieldMalformed},
};

INSTANTIATE_TEST_SUITE_P(All, SpoiltTest, testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace jiedui::volunteer
