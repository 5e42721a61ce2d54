#include "services/matcher/engine/bundles/judge_bundles.h"

#include <functional>
#include <string>
#include <vector>

#include "common/base/error.h"
#include "gtest/gtest.h"

namespace jiedui::matcher::engine::bundles {
namespace {

// Two demands, three persons, two teams, two projects; person 2 must be full.
// The first demand has its team fixed, the second may stay out.
struct Example {
  Problem problem;
  Selection selection;
  int64_t value = 0;
  Prices prices;
  int64_t bound = 0;
};

int32_t Add(Lists& lists, std::vector<Option> options) {
  return lists.Add(options);
}

Example MakeExample() {
  Example example;
  Problem& problem = example.problem;
  problem.persons = {1, 2, 1};
  problem.teams = {1, 1};
  problem.projects = {1, kUnlimited};
  problem.must_be_full = {0, 0, 1};
  Add(problem.team_synergies, {{0, 50}});
  Add(problem.team_synergies, {});

  const int32_t experts = Add(problem.lists, {{0, 300}, {1, 200}, {2, 250}});
  const int32_t teams = Add(problem.lists, {{0, 100}, {1, 90}});
  const int32_t team = Add(problem.lists, {{0, 80}});
  const int32_t projects = Add(problem.lists, {{0, 70}, {1, 60}});
  const int32_t talents = Add(problem.lists, {{0, 40}, {1, 30}});
  const int32_t talent = Add(problem.lists, {{1, 20}});
  Demand first;
  first.expert_rule = ExpertRule::kRequired;
  first.experts = experts;
  first.teams = team;
  first.team_fixed = true;
  first.projects = projects;
  first.first_seat = 0;
  first.seats = 2;
  problem.demands.push_back(first);
  Demand second;
  second.expert_rule = ExpertRule::kMayStayOut;
  second.experts = experts;
  second.teams = teams;
  second.first_seat = 2;
  second.seats = 1;
  problem.demands.push_back(second);
  problem.seats = {{talents, false}, {talent, true}, {talents, false}};

  // 300 + 80 + 50 + 70 + 20, and 250 + 100 + 30.
  example.selection = {{0, 2}, {0, 0}, {0, kNone}, {kNone, 1, 1}};
  example.value = 900;
  // Both ask for person 0 and team 0, and pay for him.
  example.prices = {{60, 0, 0}, {0, 0}, {0, 0}, {0, 0, -10}};
  example.bound =
      60 - 10 + (300 - 60 + 80 + 50 + 70 + 20) + (300 - 60 + 100 + 50 + 30);
  return example;
}

std::string FaultOf(const absl::Status& status) {
  const auto info = base::Info(status);
  if (!info) return status.ok() ? "" : status.ToString();
  EXPECT_EQ(info->reason, base::Reason::kPlanFault);
  return info->args[0].second + ": " + info->args[1].second;
}

std::string FaultOfSelection(
    const std::function<void(Example&, Selection&)>& spoil) {
  Example example = MakeExample();
  Selection selection = example.selection;
  spoil(example, selection);
  return FaultOf(JudgeSelection(example.problem, example.selection, selection,
                                example.value));
}

std::string FaultOfBound(const std::function<void(Prices&)>& spoil) {
  Example example = MakeExample();
  spoil(example.prices);
  return FaultOf(JudgeBound(example.problem, example.selection, example.prices,
                            example.bound));
}

std::string FaultOfProblem(const std::function<void(Problem&)>& spoil) {
  Example example = MakeExample();
  spoil(example.problem);
  return FaultOf(JudgeProblem(example.problem));
}

TEST(BundleJudgeTest, AcceptsWhatIsSound) {
  EXPECT_EQ(FaultOfProblem([](Problem&) {}), "");
  EXPECT_EQ(FaultOfSelection([](Example&, Selection&) {}), "");
  EXPECT_EQ(FaultOfBound([](Prices&) {}), "");
}

TEST(BundleJudgeTest, CatchesEachFaultOfASelection) {
  const struct {
    const char* fault;
    std::function<void(Example&, Selection&)> spoil;
  } cases[] = {
      {"demand 0: required expert missing",
       [](Example&, Selection& s) { s.expert[0] = kNone; }},
      {"demand 1: stays out and takes a part",
       [](Example&, Selection& s) { s.expert[1] = kNone; }},
      {"demand 0: fixed part not taken",
       [](Example&, Selection& s) { s.team[0] = kNone; }},
      {"demand 0: fixed part not taken",
       [](Example&, Selection& s) { s.talent[1] = kNone; }},
      {"demand 0: choice is not in the list",
       [](Example&, Selection& s) { s.team[0] = 1; }},
      {"demand 1: part is not wanted",
       [](Example&, Selection& s) { s.project[1] = 1; }},
      {"demand 0: expert that is not wanted",
       [](Example& e, Selection&) {
         e.problem.demands[0].expert_rule = ExpertRule::kUnwanted;
       }},
      {"demand 0: one person twice in a bundle",
       [](Example&, Selection& s) { s.talent[0] = 0; }},
      {"person 0: over capacity",
       [](Example&, Selection& s) { s.talent[2] = 0; }},
      {"team 0: over capacity",
       [](Example& e, Selection&) { e.problem.teams[0] = 0; }},
      {"project 0: over capacity",
       [](Example& e, Selection&) { e.problem.projects[0] = 0; }},
      {"person 2: must be full, and is used more or less",
       [](Example&, Selection& s) {
         s.expert[1] = 1;
         s.talent[2] = kNone;
       }},
      {"demand 0: values do not add up",
       [](Example& e, Selection&) { ++e.value; }},
      {"demand 2: as many choices as demands and seats",
       [](Example&, Selection& s) { s.talent.pop_back(); }},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(FaultOfSelection(each.spoil), each.fault);
  }
}

TEST(BundleJudgeTest, CatchesEachFaultOfABound) {
  EXPECT_EQ(FaultOfBound([](Prices& p) { p.person[0] = -1; }),
            "person 0: negative price");
  EXPECT_EQ(FaultOfBound([](Prices& p) { p.team[1] = -1; }),
            "team 1: negative price");
  EXPECT_EQ(FaultOfBound([](Prices& p) { p.project[1] = 1; }),
            "project 1: price of what is unlimited");
  EXPECT_EQ(FaultOfBound([](Prices& p) { p.quota[1] = -1; }),
            "person 1: a quota's price without a quota");
  EXPECT_EQ(FaultOfBound([](Prices& p) { p.quota.pop_back(); }),
            "person 2: as many quotas as persons");
  EXPECT_EQ(FaultOfBound([](Prices& p) { p.team.pop_back(); }),
            "team 1: as many prices as resources");
  EXPECT_EQ(FaultOfBound([](Prices& p) { p.person[0] = 61; }),
            "demand 0: bound does not follow");
}

TEST(BundleJudgeTest, CatchesEachFaultOfAProblem) {
  const struct {
    const char* fault;
    std::function<void(Problem&)> spoil;
  } cases[] = {
      {"person 1: negative capacity", [](Problem& p) { p.persons[1] = -1; }},
      {"person 2: as many as persons",
       [](Problem& p) { p.must_be_full.pop_back(); }},
      {"project 1: as many synergy lists as resources",
       [](Problem& p) { p.project_synergies.Add({}); }},
      {"list 0: no such resource",
       [](Problem& p) {
         p.persons.pop_back();
         p.must_be_full.clear();
       }},
      {"list 9: no such list", [](Problem& p) { p.demands[1].teams = 9; }},
      {"list 1: fixed part without exactly one option",
       [](Problem& p) { p.demands[0].teams = 1; }},
      {"list 6: names a resource twice",
       [](Problem& p) {
         p.demands[1].teams = Add(p.lists, {{0, 1}, {1, 1}, {0, 2}});
       }},
      {"list 6: negative value",
       [](Problem& p) {
         p.demands[1].teams = Add(p.lists, {{0, -1}});
       }},
      {"demand 1: seats out of range",
       [](Problem& p) { p.demands[1].seats = 2; }},
      {"demand 0: expert wanted, and no list",
       [](Problem& p) { p.demands[0].experts = kNone; }},
      {"demand 1: fixed part where it may stay out",
       [](Problem& p) {
         p.demands[1].teams = 2;
         p.demands[1].team_fixed = true;
       }},
      {"demand 1: fixed expert that is not required",
       [](Problem& p) {
         p.demands[1].experts = 5;
         p.demands[1].expert_fixed = true;
       }},
      {"demand 0: one person fixed twice",
       [](Problem& p) {
         p.demands[0].experts = 5;
         p.demands[0].expert_fixed = true;
       }},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(FaultOfProblem(each.spoil), each.fault);
  }
}

}  // namespace
}  // namespace jiedui::matcher::engine::bundles
