// A plan in the making: positions instead of ids, and what is still free.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "services/matcher/engine/facts.h"
#include "services/matcher/engine/flow.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

// What serves one demand, by position in the prepared lists.
struct Draft {
  // By Part; talents apart. kNobody when open.
  std::array<int32_t, kParts> chosen = {kNobody, kNobody, kNobody,
                                        kNobody, kNobody, kNobody};
  std::array<bool, kParts> locked = {};
  bool requester_helped = false;  // the enterprise part is the requester
  std::vector<int32_t> talents;   // by seat; kNobody for an empty seat
  int32_t locked_talents = 0;     // the first so many seats

  int32_t at(Part part) const { return chosen[static_cast<int>(part)]; }
  void Set(Part part, int32_t resource) {
    chosen[static_cast<int>(part)] = resource;
  }
  bool IsLocked(Part part) const { return locked[static_cast<int>(part)]; }
  // One role a person in a bundle.
  bool HasPerson(int32_t volunteer) const;
};

// Capacity not yet used, by position.
struct Remaining {
  std::vector<int32_t> volunteers;
  std::vector<int32_t> teams;
  std::vector<int32_t> projects;
};

// One flow of a round, kept to explain it: its edges are the candidates, in the
// order in which they are preferred.
struct Stage {
  static constexpr int32_t kNoRow = -1;

  explicit Stage(std::vector<int32_t> capacity, size_t demands)
      : flow(std::move(capacity)), row_of_demand(demands, kNoRow) {}

  void AddRow(int32_t demand, const Objective& outside,
              std::vector<Edge> edges) {
    row_of_demand[demand] = flow.demands();
    demand_of_row.push_back(demand);
    flow.AddDemand(outside, std::move(edges));
  }

  FlowProblem flow;
  FlowResult result;
  std::vector<int32_t> demand_of_row;
  std::vector<int32_t> row_of_demand;
};

// Cost of leaving a demand without the part.
Objective UnmetCost(const Demand& demand);

// Whether the part is wanted and open.
bool Wanted(const Demand& demand, const Draft& draft, Part part);

// Places the locks and debits what they use. REQUIRES: Validate was OK.
void PlaceLocks(const Prepared& prepared, std::vector<Draft>& drafts,
                Remaining& remaining);

Remaining WholeCapacity(const Prepared& prepared);

}  // namespace jiedui::matcher::engine
