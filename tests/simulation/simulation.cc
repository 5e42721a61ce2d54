#include "tests/simulation/simulation.h"

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <ostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/demand/app/demand_machine.h"
#include "services/demand/app/pairing_events.h"
#include "services/matcher/app/matcher_machine.h"
#include "services/matcher/app/review.h"
#include "services/matcher/app/round.h"
#include "services/volunteer/app/volunteer_machine.h"
#include "tests/simulation/auditor.h"
#include "tests/simulation/catalog.h"
#include "tests/simulation/mail.h"
#include "tests/simulation/matcher_auditor.h"
#include "tests/simulation/node.h"
#include "tests/simulation/people.h"
#include "tests/simulation/province.h"
#include "tests/simulation/virtual_time.h"
#include "tests/simulation/wire.h"

namespace jiedui::simulation {
namespace {

using Kind = Action::Kind;

absl::Time Start() {
  return base::StartOfChinaDay(absl::CivilDay(2026, 12, 1)) + absl::Hours(9);
}

Service DemandRegistry() {
  return {"demand",
          [] { return std::make_unique<demand::DemandMachine>(); },
          {"matcher"},
          demand::OnPairingEvent};
}

Service VolunteerRegistry() {
  return {"volunteer",
          [] { return std::make_unique<volunteer::VolunteerMachine>(); },
          {},
          nullptr};
}

Service Matcher() {
  return {"matcher",
          [] { return std::make_unique<matcher::MatcherMachine>(); },
          {"demand", "volunteer"},
          matcher::OnRegistryEvent};
}

// Nothing further off is waited for: a demand's last day is months away.
constexpr absl::Duration kLongestWait = absl::Hours(24 * 10);

constexpr int kTries = 4;

// How often everything is compared that has not been touched.
constexpr size_t kCompareEvery = 50;

class World {
 public:
  World(uint64_t seed, std::ostream* trace) : trace_(trace) {
    for (Node* node : nodes_) {
      wire_.Add(node);
      node->Start();
    }
    const absl::Status founded =
        Run(volunteer_, [seed](runtime::Transaction& txn) {
          return RegisterSupply(seed, txn);
        });
    if (!founded.ok()) verdict_.Fail("founding", founded.ToString());
    Look();
  }

  void Take(size_t step, const Action& action);
  void End();

  const Verdict& verdict() const { return verdict_; }
  std::map<std::string, int64_t> Verbs() const;

 private:
  void Do(const Action& action);
  void DoToWorld(const Action& action);
  void Send(Request request, uint32_t how);
  void DeliverNow(size_t letter);
  void Solve(bool twice);
  void CommitRound(uint32_t how);
  void RecordUnfinished(const absl::Status& error);
  absl::Status Run(Node& node,
                   std::function<absl::Status(runtime::Transaction&)> decide);
  // Takes in up to `commits`; false when there was none.
  bool Pump(Node& node, runtime::Consumer& consumer, int commits);
  void PumpOne(const Action& action);
  void Redeliver(const Action& action);
  void Settle();
  void ToNextTimer();
  void Crash(Node& node);
  void Look();
  void Say(const std::string& line) {
    if (trace_ != nullptr) *trace_ << "      " << line << "\n";
  }
  Node& NodeOf(uint32_t pick) { return *nodes_[pick % nodes_.size()]; }

  std::ostream* const trace_;
  Verdict verdict_;
  VirtualTime time_{Start()};
  matcher::engine::Policy policy_;
  Node demand_{DemandRegistry(), &time_, &verdict_};
  Node volunteer_{VolunteerRegistry(), &time_, &verdict_};
  Node matcher_{Matcher(), &time_, &verdict_};
  const std::array<Node*, 3> nodes_{&demand_, &volunteer_, &matcher_};

  Catalog catalog_;
  Wire wire_;
  Mail mail_{&verdict_};
  People people_{&demand_, &volunteer_, &matcher_, &catalog_, &policy_};
  std::array<Auditor, 3> auditors_{
      Auditor(&demand_, &catalog_, &wire_, &verdict_),
      Auditor(&volunteer_, &catalog_, &wire_, &verdict_),
      Auditor(&matcher_, &catalog_, &wire_, &verdict_)};
  MatcherAuditor matcher_auditor_{&verdict_};

  std::deque<size_t> late_;                // letters under way
  std::deque<matcher::RoundPlan> solved_;  // not committed
  bool faults_ = true;
};

void World::Take(size_t step, const Action& action) {
  if (trace_ != nullptr) {
    *trace_ << step << " "
            << absl::FormatTime("%m-%d %H:%M", time_.True(),
                                absl::FixedTimeZone(28800))
            << " " << NameOf(action.kind) << "\n";
  }
  // A supervisor starts again what has ended, sooner or later.
  for (Node* node : nodes_) {
    if (!node->up() && action.how % 4 != 0) {
      node->Start();
      Say(absl::StrCat(node->source(), " starts again"));
    }
  }
  Do(action);
  for (Node* node : nodes_) {
    if (!node->failed()) continue;
    Say(absl::StrCat(node->source(), " ends in its write"));
    Crash(*node);
  }
  Look();
  if (step % kCompareEvery == 0) {
    for (const Auditor& auditor : auditors_) auditor.CompareAllRows();
  }
}

void World::Look() {
  auditors_[0].Look([](const auto&...) {});
  auditors_[1].Look([](const auto&...) {});
  auditors_[2].Look(
      [this](const auto&... seen) { matcher_auditor_.Look(seen...); });
}

// When there is nobody to ask it of, something else is done.
void World::Do(const Action& action) {
  Action instead = action;
  for (int tries = 0; tries < kTries; ++tries) {
    if (!IsOfPeople(instead.kind)) return DoToWorld(instead);
    if (auto request = people_.Ask(instead)) {
      return Send(*std::move(request), instead.how >> 16);
    }
    instead = Another(instead);
  }
}

void World::DoToWorld(const Action& action) {
  switch (action.kind) {
    case Kind::kSolve:
      return Solve(action.how % 8 == 0);
    case Kind::kCommitRound:
      return CommitRound(action.how);
    case Kind::kDeliverLate: {
      if (late_.empty()) return;
      const size_t which = action.pick % late_.size();
      const size_t letter = late_[which];
      late_.erase(late_.begin() + static_cast<ptrdiff_t>(which));
      return DeliverNow(letter);
    }
    case Kind::kRepeat:
      if (mail_.size() == 0) return;
      // Mostly a recent one.
      return DeliverNow(
          mail_.size() - 1 -
          action.pick %
              std::min<size_t>(mail_.size(), action.how % 4 == 0 ? 1000 : 8));
    case Kind::kReuse:
      if (mail_.size() == 0) return;
      mail_.DeliverReused(action.pick % mail_.size());
      return;
    case Kind::kWork: {
      Node& node = NodeOf(action.pick);
      if (node.up()) node.writer().RunQueued();
      return;
    }
    case Kind::kPump:
      return PumpOne(action);
    case Kind::kRedeliver:
      return Redeliver(action);
    case Kind::kSettle:
      return Settle();
    case Kind::kFire: {
      Node& node = NodeOf(action.pick);
      if (node.up() && node.writer().FireNextTimer()) {
        Say(absl::StrCat("a timer of ", node.source(), " fires"));
      }
      return;
    }
    case Kind::kAdvance: {
      constexpr int kMinutes[] = {1, 5, 30, 60, 180, 600, 1440, 4320};
      return time_.Advance(absl::Minutes(kMinutes[action.how % 8]));
    }
    case Kind::kToNextTimer:
      return ToNextTimer();
    case Kind::kJump: {
      constexpr int kHours[] = {-48, -3, -1, 1, 3, 48};
      if (action.how % 2 == 0) return time_.SetRight();
      return time_.Jump(absl::Hours(kHours[action.pick % 6]));
    }
    case Kind::kCrash:
      return Crash(NodeOf(action.pick));
    case Kind::kCrashInWrite: {
      Node& node = NodeOf(action.pick);
      const bool kept = action.how / 4 % 2 == 0;
      if (!node.up()) return;
      Say(absl::StrCat(node.source(), " will end in its next write, ",
                       kept ? "kept" : "lost"));
      return node.CrashInNextWrite(kept ? store::MemoryStore::Fate::kKept
                                        : store::MemoryStore::Fate::kLost);
    }
    default:
      return;  // people's
  }
}

// Most requests arrive at once and are worked on at once.
void World::Send(Request request, uint32_t how) {
  Say(absl::StrCat(request.actor, ": ", request.what));
  const size_t letter = mail_.Write(std::move(request));
  if (how % 8 == 0) {
    late_.push_back(letter);
    return Say("… is late");
  }
  DeliverNow(letter);
  if (how % 16 == 1) DeliverNow(letter);
}

// Now and then it waits in the queue for others, to be one commit with them.
void World::DeliverNow(size_t number) {
  const Mail::Letter& letter = mail_.at(number);
  mail_.Deliver(number);
  if (!letter.request.node->up()) return Say("… is lost");
  if (number % 4 == 3)
    return Say(absl::StrCat("… queues: ", letter.request.what));
  letter.request.node->writer().RunQueued();
  Say(absl::StrCat("→ ", letter.request.what, ": ", letter.said));
}

void World::Solve(bool twice) {
  if (!matcher_.up()) return;
  const auto snapshot = matcher_.store().Snapshot();
  const auto solve = [&] {
    return matcher::SolveRound(
        *snapshot, policy_, base::ChinaDay(matcher_.writer().clock().Now()),
        [](std::string_view, int64_t, int64_t) { return true; });
  };
  absl::StatusOr<matcher::RoundPlan> plan = solve();
  if (!plan.ok()) return RecordUnfinished(plan.status());
  Say(absl::StrCat("a round pairs ", plan->proposals.size()));
  if (twice) {
    const auto again = solve();
    if (!again.ok() ||
        again->round.SerializeAsString() != plan->round.SerializeAsString()) {
      verdict_.Fail("I10", "the same snapshot was solved in two ways");
    }
  }
  solved_.push_back(*std::move(plan));
  if (solved_.size() > 3) solved_.pop_front();
}

// A lock that cannot hold any more is for people to undo.
void World::RecordUnfinished(const absl::Status& error) {
  Say(absl::StrCat("no round: ", std::string(error.message())));
  if (!base::HasReason(error, base::Reason::kInvalidFields)) {
    return verdict_.Fail("rounds", error.ToString());
  }
  Run(matcher_, [&](runtime::Transaction& txn) {
    matcher::RecordUnfinishedRound(txn, policy_, base::ChinaDay(txn.now()),
                                   error);
    return absl::OkStatus();
  }).IgnoreError();
}

absl::Status World::Run(
    Node& node, std::function<absl::Status(runtime::Transaction&)> decide) {
  runtime::Command command;
  command.actor = "somebody";
  command.decide = std::move(decide);
  return node.writer().Run(std::move(command));
}

void World::CommitRound(uint32_t how) {
  if (!matcher_.up() || solved_.empty()) return;
  // Mostly the newest.
  matcher::RoundPlan plan = how % 4 == 0 ? solved_.front() : solved_.back();
  solved_.clear();
  const absl::Status status = Run(matcher_, [&plan](runtime::Transaction& txn) {
    return matcher::CommitRound(txn, plan);
  });
  Say(absl::StrCat("the round: ", std::string(status.message())));
}

bool World::Pump(Node& node, runtime::Consumer& consumer, int commits) {
  bool any = false;
  for (int i = 0; i < commits && !node.failed(); ++i) {
    const Wire::Commit* commit =
        wire_.Events(consumer.source(), consumer.position() + 1);
    if (commit == nullptr) break;
    any = true;
    const absl::Status status = consumer.TakeIn(*commit);
    if (!status.ok() && !node.failed()) {
      verdict_.Fail("I6",
                    absl::StrCat(node.source(), " cannot take in ",
                                 consumer.source(), ": ", status.ToString()));
      break;
    }
  }
  return any;
}

void World::PumpOne(const Action& action) {
  Node& node = action.pick % 2 == 0 ? matcher_ : demand_;
  if (!node.up()) return;
  auto& consumers = node.consumers();
  Pump(node, consumers[action.pick / 2 % consumers.size()],
       static_cast<int>(1 + action.how % 4));
}

// The stream begins again somewhere behind.
void World::Redeliver(const Action& action) {
  Node& node = action.pick % 2 == 0 ? matcher_ : demand_;
  if (!node.up()) return;
  auto& consumers = node.consumers();
  runtime::Consumer& consumer = consumers[action.pick / 2 % consumers.size()];
  const uint64_t back = action.how % 6;
  if (consumer.position() <= back) return;
  const absl::Status status = consumer.TakeIn(
      *wire_.Events(consumer.source(), consumer.position() - back));
  if (!status.ok()) verdict_.Fail("I6", status.ToString());
}

void World::Settle() {
  for (bool any = true; any && !verdict_.failed();) {
    any = false;
    for (Node* node : nodes_) {
      if (!node->up() || node->failed()) continue;
      node->writer().RunQueued();
      for (runtime::Consumer& consumer : node->consumers()) {
        any = Pump(*node, consumer, 1000) || any;
      }
    }
  }
}

void World::ToNextTimer() {
  absl::Duration wait = absl::InfiniteDuration();
  for (Node* node : nodes_) {
    if (!node->up()) continue;
    wait = std::min(wait,
                    node->writer().NextTimer() - node->writer().clock().Now());
  }
  if (wait > kLongestWait) return;
  time_.Advance(std::max(wait, absl::ZeroDuration()) + absl::Seconds(1));
}

void World::Crash(Node& node) {
  if (!node.up()) return;
  Say(absl::StrCat(node.source(), " crashes"));
  node.Crash();
  mail_.Lose(&node);
  Look();
  for (const Auditor& auditor : auditors_) auditor.CheckLetters(mail_);
}

void World::End() {
  if (trace_ != nullptr) *trace_ << "faults stop\n";
  time_.SetRight();
  for (Node* node : nodes_) {
    node->CancelCrash();
    if (!node->up()) node->Start();
  }
  while (!late_.empty()) {
    DeliverNow(late_.front());
    late_.pop_front();
  }
  Settle();
  Look();
  for (const Auditor& auditor : auditors_) {
    auditor.CompareAllRows();
    auditor.CheckLetters(mail_);
  }
}

std::map<std::string, int64_t> World::Verbs() const {
  std::map<std::string, int64_t> verbs;
  for (const Auditor& auditor : auditors_) {
    for (const auto& [verb, count] : auditor.verbs()) verbs[verb] += count;
  }
  return verbs;
}

}  // namespace

Outcome Simulate(uint64_t seed, const std::vector<Action>& actions,
                 std::ostream* trace) {
  Outcome outcome;
  World world(seed, trace);
  for (const Action& action : actions) {
    if (world.verdict().failed()) break;
    world.Take(++outcome.steps, action);
  }
  if (!world.verdict().failed()) world.End();
  outcome.violation = world.verdict().violation();
  outcome.verbs = world.Verbs();
  return outcome;
}

}  // namespace jiedui::simulation
