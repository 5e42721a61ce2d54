// Prices of contested resources that make the Lagrangian bound small.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "services/matcher/engine/bundles/contest.h"
#include "services/matcher/engine/bundles/instance.h"
#include "services/matcher/engine/bundles/oracle.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine::bundles {

// Where a target lies: well below the lowest bound, or close to it.
enum class Aim { kFar, kNear };

class PriceSearch {
 public:
  // Begins at zero prices, where only what nobody competes for is settled.
  PriceSearch(const Instance& instance, const Users& users);

  // Takes `rounds` steps towards lower bounds, from the best prices so far. No
  // bound is below `target`, or hardly. Stops early when it is reached.
  absl::Status Run(int32_t rounds, int64_t target, Aim aim,
                   const Progress& progress);

  // Tries these prices, and returns the bound they prove.
  int64_t Offer(const std::vector<int64_t>& prices);

  // The best found, and its prices by resource.
  int64_t bound() const { return best_bound_; }
  const std::vector<int64_t>& prices() const { return best_prices_; }
  const Contest& contest() const { return contest_; }
  // What demands outside the contest earn.
  int64_t quiet_value() const { return quiet_value_; }
  int64_t rounds() const { return rounds_; }

 private:
  void AddResource(int32_t resource);
  void AddDemand(int32_t demand);
  void Count(int32_t demand, int32_t times);
  int64_t Evaluate();
  void Step(int64_t bound, int64_t target);
  void BackToBest();

  const Instance& instance_;
  const Users& users_;
  Oracle oracle_;
  Contest contest_;
  Bundles bundles_;             // best at the current prices
  std::vector<int64_t> value_;  // of them, costs deducted
  int64_t quiet_value_ = 0;     // of demands outside the contest
  std::vector<int32_t> use_;    // by resource
  std::vector<int64_t> prices_;
  std::vector<double> exact_prices_;
  std::vector<double> direction_;
  std::vector<int64_t> best_prices_;
  int64_t best_bound_ = 0;
  double pace_ = 0;
  double momentum_ = 0;
  int32_t idle_ = 0;
  int64_t rounds_ = 0;
};

}  // namespace jiedui::matcher::engine::bundles
