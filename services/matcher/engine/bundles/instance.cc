#include "services/matcher/engine/bundles/instance.h"

#include <algorithm>

namespace jiedui::matcher::engine::bundles {

// Lays the demands out one by one.
class Instance::Builder {
 public:
  explicit Builder(Instance& instance)
      : in_(instance),
        problem_(instance.problem_),
        expert_of_(problem_.persons.size(), kNone) {}

  void SetCapacities(const Selection& start) {
    quota_of_.assign(problem_.persons.size(), kNone);
    in_.persons_ = static_cast<int32_t>(problem_.persons.size());
    in_.first_team_ = in_.persons_;
    in_.first_project_ =
        in_.first_team_ + static_cast<int32_t>(problem_.teams.size());
    in_.first_quota_ =
        in_.first_project_ + static_cast<int32_t>(problem_.projects.size());
    for (const auto* kind :
         {&problem_.persons, &problem_.teams, &problem_.projects}) {
      in_.capacity_.insert(in_.capacity_.end(), kind->begin(), kind->end());
    }
    AddQuotas(start);
  }

  void AddDemand(const Demand& demand) {
    Item item;
    const int32_t fixed_expert = FixedOf(demand.expert_fixed, demand.experts);
    const int32_t fixed_team = FixedOf(demand.team_fixed, demand.teams);
    const int32_t fixed_project =
        FixedOf(demand.project_fixed, demand.projects);
    item.needs_expert =
        demand.expert_rule == ExpertRule::kRequired && !demand.expert_fixed;
    item.anchored = demand.expert_rule == ExpertRule::kMayStayOut;
    CollectFixed(demand, fixed_expert, item);
    item.experts = Here();
    if (demand.expert_rule != ExpertRule::kUnwanted && !demand.expert_fixed) {
      AddExperts(demand, fixed_team, fixed_project);
    }
    item.teams = Here();
    if (!demand.team_fixed) {
      AddOthers(demand.teams, in_.first_team_, problem_.team_synergies,
                fixed_expert);
    } else if (fixed_expert != kNone) {
      item.constant += Bonus(problem_.team_synergies, fixed_team, fixed_expert);
    }
    item.projects = Here();
    if (!demand.project_fixed) {
      AddOthers(demand.projects, in_.first_project_, problem_.project_synergies,
                fixed_expert);
    } else if (fixed_expert != kNone) {
      item.constant +=
          Bonus(problem_.project_synergies, fixed_project, fixed_expert);
    }
    item.talents = Here();
    AddSeats(demand, item);
    item.end = Here();
    AddPairs(item);
    in_.items_.push_back(item);
  }

 private:
  int32_t Here() const { return static_cast<int32_t>(in_.options_.size()); }

  void AddQuotas(const Selection& start) {
    if (problem_.must_be_full.empty()) return;
    for (int32_t person = 0; person < in_.persons_; ++person) {
      if (!problem_.must_be_full[person]) continue;
      quota_of_[person] = in_.resources();
      in_.quota_person_.push_back(person);
      in_.capacity_.push_back(0);
    }
    for (size_t i = 0; i < problem_.demands.size(); ++i) {
      const int32_t expert = start.expert[i];
      if (expert == kNone || problem_.demands[i].expert_fixed) continue;
      if (quota_of_[expert] == kNone) continue;
      ++in_.capacity_[quota_of_[expert]];
      if (in_.capacity_[expert] != kUnlimited) --in_.capacity_[expert];
    }
  }

  int32_t FixedOf(bool fixed, int32_t list) const {
    return fixed ? problem_.lists[list][0].resource : kNone;
  }

  // Fixed parts are constants, and bar their persons from other places.
  void CollectFixed(const Demand& demand, int32_t fixed_expert, Item& item) {
    barred_.clear();
    if (fixed_expert != kNone) barred_.push_back(fixed_expert);
    const auto earn = [&](bool fixed, int32_t list) {
      if (fixed) item.constant += problem_.lists[list][0].value;
    };
    earn(demand.expert_fixed, demand.experts);
    earn(demand.team_fixed, demand.teams);
    earn(demand.project_fixed, demand.projects);
    for (int32_t i = 0; i < demand.seats; ++i) {
      const Seat& seat = problem_.seats[demand.first_seat + i];
      earn(seat.fixed, seat.list);
      if (seat.fixed) barred_.push_back(problem_.lists[seat.list][0].resource);
    }
  }

  bool IsBarred(int32_t person) const {
    return std::find(barred_.begin(), barred_.end(), person) != barred_.end();
  }

  static int32_t Bonus(const Lists& synergies, int32_t resource,
                       int32_t person) {
    if (resource == kNone || synergies.size() == 0) return 0;
    for (const Option& with : synergies[resource]) {
      if (with.resource == person) return with.value;
    }
    return 0;
  }

  void Add(const Option& option) {
    if (in_.capacity_[option.resource] > 0) in_.options_.push_back(option);
  }

  void SortFrom(int32_t begin) {
    std::sort(in_.options_.begin() + begin, in_.options_.end(),
              [](const Option& a, const Option& b) {
                return a.value != b.value ? a.value > b.value
                                          : a.resource < b.resource;
              });
  }

  void AddExperts(const Demand& demand, int32_t fixed_team,
                  int32_t fixed_project) {
    const int32_t begin = Here();
    for (Option option : problem_.lists[demand.experts]) {
      const int32_t person = option.resource;
      if (IsBarred(person)) continue;
      option.value += Bonus(problem_.team_synergies, fixed_team, person) +
                      Bonus(problem_.project_synergies, fixed_project, person);
      if (quota_of_[person] != kNone) option.resource = quota_of_[person];
      Add(option);
    }
    SortFrom(begin);
  }

  // Teams or projects.
  void AddOthers(int32_t list, int32_t first, const Lists& synergies,
                 int32_t fixed_expert) {
    if (list == kNone) return;
    const int32_t begin = Here();
    for (Option option : problem_.lists[list]) {
      if (fixed_expert != kNone) {
        option.value += Bonus(synergies, option.resource, fixed_expert);
      }
      option.resource += first;
      Add(option);
    }
    SortFrom(begin);
  }

  void AddSeats(const Demand& demand, Item& item) {
    item.first_group = static_cast<int32_t>(in_.groups_.size());
    item.first_slot = static_cast<int32_t>(in_.slot_seat_.size());
    done_.assign(demand.seats, 0);
    for (int32_t i = 0; i < demand.seats; ++i) {
      const Seat& seat = problem_.seats[demand.first_seat + i];
      if (done_[i] || seat.fixed || seat.list == kNone) continue;
      SeatGroup group{Here(), Here(), 0};
      for (int32_t j = i; j < demand.seats; ++j) {
        const Seat& other = problem_.seats[demand.first_seat + j];
        if (other.fixed || other.list != seat.list) continue;
        done_[j] = 1;
        ++group.seats;
        in_.slot_seat_.push_back(demand.first_seat + j);
      }
      for (const Option& option : problem_.lists[seat.list]) {
        if (!IsBarred(option.resource)) Add(option);
      }
      SortFrom(group.begin);
      group.end = Here();
      in_.groups_.push_back(group);
    }
    item.end_group = static_cast<int32_t>(in_.groups_.size());
    item.slots = static_cast<int32_t>(in_.slot_seat_.size()) - item.first_slot;
  }

  void AddPairs(Item& item) {
    for (int32_t i = item.experts; i < item.teams; ++i) {
      const int32_t resource = in_.options_[i].resource;
      expert_of_[in_.PersonOf(resource)] = i;
      item.signed_prices |= in_.IsQuota(resource);
    }
    item.team_pairs = static_cast<int64_t>(in_.pairs_.size());
    const int32_t most_team = AddPairsOf(
        item.teams, item.projects, in_.first_team_, problem_.team_synergies);
    item.project_pairs = static_cast<int64_t>(in_.pairs_.size());
    const int32_t most_project =
        AddPairsOf(item.projects, item.talents, in_.first_project_,
                   problem_.project_synergies);
    item.end_pairs = static_cast<int64_t>(in_.pairs_.size());
    item.most_bonus = most_team + most_project;
    item.overlap = item.end_group - item.first_group > 1;
    for (int32_t i = item.talents; i < item.end && !item.overlap; ++i) {
      item.overlap = expert_of_[in_.options_[i].resource] != kNone;
    }
    for (int32_t i = item.experts; i < item.teams; ++i) {
      expert_of_[in_.PersonOf(in_.options_[i].resource)] = kNone;
    }
  }

  // Returns the greatest value among them.
  int32_t AddPairsOf(int32_t begin, int32_t end, int32_t first,
                     const Lists& synergies) {
    if (synergies.size() == 0) return 0;
    const size_t before = in_.pairs_.size();
    int32_t most = 0;
    for (int32_t i = begin; i < end; ++i) {
      for (const Option& with : synergies[in_.options_[i].resource - first]) {
        const int32_t expert = expert_of_[with.resource];
        if (expert == kNone || with.value == 0) continue;
        in_.pairs_.push_back({expert, i, with.value});
        most = std::max(most, with.value);
      }
    }
    std::sort(in_.pairs_.begin() + before, in_.pairs_.end(),
              [](const Pair& a, const Pair& b) {
                return a.expert != b.expert ? a.expert < b.expert
                                            : a.other < b.other;
              });
    return most;
  }

  Instance& in_;
  const Problem& problem_;
  std::vector<int32_t> quota_of_;   // by person
  std::vector<int32_t> expert_of_;  // by person: option of this demand
  std::vector<int32_t> barred_;     // persons fixed in this demand
  std::vector<char> done_;          // seats of this demand
};

Instance::Instance(const Problem& problem, const Selection& start)
    : problem_(problem) {
  Builder builder(*this);
  builder.SetCapacities(start);
  items_.reserve(problem.demands.size());
  for (const Demand& demand : problem.demands) builder.AddDemand(demand);
}

int64_t Instance::Value(int32_t demand, const Bundle& bundle) const {
  const Item& item = items_[demand];
  int64_t value = item.constant;
  for (const int32_t part : {bundle.expert, bundle.team, bundle.project}) {
    if (part != kNone) value += options_[part].value;
  }
  for (const int32_t talent : bundle.talents) {
    if (talent != kNone) value += options_[talent].value;
  }
  if (bundle.expert == kNone) return value;
  for (int64_t i = item.team_pairs; i < item.end_pairs; ++i) {
    const Pair& pair = pairs_[i];
    if (pair.expert != bundle.expert) continue;
    if (pair.other == bundle.team || pair.other == bundle.project) {
      value += pair.value;
    }
  }
  return value;
}

int64_t Instance::Value(const Bundles& bundles) const {
  int64_t value = 0;
  for (int32_t i = 0; i < demands(); ++i) value += Value(i, bundles[i]);
  return value;
}

Bundle Instance::EmptyBundle(int32_t demand) const {
  Bundle bundle;
  bundle.talents.assign(items_[demand].slots, kNone);
  return bundle;
}

Bundles Instance::FromSelection(const Selection& selection) const {
  Bundles bundles;
  bundles.reserve(items_.size());
  for (int32_t i = 0; i < demands(); ++i) {
    const Item& item = items_[i];
    Bundle& bundle = bundles.emplace_back(EmptyBundle(i));
    for (int32_t k = item.experts; k < item.teams; ++k) {
      if (PersonOf(resource(k)) == selection.expert[i]) bundle.expert = k;
    }
    for (int32_t k = item.teams; k < item.projects; ++k) {
      if (resource(k) - first_team_ == selection.team[i]) bundle.team = k;
    }
    for (int32_t k = item.projects; k < item.talents; ++k) {
      if (resource(k) - first_project_ == selection.project[i]) {
        bundle.project = k;
      }
    }
    int32_t slot = 0;
    for (int32_t g = item.first_group; g < item.end_group; ++g) {
      for (int32_t s = 0; s < groups_[g].seats; ++s, ++slot) {
        const int32_t person =
            selection.talent[slot_seat_[item.first_slot + slot]];
        for (int32_t k = groups_[g].begin; k < groups_[g].end; ++k) {
          if (resource(k) == person) bundle.talents[slot] = k;
        }
      }
    }
  }
  return bundles;
}

Selection Instance::ToSelection(const Bundles& bundles) const {
  Selection selection = Selection::Empty(problem_);
  for (int32_t i = 0; i < demands(); ++i) {
    const Demand& demand = problem_.demands[i];
    const Bundle& bundle = bundles[i];
    const auto fixed = [&](int32_t list) {
      return problem_.lists[list][0].resource;
    };
    if (demand.expert_fixed) {
      selection.expert[i] = fixed(demand.experts);
    } else if (bundle.expert != kNone) {
      selection.expert[i] = PersonOf(resource(bundle.expert));
    }
    if (demand.team_fixed) {
      selection.team[i] = fixed(demand.teams);
    } else if (bundle.team != kNone) {
      selection.team[i] = resource(bundle.team) - first_team_;
    }
    if (demand.project_fixed) {
      selection.project[i] = fixed(demand.projects);
    } else if (bundle.project != kNone) {
      selection.project[i] = resource(bundle.project) - first_project_;
    }
    for (int32_t k = 0; k < demand.seats; ++k) {
      const int32_t seat = demand.first_seat + k;
      if (problem_.seats[seat].fixed) {
        selection.talent[seat] = fixed(problem_.seats[seat].list);
      }
    }
    for (size_t slot = 0; slot < bundle.talents.size(); ++slot) {
      if (bundle.talents[slot] == kNone) continue;
      selection.talent[slot_seat_[items_[i].first_slot + slot]] =
          resource(bundle.talents[slot]);
    }
  }
  return selection;
}

Prices Instance::ToPrices(const std::vector<int64_t>& prices) const {
  Prices out;
  const auto at = [&](int32_t resource) { return prices.begin() + resource; };
  out.person.assign(at(0), at(first_team_));
  out.team.assign(at(first_team_), at(first_project_));
  out.project.assign(at(first_project_), at(first_quota_));
  out.quota.assign(persons_, 0);
  for (size_t i = 0; i < quota_person_.size(); ++i) {
    out.quota[quota_person_[i]] = prices[first_quota_ + i];
  }
  return out;
}

}  // namespace jiedui::matcher::engine::bundles
