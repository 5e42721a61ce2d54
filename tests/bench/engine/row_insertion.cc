#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/engine/assignments.h"
#include "tests/bench/engine/rows.h"
#include "tests/bench/fail.h"
#include "tests/bench/latencies.h"

namespace jiedui::bench::engine {
namespace {

constexpr int kChanges = 3000;

struct Case {
  const char* name;
  int32_t volunteers;  // with 100,000 demands
  double aim;          // microseconds of the 99th of a hundred
};

constexpr Case kCases[] = {
    {"plentiful", 1'000'000, 1000},
    {"balance .87", 60'000, 3000},
    {"balance .99", 53'000, 3000},
    {"scarce 1.09", 50'000, 3000},
};

void Describe(const char* what, Latencies& latencies, Figure& figure) {
  for (const auto& [name, part] :
       {std::pair{"p50", .5}, {"p99", .99}, {"max", 1.0}}) {
    figure.details.emplace_back(absl::StrCat(what, "_", name, "_us"),
                                latencies.Micros(part));
  }
}

template <typename Flow>
Figure Measure(const char* model, const Case& one, Flow flow) {
  OrFail(flow.Solve());
  std::mt19937 random(5);
  flow.PrepareForChanges();
  Latencies removals;
  Latencies insertions;
  for (int i = 0; i < kChanges; ++i) {
    const auto row = static_cast<int32_t>(random() % flow.rows());
    const auto start = Clock::now();
    flow.Remove(row);
    const auto removed = Clock::now();
    flow.Insert(row);
    insertions.Add(Clock::now() - removed);
    removals.Add(removed - start);
  }
  OrFail(flow.Check());

  Figure figure;
  figure.name = absl::StrCat("insert, ", model, ", ", one.name);
  figure.unit = "us p99";
  figure.ours = "one demand into an optimal assignment";
  figure.runs = {insertions.Micros(.99)};
  figure.aim = one.aim;
  figure.less_is_better = true;
  Describe("insert", insertions, figure);
  Describe("remove", removals, figure);
  std::fprintf(stderr,
               "  %s: insert p50 %.1f p99 %.1f max %.1f us, "
               "remove p50 %.1f p99 %.1f max %.1f us\n",
               figure.name.c_str(), insertions.Micros(.5),
               insertions.Micros(.99), insertions.Micros(1),
               removals.Micros(.5), removals.Micros(.99), removals.Micros(1));
  return figure;
}

}  // namespace

std::vector<Figure> MeasureInsertion(const Settings& settings) {
  const int shrink = settings.full ? 1 : 10;
  std::vector<Figure> figures;
  for (const Case& one : kCases) {
    AssignmentShape shape;
    shape.demands /= shrink;
    shape.volunteers = one.volunteers / shrink;
    shape.skills /= shrink;
    shape.counties /= shrink;
    const Assignment assignment = MakeAssignment(shape);
    figures.push_back(Measure("plain", one, PlainFlowOf(assignment)));
    figures.push_back(Measure("tuples", one, LevelFlowOf(assignment)));
  }
  return figures;
}

}  // namespace jiedui::bench::engine
