// Completes bundles around what an event has changed: whoever lost a part, whom
// a resource that became free would help, and a few of those who hold what they
// would rather have are placed anew, jointly; nobody else moves.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "absl/status/status.h"
#include "services/matcher/engine/bundling.h"
#include "services/matcher/engine/demand_index.h"
#include "services/matcher/engine/experts.h"
#include "services/matcher/engine/live_state.h"

namespace jiedui::matcher::engine {

// A better pairing for a demand somebody was asked to serve; it is only
// proposed, never made by itself.
struct Suggestion {
  int32_t demand = 0;
  Draft proposed;    // nothing of it is locked but what a coordinator locked
  int64_t gain = 0;  // micro-points of the bundle
  friend bool operator==(const Suggestion&, const Suggestion&) = default;
};

// An offered pairing moves only for so much (micro-points).
inline constexpr int64_t kLeastGain = 50'000;

class Completion {
 public:
  // Keeps references.
  Completion(const ExpertFlow& experts, const DemandIndex& index,
             LiveState& state)
      : experts_(experts), index_(index), state_(state) {}

  // Takes parts from those who hold more than there is: talents give way to
  // experts, later demands to earlier ones. Those are added to `changed`.
  void GiveWay(std::set<int32_t>& changed);

  // Places `changed` and those around them.
  absl::Status Complete(const std::set<int32_t>& changed);

  // Better pairings for offered demands out of what nobody uses: for those in
  // `changed` and those that Complete met on its way. By demand.
  absl::StatusOr<std::vector<Suggestion>> Suggest(
      const std::set<int32_t>& changed);

  // What the demand could have at best out of what nobody uses; nothing when
  // that is no gain of kLeastGain. REQUIRES: it is offered.
  absl::StatusOr<std::optional<Suggestion>> SuggestFor(int32_t demand);

 private:
  struct Taker {
    int64_t gain;
    int32_t demand;
  };

  absl::StatusOr<std::optional<Suggestion>> BestOfWhatIsLeft(int32_t demand);
  bool TakesPart(int32_t demand) const;
  void FindTakers(const Rival& freed, std::set<int32_t>& takers);
  std::vector<int32_t> Concerned(const Rival& freed) const;
  int64_t GainOf(const Rival& freed, int32_t demand) const;
  int64_t GainOfPerson(int32_t person, int32_t demand) const;
  int64_t ValueOf(Part part, const Demand& wish, int64_t points) const;
  void AddNeighbours(const BundleModel& model, std::set<int32_t>& demands);
  absl::Status PlaceAnew(const std::set<int32_t>& demands);

  const ExpertFlow& experts_;
  const DemandIndex& index_;
  LiveState& state_;
  std::set<int32_t> offered_;  // that a free resource might help
};

}  // namespace jiedui::matcher::engine
