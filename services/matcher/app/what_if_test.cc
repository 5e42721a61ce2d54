#include "services/matcher/app/what_if.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/review.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using volunteer::event::v1::Volunteer;

constexpr char kGaozhou[] = "440981000000";

// Every question leaves the state as it is.
class QuestionTest : public testing::Test {
 protected:
  void SetUp() override {
    matcher_.HearOfSupply();
    matcher_.Hear(LitchiDemand());
  }

  template <typename Request, typename Result>
  absl::StatusOr<Answer<Result>> Ask(absl::StatusOr<Answer<Result>> (*ask)(
                                         const jiedui::store::Reader&,
                                         const engine::Policy&, absl::CivilDay,
                                         const Request&, const RoundProgress&),
                                     const Request& request) {
    const auto rows = matcher_.Rows();
    phases_.clear();
    auto answer =
        ask(*matcher_.store().Snapshot(), matcher_.policy(), matcher_.today(),
            request, [this](std::string_view phase, int64_t, int64_t) {
              phases_.emplace_back(phase);
              return phase != stop_at_;
            });
    EXPECT_EQ(matcher_.Rows(), rows);
    return answer;
  }
  absl::StatusOr<Answer<v1::WhyNotResult>> WhyNot(
      const std::string& resource,
      type::v1::PartKind part = type::v1::PART_KIND_UNSPECIFIED,
      const std::string& demand = "demands/D1") {
    v1::ExplainWhyNotRequest request;
    request.set_demand(demand);
    request.set_resource(resource);
    request.set_part(part);
    return Ask(ExplainWhyNot, request);
  }
  absl::StatusOr<Answer<v1::ValueResult>> Value(const std::string& resource) {
    v1::AssessValueRequest request;
    request.set_resource(resource);
    return Ask(AssessValue, request);
  }

  TestMatcher matcher_;
  std::string stop_at_;
  std::vector<std::string> phases_;
};

TEST_F(QuestionTest, WhoIsProposedAnywayIsToldSo) {
  const auto answer = WhyNot("volunteers/V1");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->result.verdict(), v1::WhyNotResult::VERDICT_PROPOSED);
  EXPECT_EQ(answer->result.part(), type::v1::PART_KIND_EXPERT);
  EXPECT_EQ(answer->result.points(), answer->result.proposed_points());
  EXPECT_THAT(answer->changes, IsEmpty());
}

TEST_F(QuestionTest, WhoMayServeCostsWhatTheSwapCosts) {
  const auto answer = WhyNot("volunteers/V4");
  ASSERT_TRUE(answer.ok()) << answer.status();
  const v1::WhyNotResult& result = answer->result;
  EXPECT_EQ(result.verdict(), v1::WhyNotResult::VERDICT_POSSIBLE);
  EXPECT_EQ(result.demand_title(), "荔枝采后三天褐变");
  EXPECT_EQ(result.resource().display_name(), "专家V4");
  ASSERT_EQ(result.proposed_size(), 1);
  EXPECT_EQ(result.proposed(0).resource(), "volunteers/V1");
  EXPECT_LT(result.points(), result.proposed_points());
  EXPECT_LT(result.comparison().points_after(),
            result.comparison().points_before());
  EXPECT_EQ(result.comparison().other_expert(), 1);
  EXPECT_EQ(result.comparison().served_after(), 1);
  const v1::LevelChange& quality = *result.comparison().levels().rbegin();
  EXPECT_EQ(quality.name(), "quality");
  EXPECT_LT(quality.after(), quality.before());
  ASSERT_THAT(answer->changes, SizeIs(1));
  const v1::DemandChange& change = answer->changes[0];
  EXPECT_EQ(change.kind(), v1::DemandChange::KIND_OTHER_EXPERT);
  EXPECT_EQ(change.parts(0).before(0).resource(), "volunteers/V1");
  EXPECT_EQ(change.parts(0).after(0).resource(), "volunteers/V4");
  EXPECT_THAT(phases_, Contains("present"));
  EXPECT_THAT(phases_, Contains("changed"));
}

// The one he takes the expert from must do without, as nobody else is free.
TEST_F(QuestionTest, WhatASwapTakesFromOthersIsListed) {
  for (int i = 2; i <= 6; ++i) {
    Volunteer away = FruitExpert("V" + std::to_string(i));
    away.set_state("PAUSED");
    matcher_.Hear(away);
  }
  Volunteer only = FruitExpert("V1");
  only.set_capacity(1);
  matcher_.Hear(only);
  auto urgent = LitchiDemand("D2");
  urgent.set_urgency(type::v1::URGENCY_CRITICAL);
  matcher_.Hear(urgent);
  const auto answer = WhyNot("volunteers/V1");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->result.verdict(), v1::WhyNotResult::VERDICT_POSSIBLE);
  EXPECT_EQ(answer->result.comparison().newly_served(), 1);
  EXPECT_EQ(answer->result.comparison().no_longer_served(), 1);
  ASSERT_THAT(answer->changes, SizeIs(2));
  EXPECT_EQ(answer->changes[0].kind(), v1::DemandChange::KIND_NEWLY_SERVED);
  EXPECT_EQ(answer->changes[1].kind(), v1::DemandChange::KIND_NO_LONGER_SERVED);
  EXPECT_EQ(answer->changes[1].demand(), "demands/D2");
}

TEST_F(QuestionTest, WhoIsBarredIsToldByWhatWithoutARound) {
  Volunteer stranger = FruitExpert("V9");
  stranger.clear_skills();
  stranger.add_skills()->set_subject("5201020");
  stranger.mutable_skills(0)->set_proficiency(5);
  stranger.set_mode(type::v1::MODE_REMOTE);
  matcher_.Hear(stranger);
  const auto answer = WhyNot("volunteers/V9");
  ASSERT_TRUE(answer.ok()) << answer.status();
  const v1::WhyNotResult& result = answer->result;
  EXPECT_EQ(result.verdict(), v1::WhyNotResult::VERDICT_BARRED);
  ASSERT_GE(result.constraints_size(), 2);
  EXPECT_EQ(result.constraints(0).constraint(), type::v1::CONSTRAINT_SUBJECT);
  EXPECT_THAT(result.constraints(0).detail(), HasSubstr("果"));
  EXPECT_EQ(result.constraints(1).constraint(), type::v1::CONSTRAINT_MODE);
  EXPECT_THAT(phases_, Not(Contains("present")));
}

TEST_F(QuestionTest, WhoDeclinedOrWasRejectedOrIsFullIsBarred) {
  ASSERT_TRUE(matcher_.Round().ok());
  const std::string draft = matcher_.LiveOf("demands/D1").pairing().name();
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return RejectPairing(txn, {draft, "", "TOO_FAR", ""});
                  })
                  .ok());
  Volunteer full = FruitExpert("V2");
  full.set_capacity(0);
  matcher_.Hear(full);
  for (const auto& [id, constraint] :
       {std::pair{"V1", type::v1::CONSTRAINT_EXCLUDED},
        std::pair{"V2", type::v1::CONSTRAINT_CAPACITY}}) {
    const auto answer = WhyNot(std::string("volunteers/") + id);
    ASSERT_TRUE(answer.ok()) << answer.status();
    ASSERT_EQ(answer->result.constraints_size(), 1) << id;
    EXPECT_EQ(answer->result.constraints(0).constraint(), constraint);
  }
}

TEST_F(QuestionTest, TeamsProjectsAndTalentsAreAskedAboutLikewise) {
  auto idle = FruitTeam("V2");
  idle.set_name("teams/T2");
  idle.clear_subjects();
  idle.add_subjects("5201020");
  matcher_.Hear(idle);
  const auto team = WhyNot("teams/T2");
  ASSERT_TRUE(team.ok()) << team.status();
  EXPECT_EQ(team->result.part(), type::v1::PART_KIND_TEAM);
  EXPECT_EQ(team->result.verdict(), v1::WhyNotResult::VERDICT_BARRED);
  EXPECT_EQ(WhyNot("projects/P1")->result.verdict(),
            v1::WhyNotResult::VERDICT_PROPOSED);
  const auto talent = WhyNot("volunteers/V1", type::v1::PART_KIND_TALENTS);
  ASSERT_TRUE(talent.ok()) << talent.status();
  EXPECT_EQ(talent->result.part(), type::v1::PART_KIND_TALENTS);
  EXPECT_EQ(talent->result.verdict(), v1::WhyNotResult::VERDICT_POSSIBLE);
  EXPECT_EQ(talent->result.proposed_size(), 2);
}

TEST_F(QuestionTest, WhoIsNotInServiceIsNoCandidate) {
  Volunteer paused = FruitExpert("V2");
  paused.set_state("PAUSED");
  matcher_.Hear(paused);
  const auto answer = WhyNot("volunteers/V2");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->result.verdict(), v1::WhyNotResult::VERDICT_NOT_SERVING);
  EXPECT_EQ(answer->result.not_serving(), "PAUSED");
}

TEST_F(QuestionTest, WrongQuestionsAreRefusedByField) {
  const auto fields = [](const absl::Status& status) {
    std::vector<std::string> names;
    const auto info = base::Info(status);
    if (!info) return names;
    for (const auto& violation : info->violations) {
      names.push_back(violation.field);
    }
    return names;
  };
  EXPECT_THAT(fields(WhyNot("", type::v1::PART_KIND_UNSPECIFIED, "").status()),
              ElementsAre("demand", "resource"));
  EXPECT_THAT(fields(WhyNot("stations/S1").status()), ElementsAre("resource"));
  EXPECT_THAT(
      fields(WhyNot("volunteers/V1", type::v1::PART_KIND_TEAM).status()),
      ElementsAre("part"));
  EXPECT_TRUE(HasReason(WhyNot("volunteers/none").status(), Reason::kNotFound));
  EXPECT_TRUE(HasReason(
      WhyNot("volunteers/V1", type::v1::PART_KIND_UNSPECIFIED, "demands/none")
          .status(),
      Reason::kNotFound));
  auto withdrawn = LitchiDemand();
  withdrawn.set_state("WITHDRAWN");
  matcher_.Hear(withdrawn);
  EXPECT_TRUE(HasReason(WhyNot("volunteers/V1").status(), Reason::kNotInRound));
  EXPECT_THAT(fields(Value("demands/D1").status()), ElementsAre("resource"));
  EXPECT_TRUE(HasReason(Value("teams/none").status(), Reason::kNotFound));
  v1::WhatIfRequest request;
  EXPECT_THAT(fields(Ask(WhatIf, request).status()), SizeIs(1));
  request.add_open_tiers()->add_demands("demands/none");
  request.add_add_experts()->set_region("9");
  request.add_close_counties("4409");
  request.add_without("volunteers/none");
  EXPECT_THAT(
      fields(Ask(WhatIf, request).status()),
      ElementsAre("open_tiers[0].tier", "open_tiers[0].demands[0]",
                  "add_experts[0].count", "add_experts[0].subject",
                  "add_experts[0].region", "close_counties[0]", "without[0]"));
}

TEST_F(QuestionTest, TheValueOfAPersonIsWhatTheRoundLoses) {
  for (const char* id : {"V2", "V3", "V4", "V5", "V6"}) {
    Volunteer away = FruitExpert(id);
    away.set_state("PAUSED");
    matcher_.Hear(away);
  }
  Volunteer only = FruitExpert("V1");
  only.set_capacity(1);
  matcher_.Hear(only);
  auto urgent = LitchiDemand("D2");
  urgent.set_urgency(type::v1::URGENCY_CRITICAL);
  matcher_.Hear(urgent);
  const auto answer = Value("volunteers/V1");
  ASSERT_TRUE(answer.ok()) << answer.status();
  const v1::ValueResult& result = answer->result;
  ASSERT_EQ(result.serves_size(), 1);
  EXPECT_EQ(result.serves(0).demand(), "demands/D2");
  EXPECT_EQ(result.serves(0).part(), type::v1::PART_KIND_EXPERT);
  EXPECT_EQ(result.without().no_longer_served(), 1);
  EXPECT_EQ(result.without().served_after(), 0);
  ASSERT_EQ(result.instead_size(), 1);
  EXPECT_EQ(result.instead(0).demand(), "demands/D1");
  ASSERT_FALSE(answer->changes.empty());
  EXPECT_EQ(answer->changes.rbegin()->kind(),
            v1::DemandChange::KIND_NO_LONGER_SERVED);
}

TEST_F(QuestionTest, WhoServesNothingIsWorthNothing) {
  Volunteer spare = FruitExpert("V9", 1);
  matcher_.Hear(spare);
  const auto answer = Value("volunteers/V9");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_THAT(answer->result.serves(), IsEmpty());
  EXPECT_EQ(answer->result.without().points_before(),
            answer->result.without().points_after());
  EXPECT_THAT(answer->changes, IsEmpty());
  EXPECT_THAT(phases_, Not(Contains("without")));
}

TEST_F(QuestionTest, NewExpertsServeWhereNobodyDid) {
  for (int i = 1; i <= 6; ++i) {
    Volunteer away = FruitExpert("V" + std::to_string(i));
    away.set_state("PAUSED");
    matcher_.Hear(away);
  }
  v1::WhatIfRequest request;
  auto* experts = request.add_add_experts();
  experts->set_count(2);
  experts->set_subject("2104020");
  experts->set_region(kGaozhou);
  const auto answer = Ask(WhatIf, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->result.comparison().newly_served(), 1);
  ASSERT_THAT(answer->changes, SizeIs(1));
  EXPECT_THAT(answer->changes[0].parts(0).after(0).display_name(),
              HasSubstr("新专家"));
}

TEST_F(QuestionTest, AnOpenedTierBringsWhoStandsAboveIt) {
  auto narrow = LitchiDemand();
  narrow.set_max_tier(type::v1::TIER_TOWNSHIP);
  matcher_.Hear(narrow);
  EXPECT_EQ(WhyNot("volunteers/V1")->result.constraints(0).constraint(),
            type::v1::CONSTRAINT_TIER_CLOSED);
  v1::WhatIfRequest request;
  auto* open = request.add_open_tiers();
  open->set_tier(type::v1::TIER_COUNTY);
  open->add_demands("demands/D1");
  const auto answer = Ask(WhatIf, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->result.comparison().newly_served(), 1);
}

TEST_F(QuestionTest, SeveralChangesAreTriedTogether) {
  v1::WhatIfRequest request;
  request.add_close_counties(kGaozhou);
  request.add_without("projects/P1");
  request.add_open_tiers()->set_tier(type::v1::TIER_PROVINCE);
  const auto answer = Ask(WhatIf, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->result.comparison().left(), 1);
  EXPECT_EQ(answer->result.comparison().demands_after(), 0);
}

TEST_F(QuestionTest, EveryQuestionStopsWhenToldTo) {
  v1::WhatIfRequest request;
  request.add_without("volunteers/V1");
  for (const char* phase : {"snapshot", "present", "changed"}) {
    stop_at_ = phase;
    EXPECT_EQ(Ask(WhatIf, request).status().code(),
              absl::StatusCode::kCancelled);
    EXPECT_EQ(WhyNot("volunteers/V4").status().code(),
              absl::StatusCode::kCancelled);
  }
  for (const char* phase : {"present", "without", "instead"}) {
    stop_at_ = phase;
    EXPECT_EQ(Value("volunteers/V1").status().code(),
              absl::StatusCode::kCancelled);
  }
}

}  // namespace
}  // namespace jiedui::matcher
