// The round against trying everything: on small problems the levels and the
// worth of the bundles are the best there are, always.
#include <algorithm>
#include <vector>

#include "gtest/gtest.h"
#include "services/matcher/engine/candidates.h"
#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/example_problems.h"
#include "services/matcher/engine/matching.h"
#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {
namespace {

// Levels above quality, then worth: what two plans are compared by.
struct Value {
  Objective levels;
  int64_t worth = 0;
};

bool Better(const Value& a, const Value& b) {
  if (a.levels != b.levels) return a.levels < b.levels;
  return a.worth > b.worth;
}

// Tries every bundle of every demand, one demand after another.
class Everything {
 public:
  explicit Everything(const Prepared& prepared)
      : prepared_(prepared), policy_(prepared.policy()) {
    drafts_ = StartDrafts(prepared, left_);
  }

  Value Best() {
    best_.levels.mandatory_unmet = 1'000'000;
    Demand(0, Value());
    return best_;
  }

 private:
  const engine::Demand& At(size_t i) const {
    return prepared_.problem().demands[i];
  }
  bool Admitted(Part part, const DemandFacts& facts,
                const Facts& candidate) const {
    return Scorer(policy_, part, facts).Score(candidate) >=
           policy_.admission[static_cast<size_t>(part)];
  }

  void Demand(size_t i, const Value& so_far) {
    if (i == drafts_.size()) {
      if (Better(so_far, best_)) best_ = so_far;
      return;
    }
    const DemandFacts& facts = prepared_.demands()[i];
    if (At(i).wants(Part::kExpert) == Want::kNone) {
      return Team(i, kNobody, so_far);
    }
    Value without = so_far;
    without.levels += UnmetCost(At(i));
    Demand(i + 1, without);
    for (int32_t v = 0; v < prepared_.corps().size(); ++v) {
      const Facts person = prepared_.corps().facts(v);
      if (left_.volunteers[static_cast<size_t>(v)] == 0 ||
          !VolunteerConstraints(prepared_, facts, v).empty() ||
          !Admitted(Part::kExpert, facts, person)) {
        continue;
      }
      const int32_t score = Scorer(policy_, Part::kExpert, facts).Score(person);
      Value with = so_far;
      with.levels.tier_distance +=
          PersonDistance(policy_, facts, person, score);
      with.worth += PointsOf(policy_, Part::kExpert, facts, person);
      --left_.volunteers[static_cast<size_t>(v)];
      Team(i, v, with);
      ++left_.volunteers[static_cast<size_t>(v)];
    }
  }

  int64_t Reward(size_t i, Part part) const {
    return At(i).wants(part) == Want::kRequired ? 1'000'000 : 0;
  }

  void Team(size_t i, int32_t expert, const Value& so_far) {
    Project(i, expert, so_far);
    if (At(i).wants(Part::kTeam) == Want::kNone) return;
    const DemandFacts& facts = prepared_.demands()[i];
    DemandFacts with_expert = facts;
    with_expert.expert = expert;
    for (int32_t t = 0; t < prepared_.teams().size(); ++t) {
      const Facts team = prepared_.teams()[t];
      int32_t& left = left_.teams[static_cast<size_t>(t)];
      if (left == 0 || !TeamConstraints(prepared_, facts, t).empty() ||
          !Admitted(Part::kTeam, facts, team)) {
        continue;
      }
      Value with = so_far;
      with.worth += PointsOf(policy_, Part::kTeam, with_expert, team) +
                    AssessSynergy(policy_, Feature::kExpertTeam,
                                  policy_.expert_team, with_expert, team)
                        .points +
                    Reward(i, Part::kTeam);
      --left;
      Project(i, expert, with);
      ++left;
    }
  }

  void Project(size_t i, int32_t expert, const Value& so_far) {
    Talent(i, expert, 0, so_far);
    if (At(i).wants(Part::kProject) == Want::kNone) return;
    const DemandFacts& facts = prepared_.demands()[i];
    DemandFacts with_expert = facts;
    with_expert.expert = expert;
    for (int32_t p = 0; p < prepared_.projects().size(); ++p) {
      const Facts project = prepared_.projects()[p];
      int32_t& left = left_.projects[static_cast<size_t>(p)];
      if (left == 0 || !ProjectConstraints(prepared_, facts, p).empty() ||
          !Admitted(Part::kProject, facts, project)) {
        continue;
      }
      Value with = so_far;
      with.worth += PointsOf(policy_, Part::kProject, facts, project) +
                    AssessSynergy(policy_, Feature::kExpertOwns,
                                  policy_.expert_owns, with_expert, project)
                        .points +
                    Reward(i, Part::kProject);
      if (left != kUnlimitedLicences) --left;
      Talent(i, expert, 0, with);
      if (left != kUnlimitedLicences) ++left;
    }
  }

  void Talent(size_t i, int32_t expert, size_t seat, const Value& so_far) {
    Draft& draft = drafts_[i];
    if (seat == draft.talents.size()) return Demand(i + 1, so_far);
    Talent(i, expert, seat + 1, so_far);
    const auto seats = static_cast<int32_t>(draft.talents.size());
    const DemandFacts facts =
        prepared_.Seat(static_cast<int32_t>(i), static_cast<int32_t>(seat));
    for (int32_t v = 0; v < prepared_.corps().size(); ++v) {
      int32_t& left = left_.volunteers[static_cast<size_t>(v)];
      const Facts person = prepared_.corps().facts(v);
      if (left == 0 || v == expert ||
          std::count(draft.talents.begin(), draft.talents.end(), v) > 0 ||
          !VolunteerConstraints(prepared_, facts, v).empty() ||
          !Admitted(Part::kTalents, facts, person)) {
        continue;
      }
      Value with = so_far;
      with.worth += PointsOf(policy_, Part::kTalents, facts, person, seats) +
                    Reward(i, Part::kTalents);
      --left;
      draft.talents[seat] = v;
      Talent(i, expert, seat + 1, with);
      draft.talents[seat] = kNobody;
      ++left;
    }
  }

  const Prepared& prepared_;
  const Policy& policy_;
  Remaining left_;
  std::vector<Draft> drafts_;
  Value best_;
};

// What a round makes of the problem.
Value OfRound(const Prepared& prepared) {
  const auto matching = Match(prepared, 1, nullptr);
  EXPECT_TRUE(matching.ok()) << matching.status();
  Value value;
  for (size_t i = 0; i < matching->drafts.size(); ++i) {
    const Demand& demand = prepared.problem().demands[i];
    if (demand.wants(Part::kExpert) == Want::kNone) continue;
    const DemandFacts& facts = prepared.demands()[i];
    const int32_t expert = matching->drafts[i].at(Part::kExpert);
    if (expert == kNobody) {
      value.levels += UnmetCost(demand);
      continue;
    }
    const Facts person = prepared.corps().facts(expert);
    value.levels.tier_distance += PersonDistance(
        prepared.policy(), facts, person,
        Scorer(prepared.policy(), Part::kExpert, facts).Score(person));
  }
  value.worth = matching->bundles->value;
  EXPECT_EQ(matching->bundles->proven, value.worth);
  return value;
}

// Small enough to try everything; nothing below the levels but worth decides.
Policy PlainPolicy() {
  Policy policy;
  policy.fairness_band = 0;
  policy.load_step = 0;
  policy.admission = {300'000, 300'000, 250'000, 420'000, 300'000, 1};
  policy.floor = 550'000;
  return policy;
}

// Few pairs are feasible, of up to six demands.
Problem WideProblem(uint32_t seed) {
  RandomSizes sizes;
  sizes.demands = 1 + static_cast<int>(seed % 6);
  sizes.volunteers = 7;
  sizes.teams = 2;
  sizes.projects = 2;
  sizes.exclusions = 2;
  Problem problem = RandomProblem(seed, sizes);
  for (Demand& demand : problem.demands) {
    demand.talents_count = std::min(demand.talents_count, 1);
  }
  return problem;
}

// All in one place and of a few subjects: nearly everybody is in reach of
// everything, and most of it is short.
Problem CrowdedProblem(uint32_t seed) {
  RandomSizes sizes;
  sizes.demands = 2 + static_cast<int>(seed / 2 % 2);
  sizes.volunteers = 4;
  sizes.teams = 2;
  sizes.projects = 1;
  sizes.exclusions = 1;
  Problem problem = RandomProblem(seed, sizes);
  for (Demand& demand : problem.demands) {
    demand.talents_count = std::min(demand.talents_count, 1);
    demand.region = problem.demands[0].region;
    demand.subjects = problem.demands[0].subjects;
    demand.opened = codes::Tier::kProvince;
  }
  for (Volunteer& volunteer : problem.volunteers) {
    volunteer.region = problem.demands[0].region;
    volunteer.skills.push_back(
        {problem.volunteers[0].skills[0].subject, 4, {}});
    if (!problem.demands[0].subjects.empty()) {
      volunteer.skills.push_back({problem.demands[0].subjects[0], 3, {}});
    }
  }
  for (Team& team : problem.teams) {
    team.region = problem.demands[0].region;
    team.subjects = problem.demands[0].subjects;
  }
  return problem;
}

class BruteForceTest : public testing::TestWithParam<int> {};

TEST_P(BruteForceTest, TheRoundIsTheBestOnAllLevels) {
  constexpr int kCases = 1'000;
  int served = 0;
  for (int i = 0; i < kCases; ++i) {
    const auto seed = static_cast<uint32_t>(GetParam() * kCases + i);
    const Problem problem =
        seed % 2 == 0 ? WideProblem(seed) : CrowdedProblem(seed);
    const Prepared prepared(problem, PlainPolicy());
    const Value round = OfRound(prepared);
    const Value best = Everything(prepared).Best();
    ASSERT_EQ(round.levels, best.levels) << "seed " << seed;
    ASSERT_EQ(round.worth, best.worth) << "seed " << seed;
    served += best.worth > 1'000'000;
  }
  EXPECT_GT(served, kCases / 4);  // parts that are required are filled
}

INSTANTIATE_TEST_SUITE_P(TenThousandCases, BruteForceTest,
                         testing::Range(0, 10));

}  // namespace
}  // namespace jiedui::matcher::engine
