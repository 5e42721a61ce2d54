#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matcher/engine/bundles/bundle_solver.h"
#include "services/matcher/engine/bundles/judge_bundles.h"
#include "tests/bench/engine/bundle_shapes.h"
#include "tests/bench/engine/rows.h"
#include "tests/bench/fail.h"
#include "tests/bench/latencies.h"

namespace jiedui::bench::engine {
namespace {

namespace bundles = matcher::engine::bundles;

struct Case {
  int32_t demands;
  std::vector<double> supplies;
  int seeds;
  double aim;  // % of the bound that may be missing
};

// Solves, has both proofs judged, and adds the gap to the figure.
void Solve(const BundleShape& shape, Figure& figure) {
  const bundles::Problem problem = MakeBundleProblem(shape);
  const auto start = bundles::Selection::Empty(problem);
  const auto began = Clock::now();
  const bundles::Solution solution =
      OrFail(bundles::Solve(problem, start, bundles::Budget(), nullptr));
  const double seconds = SecondsSince(began);
  OrFail(bundles::JudgeSelection(problem, start, solution.selection,
                                 solution.value));
  OrFail(bundles::JudgeBound(problem, start, solution.prices, solution.bound));

  const std::string name =
      absl::StrCat("supply ", shape.supply, ", seed ", shape.seed);
  figure.runs.push_back(100 * solution.gap());
  figure.details.emplace_back(absl::StrCat(name, " value"),
                              static_cast<double>(solution.value));
  figure.details.emplace_back(absl::StrCat(name, " bound"),
                              static_cast<double>(solution.bound));
  figure.details.emplace_back(absl::StrCat(name, " seconds"), seconds);
  std::fprintf(
      stderr, "  %d demands, %s: value %lld, bound %lld, gap %.4f %%, %.1f s\n",
      shape.demands, name.c_str(), static_cast<long long>(solution.value),
      static_cast<long long>(solution.bound), 100 * solution.gap(), seconds);
}

std::vector<Figure> Measure(const Case& one) {
  Figure figure;
  figure.name = absl::StrCat("bundles, ", one.demands, " demands");
  figure.unit = "% gap";
  figure.ours = "joint bundles against their certified bound";
  figure.aim = one.aim;
  figure.less_is_better = true;
  for (const double supply : one.supplies) {
    for (int seed = 1; seed <= one.seeds; ++seed) {
      BundleShape shape;
      shape.demands = one.demands;
      shape.supply = supply;
      shape.seed = seed;
      Solve(shape, figure);
    }
  }
  return {figure};
}

}  // namespace

std::vector<Figure> MeasureBundles(const Settings& settings) {
  const std::vector<double> supplies =
      settings.full ? std::vector{.8, .9, 1.0, 1.2} : std::vector{.8};
  return Measure({500, supplies, settings.full ? 3 : 1, .05});
}

std::vector<Figure> MeasureScarceBundles(const Settings& settings) {
  return Measure({settings.full ? 2000 : 1000, {.8}, 1, .5});
}

}  // namespace jiedui::bench::engine
