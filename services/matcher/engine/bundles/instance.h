// A bundle problem laid out for solving: all capacities in one numbering, the
// options of a demand side by side and best first, fixed parts folded away.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "services/matcher/engine/bundles/bundle_problem.h"

namespace jiedui::matcher::engine::bundles {

// What one demand takes, as numbers of options (Instance::option); kNone where
// empty. `talents` has one entry a slot of the demand.
struct Bundle {
  int32_t expert = kNone;
  int32_t team = kNone;
  int32_t project = kNone;
  absl::InlinedVector<int32_t, 4> talents;
  friend bool operator==(const Bundle&, const Bundle&) = default;
};

using Bundles = std::vector<Bundle>;  // by demand

// Options [begin, end) of equal seats.
struct SeatGroup {
  int32_t begin = 0;
  int32_t end = 0;
  int32_t seats = 0;
};

// `expert` earns `value` more together with `other`: numbers of options.
struct Pair {
  int32_t expert = 0;
  int32_t other = 0;
  int32_t value = 0;
};

struct Item {
  // Options: experts in [experts, teams), teams in [teams, projects), projects
  // in [projects, talents), those of seats in [talents, end).
  int32_t experts = 0;
  int32_t teams = 0;
  int32_t projects = 0;
  int32_t talents = 0;
  int32_t end = 0;
  // Pairs with teams in [team_pairs, project_pairs), with projects in
  // [project_pairs, end_pairs); by expert.
  int64_t team_pairs = 0;
  int64_t project_pairs = 0;
  int64_t end_pairs = 0;
  int32_t first_group = 0;
  int32_t end_group = 0;
  int32_t first_slot = 0;
  int32_t slots = 0;
  int32_t most_bonus = 0;      // an expert's pairs earn no more than this
  bool needs_expert = false;   // a bundle without one is not allowed
  bool anchored = false;       // a bundle without one is empty
  bool signed_prices = false;  // some expert is paid a quota's price
  bool overlap = false;        // a person could serve in more than one place
  int64_t constant = 0;        // what its fixed parts earn
};

class Instance {
 public:
  // REQUIRES: `problem` and `start` are sound, and outlive this.
  Instance(const Problem& problem, const Selection& start);

  int32_t demands() const { return static_cast<int32_t>(items_.size()); }
  int32_t resources() const { return static_cast<int32_t>(capacity_.size()); }
  const Item& item(int32_t demand) const { return items_[demand]; }
  int32_t options() const { return static_cast<int32_t>(options_.size()); }
  // Options of a kind by value, best first, then by resource.
  const Option& option(int32_t number) const { return options_[number]; }
  int32_t resource(int32_t number) const { return options_[number].resource; }
  const SeatGroup& group(int32_t number) const { return groups_[number]; }
  const Pair& pair(int64_t number) const { return pairs_[number]; }
  bool IsPerson(int32_t resource) const {
    return resource < persons_ || IsQuota(resource);
  }
  // The person behind a resource. REQUIRES: it is a person or a quota.
  int32_t PersonOf(int32_t resource) const {
    return resource < persons_ ? resource
                               : quota_person_[resource - first_quota_];
  }
  // kUnlimited where there is no bound.
  int32_t capacity(int32_t resource) const { return capacity_[resource]; }
  // Used exactly as often as its capacity says; its price has either sign.
  bool IsQuota(int32_t resource) const { return resource >= first_quota_; }

  // Calls use(resource) for each resource a bundle takes.
  template <class Use>
  void ForEachResource(const Bundle& bundle, const Use& use) const {
    if (bundle.expert != kNone) use(options_[bundle.expert].resource);
    if (bundle.team != kNone) use(options_[bundle.team].resource);
    if (bundle.project != kNone) use(options_[bundle.project].resource);
    for (const int32_t talent : bundle.talents) {
      if (talent != kNone) use(options_[talent].resource);
    }
  }

  // What a bundle earns, fixed parts included.
  int64_t Value(int32_t demand, const Bundle& bundle) const;
  int64_t Value(const Bundles& bundles) const;

  Bundle EmptyBundle(int32_t demand) const;
  // `selection` as bundles, its fixed parts left out, and back.
  Bundles FromSelection(const Selection& selection) const;
  Selection ToSelection(const Bundles& bundles) const;
  Prices ToPrices(const std::vector<int64_t>& prices) const;

 private:
  class Builder;

  const Problem& problem_;
  int32_t persons_ = 0;
  int32_t first_team_ = 0;
  int32_t first_project_ = 0;
  int32_t first_quota_ = 0;
  std::vector<int32_t> quota_person_;
  std::vector<int32_t> capacity_;
  std::vector<Item> items_;
  std::vector<Option> options_;
  std::vector<SeatGroup> groups_;
  std::vector<Pair> pairs_;
  std::vector<int32_t> slot_seat_;  // the seat in the problem behind a slot
};

}  // namespace jiedui::matcher::engine::bundles
