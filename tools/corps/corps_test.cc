#include "tools/corps/corps.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "common/base/error.h"
#include "common/codes/credit_code.h"
#include "common/codes/crosswalk.h"
#include "tools/corps/sheets.h"
#include "tools/corps/troubles.h"

namespace jiedui::corps {
namespace {

using codes::Tier;

Corps MakeCorps(const Options& options) {
  absl::StatusOr<Corps> corps = Corps::Create(options);
  EXPECT_TRUE(corps.ok()) << corps.status();
  return *std::move(corps);
}

const Corps& Guangdong() {
  static const Corps* const kCorps = new Corps(
      MakeCorps({.region = "440000", .volunteers = 20'000, .teams = 500}));
  return *kCorps;
}

// The share of all that the first tenth of the keys holds, in hundredths.
template <typename Key>
int TopTenthShare(const std::map<Key, int>& counts, size_t keys) {
  std::vector<int> sizes;
  int all = 0;
  for (const auto& [key, count] : counts) {
    sizes.push_back(count);
    all += count;
  }
  std::sort(sizes.begin(), sizes.end(), std::greater<>());
  sizes.resize(std::min(sizes.size(), keys / 10));
  int top = 0;
  for (const int size : sizes) top += size;
  return 100 * top / all;
}

TEST(Words, EveryCodeIsInTheTables) {
  for (const IndustryWords& words : AllIndustryWords()) {
    EXPECT_NE(codes::FindIndustry(words.industry), nullptr) << words.industry;
    EXPECT_EQ(codes::FindIndustry(words.industry)->code, words.industry);
    for (uint64_t i = 0; i < 3; ++i) {
      EXPECT_NE(codes::FindSubject(PartOf(words.subjects, i)), nullptr)
          << words.industry;
    }
    EXPECT_FALSE(TroublesOf(words.trade).empty()) << words.industry;
    for (const Trouble& trouble : TroublesOf(words.trade)) {
      EXPECT_NE(codes::FindSubject(trouble.subject), nullptr) << trouble.title;
    }
  }
}

TEST(Words, PartsAndMarks) {
  EXPECT_EQ(PartOf("a|b|", 0), "a");
  EXPECT_EQ(PartOf("a|b|", 1), "b");
  EXPECT_EQ(PartOf("a|b|", 2), "");
  EXPECT_EQ(PartOf("a|b|", 3), "a");
  EXPECT_EQ(Fill("{p}园{p}", "{p}", "荔枝"), "荔枝园荔枝");
  EXPECT_EQ(Fill("园", "{p}", "荔枝"), "园");
}

TEST(Places, AreAllOfChinaByDefaultAndOneProvinceWhenAsked) {
  const Places china(1, nullptr);
  EXPECT_EQ(china.places().front().tier, Tier::kProvince);
  EXPECT_GT(china.places().size(), 44'000u);
  const Places guangdong(1, codes::FindRegion("44"));
  EXPECT_EQ(guangdong.places().size(), 1u + 21 + 122 + 1757);
  EXPECT_EQ(guangdong.counties().size(), 124u);  // With Dongguan, Zhongshan.
}

TEST(Places, EveryPlaceBelowTheTopHasAParentItLiesIn) {
  const Places china(1, nullptr);
  for (const Place& place : china.places()) {
    EXPECT_FALSE(place.homes.empty()) << place.region->Path();
    if (place.tier == Tier::kProvince) continue;
    ASSERT_NE(place.parent, kNowhere) << place.region->Path();
    const Place& parent = china.places()[place.parent];
    EXPECT_TRUE(place.region->IsWithin(*parent.region));
    EXPECT_LT(parent.tier, place.tier);
  }
}

TEST(Places, TheCapitalIsHomeToTheProvincesPeople) {
  const Places guangdong(1, codes::FindRegion("44"));
  const Range homes = guangdong.places().front().homes;
  const codes::Region& guangzhou = *codes::FindRegion("4401");
  for (uint32_t i = homes.first; i < homes.last; ++i) {
    EXPECT_TRUE(guangdong.counties()[i].region->IsWithin(guangzhou));
  }
}

TEST(Corps, TheScopeMayBeAnyLevelDownToATownship) {
  for (const char* region : {"44", "4409", "440981", "440981103", "441900",
                             "441900101", "11", "110101", "429004"}) {
    const Corps corps = MakeCorps({.region = region,
                                   .volunteers = 50,
                                   .teams = 9,
                                   .demands = 10,
                                   .projects = 10,
                                   .enterprises = 5,
                                   .stations = 5});
    const codes::Region& scope = *codes::FindRegion(region);
    for (uint64_t i = 0; i < 50; ++i) {
      EXPECT_TRUE(corps.MakeVolunteer(i).region->IsWithin(scope)) << region;
    }
    for (uint64_t i = 0; i < 10; ++i) {
      EXPECT_NE(corps.MakeProject(i).region, nullptr);
      EXPECT_TRUE(corps.MakeDemand(i).region->IsWithin(scope)) << region;
    }
  }
}

TEST(Corps, NothingAtAllIsFineToo) {
  const Corps corps = MakeCorps({.volunteers = 0,
                                 .teams = 0,
                                 .demands = 5,
                                 .projects = 5,
                                 .enterprises = 0,
                                 .stations = 5});
  for (uint64_t i = 0; i < 5; ++i) {
    EXPECT_FALSE(corps.MakeProject(i).owner.has_value());
    EXPECT_FALSE(corps.MakeStation(i).host.empty());
    EXPECT_NE(corps.MakeDemand(i).requester, Requester::kEnterprise);
  }
}

TEST(Corps, RowsDoNotDependOnOtherSheets) {
  const Corps few = MakeCorps({.demands = 10, .stations = 1});
  const Corps many = MakeCorps({.demands = 20'000, .stations = 100});
  std::string a;
  std::string b;
  for (uint64_t i = 0; i < 10; ++i) {
    AppendRow(few.MakeDemand(i), a);
    AppendRow(many.MakeDemand(i), b);
  }
  EXPECT_EQ(a, b);
}

TEST(Corps, TiersHaveTheirSharesOfPeople) {
  std::map<Tier, int> people;
  for (uint64_t i = 0; i < 20'000; ++i) {
    ++people[Guangdong().MakeVolunteer(i).tier];
  }
  EXPECT_EQ(people[Tier::kProvince], 1000);
  EXPECT_EQ(people[Tier::kCity], 2000);
  EXPECT_EQ(people[Tier::kCounty], 4600);
  EXPECT_EQ(people[Tier::kTownship], 12'400);
}

TEST(Corps, TeamsHaveLeadersWhoAreMembersAndParentsAboveThem) {
  for (const char* region : {"440000", ""}) {
    const Corps corps =
        MakeCorps({.region = region, .volunteers = 30'000, .teams = 3'000});
    std::set<uint64_t> leaders;
    for (uint64_t i = 0; i < 3'000; ++i) {
      const Team team = corps.MakeTeam(i);
      const Volunteer leader = corps.MakeVolunteer(team.leader);
      EXPECT_TRUE(std::count(leader.teams.begin(), leader.teams.end(), i));
      EXPECT_TRUE(leader.region->IsWithin(*team.region));
      EXPECT_TRUE(leaders.insert(team.leader).second);
      if (!team.parent) continue;
      ASSERT_LT(*team.parent, i);
      const Team parent = corps.MakeTeam(*team.parent);
      EXPECT_TRUE(team.region->IsWithin(*parent.region));
      EXPECT_LE(parent.tier, team.tier);
    }
  }
}

TEST(Corps, MostTeamsOfAProvinceHangTogether) {
  int tops = 0;
  for (uint64_t i = 0; i < 500; ++i) {
    if (!Guangdong().MakeTeam(i).parent) ++tops;
  }
  EXPECT_EQ(tops, 1);
}

TEST(Corps, AsManyTeamsAsVolunteersGiveEachALeaderOfItsOwn) {
  const Corps corps =
      MakeCorps({.region = "4409", .volunteers = 200, .teams = 200});
  for (uint64_t i = 0; i < 200; ++i) {
    EXPECT_EQ(corps.MakeTeam(i).leader, i);
  }
}

TEST(Corps, PeopleAreInTeamsOfTheirPlaceAndInNoneTwice) {
  int members = 0;
  for (uint64_t i = 0; i < 20'000; ++i) {
    const Volunteer volunteer = Guangdong().MakeVolunteer(i);
    const std::set<uint64_t> teams(volunteer.teams.begin(),
                                   volunteer.teams.end());
    EXPECT_EQ(teams.size(), volunteer.teams.size());
    EXPECT_LE(teams.size(), 5u);
    if (!teams.empty()) {
      ++members;
      EXPECT_LT(*teams.rbegin(), 500u);
      EXPECT_TRUE(volunteer.region->IsWithin(
          *Guangdong().MakeTeam(*teams.begin()).region));
    }
  }
  EXPECT_GT(members, 12'000);
}

TEST(Corps, SkillsFollowZipf) {
  std::map<std::string_view, int> holders;
  for (uint64_t i = 0; i < 20'000; ++i) {
    const Volunteer volunteer = Guangdong().MakeVolunteer(i);
    ASSERT_FALSE(volunteer.skills.empty());
    EXPECT_LE(volunteer.skills.size(), 4u);
    for (const Skill& skill : volunteer.skills) {
      ++holders[skill.subject->code];
      EXPECT_GE(skill.proficiency, 1);
      EXPECT_LE(skill.proficiency, 5);
    }
  }
  EXPECT_GT(holders.size(), 1000u);                       // A long tail …
  EXPECT_GT(TopTenthShare(holders, holders.size()), 55);  // … and a head.
}

TEST(Corps, CountiesAreSkewed) {
  std::map<const codes::Region*, int> people;
  std::map<const codes::Region*, int> demands;
  for (uint64_t i = 7'600; i < 20'000; ++i) {
    const codes::Region* region = Guangdong().MakeVolunteer(i).region;
    ++people[region->AncestorAt(codes::RegionLevel::kCounty)];
  }
  for (uint64_t i = 0; i < 2'000; ++i) {
    const codes::Region* region = Guangdong().MakeDemand(i).region;
    ++demands[region->AncestorAt(codes::RegionLevel::kCounty)];
  }
  // The first twelve of 124; evenly spread they would hold a tenth.
  EXPECT_EQ(people.size(), 124u);
  EXPECT_GT(TopTenthShare(people, 124), 33);
  EXPECT_LT(TopTenthShare(people, 124), 50);
  EXPECT_GT(TopTenthShare(demands, 124), 33);
}

TEST(Corps, DemandsAreAboutWhatTheirCountyLivesOnAndItsSubjects) {
  int served = 0;
  int well_served = 0;
  for (uint64_t i = 0; i < 2'000; ++i) {
    const Demand demand = Guangdong().MakeDemand(i);
    const auto counties = Guangdong().places().counties();
    const auto county = std::find_if(
        counties.begin(), counties.end(), [&demand](const County& candidate) {
          return demand.region->IsWithin(*candidate.region);
        });
    ASSERT_NE(county, counties.end());
    const auto businesses = Guangdong().economy().BusinessesOf(
        static_cast<size_t>(county - counties.begin()));
    EXPECT_TRUE(std::any_of(businesses.begin(), businesses.end(),
                            [&demand](const Business& business) {
                              return business.industry == demand.industry;
                            }));
    const int strength = codes::CrosswalkStrength(demand.subjects.front()->code,
                                                  demand.industry->code);
    if (strength > 0) ++served;
    if (strength >= 450'000) ++well_served;
  }
  EXPECT_GT(served, 1'900);
  EXPECT_GT(well_served, 1'600);
}

TEST(Corps, CreditCodesAreRightAndTellEnterprisesApart) {
  std::set<std::string> codes;
  for (uint64_t i = 0; i < 1'500; ++i) {
    const Enterprise enterprise = Guangdong().MakeEnterprise(i);
    EXPECT_EQ(codes::CheckCreditCode(enterprise.credit_code),
              codes::CreditCodeFault::kNone);
    EXPECT_TRUE(codes.insert(enterprise.credit_code).second);
  }
  for (uint64_t i = 0; i < 2'000; ++i) {
    const Demand demand = Guangdong().MakeDemand(i);
    const bool local = demand.requester == Requester::kCommunity ||
                       demand.requester == Requester::kVillage;
    EXPECT_EQ(demand.credit_code.empty(), local);
    if (demand.requester == Requester::kEnterprise) {
      EXPECT_TRUE(codes.contains(demand.credit_code));
      EXPECT_EQ(demand.want_enterprise, Wish::kRequired);
    }
  }
  for (uint64_t i = 0; i < 5'000; ++i) {
    const Volunteer volunteer = Guangdong().MakeVolunteer(i);
    const bool of_enterprise = volunteer.line == codes::Line::kEnterprise;
    EXPECT_EQ(of_enterprise, codes.contains(volunteer.employer_credit_code));
  }
}

TEST(Corps, ProjectsBelongToPeopleOfTheUpperTiersAndTheirEmployers) {
  for (uint64_t i = 0; i < 1'000; ++i) {
    const Project project = Guangdong().MakeProject(i);
    ASSERT_TRUE(project.owner.has_value());
    const Volunteer owner = Guangdong().MakeVolunteer(*project.owner);
    EXPECT_NE(owner.tier, Tier::kTownship);
    EXPECT_EQ(owner.employer, project.holder);
  }
}

TEST(Corps, DialectsAreThoseOfThePlace) {
  std::map<codes::Dialect, int> meizhou;
  const Corps corps = MakeCorps({.region = "4414", .volunteers = 1'000});
  for (uint64_t i = 0; i < 1'000; ++i) {
    for (const codes::Dialect dialect : corps.MakeVolunteer(i).dialects) {
      ++meizhou[dialect];
    }
  }
  EXPECT_GT(meizhou[codes::Dialect::kHakka], 700);
  EXPECT_EQ(meizhou[codes::Dialect::kTeochew], 0);
  EXPECT_GT(meizhou[codes::Dialect::kMandarin], 900);
}

TEST(Corps, OptionsThatCannotBeAreToldAllAtOnce) {
  const absl::StatusOr<Corps> corps = Corps::Create({.region = "990000",
                                                     .volunteers = 10,
                                                     .teams = 11,
                                                     .demands = 1ull << 60});
  const auto info = base::Info(corps.status());
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->reason, base::Reason::kInvalidFields);
  EXPECT_EQ(info->violations.size(), 3u);
  EXPECT_FALSE(Corps::Create({.region = "440981103201"}).ok());
}

}  // namespace
}  // namespace jiedui::corps
