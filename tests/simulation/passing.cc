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

constexpr int kMostAtOnce = 1000;

// The timer of the matcher's next sign of life; empty: none is awaited.
std::string NextSign(const store::Reader& rows) {
  std::string id;
  const std::string prefix = absl::StrCat(matcher::kAliveTimer.data(), "/");
  store::ScanPrefix(rows, runtime::keys::TimerById(prefix),
                    [&id](std::string_view key, std::string_view) {
                      id = std::string(key.substr(1));
                      return false;
                    });
  return id;
}

// Whether no sign is late already: a late one tells of an outage.
bool GivesSigns(const Node& node, absl::Time now) {
  const auto due =
      node.store().Get(runtime::keys::TimerById(NextSign(node.store())));
  return due && runtime::keys::DecodeDue(*due) > now;
}

bool IsSignOfLife(std::string_view timer) {
  return timer.starts_with(matcher::kAliveTimer);
}

absl::Time NextTimer(const Node& node) {
  absl::Time next = absl::InfiniteFuture();
  store::ScanPrefix(node.store(), std::string(1, runtime::keys::kTimerByDue),
                    [&next](std::string_view key, std::string_view) {
                      if (IsSignOfLife(runtime::keys::IdOf(key))) return true;
                      next = runtime::keys::DueOf(key);
                      return false;
                    });
  return next;
}

// Until the next timer of anybody who is up.
absl::Duration ToNextTimer(World& world) {
  absl::Duration wait = absl::InfiniteDuration();
  for (Node* node : world.nodes()) {
    if (!node->up()) continue;
    wait = std::min(wait, NextTimer(*node) - node->writer().clock().Now());
  }
  return std::max(wait, absl::ZeroDuration());
}

// The signs of life between two moments leave no trace but the next one, so
// that they need not be given one by one.
void Advance(World& world, absl::Duration by) {
  Node& node = world.matcher();
  const bool gives = node.up() && GivesSigns(node, node.writer().clock().Now());
  world.time().Advance(by);
  if (!gives) return;
  const auto replace = [](runtime::Transaction& txn) {
    txn.ClearTimer(NextSign(txn));
    matcher::BeginSignsOfLife(txn);
    return absl::OkStatus();
  };
  node.WithoutFaults([&] { world.Run(node, "system", replace).IgnoreError(); });
}

// Whatever fires leads to a finite number of others that are due at once.
void FireAllDue(World& world) {
  for (Node* node : world.nodes()) {
    int fired = 0;
    while (node->up() && node->writer().FireNextTimer()) {
      world.Say(absl::StrCat("a timer of ", node->source(), " fires"));
      if (++fired < kMostAtOnce) continue;
      return world.verdict().Fail(
          "timers", absl::StrCat(node->source(), " fires timers for ever"));
    }
  }
  world.Bury();
  world.Look();
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
  if (timely) FireAllDue(world);
  while (timely && !world.verdict().failed()) {
    // A little later than due, as loops are.
    const absl::Duration wait = ToNextTimer(world) + absl::Seconds(1);
    if (wait > by) break;
    Advance(world, wait);
    by -= wait;
    FireAllDue(world);
  }
  Advance(world, by);
}

void PassToNextTimer(World& world) {
  const absl::Duration wait = ToNextTimer(world);
  if (wait <= kLongestWait) Advance(world, wait + absl::Seconds(1));
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
