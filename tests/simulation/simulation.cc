#include "tests/simulation/simulation.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/simulation/chores.h"
#include "tests/simulation/ending.h"
#include "tests/simulation/passing.h"
#include "tests/simulation/people.h"
#include "tests/simulation/world.h"

namespace jiedui::simulation {
namespace {

using Kind = Action::Kind;

// How often something else is tried when there is nobody to ask.
constexpr int kTries = 4;

// How often everything is compared that has not been touched.
constexpr size_t kCompareEvery = 50;

class Run {
 public:
  Run(uint64_t seed, std::ostream* trace) : world_(seed, trace) {}

  void Take(size_t step, const Action& action);
  void End();

  World& world() { return world_; }

 private:
  void Do(const Action& action);
  void Happen(const Action& action);
  void Happen(const Action& action, Node& node);
  void Post(Request request, uint32_t how);
  void Deliver(size_t letter);
  void DeliverLate(uint32_t pick);
  void Repeat(const Action& action);
  void Restart(uint32_t how);

  World world_;
  People people_{&world_.demand(), &world_.volunteer(), &world_.matcher(),
                 &world_.catalog(), &world_.policy()};
  Chores chores_{&world_};
  std::deque<size_t> late_;  // letters under way
};

void Run::Take(size_t step, const Action& action) {
  if (world_.traced()) {
    world_.Begin(
        absl::StrCat(step, " ",
                     absl::FormatTime("%m-%d %H:%M", world_.time().True(),
                                      absl::FixedTimeZone(8 * 60 * 60)),
                     " ", NameOf(action.kind).data()));
  }
  Restart(action.how);
  Do(action);
  world_.Bury();
  world_.Look();
  if (step % kCompareEvery == 0) world_.CompareAll();
}

// A supervisor starts again what has ended, sooner or later.
void Run::Restart(uint32_t how) {
  for (Node* node : world_.nodes()) {
    if (node->up() || how % 4 == 0) continue;
    world_.Say(absl::StrCat(node->source(), " starts again"));
    node->Start();
  }
}

// When there is nobody to ask it of, something else is done.
void Run::Do(const Action& action) {
  Action instead = action;
  for (int tries = 0; tries < kTries; ++tries) {
    if (!IsOfPeople(instead.kind)) return Happen(instead);
    if (auto request = people_.Ask(instead)) {
      return Post(*std::move(request), instead.how >> 16);
    }
    instead = Another(instead);
  }
}

void Run::Happen(const Action& action) {
  constexpr int kMinutes[] = {1, 5, 30, 60, 180, 600, 1440, 4320};
  constexpr int kHours[] = {-48, -3, -1, 1, 3, 48};
  switch (action.kind) {
    case Kind::kSolve:
      return chores_.Solve(action.how % 8 == 0);
    case Kind::kCommitRound:
      return chores_.CommitRound(action.how % 4 == 0);
    case Kind::kSearch:
      return chores_.Search();
    case Kind::kCommitSearch:
      return chores_.CommitSearch(action.how % 4 == 0);
    case Kind::kSend:
      return chores_.Send(action.pick, action.how);
    case Kind::kRecordSent:
      return chores_.RecordSent(action.pick, action.how % 4 == 0);
    case Kind::kDeliverLate:
      return DeliverLate(action.pick);
    case Kind::kRepeat:
      return Repeat(action);
    case Kind::kReuse:
      if (world_.mail().size() == 0) return;
      return world_.mail().DeliverReused(action.pick % world_.mail().size());
    case Kind::kSettle:
      return Settle(world_);
    case Kind::kAdvance:
      return Pass(world_, absl::Minutes(kMinutes[action.how % 8]),
                  action.pick % 2 == 0);
    case Kind::kToNextTimer:
      return PassToNextTimer(world_);
    case Kind::kJump: {
      if (action.how % 2 == 0) {
        world_.Say("somebody sets the clock right");
        return world_.time().SetRight();
      }
      const int hours = kHours[action.pick % 6];
      world_.Say(absl::StrCat("the clock on the wall jumps ", hours, " h"));
      return world_.time().Jump(absl::Hours(hours));
    }
    default:
      return Happen(action, *world_.nodes()[action.pick % 3]);
  }
}

void Run::Happen(const Action& action, Node& node) {
  switch (action.kind) {
    case Kind::kWork:
      if (node.up()) node.writer().RunQueued();
      return;
    case Kind::kPump:
      TakeIn(world_, node, action.how / 4,
             static_cast<int>(1 + action.how % 4));
      return;
    case Kind::kRedeliver:
      return TakeInAgain(world_, node, action.how / 8, action.how % 8);
    case Kind::kFire:
      return FireNext(world_, node);
    case Kind::kCrash:
      return world_.Crash(node);
    case Kind::kCrashInWrite: {
      const bool kept = action.how / 4 % 2 == 0;
      if (!node.up()) return;
      world_.Say(absl::StrCat(node.source(), " will end in its next write, ",
                              kept ? "kept" : "lost"));
      return node.CrashInNextWrite(kept ? store::MemoryStore::Fate::kKept
                                        : store::MemoryStore::Fate::kLost);
    }
    default:
      return;
  }
}

// Most requests arrive at once, a few of them twice.
void Run::Post(Request request, uint32_t how) {
  world_.Say(absl::StrCat(request.actor, ": ", request.what));
  const size_t letter = world_.mail().Write(std::move(request));
  if (how % 8 == 0) {
    late_.push_back(letter);
    return world_.Say("… is late");
  }
  Deliver(letter);
  if (how % 16 == 1) Deliver(letter);
}

// Now and then it waits in the queue for others, to be one commit with them.
void Run::Deliver(size_t number) {
  const Mail::Letter& letter = world_.mail().at(number);
  world_.mail().Deliver(number);
  const std::string& what = letter.request.what;
  if (!letter.request.node->up()) {
    return world_.Say(absl::StrCat("… is lost: ", what));
  }
  if (number % 4 == 3) return world_.Say(absl::StrCat("… queues: ", what));
  letter.request.node->writer().RunQueued();
  world_.Say(absl::StrCat("→ ", what, ": ", letter.said));
}

void Run::DeliverLate(uint32_t pick) {
  if (late_.empty()) return;
  const size_t which = pick % late_.size();
  const size_t letter = late_[which];
  late_.erase(late_.begin() + static_cast<ptrdiff_t>(which));
  Deliver(letter);
}

// Mostly a recent one.
void Run::Repeat(const Action& action) {
  const size_t written = world_.mail().size();
  if (written == 0) return;
  const size_t among =
      std::min<size_t>(written, action.how % 4 == 0 ? 1000 : 8);
  Deliver(written - 1 - action.pick % among);
}

void Run::End() {
  world_.Begin("faults stop");
  world_.time().SetRight();
  for (Node* node : world_.nodes()) {
    node->CancelCrash();
    if (!node->up()) node->Start();
  }
  while (!late_.empty()) DeliverLate(0);
  RunOut(world_, chores_);
  world_.CompareAll();
}

}  // namespace

Outcome Simulate(uint64_t seed, const std::vector<Action>& actions,
                 std::ostream* trace) {
  Outcome outcome;
  Run run(seed, trace);
  const Verdict& verdict = run.world().verdict();
  for (const Action& action : actions) {
    if (verdict.failed()) break;
    run.Take(++outcome.steps, action);
  }
  if (!verdict.failed()) run.End();
  outcome.violation = verdict.violation();
  outcome.verbs = run.world().Verbs();
  return outcome;
}

}  // namespace jiedui::simulation
