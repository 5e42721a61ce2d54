// A pairing with somebody else in one of its parts: its points found anew by
// the engine, over nobody but those who are in it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/matcher/app/steps.h"
#include "services/matcher/domain/proposal.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher {

// kNotEligible with the names of the constraints failed.
absl::Status NotEligible(const std::string& resource, std::string constraints);

// The pairing as asked for: names only, points to be found.
event::v1::Pairing WithResources(event::v1::Pairing pairing,
                                 type::v1::PartKind kind,
                                 const std::vector<std::string>& resources);

// The problem of one demand with nobody but those in `wish`, all locked. Those
// of part `newcomers` have to serve and to have capacity left; all others are
// in the pairing already. Errors: kNotFound, kNotEligible (NOT_SERVING).
absl::StatusOr<engine::Problem> ProblemOf(
    const Reader& state, const event::v1::Pairing& wish,
    type::v1::PartKind newcomers, const demand::event::v1::Demand& demand,
    absl::CivilDay as_of);

// Takes over the engine's points; only the part `kind` gets other people.
void TakeOver(const engine::Bundle& bundle,
              const demand::event::v1::Demand& demand, const CardOf& cards,
              type::v1::PartKind kind, event::v1::Pairing& pairing);

struct Replacement {
  type::v1::PartKind kind;
  std::string out;  // empty: the seat is vacant
  std::string in;
};

// Puts `in` into the place of `out`. Total: where the engine can find no points
// any more (the demand's window has passed meanwhile), `in` has those it had as
// a runner-up.
void Replace(const Transaction& txn, const engine::Policy& policy,
             const Replacement& replacement, event::v1::Pairing& pairing);

}  // namespace jiedui::matcher
