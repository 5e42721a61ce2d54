#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/engine/assignments.h"
#include "tests/bench/engine/lemon_oracle.h"
#include "tests/bench/engine/rows.h"
#include "tests/bench/fail.h"
#include "tests/bench/latencies.h"

namespace jiedui::bench::engine {
namespace {

struct Case {
  const char* name;
  int32_t volunteers;  // with 100,000 demands
  Candidates choice;
  double aim;  // times as fast as the peer
};

constexpr Case kCases[] = {
    {"plentiful", 1'000'000, Candidates::kNearest, 100},
    {"plentiful any", 1'000'000, Candidates::kAny, 100},
    {"contended", 60'000, Candidates::kNearest, 4},
    {"balance .87", 60'000, Candidates::kAny, 4},
    {"balance .99", 53'000, Candidates::kAny, 4},
    {"scarce 1.09", 50'000, Candidates::kAny, 4},
};

OracleProblem ToOracle(const Assignment& assignment) {
  OracleProblem problem;
  problem.outside = Assignment::kOutside;
  problem.capacity = assignment.capacity;
  for (const auto& row : assignment.rows) {
    for (const auto& edge : row) {
      problem.resource.push_back(edge.resource);
      problem.cost.push_back(edge.cost);
    }
    problem.first.push_back(static_cast<int64_t>(problem.cost.size()));
  }
  return problem;
}

// The optimum; an end of the program when it is not proven.
template <typename Flow>
auto Solve(Flow flow, std::vector<double>& seconds) {
  const auto start = Clock::now();
  OrFail(flow.Solve());
  seconds.push_back(SecondsSince(start));
  OrFail(flow.Check());
  if (flow.Value() != flow.Bound()) Fail("the bound is not the value");
  return flow.Value();
}

std::vector<double> PerSecond(double count, const std::vector<double>& times) {
  std::vector<double> rates;
  for (double seconds : times) rates.push_back(count / seconds);
  return rates;
}

Figure Measure(const Case& one, bool full) {
  const int shrink = full ? 1 : 10;
  AssignmentShape shape;
  shape.demands /= shrink;
  shape.volunteers = one.volunteers / shrink;
  shape.skills /= shrink;
  shape.counties /= shrink;
  shape.choice = one.choice;
  const Assignment assignment = MakeAssignment(shape);
  std::fprintf(stderr, "  %s: %d demands, %zu volunteers, scarcity %.2f\n",
               one.name, shape.demands, assignment.capacity.size(),
               assignment.Scarcity());

  std::vector<double> ours;
  std::vector<double> levels;
  std::vector<double> theirs;
  const int64_t value = Solve(PlainFlowOf(assignment), ours);
  Solve(LevelFlowOf(assignment), levels);
  const OracleAnswer answer = AskLemon(ToOracle(assignment));
  if (!answer.there) {
    Fail("built without LEMON: run tools/install-deps --bench, and cmake");
  }
  if (answer.value != value) {
    Fail(absl::StrCat("LEMON finds ", answer.value, ", the engine ", value));
  }
  theirs.push_back(answer.seconds);
  std::fprintf(stderr, "    %.3f s, tuples %.3f s, LEMON %.3f s\n", ours[0],
               levels[0], theirs[0]);

  Figure figure;
  figure.name = absl::StrCat("lemon, ", one.name);
  figure.unit = "demands/s";
  figure.ours = "exact assignment, plain costs";
  figure.runs = PerSecond(shape.demands, ours);
  figure.bare = "LEMON NetworkSimplex, same objective";
  figure.bare_runs = PerSecond(shape.demands, theirs);
  if (full) figure.aim = one.aim;
  figure.details = {{"scarcity", assignment.Scarcity()},
                    {"demands", shape.demands},
                    {"edges", static_cast<double>(assignment.edge_count())},
                    {"seconds", ours[0]},
                    {"seconds_tuples", levels[0]},
                    {"seconds_lemon", theirs[0]}};
  return figure;
}

}  // namespace

std::vector<Figure> MeasureLemon(const Settings& settings) {
  std::vector<Figure> figures;
  for (const Case& one : kCases) {
    figures.push_back(Measure(one, settings.full));
  }
  return figures;
}

}  // namespace jiedui::bench::engine
