// Joint choice of bundles, as plain numbers: which person, team, project and
// talents each demand takes, when they are short. Knows nothing of volunteers
// or policies: the caller says what is possible and what it is worth.
//
// Values are micro-points (1,000,000 = full marks) and never negative.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace jiedui::matcher::engine::bundles {

inline constexpr int32_t kNone = -1;
inline constexpr int32_t kUnlimited = std::numeric_limits<int32_t>::max();

struct Option {
  int32_t resource = 0;
  int32_t value = 0;
  friend bool operator==(const Option&, const Option&) = default;
};

// Lists of options, one after the other in memory.
class Lists {
 public:
  // Returns the new list's number.
  int32_t Add(std::span<const Option> list) {
    options_.insert(options_.end(), list.begin(), list.end());
    first_.push_back(static_cast<int64_t>(options_.size()));
    return size() - 1;
  }
  int32_t size() const { return static_cast<int32_t>(first_.size()) - 1; }
  std::span<const Option> operator[](int32_t list) const {
    return {options_.data() + first_[list],
            static_cast<size_t>(first_[list + 1] - first_[list])};
  }
  // Options in all lists.
  int64_t options() const { return first_.back(); }

 private:
  std::vector<int64_t> first_ = {0};
  std::vector<Option> options_;
};

enum class ExpertRule : uint8_t {
  kRequired,    // takes exactly one expert
  kOptional,    // takes one or none; other parts may be filled either way
  kMayStayOut,  // takes one, or nothing at all: no expert, no other part
  kUnwanted     // takes none; other parts may be filled
};

// A seat for a talent. Seats of one demand may share a list.
struct Seat {
  int32_t list = kNone;  // options are persons
  // Placed before: the list's one option is taken, and its capacity has been
  // debited already, so that it counts against none here.
  bool fixed = false;
};

// A part is filled or not, as it is worth (always, when it is fixed). Lists are
// numbers of lists in Problem::lists; kNone: the part is not wanted. A list
// names no resource twice.
struct Demand {
  ExpertRule expert_rule = ExpertRule::kUnwanted;
  bool expert_fixed = false;  // as Seat::fixed; only where one is required
  bool team_fixed = false;    // fixed parts: not where the demand may stay out
  bool project_fixed = false;
  int32_t experts = kNone;   // options are persons
  int32_t teams = kNone;     // options are teams
  int32_t projects = kNone;  // options are projects
  int32_t first_seat = 0;    // in Problem::seats
  int32_t seats = 0;
};

// Persons serve as experts and as talents, out of one capacity, and never twice
// in one bundle.
struct Problem {
  // Capacities, ≥ 0 or kUnlimited.
  std::vector<int32_t> persons;
  std::vector<int32_t> teams;
  std::vector<int32_t> projects;
  // By person; empty: none. What this person serves as expert is settled: every
  // selection uses it as expert (fixed ones aside) as often as the start does.
  // What capacity is left beyond that is for its use as talent.
  std::vector<uint8_t> must_be_full;

  Lists lists;
  std::vector<Demand> demands;
  std::vector<Seat> seats;  // demand by demand

  // List t holds the persons who earn `value` more when one of them is expert
  // in a bundle with team t; likewise project. No lists at all: no synergies.
  Lists team_synergies;
  Lists project_synergies;
};

// What each demand takes; kNone where a part stays empty.
struct Selection {
  std::vector<int32_t> expert;   // by demand
  std::vector<int32_t> team;     // by demand
  std::vector<int32_t> project;  // by demand
  std::vector<int32_t> talent;   // by seat, as in Problem::seats
  friend bool operator==(const Selection&, const Selection&) = default;

  static Selection Empty(const Problem& problem) {
    const size_t demands = problem.demands.size();
    return {std::vector<int32_t>(demands, kNone),
            std::vector<int32_t>(demands, kNone),
            std::vector<int32_t>(demands, kNone),
            std::vector<int32_t>(problem.seats.size(), kNone)};
  }
};

// Lagrangian prices of one use. They prove the bound
//   Σ price · capacity + Σ over demands of max over bundles (value − price),
// over the bundles a demand could take if it were alone. No selection exceeds
// it: Σ price · (capacity − use) ≥ 0 for those that keep the capacities, and =
// 0 for quotas, which are kept exactly. That is why a quota's price may be
// negative.
struct Prices {
  std::vector<int64_t> person;  // ≥ 0, as expert and as talent alike
  std::vector<int64_t> team;    // ≥ 0
  std::vector<int64_t> project;  // ≥ 0; all three 0 where capacity is unlimited
  // By person: of one who must be full, paid as expert instead of `person`, for
  // the quota of uses that the start gives; of either sign. 0 for others. Such
  // a person's `person` price is for the capacity beyond the quota.
  std::vector<int64_t> quota;
};

}  // namespace jiedui::matcher::engine::bundles
