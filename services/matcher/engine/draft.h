// What serves each demand while a round is being solved.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "services/matcher/engine/objective.h"
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

  int32_t at(Part part) const { return chosen[static_cast<size_t>(part)]; }
  void Set(Part part, int32_t resource) {
    chosen[static_cast<size_t>(part)] = resource;
  }
  bool IsLocked(Part part) const { return locked[static_cast<size_t>(part)]; }
  bool HasLocks() const;
  // One role a person in a bundle.
  bool HasPerson(int32_t volunteer) const;
  // The same, of locked parts only.
  bool HasLockedPerson(int32_t volunteer) const;

  friend bool operator==(const Draft&, const Draft&) = default;
};

// Capacity not yet used, by position.
struct Remaining {
  std::vector<int32_t> volunteers;
  std::vector<int32_t> teams;
  std::vector<int32_t> projects;  // kUnlimitedLicences when not exclusive
};
inline constexpr int32_t kUnlimitedLicences =
    std::numeric_limits<int32_t>::max();

// Cost of leaving a demand without the part.
Objective UnmetCost(const Demand& demand);

// Whether the part is wanted and open.
bool Wanted(const Demand& demand, const Draft& draft, Part part);

// The demands' seats, empty, with the locks placed; `remaining` is what the
// locks leave of all capacities. REQUIRES: Validate was OK.
std::vector<Draft> StartDrafts(const Prepared& prepared, Remaining& remaining);

// A demand with its expert, once chosen: what the other parts are scored by.
DemandFacts FactsWithExpert(const Prepared& prepared, int32_t demand,
                            const Draft& draft);

}  // namespace jiedui::matcher::engine
