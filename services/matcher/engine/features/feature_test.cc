#include "services/matcher/engine/features/feature.h"

#include "gtest/gtest.h"
#include "services/matcher/engine/example_problems.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {
namespace {

// The litchi demand and a candidate to be bent for each case.
class FeatureTest : public testing::Test {
 protected:
  FeatureTest() : prepared_(LitchiProblem(), Policy()) {
    demand_ = prepared_.demands()[0];
    county_ = prepared_.volunteers()[prepared_.VolunteerAt("V-county")];
    province_ = prepared_.volunteers()[prepared_.VolunteerAt("V-province")];
  }
  FeatureValue Of(Feature feature, const Facts& candidate) const {
    return FunctionOf(feature)(prepared_.context(), demand_, candidate);
  }

  Prepared prepared_;
  DemandFacts demand_;
  Facts county_;
  Facts province_;
};

TEST_F(FeatureTest, SubjectWeighsTheFirstSubjectMost) {
  Facts first = county_;
  first.skills.resize(1);
  Facts second = county_;
  second.skills.erase(second.skills.begin());
  EXPECT_GT(Of(Feature::kSubject, county_).f, Of(Feature::kSubject, first).f);
  EXPECT_GT(Of(Feature::kSubject, first).f, Of(Feature::kSubject, second).f);
}

TEST_F(FeatureTest, SubjectGrowsWithProficiency) {
  Facts novice = county_;
  for (auto& skill : novice.skills) skill.strength = 200;
  EXPECT_LT(Of(Feature::kSubject, novice).f, Of(Feature::kSubject, county_).f);
}

TEST_F(FeatureTest, ExpiredSkillDoesNotCount) {
  for (auto& skill : county_.skills) skill.expires = demand_.window.start;
  EXPECT_EQ(Of(Feature::kSubject, county_).f, 0);
  for (auto& skill : county_.skills) skill.expires = demand_.window.start + 1;
  EXPECT_GT(Of(Feature::kSubject, county_).f, 0);
}

TEST_F(FeatureTest, HavingWorkedInTheIndustryBeatsTheCrosswalk) {
  EXPECT_EQ(Of(Feature::kIndustry, county_).f, kFullMarks);
  county_.industries.clear();
  const FeatureValue crosswalk = Of(Feature::kIndustry, county_);
  EXPECT_GT(crosswalk.f, 0);
  EXPECT_LE(crosswalk.f, 600'000);
  demand_.industry = kNoIndustry;
  EXPECT_EQ(Of(Feature::kIndustry, county_).f, kFullMarks);
}

TEST_F(FeatureTest, TextSaturatesAndIsZeroWithoutSharedWords) {
  const FeatureValue same = Of(Feature::kText, county_);
  EXPECT_GT(same.f, 0);
  EXPECT_LT(same.f, kFullMarks);
  county_.tokens = text::Tokenize("模具热处理");
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
  const auto bit = [](codes::Dialect d) { return 1u << static_cast<int>(d); };
  EXPECT_EQ(Of(Feature::kDialect, county_).f, kFullMarks);
  county_.dialects = bit(codes::Dialect::kMandarin);
  EXPECT_EQ(Of(Feature::kDialect, county_).f, 400'000);
  county_.dialects = bit(codes::Dialect::kHakka);
  EXPECT_EQ(Of(Feature::kDialect, county_).f, 0);
  demand_.dialects = 0;
  EXPECT_EQ(Of(Feature::kDialect, county_).f, kFullMarks);
}

TEST_F(FeatureTest, TimeCountsDaysInsideTheWindowUpToWhatIsNeeded) {
  county_.availability = {{0, demand_.window.start + 15}};
  EXPECT_EQ(Of(Feature::kTime, county_).raw, 15);
  EXPECT_EQ(Of(Feature::kTime, county_).f, 500'000);
  county_.availability = {{0, 100'000}};
  EXPECT_EQ(Of(Feature::kTime, county_).f, kFullMarks);
  // A window shorter than a usual service asks no more than itself.
  demand_.window.end = demand_.window.start + 3;
  EXPECT_EQ(Of(Feature::kTime, county_).f, kFullMarks);
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
  const Facts& team = prepared_.teams()[0];
  EXPECT_EQ(Of(Feature::kTogether, team).f, 0);  // no expert yet
  demand_.expert = prepared_.VolunteerAt("V-county");
  EXPECT_EQ(Of(Feature::kTogether, team).raw, 2);
  demand_.expert = prepared_.VolunteerAt("V-talent-1");
  EXPECT_EQ(Of(Feature::kTogether, team).raw, 1);
  demand_.expert = prepared_.VolunteerAt("V-province");
  EXPECT_EQ(Of(Feature::kTogether, team).f, 0);
}

TEST_F(FeatureTest, SpecialtyIsWeightTimesNearness) {
  Facts specialty = prepared_.specialties()[0];
  EXPECT_EQ(Of(Feature::kSpecialty, specialty).f, 800'000);
  specialty.specialty_weight = 40;
  EXPECT_EQ(Of(Feature::kSpecialty, specialty).f, 400'000);
}

}  // namespace
}  // namespace jiedui::matcher::engine
