#include "services/matcher/rpc/round_job.h"

#include <optional>
#include <string>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/round.h"
#include "services/matcher/domain/dates.h"
#include "services/matcher/rpc/convert.h"

namespace jiedui::matcher {
namespace {

using Job = rpc::StreamJob<v1::RunRoundResponse>;
using runtime::Transaction;

// How long the registries may take to answer.
constexpr absl::Duration kCatchUpWithin = absl::Seconds(30);

absl::Status Cancelled() { return base::MakeError(base::Reason::kCancelled); }

// Tells the caller of every phase, and within one of every percent.
class Reporter {
 public:
  explicit Reporter(Job* job) : job_(job) {}

  // False when the caller has gone.
  bool Tell(std::string_view phase, int64_t done, int64_t total) {
    if (job_->cancelled()) return false;
    const int64_t percent = total == 0 ? 0 : done * 100 / total;
    if (phase == phase_ && percent == percent_) return true;
    phase_ = std::string(phase);
    percent_ = percent;
    v1::RunRoundResponse response;
    v1::RoundProgress* progress = response.mutable_progress();
    progress->set_phase(phase_);
    progress->set_done(done);
    progress->set_total(total);
    return job_->Write(response);
  }

 private:
  Job* const job_;
  std::string phase_;
  int64_t percent_ = 0;
};

// Errors: a violation of as_of_date.
absl::StatusOr<absl::CivilDay> AsOf(const std::string& asked, absl::Time now) {
  if (asked.empty()) return base::ChinaDay(now);
  const std::optional<absl::CivilDay> day = ParseDay(asked);
  if (day) return *day;
  base::Violations violations;
  violations.Add("as_of_date", base::Reason::kFieldMalformed,
                 {{"value", asked}, {"expected", "YYYY-MM-DD"}});
  return violations.ToStatus();
}

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

}  // namespace

absl::Status RunRound(const RoundCall& call, Job& job) {
  Reporter reporter(&job);
  const auto tell = [&reporter](std::string_view phase, int64_t done,
                                int64_t total) {
    return reporter.Tell(phase, done, total);
  };
  ASSIGN_OR_RETURN(const absl::CivilDay as_of,
                   AsOf(call.request.as_of_date(), call.writer->clock().Now()));
  if (!tell("catch-up", 0, 0)) return Cancelled();
  // Of the machine's clock: how long somebody waits is no part of the answer.
  RETURN_IF_ERROR(call.catch_up(base::Clock::System().Now() + kCatchUpWithin));
  const auto snapshot = call.writer->store().Snapshot();
  ASSIGN_OR_RETURN(const RoundPlan plan, SolveRound(*snapshot, as_of, tell));
  if (call.request.validate_only()) return ShowPlan(plan, job);
  if (!tell("commit", 0, plan.proposals.size())) return Cancelled();
  RETURN_IF_ERROR(Commit(call, plan, job));
  return ShowCommitted(*call.writer->store().Snapshot(), plan.round.name(),
                       job);
}

}  // namespace jiedui::matcher
