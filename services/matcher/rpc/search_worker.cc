#include "services/matcher/rpc/search_worker.h"

#include <boost/asio/post.hpp>
#include <utility>

#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "common/rpc/log.h"
#include "services/matcher/app/partial_round.h"

namespace jiedui::matcher {
namespace {

absl::Status SolveAndCommit(runtime::Writer& writer,
                            const engine::Policy& policy) {
  const auto go_on = [&writer](std::string_view, int64_t, int64_t) {
    return !writer.feed().closed();
  };
  const auto snapshot = writer.store().Snapshot();
  ASSIGN_OR_RETURN(const std::optional<RoundPlan> plan,
                   SolveDirty(*snapshot, policy,
                              base::ChinaDay(writer.clock().Now()), go_on));
  if (!plan) return absl::OkStatus();
  runtime::Command command;
  command.actor = "system";
  command.decide = [&plan](runtime::Transaction& txn) {
    return CommitPartialRound(txn, *plan);
  };
  return writer.Run(std::move(command));
}

}  // namespace

void SearchWorker::Start(runtime::Loop* jobs, runtime::Writer* writer,
                         const engine::Policy* policy, absl::Mutex* turn) {
  std::shared_ptr<SearchWorker>(new SearchWorker(jobs, writer, policy, turn))
      ->Wake();
}

SearchWorker::SearchWorker(runtime::Loop* jobs, runtime::Writer* writer,
                           const engine::Policy* policy, absl::Mutex* turn)
    : jobs_(jobs), writer_(writer), policy_(policy), turn_(turn) {}

void SearchWorker::Wake() {
  boost::asio::post(jobs_->context(),
                    [self = shared_from_this()] { self->Look(); });
}

// At most one is under way or awaited: each leads to one wake-up.
void SearchWorker::Look() {
  if (writer_->feed().closed()) return;
  // Before the rows: what is committed meanwhile wakes it again.
  const uint64_t head = writer_->head();
  if (turn_->TryLock()) {
    const absl::Status done = SolveAndCommit(*writer_, *policy_);
    turn_->Unlock();
    if (!done.ok() && !writer_->feed().closed()) {
      // The next commit of anybody's wakes it, and it is solved again.
      rpc::LogWarning("search.partial_round_failed",
                      {{"error", done.ToString()}});
    }
  }
  writer_->feed().NotifyPast(head,
                             [self = shared_from_this()] { self->Wake(); });
}

}  // namespace jiedui::matcher
