// Whole rounds: a province with its explanations and the judge, a million
// volunteers' expert part, and a nation's experts and bundles. Volunteers of
// the large ones are streamed into the engine's columns and never all there.
#include <sys/resource.h>

#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/matcher/engine/bundles/bundle_solver.h"
#include "services/matcher/engine/bundling.h"
#include "services/matcher/engine/experts.h"
#include "services/matcher/engine/judge.h"
#include "services/matcher/engine/matching.h"
#include "services/matcher/engine/round.h"
#include "tests/bench/engine/nation.h"
#include "tests/bench/engine/rows.h"
#include "tests/bench/fail.h"
#include "tests/bench/latencies.h"

namespace jiedui::bench::engine {
namespace {

using matcher::engine::Certificate;
using matcher::engine::Corps;
using matcher::engine::ExpertFlow;
using matcher::engine::Policy;
using matcher::engine::Prepared;
using matcher::engine::Problem;

double PeakMebibytes() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

template <typename T>
void FillAll(const Nation& nation, int32_t count, std::vector<T>& list) {
  list.resize(static_cast<size_t>(count));
  for (int32_t i = 0; i < count; ++i) {
    nation.Fill(i, list[static_cast<size_t>(i)]);
  }
}

// All but the volunteers.
Problem RestOf(const Nation& nation) {
  const NationOptions& options = nation.options();
  Problem rest;
  FillAll(nation, options.demands, rest.demands);
  FillAll(nation, options.projects, rest.projects);
  FillAll(nation, options.teams, rest.teams);
  return rest;
}

Figure MakeFigure(std::string name, std::string ours, double seconds,
                  std::optional<double> aim) {
  Figure figure;
  figure.name = std::move(name);
  figure.unit = "s";
  figure.ours = std::move(ours);
  figure.runs = {seconds};
  figure.aim = aim;
  figure.less_is_better = true;
  return figure;
}

void Tell(const char* what, double seconds) {
  std::fprintf(stderr, "  %s: %.2f s, peak %.0f MiB\n", what, seconds,
               PeakMebibytes());
}

// The corps, and how long its index took beyond making up the people.
Corps BuildCorps(const Nation& nation, const Policy& policy,
                 std::vector<Figure>& figures) {
  matcher::engine::Volunteer volunteer;
  const int32_t count = nation.options().volunteers;
  auto began = Clock::now();
  for (int32_t i = 0; i < count; ++i) nation.Fill(i, volunteer);
  const double making_up = SecondsSince(began);
  began = Clock::now();
  Corps corps(policy);
  for (int32_t i = 0; i < count; ++i) {
    nation.Fill(i, volunteer);
    corps.Add(volunteer);
  }
  corps.Seal();
  const double seconds = SecondsSince(began) - making_up;
  Tell("index", seconds);
  Figure& figure = figures.emplace_back(
      MakeFigure("index of the volunteers", "columns and lists", seconds, 60));
  figure.details = {
      {"volunteers", count},
      {"bytes a volunteer", static_cast<double>(corps.index_bytes()) / count}};
  return corps;
}

// The expert part; its certificate must close.
ExpertFlow SolveExperts(const Prepared& prepared,
                        const std::vector<matcher::engine::Draft>& drafts,
                        const matcher::engine::Remaining& remaining,
                        std::optional<double> aim,
                        std::vector<Figure>& figures) {
  const auto began = Clock::now();
  ExpertFlow experts =
      OrFail(ExpertFlow::Solve(prepared, drafts, remaining, 0, nullptr));
  const double seconds = SecondsSince(began);
  Tell("experts", seconds);
  const Certificate certificate = experts.Certify();
  if (certificate.value != certificate.bound) {
    Fail("the expert part's certificate does not close");
  }
  Figure& figure = figures.emplace_back(
      MakeFigure("candidates and exact experts",
                 "proven over all eligible pairs", seconds, aim));
  int32_t unmet = 0;
  for (int32_t of_class : certificate.value.unmet) unmet += of_class;
  figure.details = {{"demands", static_cast<double>(certificate.demands)},
                    {"unmet", unmet},
                    {"pairs looked at", static_cast<double>(certificate.pairs)},
                    {"peak MiB", PeakMebibytes()}};
  return experts;
}

}  // namespace

std::vector<Figure> MeasureProvince(const Settings& settings) {
  NationOptions options = ProvinceSize();
  if (!settings.full) {
    options.demands /= 5;
    options.volunteers /= 5;
  }
  const Nation nation(options);
  Problem problem = RestOf(nation);
  FillAll(nation, options.volunteers, problem.volunteers);
  FillAll(nation, options.enterprises, problem.enterprises);
  FillAll(nation, nation.specialties(), problem.specialties);
  const Policy policy;
  auto began = Clock::now();
  const matcher::engine::Plan plan =
      OrFail(matcher::engine::Solve(problem, policy));
  const double solving = SecondsSince(began);
  Tell("round", solving);
  const double peak = PeakMebibytes();
  began = Clock::now();
  OrFail(matcher::engine::Judge(
      problem, policy, plan, matcher::engine::ExpertScores(problem, policy)));
  const double judging = SecondsSince(began);
  Tell("judge", judging);
  Figure figure = MakeFigure("a province's round, explained",
                             "exact experts, joint bundles", solving, 60);
  const auto bound = static_cast<double>(plan.total_bound);
  figure.details = {{"demands", options.demands},
                    {"volunteers", options.volunteers},
                    {"certified gap %",
                     100 * (bound - static_cast<double>(plan.total)) / bound},
                    {"judge s", judging},
                    {"peak MiB", peak}};
  return {figure};
}

std::vector<Figure> MeasureMillion(const Settings& settings) {
  NationOptions options = MillionSize();
  options.province = kAllProvinces;
  if (!settings.full) {
    options.demands /= 10;
    options.volunteers /= 10;
  }
  const Nation nation(options);
  const Policy policy;
  std::vector<Figure> figures;
  Corps corps = BuildCorps(nation, policy, figures);
  const Prepared prepared(RestOf(nation), std::move(corps), policy);
  matcher::engine::Remaining remaining;
  const auto drafts = matcher::engine::StartDrafts(prepared, remaining);
  SolveExperts(prepared, drafts, remaining, 4, figures);
  return figures;
}

std::vector<Figure> MeasureNation(const Settings& settings) {
  NationOptions options = CountrySize();
  if (!settings.full) {
    options.demands /= 20;
    options.volunteers /= 20;
    options.teams /= 20;
    options.projects /= 20;
  }
  const Nation nation(options);
  const Policy policy;
  std::vector<Figure> figures;
  Corps corps = BuildCorps(nation, policy, figures);
  const Prepared prepared(RestOf(nation), std::move(corps), policy);
  matcher::engine::Remaining remaining;
  const auto drafts = matcher::engine::StartDrafts(prepared, remaining);
  const ExpertFlow experts =
      SolveExperts(prepared, drafts, remaining, 60, figures);

  auto began = Clock::now();
  const matcher::engine::BundleModel model =
      OrFail(matcher::engine::BuildBundleModel(prepared, drafts, experts,
                                               remaining, 0, nullptr));
  const double choosing = SecondsSince(began);
  Tell("candidates of the other parts", choosing);
  began = Clock::now();
  const matcher::engine::bundles::Solution solution =
      OrFail(matcher::engine::bundles::Solve(
          model.problem, model.start,
          matcher::engine::BundleBudget(model.demand.size()), nullptr));
  const double bundling = SecondsSince(began);
  Tell("bundles", bundling);
  Figure& figure = figures.emplace_back(MakeFigure(
      "bundles completed", "with a certified gap", choosing + bundling, 300));
  figure.details = {{"demands", static_cast<double>(model.demand.size())},
                    {"certified gap %", 100 * solution.gap()},
                    {"peak MiB", PeakMebibytes()}};
  return figures;
}

}  // namespace jiedui::bench::engine
