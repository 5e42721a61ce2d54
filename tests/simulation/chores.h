// The matcher's work in the background, in steps between which anything may
// happen: a round is solved and later committed; a delivery is sent and what
// came of it committed later, or never.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "services/matcher/app/round.h"
#include "services/matcher/app/webhooks.h"
#include "tests/simulation/world.h"

namespace jiedui::simulation {

class Chores {
 public:
  explicit Chores(World* world) : world_(world) {}

  // Solves a round over everything; `twice`, to see that it is the same.
  void Solve(bool twice);
  // Commits one that was solved; `old`: not the newest.
  void CommitRound(bool old);

  // The same for the demands that wait for a partial round.
  void Search();
  void CommitSearch(bool old);

  // Sends one of the deliveries that are due; the sink answers by `how`.
  void Send(uint32_t pick, uint32_t how);
  // Commits what came of one that was sent; `twice`: so does another sender.
  void RecordSent(uint32_t pick, bool twice);

  // All there is to do, without faults: searches, and deliveries to a sink that
  // takes them.
  void DoAll();

 private:
  struct Sent {
    std::string delivery;
    int32_t attempt;
    matcher::AttemptResult result;
  };

  void RecordUnfinished(const absl::Status& error);
  void CommitSent(const Sent& sent);

  World* const world_;
  std::deque<matcher::RoundPlan> solved_;
  std::deque<matcher::RoundPlan> searched_;
  std::deque<Sent> sent_;
};

}  // namespace jiedui::simulation
