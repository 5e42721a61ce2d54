#include "tests/bench/engine/nation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "common/codes/regions.h"
#include "common/text/normalize.h"

namespace jiedui::bench {
namespace {

NationOptions Small() {
  NationOptions options = ProvinceSize();
  options.demands = 500;
  options.volunteers = 4'000;
  options.teams = 200;
  options.projects = 200;
  options.enterprises = 150;
  return options;
}

NationOptions SmallCountry() {
  NationOptions options = Small();
  options.province = kAllProvinces;
  options.volunteers = 20'000;
  return options;
}

// One object as bytes, to be compared.
template <typename Object, std::vector<Object> match::Problem::*list>
std::string BytesOf(const Object& object) {
  match::Problem problem;
  (problem.*list).push_back(object);
  return Canonical(problem);
}

template <typename Object, std::vector<Object> match::Problem::*list>
void ExpectSameInAnyOrder(const Nation& nation, int32_t count) {
  std::vector<std::string> forwards;
  for (int32_t i = 0; i < count; ++i) {
    Object object;
    nation.Fill(i, object);
    forwards.push_back(BytesOf<Object, list>(object));
  }
  Object reused;
  for (int32_t i = count; i-- > 0;) {
    nation.Fill(i, reused);
    ASSERT_EQ((BytesOf<Object, list>(reused)), forwards[static_cast<size_t>(i)])
        << i;
  }
}

int64_t CapacityOf(const match::Problem& problem) {
  return std::accumulate(problem.volunteers.begin(), problem.volunteers.end(),
                         int64_t{0},
                         [](int64_t sum, const match::Volunteer& volunteer) {
                           return sum + volunteer.capacity;
                         });
}

TEST(NationTest, AProvinceIsValid) {
  EXPECT_TRUE(Validate(Nation(Small()).Whole()).ok());
}

TEST(NationTest, ACountryIsValidAndInAllProvinces) {
  const match::Problem problem = Nation(SmallCountry()).Whole();
  ASSERT_TRUE(Validate(problem).ok());
  std::map<std::string, int> provinces;
  for (const match::Volunteer& volunteer : problem.volunteers) {
    ++provinces[volunteer.region.substr(0, 2)];
  }
  EXPECT_EQ(provinces.size(), 31);
}

TEST(NationTest, TheSameOptionsGiveTheSameNationAndAnotherSeedAnother) {
  NationOptions options = Small();
  const std::string one = Canonical(Nation(options).Whole());
  EXPECT_EQ(one, Canonical(Nation(options).Whole()));
  ++options.seed;
  EXPECT_NE(one, Canonical(Nation(options).Whole()));
}

TEST(NationTest, AnObjectDependsOnNothingButItsIndex) {
  const Nation nation(Small());
  const NationOptions& options = nation.options();
  using P = match::Problem;
  ExpectSameInAnyOrder<match::Demand, &P::demands>(nation, options.demands);
  ExpectSameInAnyOrder<match::Volunteer, &P::volunteers>(nation,
                                                         options.volunteers);
  ExpectSameInAnyOrder<match::Team, &P::teams>(nation, options.teams);
  ExpectSameInAnyOrder<match::Project, &P::projects>(nation, options.projects);
  ExpectSameInAnyOrder<match::Enterprise, &P::enterprises>(nation,
                                                           options.enterprises);
}

TEST(NationTest, TiersAndMandatoryDemandsHaveTheirShares) {
  const match::Problem problem = Nation(Small()).Whole();
  std::map<codes::Tier, int> tiers;
  for (const match::Volunteer& volunteer : problem.volunteers) {
    ++tiers[volunteer.tier];
  }
  EXPECT_EQ(tiers[codes::Tier::kProvince], 200);
  EXPECT_EQ(tiers[codes::Tier::kCity], 600);
  EXPECT_EQ(tiers[codes::Tier::kCounty], 2'000);
  EXPECT_EQ(tiers[codes::Tier::kTownship], 1'200);
  const auto mandatory = std::count_if(
      problem.demands.begin(), problem.demands.end(),
      [](const match::Demand& demand) { return demand.mandatory; });
  EXPECT_NEAR(static_cast<double>(mandatory), 25, 15);
}

TEST(NationTest, TightnessIsDemandsPerThousandFreePairings) {
  NationOptions options = Small();
  options.tightness = 800;
  EXPECT_EQ(CapacityOf(Nation(options).Whole()), 625);
  options.tightness = 1'250;
  EXPECT_EQ(CapacityOf(Nation(options).Whole()), 400);
  options.tightness = 0;
  EXPECT_GT(CapacityOf(Nation(options).Whole()), 4'000);
}

TEST(NationTest, TextsAreOfTheLengthPeopleWrite) {
  const match::Problem problem = Nation(Small()).Whole();
  for (const match::Volunteer& volunteer : problem.volunteers) {
    EXPECT_GE(text::Utf8Length(volunteer.text), 12) << volunteer.text;
    EXPECT_LE(text::Utf8Length(volunteer.text), 60) << volunteer.text;
  }
  for (const match::Demand& demand : problem.demands) {
    EXPECT_GE(text::Utf8Length(demand.text), 20) << demand.text;
    EXPECT_LE(text::Utf8Length(demand.text), 70) << demand.text;
  }
}

TEST(NationTest, SomeVolunteersWorkForTheRequester) {
  const match::Problem problem = Nation(Small()).Whole();
  std::map<std::string, int> employers;
  for (const match::Volunteer& volunteer : problem.volunteers) {
    ++employers[volunteer.employer];
  }
  const auto met =
      std::count_if(problem.demands.begin(), problem.demands.end(),
                    [&](const match::Demand& demand) {
                      return employers.contains(demand.requester_name);
                    });
  EXPECT_GT(met, 50);
}

TEST(NationTest, TeamsAreLedByPeopleOfTheirPlaceWithTheirSubjects) {
  const match::Problem problem = Nation(Small()).Whole();
  for (const match::Team& team : problem.teams) {
    const auto leader =
        std::find_if(problem.volunteers.begin(), problem.volunteers.end(),
                     [&](const match::Volunteer& volunteer) {
                       return volunteer.id == team.leader;
                     });
    ASSERT_NE(leader, problem.volunteers.end());
    EXPECT_EQ(leader->tier, team.tier);
    EXPECT_EQ(leader->skills.front().subject, team.subjects.front());
    EXPECT_EQ(leader->region.substr(0, 2), team.region.substr(0, 2));
  }
}

}  // namespace
}  // namespace jiedui::bench
