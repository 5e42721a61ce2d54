#include "services/matcher/app/round_steps.h"

#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "services/matcher/app/dispatch.h"

namespace jiedui::matcher {

using event::v1::Round;
using store::v1::PairingRecord;

void KeepRound(Transaction& txn, Round round, const RoundEnding& ending) {
  round.set_state(std::string(ending.state));
  round.set_actor(txn.actor());
  *round.mutable_create_time() = runtime::ToTimestamp(txn.now());
  runtime::Change change;
  change.verb = std::string(ending.verb);
  change.to_state = round.state();
  change.reason_code = round.reason_code();
  change.note = round.note();
  store::v1::RoundRecord record;
  *record.mutable_round() = std::move(round);
  Rounds::Save(txn, record, std::move(change));
}

absl::Status SupersedeDraft(Transaction& txn, const std::string& pairing) {
  ASSIGN_OR_RETURN(PairingRecord record, Pairings::Require(txn, pairing));
  return Move(txn, record, kSupersede);
}

absl::Status ProposeDraft(Transaction& txn,
                          const event::v1::Pairing& proposal) {
  PairingRecord record =
      Pairings::Find(txn, proposal.name()).value_or(PairingRecord());
  std::string before = record.pairing().state();
  *record.mutable_pairing() = proposal;
  record.mutable_pairing()->set_state(std::move(before));
  *record.mutable_pairing()->mutable_create_time() =
      runtime::ToTimestamp(txn.now());
  return Move(txn, record, kPropose);
}

absl::Status HopUnpaired(Transaction& txn,
                         const event::v1::UnpairedDemand& unpaired) {
  std::optional<store::v1::DispatchRecord> record =
      DispatchOf(txn, unpaired.demand());
  if (!record) return absl::OkStatus();
  return Hop(txn, *record,
             {"NO_CANDIDATE", unpaired.part().gap_detail(), unpaired.part()});
}

}  // namespace jiedui::matcher
