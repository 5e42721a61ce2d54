// jiedui-sim: runs the services under random users and faults on a virtual
// clock, and says whether they kept their promises.
#include <CLI/CLI.hpp>
#include <atomic>
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/simulation/action.h"
#include "tests/simulation/shrink.h"
#include "tests/simulation/simulation.h"

namespace jiedui::simulation {
namespace {

struct Options {
  uint64_t seed = 1;
  std::string seeds;  // "1..2000"
  size_t steps = 500;
  unsigned threads = std::thread::hardware_concurrency();
  bool trace = false;
  bool shrink = false;
  bool verbs = false;
};

void Report(uint64_t seed, const Options& options, const Outcome& outcome) {
  std::cout << "seed " << seed << ", step " << outcome.steps << ": "
            << outcome.violation->invariant << " — " << outcome.violation->what
            << "\n";
  std::vector<Action> actions = Generate(seed, options.steps);
  actions.resize(std::min(actions.size(), outcome.steps));
  if (options.shrink) {
    const std::string& invariant = outcome.violation->invariant;
    actions = Shrink(std::move(actions), [&](const auto& fewer) {
      const Outcome again = Simulate(seed, fewer, nullptr);
      return again.violation && again.violation->invariant == invariant;
    });
    std::cout << "shrunk to " << actions.size() << " steps\n";
  }
  const Outcome shown = Simulate(seed, actions, &std::cout);
  if (shown.violation) {
    std::cout << shown.violation->invariant << " — " << shown.violation->what
              << "\n";
  }
}

int RunOne(const Options& options) {
  const std::vector<Action> actions = Generate(options.seed, options.steps);
  const bool tell = options.trace && !options.shrink;
  const Outcome outcome =
      Simulate(options.seed, actions, tell ? &std::cout : nullptr);
  for (const auto& [verb, count] : outcome.verbs) {
    if (options.verbs) std::cout << count << "\t" << verb << "\n";
  }
  if (!outcome.violation) {
    std::cout << "seed " << options.seed << ": " << outcome.steps
              << " steps, no violation\n";
    return 0;
  }
  if (tell) {
    std::cout << outcome.violation->invariant << " — "
              << outcome.violation->what << "\n";
  } else {
    Report(options.seed, options, outcome);
  }
  return 1;
}

// Of the seeds that fail, the least is shown.
int RunMany(const Options& options, uint64_t first, uint64_t last) {
  std::atomic<uint64_t> next = first;
  std::mutex mutex;
  std::map<uint64_t, Outcome> failed;
  std::map<std::string, int64_t> verbs;
  const auto start = std::chrono::steady_clock::now();
  auto work = [&] {
    for (uint64_t seed = next++; seed <= last; seed = next++) {
      Outcome outcome = Simulate(seed, Generate(seed, options.steps), nullptr);
      const std::lock_guard lock(mutex);
      for (const auto& [verb, count] : outcome.verbs) verbs[verb] += count;
      if (!outcome.violation) continue;
      failed.emplace(seed, std::move(outcome));
      next = last + 1;
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(options.threads, 1u); ++i) {
    threads.emplace_back(work);
  }
  for (std::thread& thread : threads) thread.join();
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;
  for (const auto& [verb, count] : verbs) {
    if (options.verbs) std::cout << count << "\t" << verb << "\n";
  }
  if (!failed.empty()) {
    Report(failed.begin()->first, options, failed.begin()->second);
    return 1;
  }
  const uint64_t seeds = last - first + 1;
  std::cout << seeds << " seeds × " << options.steps
            << " steps, no violation, in " << took.count() << " s ("
            << static_cast<double>(seeds) / took.count() << " seeds/s on "
            << options.threads << " threads)\n";
  return 0;
}

}  // namespace
}  // namespace jiedui::simulation

int main(int argc, char** argv) {
  namespace simulation = jiedui::simulation;
  simulation::Options options;
  CLI::App app("服务模拟器 / simulates the services under faults");
  app.add_option("--seed", options.seed, "种子 / the seed of one run");
  app.add_option("--seeds", options.seeds, "种子范围 A..B / a range of seeds");
  app.add_option("--steps", options.steps, "步数 / steps a run");
  app.add_option("--threads", options.threads, "线程数 / threads");
  app.add_flag("--trace", options.trace, "逐步显示 / show every step");
  app.add_flag("--shrink", options.shrink,
               "缩短失败的运行 / shorten what fails");
  app.add_flag("--verbs", options.verbs, "统计 / count what happened");
  CLI11_PARSE(app, argc, argv);
  if (options.seeds.empty()) return simulation::RunOne(options);
  const size_t dots = options.seeds.find("..");
  if (dots == std::string::npos) {
    std::cerr << "--seeds 1..2000\n";
    return 2;
  }
  return simulation::RunMany(options, std::stoull(options.seeds),
                             std::stoull(options.seeds.substr(dots + 2)));
}
