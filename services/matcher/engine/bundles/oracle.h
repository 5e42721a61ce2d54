// The best bundle of one demand at given costs of resources: exact, persons
// distinct, in time linear in the demand's options but for seats of different
// kinds that ask for the same persons.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "services/matcher/engine/bundles/instance.h"

namespace jiedui::matcher::engine::bundles {

// A cost so high that nothing is taken for it.
inline constexpr int64_t kBlocked = std::numeric_limits<int64_t>::max() / 4;
// The value of a demand that must have a bundle and can have none.
inline constexpr int64_t kImpossible = std::numeric_limits<int64_t>::min() / 4;

// Fills the seats of one demand.
class SeatFiller {
 public:
  explicit SeatFiller(const Instance& instance) : instance_(instance) {}

  // Reads the demand's seats at cost(resource) ≥ 0.
  template <class Cost>
  void Read(const Item& item, const Cost& cost) {
    groups_ = item.end_group - item.first_group;
    entries_.clear();
    first_.assign(1, 0);
    seats_.clear();
    for (int32_t g = item.first_group; g < item.end_group; ++g) {
      const SeatGroup& group = instance_.group(g);
      ReadGroup(group, item.overlap ? item.slots + 1 : group.seats, cost);
      first_.push_back(static_cast<int32_t>(entries_.size()));
      seats_.push_back(group.seats);
    }
    Choose(kNone);
    free_value_ = value_;
    free_chosen_ = chosen_;
  }

  // What the seats earn at best.
  int64_t value() const { return free_value_; }
  // What they earn without `person`.
  int64_t ValueWithout(int32_t person) {
    return Uses(person) ? Choose(person) : free_value_;
  }
  // Writes the choice without `person` (kNone: all may serve).
  void Write(int32_t person, absl::InlinedVector<int32_t, 4>& talents);

 private:
  struct Entry {
    int64_t value = 0;
    int32_t option = 0;
    int32_t person = 0;
  };

  // The `keep` best options worth their cost, best first.
  template <class Cost>
  void ReadGroup(const SeatGroup& group, int32_t keep, const Cost& cost) {
    const size_t begin = entries_.size();
    for (int32_t i = group.begin; i < group.end; ++i) {
      const Option& option = instance_.option(i);
      const bool full = entries_.size() - begin == static_cast<size_t>(keep);
      // Options come best first and costs are ≥ 0.
      if (full && option.value <= entries_.back().value) break;
      const int64_t value = option.value - cost(option.resource);
      if (value < 0 || (full && value <= entries_.back().value)) continue;
      if (full) entries_.pop_back();
      size_t at = entries_.size();
      entries_.push_back({value, i, option.resource});
      for (; at > begin && entries_[at - 1].value < value; --at) {
        std::swap(entries_[at - 1], entries_[at]);
      }
    }
  }

  bool Uses(int32_t person) const {
    for (const int32_t entry : free_chosen_) {
      if (entries_[entry].person == person) return true;
    }
    return false;
  }

  // Chooses entries for all groups, `person` barred; returns their value.
  int64_t Choose(int32_t person);
  void Search(int32_t group, int32_t entry, int32_t seats_left, int64_t value);
  int64_t MostFrom(int32_t group, int32_t entry, int32_t seats_left) const;

  const Instance& instance_;
  int32_t groups_ = 0;
  std::vector<Entry> entries_;  // group by group
  std::vector<int32_t> first_;  // of each group, in entries_
  std::vector<int32_t> seats_;  // of each group
  int32_t barred_ = kNone;
  int64_t value_ = 0;
  std::vector<int32_t> chosen_;   // entries
  std::vector<int32_t> picking_;  // of the search
  int64_t free_value_ = 0;
  std::vector<int32_t> free_chosen_;
};

class Oracle {
 public:
  explicit Oracle(const Instance& instance)
      : instance_(instance), seats_(instance) {}

  // Fills `bundle` and returns the greatest value − Σ cost, fixed parts
  // included; kImpossible when the demand needs an expert and all are blocked.
  // cost(resource) is ≥ 0, or of either sign for quotas.
  template <class Cost>
  int64_t Best(int32_t demand, const Cost& cost, Bundle& bundle) {
    const Item& item = instance_.item(demand);
    return BestOf(item, item.experts, item.teams, item.needs_expert, cost,
                  bundle);
  }

  // The same, the expert given: an option of the demand, or kNone.
  template <class Cost>
  int64_t BestWith(int32_t expert, int32_t demand, const Cost& cost,
                   Bundle& bundle) {
    const Item& item = instance_.item(demand);
    if (expert == kNone) return BestOf(item, 0, 0, false, cost, bundle);
    return BestOf(item, expert, expert + 1, true, cost, bundle);
  }

 private:
  struct Part {
    int64_t value = 0;
    int32_t option = kNone;
  };

  // Over the experts [begin, end).
  template <class Cost>
  int64_t BestOf(const Item& item, int32_t begin, int32_t end, bool must,
                 const Cost& cost, Bundle& bundle) {
    const Part team = BestAlone(item.teams, item.projects, cost);
    const Part project = BestAlone(item.projects, item.talents, cost);
    seats_.Read(item, cost);

    // Scores leave out what all bundles share.
    bundle.expert = bundle.team = bundle.project = kNone;
    int64_t best = kImpossible;
    if (!must && !item.anchored) best = 0;
    if (!must && item.anchored) {
      best = -(team.value + project.value + seats_.value());
    }
    int64_t t = item.team_pairs;
    int64_t p = item.project_pairs;
    for (int32_t i = begin; i < end; ++i) {
      const Option& expert = instance_.option(i);
      if (!item.signed_prices && expert.value + item.most_bonus <= best) break;
      const int64_t price = cost(expert.resource);
      const Part with_team = Joined(i, item.project_pairs, team, cost, t);
      const Part with_project = Joined(i, item.end_pairs, project, cost, p);
      if (price >= kBlocked) continue;
      int64_t score = expert.value - price + (with_team.value - team.value) +
                      (with_project.value - project.value);
      if (score <= best) continue;
      if (item.overlap) {
        const int32_t person = instance_.PersonOf(expert.resource);
        score += seats_.ValueWithout(person) - seats_.value();
        if (score <= best) continue;
      }
      best = score;
      bundle.expert = i;
      bundle.team = with_team.option;
      bundle.project = with_project.option;
    }
    if (best <= kImpossible) return kImpossible;
    if (bundle.expert == kNone) {
      bundle.talents.assign(item.slots, kNone);
      if (item.anchored) return item.constant;
      bundle.team = team.option;
      bundle.project = project.option;
      seats_.Write(kNone, bundle.talents);
    } else {
      bundle.talents.assign(item.slots, kNone);
      seats_.Write(item.overlap
                       ? instance_.PersonOf(instance_.resource(bundle.expert))
                       : kNone,
                   bundle.talents);
    }
    return item.constant + best + team.value + project.value + seats_.value();
  }

  template <class Cost>
  Part BestAlone(int32_t begin, int32_t end, const Cost& cost) const {
    Part best{-1, kNone};
    for (int32_t i = begin; i < end; ++i) {
      const Option& option = instance_.option(i);
      if (option.value <= best.value) break;
      const int64_t value = option.value - cost(option.resource);
      if (value > best.value) best = {value, i};
    }
    return best.option == kNone ? Part() : best;
  }

  // The best team or project together with an expert. `pair` walks the pairs
  // up to `end` as experts pass by.
  template <class Cost>
  Part Joined(int32_t expert, int64_t end, const Part& alone, const Cost& cost,
              int64_t& pair) const {
    Part best = alone;
    for (; pair < end && instance_.pair(pair).expert <= expert; ++pair) {
      const Pair& with = instance_.pair(pair);
      if (with.expert < expert) continue;
      const Option& option = instance_.option(with.other);
      const int64_t value = option.value + with.value - cost(option.resource);
      if (value > best.value) best = {value, with.other};
    }
    return best;
  }

  const Instance& instance_;
  SeatFiller seats_;
};

}  // namespace jiedui::matcher::engine::bundles
