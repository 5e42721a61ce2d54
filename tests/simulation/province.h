// The little province that a simulation happens in: two counties of one
// prefecture, ten volunteers of all tiers and both lines, two teams, two
// projects.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "common/runtime/transaction.h"
#include "jiedui/demand/store/v1/demand_store.pb.h"

namespace jiedui::simulation {

inline constexpr int kVolunteers = 10;
inline constexpr int kTeams = 2;
inline constexpr int kDemands = 6;

// Registers everybody, as one command of the volunteer registry. Capacities and
// the like depend on `seed`.
absl::Status RegisterSupply(uint64_t seed, runtime::Transaction& txn);

// A demand as its requester writes it.
demand::store::v1::DemandRecord WrittenDemand(uint32_t how);

}  // namespace jiedui::simulation
