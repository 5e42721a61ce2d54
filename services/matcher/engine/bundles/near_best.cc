#include "services/matcher/engine/bundles/near_best.h"

#include <algorithm>

namespace jiedui::matcher::engine::bundles {

bool NearBest::Enumerate(int32_t demand, int64_t slack, size_t most,
                         std::vector<NearBundle>& list) {
  demand_ = demand;
  item_ = &instance_.item(demand);
  least_ = best_ - slack;
  most_ = most;
  list_ = &list;
  bundle_ = instance_.EmptyBundle(demand);

  slot_group_.clear();
  for (int32_t g = item_->first_group; g < item_->end_group; ++g) {
    slot_group_.insert(slot_group_.end(), instance_.group(g).seats, g);
  }
  most_from_.assign(item_->slots + 1, 0);
  for (int32_t slot = item_->slots - 1; slot >= 0; --slot) {
    const SeatGroup& group = instance_.group(slot_group_[slot]);
    int64_t net = 0;
    for (int32_t i = group.begin; i < group.end; ++i) {
      net = std::max(net, Net(i));
    }
    most_from_[slot] = most_from_[slot + 1] + net;
  }

  if (item_->anchored) {
    if (item_->constant > least_) {
      list.push_back({bundle_, best_ - item_->constant, item_->constant});
    }
  } else if (!item_->needs_expert) {
    WithExpert(kNone, item_->constant);
  }
  for (int32_t i = item_->experts; i < item_->teams; ++i) {
    if (Net(i) > kImpossible) WithExpert(i, item_->constant + Net(i));
  }
  std::stable_sort(
      list.begin(), list.end(),
      [](const NearBundle& a, const NearBundle& b) { return a.loss < b.loss; });
  return list.size() <= most;
}

int64_t NearBest::Pairing(int64_t begin, int64_t end, int32_t expert,
                          int32_t other) const {
  for (int64_t i = begin; i < end; ++i) {
    const Pair& pair = instance_.pair(i);
    if (pair.expert == expert && pair.other == other) return pair.value;
  }
  return 0;
}

int64_t NearBest::MostOf(int32_t begin, int32_t end, int64_t pairs,
                         int64_t end_pairs, int32_t expert) const {
  int64_t most = 0;
  for (int32_t i = begin; i < end; ++i) {
    most = std::max(most, Net(i) + Pairing(pairs, end_pairs, expert, i));
  }
  return most;
}

void NearBest::WithExpert(int32_t expert, int64_t net) {
  const Item& item = *item_;
  bundle_.expert = expert;
  const int64_t most_project = MostOf(
      item.projects, item.talents, item.project_pairs, item.end_pairs, expert);
  for (int32_t team = item.teams - 1; team < item.projects; ++team) {
    // The place before the first stands for none.
    const bool has_team = team >= item.teams;
    if (has_team && Net(team) <= kImpossible) continue;
    bundle_.team = has_team ? team : kNone;
    int64_t with_team = net;
    if (has_team) {
      with_team += Net(team) +
                   Pairing(item.team_pairs, item.project_pairs, expert, team);
    }
    if (with_team + most_project + most_from_[0] <= least_) continue;
    for (int32_t project = item.projects - 1; project < item.talents;
         ++project) {
      const bool has_project = project >= item.projects;
      if (has_project && Net(project) <= kImpossible) continue;
      bundle_.project = has_project ? project : kNone;
      int64_t with_both = with_team;
      if (has_project) {
        with_both += Net(project) + Pairing(item.project_pairs, item.end_pairs,
                                            expert, project);
      }
      WithSlots(0, with_both);
    }
  }
}

void NearBest::WithSlots(int32_t slot, int64_t net) {
  if (net + most_from_[slot] <= least_ || list_->size() > most_) return;
  if (slot == item_->slots) {
    list_->push_back({bundle_, best_ - net, instance_.Value(demand_, bundle_)});
    return;
  }
  const SeatGroup& group = instance_.group(slot_group_[slot]);
  // Equal seats are filled in order, those that stay empty last.
  int32_t begin = group.begin;
  const bool same = slot > 0 && slot_group_[slot - 1] == slot_group_[slot];
  const bool closed = same && bundle_.talents[slot - 1] == kNone;
  if (same && !closed) begin = bundle_.talents[slot - 1] + 1;
  bundle_.talents[slot] = kNone;
  WithSlots(slot + 1, net);
  if (closed) return;
  for (int32_t i = begin; i < group.end; ++i) {
    if (Net(i) <= kImpossible) continue;
    const int32_t person = instance_.resource(i);
    bool twice =
        bundle_.expert != kNone &&
        instance_.PersonOf(instance_.resource(bundle_.expert)) == person;
    for (int32_t k = 0; k < slot; ++k) {
      twice |= bundle_.talents[k] != kNone &&
               instance_.resource(bundle_.talents[k]) == person;
    }
    if (twice) continue;
    bundle_.talents[slot] = i;
    WithSlots(slot + 1, net + Net(i));
  }
  bundle_.talents[slot] = kNone;
}

}  // namespace jiedui::matcher::engine::bundles
