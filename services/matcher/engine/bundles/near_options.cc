#include "services/matcher/engine/bundles/near_options.h"

#include <algorithm>
#include <functional>

namespace jiedui::matcher::engine::bundles {

void NearOptions::AddGains(const Item& item, int32_t begin, int32_t end,
                           int64_t pairs, int64_t end_pairs) {
  int64_t alone = 0;
  for (int32_t i = begin; i < end; ++i) {
    alone = std::max(alone, net_[i - item.experts]);
  }
  joint_.assign(gain_.size(), alone);
  for (int64_t p = pairs; p < end_pairs; ++p) {
    const Pair& pair = instance_.pair(p);
    int64_t& joint = joint_[pair.expert - item.experts];
    joint = std::max(joint, net_[pair.other - item.experts] + pair.value);
  }
  for (size_t i = 0; i < gain_.size(); ++i) gain_[i] += joint_[i];
}

void NearOptions::AddLosses(const Item& item, int32_t begin, int32_t end,
                            int64_t pairs, int64_t end_pairs) {
  // Beside an expert without synergy for it, and one with.
  AddGains(item, begin, end, pairs, end_pairs);
  const int64_t none = 0;
  int64_t least = none;
  if (!gain_.empty()) {
    least = joint_[0] + loss_[0];
    for (size_t i = 1; i < gain_.size(); ++i) {
      least = std::min(least, joint_[i] + loss_[i]);
    }
  } else {
    for (int32_t i = begin; i < end; ++i) {
      least = std::max(least, net_[i - item.experts]);
    }
  }
  for (int32_t i = begin; i < end; ++i) {
    loss_[i - item.experts] = least - net_[i - item.experts];
  }
  for (int64_t p = pairs; p < end_pairs; ++p) {
    const Pair& pair = instance_.pair(p);
    const size_t expert = pair.expert - item.experts;
    const size_t other = pair.other - item.experts;
    loss_[other] = std::min(loss_[other], loss_[expert] + joint_[expert] -
                                              net_[other] - pair.value);
  }
}

void NearOptions::ListNets(const Item& item, int64_t slack, const Bundle& held,
                           std::vector<int32_t>& options) {
  const size_t experts = item.teams - item.experts;
  loss_.assign(net_.size(), 0);
  gain_.assign(net_.begin(), net_.begin() + experts);
  AddGains(item, item.teams, item.projects, item.team_pairs,
           item.project_pairs);
  AddGains(item, item.projects, item.talents, item.project_pairs,
           item.end_pairs);
  const int64_t best =
      gain_.empty() ? 0 : *std::max_element(gain_.begin(), gain_.end());
  for (size_t i = 0; i < experts; ++i) loss_[i] = best - gain_[i];
  AddLosses(item, item.teams, item.projects, item.team_pairs,
            item.project_pairs);
  AddLosses(item, item.projects, item.talents, item.project_pairs,
            item.end_pairs);
  for (int32_t g = item.first_group; g < item.end_group; ++g) {
    const SeatGroup& group = instance_.group(g);
    seats_.assign(net_.begin() + (group.begin - item.experts),
                  net_.begin() + (group.end - item.experts));
    // The least of those who get a seat.
    const int32_t last = std::min<int32_t>(group.seats, seats_.size());
    if (last == 0) continue;
    std::nth_element(seats_.begin(), seats_.begin() + (last - 1), seats_.end(),
                     std::greater<>());
    const int64_t least = std::max<int64_t>(seats_[last - 1], 0);
    for (int32_t i = group.begin; i < group.end; ++i) {
      loss_[i - item.experts] = least - net_[i - item.experts];
    }
  }
  for (int32_t i = item.experts; i < item.end; ++i) {
    const bool is_held = i == held.expert || i == held.team ||
                         i == held.project ||
                         std::find(held.talents.begin(), held.talents.end(),
                                   i) != held.talents.end();
    if (is_held || loss_[i - item.experts] <= slack) options.push_back(i);
  }
}

}  // namespace jiedui::matcher::engine::bundles
