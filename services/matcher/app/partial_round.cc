#include "services/matcher/app/partial_round.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/app/round_steps.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using demand::event::v1::Demand;
using event::v1::Pairing;
using event::v1::Round;
using event::v1::UnpairedDemand;
using store::v1::DispatchRecord;
using store::v1::LivePairing;

// Who is in a pairing, part by part.
std::vector<std::string> PeopleOf(const Pairing& pairing) {
  std::vector<std::string> people;
  for (const type::v1::Part& part : pairing.parts()) {
    for (const type::v1::Choice& choice : part.choices()) {
      people.push_back(PartName(part.kind()) + " " + choice.resource());
    }
  }
  return people;
}

class PartialCommitter {
 public:
  PartialCommitter(Transaction& txn, const RoundPlan& plan)
      : txn_(txn), plan_(plan), round_(plan.round) {
    for (const Pairing& proposal : plan.proposals) {
      proposals_[proposal.demand()] = &proposal;
    }
    for (const UnpairedDemand& unpaired : plan.round.unpaired()) {
      unpaired_[unpaired.demand()] = &unpaired;
    }
  }

  absl::Status Run() {
    for (const auto& [demand, fence] : plan_.fences) {
      ASSIGN_OR_RETURN(const bool changed, Decide(demand, fence));
      if (!changed) round_.add_stale(demand);
    }
    const bool nothing = round_.stale_size() == round_.scope_size();
    if (!nothing && !Rounds::Find(txn_, round_.name())) {
      KeepRound(txn_, std::move(round_), kRoundCommit);
    }
    return absl::OkStatus();
  }

 private:
  // Whether anything came of it.
  absl::StatusOr<bool> Decide(const std::string& demand, uint64_t fence) {
    std::optional<DispatchRecord> dispatch = DispatchOf(txn_, demand);
    if (!dispatch || !dispatch->dirty() || dispatch->version() != fence) {
      return false;
    }
    const auto basis = plan_.demands.find(demand);
    if (basis == plan_.demands.end()) return Rest(*dispatch);
    const auto now = FindReplica<Demand>(txn_, demand);
    if (!now || !TakesPart(txn_, *now)) return Rest(*dispatch);
    if (MatterOf(*now) != basis->second.matter) return false;
    const std::optional<LivePairing> draft = LivePairingOf(txn_, demand);
    const auto proposal = proposals_.find(demand);
    if (draft) {
      const auto record = Pairings::Find(txn_, draft->pairing());
      if (proposal != proposals_.end() && record &&
          PeopleOf(record->pairing()) == PeopleOf(*proposal->second)) {
        return Rest(*dispatch);
      }
      RETURN_IF_ERROR(SupersedeDraft(txn_, draft->pairing()));
      dispatch = DispatchOf(txn_, demand);
    }
    if (proposal != proposals_.end()) {
      RETURN_IF_ERROR(ProposeDraft(txn_, *proposal->second));
    } else if (dispatch->dispatch().state() == kGap.to) {
      return Rest(*dispatch);  // and is one still
    } else {
      RETURN_IF_ERROR(HopUnpaired(txn_, *unpaired_.at(demand)));
    }
    return true;
  }

  absl::StatusOr<bool> Rest(DispatchRecord& dispatch) {
    dispatch.set_dirty(false);
    RETURN_IF_ERROR(Move(txn_, dispatch, kRest));
    return false;
  }

  Transaction& txn_;
  const RoundPlan& plan_;
  Round round_;
  std::map<std::string, const Pairing*> proposals_;
  std::map<std::string, const UnpairedDemand*> unpaired_;
};

}  // namespace

absl::StatusOr<std::optional<RoundPlan>> SolveDirty(
    const jiedui::store::Reader& snapshot, const engine::Policy& policy,
    absl::CivilDay as_of, const RoundProgress& progress) {
  const std::vector<std::string> dirty = DirtyDemands(snapshot);
  if (dirty.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(
      RoundPlan plan,
      SolvePartialRound(snapshot, policy, as_of,
                        Scope(dirty.begin(), dirty.end()), progress));
  return plan;
}

absl::Status CommitPartialRound(runtime::Transaction& txn,
                                const RoundPlan& plan) {
  return PartialCommitter(txn, plan).Run();
}

}  // namespace jiedui::matcher
