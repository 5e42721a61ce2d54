#include "services/matcher/engine/live.h"

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/sha256.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/matcher/engine/example_problems.h"
#include "services/matcher/engine/judge.h"
#include "services/matcher/engine/round.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

std::unique_ptr<Live> OpenOrDie(const Problem& problem,
                                const LiveOptions& options = {}) {
  auto live = Live::Open(problem, Policy(), options);
  EXPECT_TRUE(live.ok()) << live.status();
  return *std::move(live);
}

// Everything an event led to, as bytes.
std::string Print(const Outcome& outcome) {
  std::string text;
  const auto put = [&](int64_t value) { absl::StrAppend(&text, value, ","); };
  const auto put_draft = [&](const Draft& draft) {
    for (int32_t chosen : draft.chosen) put(chosen);
    for (bool locked : draft.locked) put(locked);
    for (int32_t talent : draft.talents) put(talent);
    put(draft.locked_talents);
  };
  const auto put_levels = [&](const Objective& levels) {
    put(levels.mandatory_unmet);
    for (int32_t unmet : levels.unmet) put(unmet);
    put(levels.tier_distance);
    put(levels.loss);
  };
  for (const DraftChange& change : outcome.changes) {
    put(change.demand);
    put_draft(change.before);
    put_draft(change.after);
  }
  for (const Suggestion& suggestion : outcome.suggestions) {
    put(suggestion.demand);
    put_draft(suggestion.proposed);
    put(suggestion.gain);
  }
  put_levels(outcome.value);
  put_levels(outcome.bound);
  return text;
}

// A problem as it would stand after events, kept beside a live round.
class World {
 public:
  World(uint32_t seed, const RandomSizes& sizes)
      : sizes_(sizes),
        random_(seed),
        problem_(RandomProblem(seed, sizes)),
        spare_(RandomProblem(seed + 1'000'000, sizes)) {}

  const Problem& problem() const { return problem_; }
  // What the live round answers.
  Problem ProblemOf(const Live& live) const {
    Problem problem = problem_;
    problem.locks = live.Locks();
    const auto gone = [&](const std::string& demand) {
      return std::none_of(problem_.demands.begin(), problem_.demands.end(),
                          [&](const Demand& d) { return d.id == demand; });
    };
    std::erase_if(problem.exclusions,
                  [&](const Exclusion& e) { return gone(e.demand); });
    return problem;
  }

  // One event to all of them; what it led to. Refusals are outcomes too.
  std::string Happen(const std::vector<Live*>& rounds) {
    const uint32_t kind = Below(100);
    Event event;
    if (kind < 20) event = PutVolunteer();
    if (kind >= 20 && kind < 35) event = SetCapacity();
    if (kind >= 35 && kind < 50) event = PutDemand();
    if (kind >= 50 && kind < 58) event = Withdraw();
    if (kind >= 58 && kind < 66) event = OpenTier();
    if (kind >= 66 && kind < 72) event = Exclude(*rounds.front());
    if (kind >= 72 && kind < 92) event = SetStanding();
    if (kind >= 92 && kind < 96) event = Lock(*rounds.front());
    if (kind >= 96) event = Unlock(*rounds.front());
    std::string first;
    for (Live* live : rounds) {
      const absl::StatusOr<Outcome> outcome = event.apply(*live);
      const std::string print = outcome.ok()
                                    ? Print(*outcome)
                                    : std::string(outcome.status().message());
      if (live == rounds.front()) {
        if (outcome.ok()) {
          if (event.mirror) event.mirror();
          last_ = *outcome;
        }
        first = print;
      } else {
        EXPECT_EQ(print, first) << event.what;
      }
    }
    what_ = event.what;
    return first;
  }

  const std::string& what() const { return what_; }
  const Outcome& last() const { return last_; }

 private:
  struct Event {
    std::string what;
    std::function<absl::StatusOr<Outcome>(Live&)> apply;
    std::function<void()> mirror;
  };

  uint32_t Below(size_t n) { return random_() % static_cast<uint32_t>(n); }
  const std::string AnyDemand() {
    return absl::StrCat("D", Below(static_cast<size_t>(sizes_.demands)));
  }

  template <typename T>
  static void Replace(std::vector<T>& list, const T& item) {
    const auto found = std::find_if(
        list.begin(), list.end(), [&](const T& t) { return t.id == item.id; });
    if (found == list.end()) {
      list.push_back(item);
    } else {
      *found = item;
    }
  }

  Event PutVolunteer() {
    Volunteer volunteer = spare_.volunteers[Below(spare_.volunteers.size())];
    volunteer.id = absl::StrCat("V", Below(spare_.volunteers.size() + 9));
    volunteer.capacity = static_cast<int32_t>(Below(3));
    return {"put " + volunteer.id,
            [volunteer](Live& live) { return live.Put(volunteer); },
            [this, volunteer] { Replace(problem_.volunteers, volunteer); }};
  }

  Event SetCapacity() {
    const auto capacity = static_cast<int32_t>(Below(3));
    const uint32_t kind = Below(4);
    std::string id;
    int32_t* mirrored = nullptr;
    if (kind == 0) {
      Team& team = problem_.teams[Below(problem_.teams.size())];
      id = team.id;
      mirrored = &team.capacity;
    } else if (kind == 1) {
      Project& project = problem_.projects[Below(problem_.projects.size())];
      id = project.id;
      mirrored = &project.licences;
    } else {
      Volunteer& volunteer =
          problem_.volunteers[Below(problem_.volunteers.size())];
      id = volunteer.id;
      mirrored = &volunteer.capacity;
    }
    return {
        "capacity " + id,
        [id, capacity](Live& live) { return live.SetCapacity(id, capacity); },
        [mirrored, capacity] { *mirrored = capacity; }};
  }

  Event PutDemand() {
    Demand demand = spare_.demands[Below(spare_.demands.size())];
    demand.id = AnyDemand();
    return {"put " + demand.id,
            [demand](Live& live) { return live.Put(demand); },
            [this, demand] { Replace(problem_.demands, demand); }};
  }

  Event Withdraw() {
    const std::string id = AnyDemand();
    return {"withdraw " + id, [id](Live& live) { return live.Withdraw(id); },
            [this, id] {
              std::erase_if(problem_.demands,
                            [&](const Demand& d) { return d.id == id; });
            }};
  }

  Event OpenTier() {
    const std::string id = AnyDemand();
    const auto tier = static_cast<codes::Tier>(1 + Below(3));
    return {"open " + id,
            [id, tier](Live& live) { return live.OpenTier(id, tier); },
            [this, id, tier] {
              for (Demand& demand : problem_.demands) {
                if (demand.id != id) continue;
                demand.opened = std::min(demand.opened, tier);
              }
            }};
  }

  Event Exclude(const Live& live) {
    Exclusion exclusion{AnyDemand(),
                        absl::StrCat("V", Below(problem_.volunteers.size())),
                        static_cast<ExclusionReason>(Below(3))};
    const int32_t demand = live.prepared().FindDemand(exclusion.demand);
    if (demand != kNobody) {  // as often as not, whom it has
      const Draft& draft = live.drafts()[static_cast<size_t>(demand)];
      if (draft.at(Part::kExpert) != kNobody && Below(2) == 0) {
        exclusion.resource =
            std::string(live.prepared().corps().id(draft.at(Part::kExpert)));
      }
    }
    return {"exclude " + exclusion.demand + " " + exclusion.resource,
            [exclusion](Live& live) { return live.Exclude(exclusion); },
            [this, exclusion] {
              for (const Exclusion& e : problem_.exclusions) {
                if (e.demand == exclusion.demand &&
                    e.resource == exclusion.resource) {
                  return;
                }
              }
              problem_.exclusions.push_back(exclusion);
            }};
  }

  Event SetStanding() {
    const std::string id = AnyDemand();
    const auto standing = static_cast<Standing>(Below(2) == 0 ? 0 : Below(4));
    return {
        absl::StrCat("standing ", id, " ", static_cast<int>(standing)),
        [id, standing](Live& live) { return live.SetStanding(id, standing); },
        nullptr};
  }

  Event Lock(const Live&) {
    const engine::Lock lock{
        AnyDemand(), static_cast<Part>(Below(2) == 0 ? 0 : 4),
        absl::StrCat("V", Below(problem_.volunteers.size()))};
    return {"lock " + lock.demand + " " + lock.resource,
            [lock](Live& live) { return live.Lock(lock); }, nullptr};
  }

  Event Unlock(const Live& live) {
    std::vector<engine::Lock> locks = live.Locks();
    engine::Lock lock{AnyDemand(), Part::kExpert, "V1"};
    if (!locks.empty()) lock = locks[Below(locks.size())];
    return {"unlock " + lock.demand + " " + lock.resource,
            [lock](Live& live) { return live.Unlock(lock); }, nullptr};
  }

  RandomSizes sizes_;
  std::mt19937 random_;
  Problem problem_;
  Problem spare_;
  std::string what_;
  Outcome last_;
};

TEST(LiveTest, OpensWithThePlanOfARound) {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    const Problem problem = RandomProblem(seed);
    const Plan plan = *Solve(problem, Policy());
    const Plan opened = *OpenOrDie(problem)->MakePlan();
    EXPECT_EQ(opened.total, plan.total);
    EXPECT_EQ(opened.expert.value, plan.expert.value);
  }
}

TEST(LiveTest, AfterEveryEventThePlanIsAsGoodAsAFreshOneAndPassesTheJudge) {
  const Policy policy;
  int64_t live_points = 0;
  int64_t fresh_points = 0;
  for (uint32_t seed = 0; seed < 40; ++seed) {
    World world(seed, {.demands = 14, .volunteers = 30});
    const auto live = OpenOrDie(world.problem());
    for (int i = 0; i < 25; ++i) {
      world.Happen({live.get()});
      const Problem problem = world.ProblemOf(*live);
      ASSERT_TRUE(Validate(problem).ok()) << world.what() << Validate(problem);
      const absl::StatusOr<Plan> plan = live->MakePlan();
      ASSERT_TRUE(plan.ok()) << plan.status();
      const absl::Status verdict =
          Judge(problem, policy, *plan, ExpertScores(problem, policy));
      ASSERT_TRUE(verdict.ok()) << "seed " << seed << " event " << i << " "
                                << world.what() << ": " << verdict;
      const Plan fresh = *Solve(problem, policy);
      ASSERT_EQ(plan->expert.value, fresh.expert.value)
          << "seed " << seed << " event " << i << " " << world.what();
      ASSERT_EQ(plan->expert.value, plan->expert.bound);
      live_points += plan->total;
      fresh_points += fresh.total;
    }
  }
  // All in all as good as starting anew.
  EXPECT_GT(live_points, fresh_points / 1000 * 995);
}

TEST(LiveTest, ExpertsStayExactWhereListsAreCutOff) {
  for (uint32_t seed = 0; seed < 6; ++seed) {
    World world(seed, {.demands = 60, .volunteers = 600});
    const auto live = OpenOrDie(world.problem());
    for (int i = 0; i < 60; ++i) {
      world.Happen({live.get()});
      if (i % 6 != 0) continue;
      const Problem problem = world.ProblemOf(*live);
      const Certificate fresh = Solve(problem, Policy())->expert;
      ASSERT_EQ(world.last().value, fresh.value)
          << "seed " << seed << " event " << i << " " << world.what();
      ASSERT_EQ(world.last().bound, fresh.value);
      ASSERT_EQ(live->Certify().demands, fresh.demands);
    }
  }
}

TEST(LiveTest, ReplaysIdenticallyOverManyEvents) {
  constexpr int kEvents = 100'000;
  const RandomSizes sizes{
      .demands = 60, .volunteers = 150, .teams = 12, .projects = 16};
  World world(7, sizes);
  Problem shuffled = world.problem();
  std::mt19937 random(1);
  std::shuffle(shuffled.demands.begin(), shuffled.demands.end(), random);
  std::shuffle(shuffled.volunteers.begin(), shuffled.volunteers.end(), random);
  std::shuffle(shuffled.teams.begin(), shuffled.teams.end(), random);
  std::shuffle(shuffled.projects.begin(), shuffled.projects.end(), random);
  const auto live = OpenOrDie(world.problem());
  const auto other = OpenOrDie(shuffled);
  std::string hash;
  for (int i = 0; i < kEvents; ++i) {
    hash = base::Sha256({hash, world.Happen({live.get(), other.get()})});
    if (i % 500 != 0) continue;
    ASSERT_EQ(live->drafts(), other->drafts());
    const Problem problem = world.ProblemOf(*live);
    ASSERT_EQ(world.last().value, Solve(problem, Policy())->expert.value)
        << "event " << i << " " << world.what();
  }
}

// The litchi demand alone, with nothing else asked for but an expert.
Problem ExpertOnly() {
  Problem problem = LitchiProblem();
  problem.demands[0].want.fill(Want::kNone);
  problem.demands[0].want[0] = Want::kRequired;
  return problem;
}

// Another demand of the same kind.
Demand Second(const Problem& problem) {
  Demand demand = problem.demands[0];
  demand.id = "D-second";
  return demand;
}

std::string ExpertOf(const Live& live, const std::string& demand) {
  const auto at = static_cast<size_t>(live.prepared().DemandAt(demand));
  const int32_t expert = live.drafts()[at].at(Part::kExpert);
  return expert == kNobody ? ""
                           : std::string(live.prepared().corps().id(expert));
}

TEST(LiveTest, DemandThatComesIsServedAndGivesBackWhatItHadWhenItGoes) {
  Problem problem = ExpertOnly();
  problem.volunteers.resize(1);
  problem.teams.clear();
  const auto live = OpenOrDie(problem);
  EXPECT_EQ(ExpertOf(*live, "D-litchi"), "V-county");
  Demand urgent = Second(problem);
  urgent.urgency = Urgency::kCritical;
  const Outcome came = *live->Put(urgent);
  EXPECT_EQ(ExpertOf(*live, "D-second"), "V-county");
  EXPECT_EQ(ExpertOf(*live, "D-litchi"), "");
  EXPECT_EQ(came.changes.size(), 2u);
  EXPECT_EQ(came.value.unmet[static_cast<int>(Urgency::kNormal)], 1);
  ASSERT_TRUE(live->Withdraw("D-second").ok());
  EXPECT_EQ(ExpertOf(*live, "D-litchi"), "V-county");
  EXPECT_TRUE(
      base::HasReason(live->Withdraw("D-second").status(), Reason::kNotFound));
}

TEST(LiveTest, VolunteerWhoComesServesAndWhoGoesIsReplaced) {
  Problem problem = ExpertOnly();
  const Volunteer county = problem.volunteers[0];
  problem.volunteers = {problem.volunteers[1]};
  problem.teams.clear();
  problem.projects.clear();
  const auto live = OpenOrDie(problem);
  EXPECT_EQ(ExpertOf(*live, "D-litchi"), "V-province");
  ASSERT_TRUE(live->Put(county).ok());
  EXPECT_EQ(ExpertOf(*live, "D-litchi"), "V-county");
  ASSERT_TRUE(live->SetCapacity("V-county", 0).ok());
  EXPECT_EQ(ExpertOf(*live, "D-litchi"), "V-province");
  Volunteer busy = county;
  busy.availability = {{1, 2}};
  ASSERT_TRUE(live->Put(busy).ok());
  EXPECT_EQ(ExpertOf(*live, "D-litchi"), "V-province");
}

TEST(LiveTest, OpeningATierBringsWhoServesFromThere) {
  Problem problem = ExpertOnly();
  problem.volunteers = {problem.volunteers[1]};
  problem.teams.clear();
  problem.projects.clear();
  problem.demands[0].opened = codes::Tier::kCounty;
  const auto live = OpenOrDie(problem);
  EXPECT_EQ(ExpertOf(*live, "D-litchi"), "");
  ASSERT_TRUE(live->OpenTier("D-litchi", codes::Tier::kProvince).ok());
  EXPECT_EQ(ExpertOf(*live, "D-litchi"), "V-province");
}

TEST(LiveTest, OfferedPairingMovesByConsentOnly) {
  Problem problem = ExpertOnly();
  Volunteer good = problem.volunteers[0];
  good.id = "V-good";
  Volunteer& fair = problem.volunteers[0];
  fair.text.clear();
  fair.skills = {{"2104020", 4, {}}};
  fair.dialects.clear();
  fair.rating = {5, 5};
  problem.volunteers.resize(1);
  problem.teams.clear();
  problem.projects.clear();
  const auto live = OpenOrDie(problem);
  ASSERT_TRUE(live->SetStanding("D-litchi", Standing::kOffered).ok());
  const Outcome came = *live->Put(good);
  EXPECT_EQ(ExpertOf(*live, "D-litchi"), "V-county");
  ASSERT_EQ(came.suggestions.size(), 1u);
  EXPECT_GE(came.suggestions[0].gain, kLeastGain);
  ASSERT_TRUE(live->Consent(came.suggestions[0]).ok());
  EXPECT_EQ(ExpertOf(*live, "D-litchi"), "V-good");
  EXPECT_EQ(live->standing(0), Standing::kOffered);
  EXPECT_TRUE(base::HasReason(live->Consent(came.suggestions[0]).status(),
                              Reason::kRoundStale));
}

TEST(LiveTest, WhoDeclinesIsNotAskedAgainAndWhoAcceptedStays) {
  // Both could serve either demand; the one of the county is the better.
  for (const int moves : {0, 1}) {
    Problem problem = ExpertOnly();
    problem.volunteers.resize(2);
    problem.teams.clear();
    problem.volunteers[1].capacity = 1;
    Demand near = Second(problem);
    near.opened = codes::Tier::kCounty;
    problem.demands.push_back(near);
    Volunteer other = problem.volunteers[0];
    other.id = "V-other";
    problem.volunteers.push_back(other);
    const auto live = OpenOrDie(problem, {.accepted_moves = moves});
    const std::string kept = ExpertOf(*live, "D-litchi");
    const std::string lost = ExpertOf(*live, "D-second");
    ASSERT_FALSE(lost.empty());
    ASSERT_NE(kept, "V-province");
    ASSERT_TRUE(live->SetStanding("D-litchi", Standing::kAccepted).ok());
    ASSERT_TRUE(live->SetStanding("D-second", Standing::kOffered).ok());
    ASSERT_TRUE(
        live->Exclude({"D-second", lost, ExclusionReason::kDeclined}).ok());
    // Now the other one could serve it only if he gave up what he accepted,
    // which he who declined, or somebody of the province, could take over.
    EXPECT_EQ(ExpertOf(*live, "D-second"), moves == 0 ? "" : kept);
    EXPECT_EQ(ExpertOf(*live, "D-litchi"), moves == 0 ? kept : lost);
  }
}

TEST(LiveTest, WhatCannotHoldIsRefusedAndChangesNothing) {
  const Problem problem = LitchiProblem();
  const auto live = OpenOrDie(problem);
  ASSERT_TRUE(live->Lock({"D-litchi", Part::kExpert, "V-county"}).ok());
  const std::vector<Draft> drafts = live->drafts();
  const auto refused = [&](const absl::Status& status, Reason reason) {
    EXPECT_TRUE(base::HasReason(status, reason)) << status;
    EXPECT_EQ(live->drafts(), drafts);
  };
  refused(live->SetCapacity("V-county", 0).status(), Reason::kLockCannotHold);
  refused(live->SetCapacity("V-county", -1).status(), Reason::kValueOutOfRange);
  refused(live->SetCapacity("V-nobody", 1).status(), Reason::kNotFound);
  refused(live->Lock({"D-litchi", Part::kExpert, "V-province"}).status(),
          Reason::kLockCannotHold);
  refused(live->Lock({"D-litchi", Part::kTalents, "V-county"}).status(),
          Reason::kLockCannotHold);
  Demand less = problem.demands[0];
  less.want[0] = Want::kNone;
  refused(live->Put(less).status(), Reason::kLockCannotHold);
}

// What is held of all demands, by demand.
std::map<std::string, std::string> HeldIn(const Live& live) {
  std::map<std::string, std::string> held;
  for (const engine::Lock& lock : live.Locks()) {
    absl::StrAppend(&held[lock.demand], static_cast<int>(lock.part), ":",
                    lock.resource, " ");
  }
  return held;
}

TEST(LiveTest, WhatIsHeldStaysUnlessTheEventIsAboutIt) {
  int held_events = 0;
  for (uint32_t seed = 0; seed < 20; ++seed) {
    World world(seed, {.demands = 20, .volunteers = 40});
    const auto live = OpenOrDie(world.problem());
    for (int i = 0; i < 150; ++i) {
      const auto before = HeldIn(*live);
      world.Happen({live.get()});
      const auto after = HeldIn(*live);
      for (const auto& [demand, parts] : before) {
        // Events name the demand they are about.
        if (absl::StrContains(world.what() + " ", " " + demand + " ")) continue;
        const auto found = after.find(demand);
        ASSERT_NE(found, after.end()) << world.what();
        ASSERT_EQ(found->second, parts) << world.what();
        ++held_events;
      }
      // And drafts have what is held.
      for (const engine::Lock& lock : live->Locks()) {
        const auto at =
            static_cast<size_t>(live->prepared().DemandAt(lock.demand));
        ASSERT_TRUE(live->drafts()[at].IsLocked(lock.part));
      }
    }
  }
  EXPECT_GT(held_events, 2000);
}

Objective Coverage(Objective levels) {
  levels.tier_distance = 0;
  levels.loss = 0;
  return levels;
}

// What can only help: a volunteer more, a wider window, a tier opened.
enum class Help { kVolunteer, kWindow, kTier };

class HelpTest : public testing::TestWithParam<Help> {};

TEST_P(HelpTest, NeverLowersCoverage) {
  int gained = 0;
  for (uint32_t seed = 0; seed < 1500; ++seed) {
    std::mt19937 random(seed);
    Problem problem = RandomProblem(
        seed, {.demands = 8, .volunteers = 10, .teams = 2, .projects = 2});
    for (Demand& demand : problem.demands) {
      demand.opened = static_cast<codes::Tier>(2 + random() % 3);
    }
    const auto live = OpenOrDie(problem);
    const Objective before = Coverage(live->Certify().value);
    Demand& demand = problem.demands[random() % problem.demands.size()];
    absl::StatusOr<Outcome> outcome;
    switch (GetParam()) {
      case Help::kVolunteer:
        problem.volunteers.push_back(RandomProblem(seed + 5000).volunteers[0]);
        problem.volunteers.back().id = "V-new";
        outcome = live->Put(problem.volunteers.back());
        break;
      case Help::kWindow:
        // Only the window's end: what expires before it begins does so still.
        demand.window.end += static_cast<int32_t>(random() % 90);
        outcome = live->Put(demand);
        break;
      case Help::kTier:
        demand.opened = codes::Tier::kProvince;
        outcome = live->OpenTier(demand.id, codes::Tier::kProvince);
        break;
    }
    ASSERT_TRUE(outcome.ok());
    ASSERT_LE(Coverage(outcome->value), before) << seed;
    gained += Coverage(outcome->value) < before;
    if (seed % 5 == 0) {
      ASSERT_EQ(Solve(problem, Policy())->expert.value, outcome->value);
    }
  }
  EXPECT_GT(gained, 3);  // it does help
}

INSTANTIATE_TEST_SUITE_P(Help, HelpTest,
                         testing::Values(Help::kVolunteer, Help::kWindow,
                                         Help::kTier));

}  // namespace
}  // namespace jiedui::matcher::engine
