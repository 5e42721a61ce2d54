#include "services/matcher/rpc/round_job.h"

#include <functional>
#include <string>
#include <utility>

#include "common/base/status_macros.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/round.h"
#include "services/matcher/rpc/convert.h"

namespace jiedui::matcher {
namespace {

using Job = rpc::StreamJob<v1::RunRoundResponse>;
using runtime::Transaction;

absl::Status Commit(const RoundCall& call, const RoundPlan& plan, Job& job) {
  runtime::Command command;
  command.actor = call.actor;
  command.decide = [&](Transaction& txn) {
    return job.cancelled() ? Cancelled() : CommitRound(txn, plan);
  };
  return call.writer->Run(std::move(command));
}

bool Show(const store::v1::PairingRecord& record, Job& job) {
  v1::RunRoundResponse response;
  ToApi(record, response.mutable_pairing());
  return job.Write(response);
}

bool Show(const store::v1::RoundRecord& record, Job& job) {
  v1::RunRoundResponse response;
  ToApi(record, response.mutable_round());
  return job.Write(response);
}

absl::Status ShowPlan(const RoundPlan& plan, Job& job) {
  for (const event::v1::Pairing& proposal : plan.proposals) {
    store::v1::PairingRecord record;
    *record.mutable_pairing() = proposal;
    if (!Show(record, job)) return Cancelled();
  }
  store::v1::RoundRecord record;
  *record.mutable_round() = plan.round;
  return Show(record, job) ? absl::OkStatus() : Cancelled();
}

// What is committed, not what was solved: of a repetition, the first one's.
absl::Status ShowCommitted(const jiedui::store::Reader& state,
                           const std::string& name, Job& job) {
  ASSIGN_OR_RETURN(const store::v1::RoundRecord round,
                   Rounds::Require(state, name));
  for (const std::string& pairing : round.round().pairings()) {
    ASSIGN_OR_RETURN(const store::v1::PairingRecord record,
                     Pairings::Require(state, pairing));
    if (!Show(record, job)) return Cancelled();
  }
  return Show(round, job) ? absl::OkStatus() : Cancelled();
}

// From catching up to the commit, or without one when only rehearsed.
absl::StatusOr<RoundPlan> SolveAndCommit(const RoundCall& call,
                                         absl::CivilDay as_of, Job& job) {
  Reporter<v1::RunRoundResponse> tell(&job);
  if (!tell("catch-up", 0, 0)) return Cancelled();
  RETURN_IF_ERROR(CatchUpSoon(call.catch_up));
  // No other round changes what this one stands on.
  absl::MutexLockMaybe lock(call.request.validate_only() ? nullptr : call.turn);
  const auto snapshot = call.writer->store().Snapshot();
  ASSIGN_OR_RETURN(RoundPlan plan,
                   SolveRound(*snapshot, *call.policy, as_of, std::ref(tell)));
  if (call.request.validate_only()) return plan;
  if (!tell("commit", 0, plan.proposals.size())) return Cancelled();
  RETURN_IF_ERROR(Commit(call, plan, job));
  return plan;
}

// Nobody waits for it: a writer that is stopping loses the record only.
void RecordUnfinished(const RoundCall& call, absl::CivilDay as_of,
                      const absl::Status& error) {
  runtime::Command command;
  command.actor = call.actor;
  command.decide = [&](Transaction& txn) {
    RecordUnfinishedRound(txn, *call.policy, as_of, error);
    return absl::OkStatus();
  };
  call.writer->Run(std::move(command)).IgnoreError();
}

}  // namespace

absl::Status RunRound(const RoundCall& call, Job& job) {
  ASSIGN_OR_RETURN(const absl::CivilDay as_of,
                   AsOf(call.request.as_of_date(), call.writer->clock().Now()));
  const absl::StatusOr<RoundPlan> plan = SolveAndCommit(call, as_of, job);
  const bool rehearsal = call.request.validate_only();
  if (!plan.ok()) {
    if (!rehearsal) RecordUnfinished(call, as_of, plan.status());
    return plan.status();
  }
  if (rehearsal) return ShowPlan(*plan, job);
  return ShowCommitted(*call.writer->store().Snapshot(), plan->round.name(),
                       job);
}

}  // namespace jiedui::matcher
