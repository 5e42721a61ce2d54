#include "services/matcher/app/round.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/codes/tables.h"
#include "common/journal/journal.h"
#include "common/runtime/record_id.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/app/round_steps.h"
#include "services/matcher/app/steps.h"
#include "services/matcher/domain/dates.h"
#include "services/matcher/domain/policy_message.h"
#include "services/matcher/domain/proposal.h"
#include "services/matcher/engine/judge.h"
#include "services/matcher/engine/round.h"

namespace jiedui::matcher {
namespace {

using demand::event::v1::Demand;
using event::v1::Pairing;
using event::v1::Round;
using store::v1::LivePairing;

absl::Status Stale(std::string detail) {
  return base::MakeError(base::Reason::kRoundStale,
                         {{"detail", std::move(detail)}});
}

absl::Status Cancelled() { return base::MakeError(base::Reason::kCancelled); }

// The first pass over the demands looks for experts; all others complete what
// these begin.
engine::Progress Phased(const RoundProgress& progress, int64_t demands) {
  return [&progress, demands](int64_t done, int64_t total) {
    return done <= demands
               ? progress("expert", done, demands)
               : progress("complete", done - demands, total - demands);
  };
}

absl::StatusOr<engine::Plan> SolveAndJudge(const engine::Problem& problem,
                                           const engine::Policy& policy,
                                           const RoundProgress& progress) {
  const auto demands = static_cast<int64_t>(problem.demands.size());
  if (!progress("expert", 0, demands)) return Cancelled();
  ASSIGN_OR_RETURN(engine::Plan plan,
                   engine::Solve(problem, policy, Phased(progress, demands)));
  if (!progress("judge", 0, demands)) return Cancelled();
  RETURN_IF_ERROR(engine::Judge(problem, policy, plan,
                                engine::ExpertScores(problem, policy)));
  return plan;
}

// What a round stands on before anything is read.
Round BeginRound(const engine::Policy& policy, absl::CivilDay as_of) {
  Round round;
  round.set_policy_version(policy.version);
  round.set_policy_sha256(PolicySha256(policy));
  round.set_engine_version(std::string(kEngineVersion));
  round.set_tables_version(std::string(codes::TablesVersion()));
  round.set_as_of_date(DayText(as_of));
  return round;
}

Round DescribeRound(const engine::Problem& problem,
                    const engine::Policy& policy, std::string identity,
                    const RoundBasis& basis) {
  Round round = BeginRound(policy, basis.as_of);
  round.set_name(RoundName(identity));
  round.set_identity(std::move(identity));
  round.set_demands(static_cast<int32_t>(basis.demands.size()));
  round.set_volunteers(static_cast<int32_t>(problem.volunteers.size()));
  round.set_teams(static_cast<int32_t>(problem.teams.size()));
  round.set_projects(static_cast<int32_t>(problem.projects.size()));
  return round;
}

void TakePlan(const engine::Plan& plan, const jiedui::store::Reader& snapshot,
              const RoundBasis& basis, RoundPlan& result) {
  Round& round = result.round;
  const CardOf cards = [&snapshot](std::string_view resource) {
    return CardOfReplica(snapshot, resource);
  };
  *round.mutable_certificate() = ToCertificate(plan.expert);
  std::map<std::string, LockedParts> locked;
  for (const engine::Lock& lock : basis.problem.locks) {
    locked[lock.demand].insert(lock.part);
  }
  int64_t points = 0;
  for (const engine::Bundle& bundle : plan.bundles) {
    const std::optional<Demand> demand =
        FindReplica<Demand>(snapshot, bundle.demand);
    const LockedParts& kept = locked[bundle.demand];
    if (!IsProposal(bundle, kept)) {
      *round.add_unpaired() = MakeUnpaired(bundle, *demand, cards);
      continue;
    }
    *result.proposals.Add() =
        MakeProposal(bundle, *demand, round.identity(), kept, cards);
    round.add_pairings(PairingName(bundle.demand, round.identity()));
    points += bundle.total;
  }
  for (const std::string& name : basis.window_over) {
    *round.add_unpaired() = WindowOver(*FindReplica<Demand>(snapshot, name));
  }
  round.set_paired(result.proposals.size());
  round.mutable_certificate()->set_points(points);
  round.mutable_certificate()->set_points_bound(points + plan.total_bound -
                                                plan.total);
  round.set_plan_sha256(PlanSha256(result.proposals, round.unpaired()));
}

absl::StatusOr<RoundPlan> SolveOver(const jiedui::store::Reader& snapshot,
                                    const engine::Policy& policy,
                                    RoundBasis basis,
                                    const RoundProgress& progress) {
  ASSIGN_OR_RETURN(const engine::Plan plan,
                   SolveAndJudge(basis.problem, policy, progress));
  RoundPlan result;
  result.round =
      DescribeRound(basis.problem, policy,
                    RoundIdentity(basis.problem, policy, basis.as_of), basis);
  result.round.set_snapshot_position(
      static_cast<int64_t>(journal::Journal::HeadOf(snapshot)));
  TakePlan(plan, snapshot, basis, result);
  result.demands = std::move(basis.demands);
  return result;
}

// Decides what committing a plan changes, before anything is changed.
class Committer {
 public:
  Committer(runtime::Transaction& txn, const RoundPlan& plan)
      : txn_(txn), plan_(plan) {
    for (const Pairing& proposal : plan.proposals) {
      proposals_[proposal.demand()] = &proposal;
    }
  }

  absl::Status Run() {
    const auto stored = Rounds::Find(txn_, plan_.round.name());
    if (stored) RETURN_IF_ERROR(CheckRepetition(stored->round()));
    RETURN_IF_ERROR(LookAtLivePairings());
    RETURN_IF_ERROR(LookAtDemands());
    LookAtUnpaired();
    RETURN_IF_ERROR(Supersede());
    RETURN_IF_ERROR(Propose());
    RETURN_IF_ERROR(Hop());
    if (!stored) KeepRound(txn_, plan_.round, kRoundCommit);
    return absl::OkStatus();
  }

 private:
  absl::Status CheckRepetition(const Round& stored) const {
    if (stored.identity() == plan_.round.identity() &&
        stored.plan_sha256() == plan_.round.plan_sha256()) {
      return absl::OkStatus();
    }
    return base::MakeError(
        base::Reason::kInternal,
        {{"detail", stored.name() + " was solved again with another result"}});
  }

  // Whether `live` is the draft that the plan replaces.
  bool InBasis(std::string_view demand, const LivePairing& live) const {
    const auto found = plan_.demands.find(std::string(demand));
    if (found == plan_.demands.end() || !found->second.draft) return false;
    return found->second.draft->pairing() == live.pairing() &&
           found->second.draft->version() == live.version();
  }

  absl::Status LookAtLivePairings() {
    std::string culprit;
    VisitLivePairings(txn_,
                      [&](std::string_view demand, const LivePairing& live) {
                        const auto found = proposals_.find(std::string(demand));
                        const bool draft = live.state() == kPropose.to;
                        if (draft && found != proposals_.end() &&
                            found->second->name() == live.pairing()) {
                          kept_.insert(found->first);
                        } else if (draft && InBasis(demand, live)) {
                          outdated_.push_back(live.pairing());
                        } else if (draft || found != proposals_.end()) {
                          culprit = live.pairing();
                        }
                      });
    return culprit.empty() ? absl::OkStatus() : Stale(culprit);
  }

  absl::Status LookAtDemands() const {
    for (const Pairing& proposal : plan_.proposals) {
      const std::string& name = proposal.demand();
      const auto demand = FindReplica<Demand>(txn_, name);
      const DemandBasis& basis = plan_.demands.at(name);
      // A draft that has gone since was rejected or cancelled.
      const bool draft_gone = basis.draft && !LivePairingOf(txn_, name);
      if (!demand || draft_gone || !TakesPart(txn_, *demand) ||
          MatterOf(*demand) != basis.matter) {
        return Stale(name);
      }
    }
    return absl::OkStatus();
  }

  // Whose search has gone on meanwhile is left alone.
  void LookAtUnpaired() {
    for (const event::v1::UnpairedDemand& unpaired : plan_.round.unpaired()) {
      const uint64_t version = plan_.demands.at(unpaired.demand()).dispatch;
      if (version != 0 && DispatchVersion(txn_, unpaired.demand()) == version) {
        hopping_.push_back(&unpaired);
      }
    }
  }

  // First, so that followers see a demand free before it is paired again.
  absl::Status Supersede() {
    for (const std::string& name : outdated_) {
      RETURN_IF_ERROR(SupersedeDraft(txn_, name));
    }
    return absl::OkStatus();
  }

  absl::Status Propose() {
    for (const Pairing& proposal : plan_.proposals) {
      if (kept_.contains(proposal.demand())) continue;
      RETURN_IF_ERROR(ProposeDraft(txn_, proposal));
    }
    return absl::OkStatus();
  }

  absl::Status Hop() {
    for (const event::v1::UnpairedDemand* unpaired : hopping_) {
      RETURN_IF_ERROR(HopUnpaired(txn_, *unpaired));
    }
    return absl::OkStatus();
  }

  runtime::Transaction& txn_;
  const RoundPlan& plan_;
  absl::flat_hash_map<std::string, const Pairing*> proposals_;  // by demand
  absl::flat_hash_set<std::string> kept_;                       // demands
  std::vector<std::string> outdated_;                           // drafts
  std::vector<const event::v1::UnpairedDemand*> hopping_;
};

// A draft with locks is people's: what is looked at again by itself leaves it
// as it is. A lock that cannot hold any more would stop all the others, too.
Scope WithoutLocked(const jiedui::store::Reader& snapshot, Scope scope) {
  std::erase_if(scope, [&](const std::string& demand) {
    const std::optional<LivePairing> live = LivePairingOf(snapshot, demand);
    return live && live->locked();
  });
  return scope;
}

}  // namespace

absl::StatusOr<RoundPlan> SolveRound(const jiedui::store::Reader& snapshot,
                                     const engine::Policy& policy,
                                     absl::CivilDay as_of,
                                     const RoundProgress& progress) {
  if (!progress("snapshot", 0, 0)) return Cancelled();
  return SolveOver(snapshot, policy, ReadBasis(snapshot, as_of), progress);
}

absl::StatusOr<RoundPlan> SolvePartialRound(
    const jiedui::store::Reader& snapshot, const engine::Policy& policy,
    absl::CivilDay as_of, const Scope& scope, const RoundProgress& progress) {
  if (!progress("snapshot", 0, 0)) return Cancelled();
  const Scope free = WithoutLocked(snapshot, scope);
  ASSIGN_OR_RETURN(
      RoundPlan plan,
      SolveOver(snapshot, policy, ReadBasis(snapshot, as_of, &free), progress));
  for (const std::string& demand : scope) {
    plan.round.add_scope(demand);
    plan.fences[demand] = DispatchVersion(snapshot, demand);
  }
  return plan;
}

absl::Status CommitRound(runtime::Transaction& txn, const RoundPlan& plan) {
  return Committer(txn, plan).Run();
}

void RecordUnfinishedRound(runtime::Transaction& txn,
                           const engine::Policy& policy, absl::CivilDay as_of,
                           const absl::Status& error) {
  Round round = BeginRound(policy, as_of);
  round.set_name(runtime::NumberedName(RoundKind::kCollection,
                                       RoundKind::kLetter,
                                       txn.TakeNumber(RoundKind::kCollection)));
  const std::optional<base::ErrorInfo> info = base::Info(error);
  round.set_reason_code(info ? std::string(base::ReasonName(info->reason))
                             : absl::StatusCodeToString(error.code()));
  round.set_note(std::string(error.message()));
  KeepRound(txn, std::move(round),
            absl::IsCancelled(error) ? RoundEnding{"cancel", "CANCELLED"}
                                     : RoundEnding{"fail", "FAILED"});
}

}  // namespace jiedui::matcher
