#include "tests/simulation/passing.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/runtime/runtime_keys.h"
#include "services/matcher/app/outages.h"

namespace jiedui::simulation {
namespace {

// A demand's last day is months away: nobody waits for it.
constexpr absl::Duration kLongestWait = absl::Hours(24 * 10);

// The signs of life between two moments leave no trace but the next one, so
// that they need not be given one by one. Of a matcher that is down, the one
// that is awaited stays, and comes late.
void SkipSignsOfLife(World& world) {
  if (!world.matcher().up()) return;
  const std::string prefix = absl::StrCat(matcher::kAliveTimer.data(), "/");
  world
      .Run(world.matcher(), "system",
           [&](runtime::Transaction& txn) {
             std::string id;
             store::ScanPrefix(txn, runtime::keys::TimerById(prefix),
                               [&id](std::string_view key, std::string_view) {
                                 id = std::string(key.substr(1));
                                 return false;
                               });
             // One that is overdue is a sign that was not given.
             const auto due = txn.Get(runtime::keys::TimerById(id));
             if (due && runtime::keys::DecodeDue(*due) > txn.now()) {
               txn.ClearTimer(id);
             }
             return absl::OkStatus();
           })
      .IgnoreError();
  world.Bury();
}

void AwaitSignsOfLife(World& world) {
  if (!world.matcher().up()) return;
  world
      .Run(world.matcher(), "system",
           [](runtime::Transaction& txn) {
             matcher::BeginSignsOfLife(txn);
             return absl::OkStatus();
           })
      .IgnoreError();
  world.Bury();
}

// Until the next timer of anybody who is up.
absl::Duration ToNextTimer(World& world) {
  absl::Duration wait = absl::InfiniteDuration();
  for (Node* node : world.nodes()) {
    if (!node->up()) continue;
    wait = std::min(wait,
                    node->writer().NextTimer() - node->writer().clock().Now());
  }
  return std::max(wait, absl::ZeroDuration());
}

void FireAllDue(World& world) {
  for (Node* node : world.nodes()) {
    while (node->up() && node->writer().FireNextTimer()) {
      world.Say(absl::StrCat("a timer of ", node->source(), " fires"));
    }
  }
  world.Bury();
}

bool TakeIn(World& world, Node& node, runtime::Consumer& consumer,
            int commits) {
  bool any = false;
  for (int i = 0; i < commits && !node.failed(); ++i) {
    const Wire::Commit* commit =
        world.wire().Events(consumer.source(), consumer.position() + 1);
    if (commit == nullptr) break;
    any = true;
    const absl::Status status = consumer.TakeIn(*commit);
    if (!status.ok() && !node.failed()) {
      world.verdict().Fail(
          "I6", absl::StrCat(node.source(), " cannot take in ",
                             consumer.source(), ": ", status.ToString()));
      break;
    }
  }
  return any;
}

}  // namespace

void Pass(World& world, absl::Duration by, bool timely) {
  SkipSignsOfLife(world);
  while (timely && !world.verdict().failed()) {
    // A little later than due, as loops are; and time is not drawn backwards.
    const absl::Duration wait = ToNextTimer(world) + absl::Seconds(1);
    if (wait > by) break;
    world.time().Advance(wait);
    by -= wait;
    FireAllDue(world);
  }
  world.time().Advance(by);
  AwaitSignsOfLife(world);
}

void PassToNextTimer(World& world) {
  SkipSignsOfLife(world);
  const absl::Duration wait = ToNextTimer(world);
  if (wait <= kLongestWait) world.time().Advance(wait + absl::Seconds(1));
  AwaitSignsOfLife(world);
}

void FireNext(World& world, Node& node) {
  if (!node.up() || !node.writer().FireNextTimer()) return;
  world.Say(absl::StrCat("a timer of ", node.source(), " fires"));
}

bool TakeIn(World& world, Node& node, uint32_t pick, int commits) {
  if (!node.up() || node.consumers().empty()) return false;
  return TakeIn(world, node, node.consumers()[pick % node.consumers().size()],
                commits);
}

void TakeInAgain(World& world, Node& node, uint32_t pick, uint64_t back) {
  if (!node.up() || node.consumers().empty()) return;
  runtime::Consumer& consumer =
      node.consumers()[pick % node.consumers().size()];
  if (consumer.position() <= back) return;
  const absl::Status status = consumer.TakeIn(
      *world.wire().Events(consumer.source(), consumer.position() - back));
  if (!status.ok()) world.verdict().Fail("I6", status.ToString());
}

void Settle(World& world) {
  for (bool any = true; any && !world.verdict().failed();) {
    any = false;
    for (Node* node : world.nodes()) {
      if (!node->up() || node->failed()) continue;
      node->writer().RunQueued();
      for (runtime::Consumer& consumer : node->consumers()) {
        any = TakeIn(world, *node, consumer, 1000) || any;
      }
    }
  }
}

}  // namespace jiedui::simulation
