#include "services/matcher/engine/bundles/oracle.h"

#include <algorithm>

namespace jiedui::matcher::engine::bundles {

int64_t SeatFiller::Choose(int32_t person) {
  barred_ = person;
  value_ = -1;
  picking_.clear();
  if (groups_ == 0) {
    value_ = 0;
    chosen_.clear();
  } else {
    Search(0, first_[0], seats_[0], 0);
  }
  return value_;
}

// Depth first, best first, so that without conflicts the first leaf is the
// best and the bound cuts all others.
void SeatFiller::Search(int32_t group, int32_t entry, int32_t seats_left,
                        int64_t value) {
  if (value + MostFrom(group, entry, seats_left) <= value_) return;
  if (seats_left == 0 || entry == first_[group + 1]) {
    if (group + 1 < groups_) {
      Search(group + 1, first_[group + 1], seats_[group + 1], value);
    } else {
      value_ = value;
      chosen_ = picking_;
    }
    return;
  }
  const int32_t person = entries_[entry].person;
  bool free = person != barred_;
  for (const int32_t picked : picking_) {
    free &= entries_[picked].person != person;
  }
  if (free) {
    picking_.push_back(entry);
    Search(group, entry + 1, seats_left - 1, value + entries_[entry].value);
    picking_.pop_back();
  }
  Search(group, entry + 1, seats_left, value);
}

int64_t SeatFiller::MostFrom(int32_t group, int32_t entry,
                             int32_t seats_left) const {
  int64_t most = 0;
  for (;;) {
    const int32_t end = std::min(entry + seats_left, first_[group + 1]);
    for (; entry < end; ++entry) most += entries_[entry].value;
    if (++group == groups_) return most;
    entry = first_[group];
    seats_left = seats_[group];
  }
}

void SeatFiller::Write(int32_t person,
                       absl::InlinedVector<int32_t, 4>& talents) {
  if (person != kNone && Uses(person)) {
    Choose(person);
  } else {
    chosen_ = free_chosen_;
  }
  size_t next = 0;
  int32_t slot = 0;
  for (int32_t group = 0; group < groups_; slot += seats_[group], ++group) {
    for (int32_t at = slot;
         next < chosen_.size() && chosen_[next] < first_[group + 1]; ++next) {
      talents[at++] = entries_[chosen_[next]].option;
    }
  }
}

}  // namespace jiedui::matcher::engine::bundles
