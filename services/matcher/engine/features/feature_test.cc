#include "services/matcher/engine/features/feature.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/matcher/engine/example_problems.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {
namespace {

// The litchi demand and its candidates, to be bent for each case.
class FeatureTest : public testing::Test {
 protected:
  FeatureTest()
      : problem_(LitchiProblem()),
        demand_(problem_.demands[0]),
        county_(problem_.volunteers[0]),
        province_(problem_.volunteers[1]) {}

  FeatureValue Of(Feature feature, const Volunteer& candidate) const {
    const Prepared prepared(problem_, Policy());
    return FunctionOf(feature)(
        prepared.policy(), prepared.demands()[0],
        prepared.corps().facts(prepared.VolunteerAt(candidate.id)));
  }
  // Of the litchi team, once `expert` is chosen.
  FeatureValue OfTeam(Feature feature, const std::string& expert) const {
    const Prepared prepared(problem_, Policy());
    DemandFacts demand = prepared.demands()[0];
    if (!expert.empty()) demand.expert = prepared.VolunteerAt(expert);
    return FunctionOf(feature)(prepared.policy(), demand, prepared.teams()[0]);
  }
  FeatureValue OfSpecialty(Feature feature) const {
    const Prepared prepared(problem_, Policy());
    return FunctionOf(feature)(prepared.policy(), prepared.demands()[0],
                               prepared.specialties()[0]);
  }

  Problem problem_;
  Demand& demand_;
  Volunteer& county_;
  Volunteer& province_;
};

TEST_F(FeatureTest, SubjectWeighsTheFirstSubjectMost) {
  const std::vector<Skill> both = county_.skills;
  const int32_t all = Of(Feature::kSubject, county_).f;
  county_.skills = {both[0]};
  const int32_t first = Of(Feature::kSubject, county_).f;
  county_.skills = {both[1]};
  const int32_t second = Of(Feature::kSubject, county_).f;
  EXPECT_GT(all, first);
  EXPECT_GT(first, second);
}

TEST_F(FeatureTest, SubjectGrowsWithProficiency) {
  const int32_t master = Of(Feature::kSubject, county_).f;
  for (Skill& skill : county_.skills) skill.proficiency = 1;
  EXPECT_LT(Of(Feature::kSubject, county_).f, master);
}

TEST_F(FeatureTest, ExpiredSkillDoesNotCount) {
  for (Skill& skill : county_.skills) skill.expires = demand_.window.start;
  EXPECT_EQ(Of(Feature::kSubject, county_).f, 0);
  for (Skill& skill : county_.skills) skill.expires = demand_.window.start + 1;
  EXPECT_GT(Of(Feature::kSubject, county_).f, 0);
}

TEST_F(FeatureTest, HavingWorkedInTheIndustryBeatsTheCrosswalk) {
  EXPECT_EQ(Of(Feature::kIndustry, county_).f, kFullMarks);
  county_.industries.clear();
  const FeatureValue crosswalk = Of(Feature::kIndustry, county_);
  EXPECT_GT(crosswalk.f, 0);
  EXPECT_LE(crosswalk.f, 600'000);
  demand_.industry.clear();
  EXPECT_EQ(Of(Feature::kIndustry, county_).f, kFullMarks);
}

TEST_F(FeatureTest, TextSaturatesAndIsZeroWithoutSharedWords) {
  const FeatureValue same = Of(Feature::kText, county_);
  EXPECT_GT(same.f, 0);
  EXPECT_LT(same.f, kFullMarks);
  county_.text = "模具热处理";
  EXPECT_EQ(Of(Feature::kText, county_).f, 0);
}

TEST_F(FeatureTest, TitleLosesAStepALevelAndNothingAbove) {
  demand_.title_min = codes::Title::kSenior;
  county_.title = codes::Title::kAcademician;
  EXPECT_EQ(Of(Feature::kTitle, county_).f, kFullMarks);
  county_.title = codes::Title::kAssociateSenior;
  EXPECT_EQ(Of(Feature::kTitle, county_).f, 650'000);
  county_.title = codes::Title::kNone;
  EXPECT_EQ(Of(Feature::kTitle, county_).f, 0);
}

TEST_F(FeatureTest, GeoDecaysWithTheWayUnlessRemoteWillDo) {
  const FeatureValue near = Of(Feature::kGeo, county_);
  EXPECT_EQ(near.raw, 35);     // same county
  EXPECT_EQ(near.f, 747'017);  // exp(−35/120)
  EXPECT_LT(Of(Feature::kGeo, province_).f, near.f);
  demand_.mode = Mode::kRemote;
  EXPECT_EQ(Of(Feature::kGeo, province_).f, kFullMarks);
}

TEST_F(FeatureTest, DialectSharedThenMandarinThenNothing) {
  EXPECT_EQ(Of(Feature::kDialect, county_).f, kFullMarks);
  county_.dialects = {codes::Dialect::kMandarin};
  EXPECT_EQ(Of(Feature::kDialect, county_).f, 400'000);
  county_.dialects = {codes::Dialect::kHakka};
  EXPECT_EQ(Of(Feature::kDialect, county_).f, 0);
  demand_.dialects.clear();
  EXPECT_EQ(Of(Feature::kDialect, county_).f, kFullMarks);
}

TEST_F(FeatureTest, TimeCountsDaysInsideTheWindowUpToWhatIsNeeded) {
  county_.availability = {{0, demand_.window.start + 15}};
  EXPECT_EQ(Of(Feature::kTime, county_).raw, 15);
  EXPECT_EQ(Of(Feature::kTime, county_).f, 500'000);
  county_.availability = {{0, 100'000}};
  EXPECT_EQ(Of(Feature::kTime, county_).f, kFullMarks);
  // A wider window takes no marks from who is free for a part of it.
  county_.availability = {{demand_.window.start, demand_.window.start + 15}};
  const int32_t narrow = Of(Feature::kTime, county_).f;
  demand_.window.end += 90;
  EXPECT_EQ(Of(Feature::kTime, county_).f, narrow);
}

TEST_F(FeatureTest, FewEvaluationsAreSmoothedTowardsTheUsual) {
  EXPECT_EQ(Of(Feature::kRating, county_).raw, 400);
  county_.rating = {5, 1};
  const int32_t one = Of(Feature::kRating, county_).f;
  county_.rating = {50, 10};
  EXPECT_GT(Of(Feature::kRating, county_).f, one);
  county_.rating = {1'000'000, 1'000'000};
  EXPECT_LT(Of(Feature::kRating, county_).f, 1'000);
}

TEST_F(FeatureTest, AcceptanceIsSmoothed) {
  EXPECT_EQ(Of(Feature::kAcceptance, county_).f, 800'000);
  county_.offered = 5;
  EXPECT_EQ(Of(Feature::kAcceptance, county_).f, 400'000);
}

TEST_F(FeatureTest, ActionsAboutWhoComesAskForThem) {
  EXPECT_EQ(Of(Feature::kAction, county_).f, kFullMarks);
  demand_.action = codes::Action::kHongKongMacaoExperts;
  EXPECT_EQ(Of(Feature::kAction, county_).f, 0);
  county_.category = Category::kHongKongMacao;
  EXPECT_EQ(Of(Feature::kAction, county_).f, kFullMarks);
}

TEST_F(FeatureTest, TogetherKnowsLeaderAndMember) {
  EXPECT_EQ(OfTeam(Feature::kTogether, "").f, 0);  // no expert yet
  EXPECT_EQ(OfTeam(Feature::kTogether, "V-county").raw, 2);
  EXPECT_EQ(OfTeam(Feature::kTogether, "V-talent-1").raw, 1);
  EXPECT_EQ(OfTeam(Feature::kTogether, "V-province").f, 0);
}

TEST_F(FeatureTest, NearTierLosesAQuarterForEveryTierClimbed) {
  demand_.tier = codes::Tier::kCounty;
  problem_.teams[0].tier = codes::Tier::kTownship;
  EXPECT_EQ(OfTeam(Feature::kNearTier, "").f, kFullMarks);
  problem_.teams[0].tier = codes::Tier::kProvince;
  EXPECT_EQ(OfTeam(Feature::kNearTier, "").f, kFullMarks / 2);
  EXPECT_EQ(OfTeam(Feature::kNearTier, "").raw, 2);
}

TEST_F(FeatureTest, SpecialtyIsWeightTimesNearness) {
  EXPECT_EQ(OfSpecialty(Feature::kSpecialty).f, 800'000);
  problem_.specialties[0].weight = 40;
  EXPECT_EQ(OfSpecialty(Feature::kSpecialty).f, 400'000);
}

}  // namespace
}  // namespace jiedui::matcher::engine
