#include "tests/simulation/chores.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/matcher/app/partial_round.h"

namespace jiedui::simulation {
namespace {

using runtime::Transaction;

constexpr size_t kMostSolved = 3;
constexpr size_t kMostSent = 4;
constexpr int kAllDue = 1000;
constexpr int kLongestLine = 5;

bool GoOn(std::string_view, int64_t, int64_t) { return true; }

}  // namespace

void Chores::Solve(bool twice) {
  Node& node = world_->matcher();
  if (!node.up()) return;
  const auto snapshot = node.store().Snapshot();
  const absl::CivilDay today = base::ChinaDay(node.writer().clock().Now());
  const auto solve = [&] {
    return matcher::SolveRound(*snapshot, world_->policy(), today, GoOn);
  };
  absl::StatusOr<matcher::RoundPlan> plan = solve();
  if (!plan.ok()) return RecordUnfinished(plan.status());
  world_->Say(absl::StrCat("a round pairs ", plan->proposals.size()));
  if (twice) {
    const auto again = solve();
    if (!again.ok() ||
        again->round.SerializeAsString() != plan->round.SerializeAsString()) {
      world_->verdict().Fail("I10", "a snapshot was solved in two ways");
    }
  }
  solved_.push_back(*std::move(plan));
  if (solved_.size() > kMostSolved) solved_.pop_front();
}

// A lock that cannot hold any more is for people to undo.
void Chores::RecordUnfinished(const absl::Status& error) {
  world_->Say(absl::StrCat("no round: ", std::string(error.message())));
  if (!base::HasReason(error, base::Reason::kInvalidFields)) {
    return world_->verdict().Fail("rounds", error.ToString());
  }
  world_
      ->Run(world_->matcher(), "coordinator",
            [&](Transaction& txn) {
              matcher::RecordUnfinishedRound(txn, world_->policy(),
                                             base::ChinaDay(txn.now()), error);
              return absl::OkStatus();
            })
      .IgnoreError();
}

void Chores::CommitRound(bool old) {
  if (!world_->matcher().up() || solved_.empty()) return;
  const matcher::RoundPlan plan = old ? solved_.front() : solved_.back();
  solved_.clear();
  const absl::Status status = world_->Run(
      world_->matcher(), "coordinator",
      [&](Transaction& txn) { return matcher::CommitRound(txn, plan); });
  world_->Say(absl::StrCat("the round: ", std::string(status.message())));
}

void Chores::Search() {
  Node& node = world_->matcher();
  if (!node.up()) return;
  const auto snapshot = node.store().Snapshot();
  auto plan =
      matcher::SolveDirty(*snapshot, world_->policy(),
                          base::ChinaDay(node.writer().clock().Now()), GoOn);
  if (!plan.ok()) {
    return world_->verdict().Fail("rounds", plan.status().ToString());
  }
  if (!*plan) return;
  world_->Say(absl::StrCat("a search among ", (*plan)->round.scope_size(),
                           " pairs ", (*plan)->proposals.size()));
  searched_.push_back(**std::move(plan));
  if (searched_.size() > kMostSolved) searched_.pop_front();
}

void Chores::CommitSearch(bool old) {
  if (!world_->matcher().up() || searched_.empty()) return;
  const matcher::RoundPlan plan = old ? searched_.front() : searched_.back();
  searched_.clear();
  const absl::Status status = world_->Run(
      world_->matcher(), "system",
      [&](Transaction& txn) { return matcher::CommitPartialRound(txn, plan); });
  if (!status.ok() && !world_->matcher().failed()) {
    world_->verdict().Fail("rounds", status.ToString());
  }
}

void Chores::Send(uint32_t pick, uint32_t how) {
  Node& node = world_->matcher();
  if (!node.up()) return;
  const std::vector<matcher::DueDelivery> due = matcher::NextDeliveries(
      node.store(), node.writer().clock().Now(), kMostSent);
  if (due.empty()) return;
  const matcher::DueDelivery& one = due[pick % due.size()];
  if (one.notice.notice().state() != "UNREAD") {
    world_->verdict().Fail(
        "notices", absl::StrCat(one.notice.notice().name(), " is ",
                                one.notice.notice().state(), " and sent"));
  }
  matcher::AttemptResult result;
  if (how % 4 == 1) result = {500, "busy"};
  if (how % 4 == 2) result = {0, "no answer"};
  if (how % 4 == 3 || how % 4 == 0) result = {204, ""};
  sent_.push_back({one.delivery.delivery().name(),
                   one.delivery.delivery().attempts() + 1, result});
  if (sent_.size() > kMostSent) sent_.pop_front();  // never heard of again
}

void Chores::RecordSent(uint32_t pick, bool twice) {
  if (!world_->matcher().up() || sent_.empty()) return;
  const size_t which = pick % sent_.size();
  const Sent sent = sent_[which];
  if (!twice) sent_.erase(sent_.begin() + static_cast<ptrdiff_t>(which));
  CommitSent(sent);
}

void Chores::CommitSent(const Sent& sent) {
  const absl::Status status =
      world_->Run(world_->matcher(), "system", [&](Transaction& txn) {
        return matcher::RecordAttempt(txn, sent.delivery, sent.attempt,
                                      sent.result);
      });
  if (!status.ok() && !world_->matcher().failed()) {
    world_->verdict().Fail("notices", status.ToString());
  }
}

void Chores::DoAll() {
  Node& node = world_->matcher();
  // A hop may lead to the next search at once, up to the end of the line.
  for (int i = 0; i < kLongestLine; ++i) {
    Search();
    CommitSearch(/*old=*/false);
  }
  for (const matcher::DueDelivery& due : matcher::NextDeliveries(
           node.store(), node.writer().clock().Now(), kAllDue)) {
    const auto& delivery = due.delivery.delivery();
    CommitSent({delivery.name(), delivery.attempts() + 1, {204, ""}});
  }
}

}  // namespace jiedui::simulation
