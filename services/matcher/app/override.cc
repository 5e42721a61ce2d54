#include "services/matcher/app/override.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/app/rescore.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/to_engine.h"
#include "services/matcher/domain/words.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/round.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using demand::event::v1::Demand;
using store::v1::PairingRecord;
using type::v1::Choice;
using type::v1::Part;
using type::v1::PartKind;

// What can be told from the request and the pairing alone.
absl::Status CheckRequest(const Pairing& pairing, PartKind kind,
                          const std::vector<std::string>& resources) {
  base::Violations violations;
  if (!type::v1::PartKind_IsValid(kind) ||
      kind == type::v1::PART_KIND_UNSPECIFIED) {
    violations.Add("part", Reason::kFieldRequired);
    return violations.ToStatus();
  }
  const Part& part = PartOf(pairing, kind);
  if (part.status() == type::v1::PART_STATUS_NOT_REQUIRED) {
    violations.Add("part", Reason::kUnknownValue,
                   {{"value", PartName(kind)},
                    {"allowed", "需求所要的部分 / parts the demand wants"}});
    return violations.ToStatus();
  }
  if (resources.empty()) violations.Add("resources", Reason::kFieldRequired);
  const int seats = std::max(part.seats(), 1);
  if (resources.size() > static_cast<size_t>(seats)) {
    violations.Add("resources", Reason::kTooManyItems,
                   {{"count", absl::StrCat(resources.size())},
                    {"limit", absl::StrCat(seats)}});
  }
  std::set<std::string> taken;
  for (const Part& other : pairing.parts()) {
    if (other.kind() == kind) continue;
    for (const Choice& choice : other.choices())
      taken.insert(choice.resource());
  }
  for (const std::string& resource : resources) {
    const std::string_view collection = CollectionOf(kind);
    if (!resource.starts_with(collection)) {
      violations.Add(
          "resources", Reason::kFieldMalformed,
          {{"value", resource},
           {"expected", absl::StrCat(std::string(collection), "…")}});
    } else if (!taken.insert(resource).second) {
      violations.Add("resources", Reason::kDuplicateId, {{"id", resource}});
    }
  }
  return violations.ToStatus();
}

engine::ConstraintSet ConstraintsOf(const engine::Prepared& prepared,
                                    PartKind kind, int32_t seat,
                                    const std::string& resource) {
  const engine::DemandFacts& facts = prepared.demands().front();
  switch (kind) {
    case type::v1::PART_KIND_EXPERT:
      return VolunteerConstraints(prepared, facts,
                                  prepared.VolunteerAt(resource));
    case type::v1::PART_KIND_TALENTS:
      return VolunteerConstraints(prepared, prepared.Seat(0, seat),
                                  prepared.VolunteerAt(resource));
    case type::v1::PART_KIND_TEAM:
      return TeamConstraints(prepared, facts, prepared.TeamAt(resource));
    case type::v1::PART_KIND_PROJECT:
      return ProjectConstraints(prepared, facts, prepared.ProjectAt(resource));
    default:
      return {};  // nobody competes for these; existing is enough
  }
}

absl::Status CheckEligible(const engine::Problem& problem,
                           const engine::Policy& policy, PartKind kind,
                           const std::vector<std::string>& resources) {
  const engine::Prepared prepared(problem, policy);
  for (size_t seat = 0; seat < resources.size(); ++seat) {
    const engine::ConstraintSet failed = ConstraintsOf(
        prepared, kind, static_cast<int32_t>(seat), resources[seat]);
    if (failed.empty()) continue;
    std::vector<std::string> names;
    for (engine::Constraint constraint : failed.ToVector()) {
      constexpr absl::string_view kPrefix = "CONSTRAINT_";
      names.push_back(type::v1::Constraint_Name(ToConstraint(constraint))
                          .substr(kPrefix.size()));
    }
    return NotEligible(resources[seat], absl::StrJoin(names, ", "));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PairingRecord> OverridePairing(
    Transaction& txn, const engine::Policy& policy, const Ask& ask,
    PartKind kind, const std::vector<std::string>& resources) {
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  Pairing& pairing = *record.mutable_pairing();
  RETURN_IF_ERROR(
      Step(kOverride, ask.name, pairing.state(), ask.reason_code).status());
  RETURN_IF_ERROR(CheckRequest(pairing, kind, resources));
  const auto demand = FindReplica<Demand>(txn, pairing.demand());
  const absl::CivilDay today = base::ChinaDay(txn.now());
  if (!demand || WindowPast(*demand, today)) {
    return NotEligible(pairing.demand(), "WINDOW");
  }
  const Pairing wish = WithResources(pairing, kind, resources);
  ASSIGN_OR_RETURN(const engine::Problem problem,
                   ProblemOf(txn, wish, kind, *demand, today));
  // Before the locks are looked at: who has no capacity left is not eligible.
  engine::Problem unlocked = problem;
  unlocked.locks.clear();
  RETURN_IF_ERROR(engine::Validate(unlocked));
  RETURN_IF_ERROR(CheckEligible(unlocked, policy, kind, resources));
  ASSIGN_OR_RETURN(const engine::Plan plan, engine::Solve(problem, policy));
  const int64_t recommended = pairing.points();
  TakeOver(
      plan.bundles.front(), *demand,
      [&txn](std::string_view resource) {
        return CardOfReplica(txn, resource);
      },
      kind, pairing);
  pairing.set_regret_points(recommended - pairing.points());
  RETURN_IF_ERROR(Move(txn, record, kOverride, ask.reason_code, ask.note));
  return record;
}

}  // namespace jiedui::matcher
