// What a search for candidates remembers on its way; kept from one search to
// the next, so that none allocates.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "services/matcher/engine/bounds.h"
#include "services/matcher/engine/postings.h"

namespace jiedui::matcher::engine {

// Rows a search has looked at: a hash table that is emptied by counting on.
class Seen {
 public:
  void Begin() {
    count_ = 0;
    if (++search_ == 0) {
      std::fill(slots_.begin(), slots_.end(), Slot());
      search_ = 1;
    }
  }
  // False when it was there before.
  bool Add(int32_t row) {
    Slot& slot = Find(row);
    if (slot.search == search_) return false;
    slot = {search_, row};
    if (++count_ * 2 > slots_.size()) Grow();
    return true;
  }

 private:
  struct Slot {
    uint32_t search = 0;
    int32_t row = 0;
  };

  Slot& Find(int32_t row) {
    const size_t mask = slots_.size() - 1;
    size_t at = (static_cast<uint32_t>(row) * 0x9E3779B1u >> 8) & mask;
    while (slots_[at].search == search_ && slots_[at].row != row) {
      at = (at + 1) & mask;
    }
    return slots_[at];
  }
  void Grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.search == search_) Find(slot.row) = slot;
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(1024);
  size_t count_ = 0;
  uint32_t search_ = 0;
};

// Cells at the same distance, the most apt first, to within a step.
class Queue {
 public:
  static constexpr int32_t kStepBits = 13;

  struct Item {
    const Postings::Cell* cell;
    int32_t subject;  // Bounds::Subject
    int32_t next;
  };

  void Clear() {
    items_.clear();
    first_.fill(-1);
  }
  void Add(const Postings::Cell& cell, int32_t subject) {
    int32_t& first = first_[StepOf(subject)];
    items_.push_back({&cell, subject, first});
    first = static_cast<int32_t>(items_.size()) - 1;
  }

  // Calls look(most, items) for each step, from the best, where no item of it
  // has more points than `most`, until it returns false.
  template <typename Look>
  void ForEachStep(Look look) const {
    for (size_t step = kSteps; step-- > 0;) {
      if (first_[step] < 0) continue;
      if (!look(static_cast<int32_t>((step + 1) << kStepBits), first_[step])) {
        return;
      }
    }
  }
  const Item& operator[](int32_t item) const {
    return items_[static_cast<size_t>(item)];
  }

 private:
  static constexpr size_t kSteps = (Bounds::kMostPoints >> kStepBits) + 1;

  static size_t StepOf(int32_t subject) {
    return static_cast<size_t>(std::min(subject, Bounds::kMostPoints)) >>
           kStepBits;
  }

  std::vector<Item> items_;
  std::array<int32_t, kSteps> first_;
};

// One who may be among the best. Orders by what he scores at most.
class Waiting {
 public:
  Waiting(int32_t most, uint32_t matched, bool fits, int32_t row)
      : bits_(static_cast<uint64_t>(std::min(most, Bounds::kMostPoints))
                  << kMostShift |
              static_cast<uint64_t>(matched) << kMatchedShift |
              static_cast<uint64_t>(fits) << kFitsShift |
              static_cast<uint32_t>(row)) {}

  int32_t most() const { return static_cast<int32_t>(bits_ >> kMostShift); }
  uint32_t matched() const { return bits_ >> kMatchedShift & 0xff; }
  bool fits() const { return bits_ >> kFitsShift & 1; }
  int32_t row() const { return static_cast<int32_t>(bits_ & 0x7fffffff); }

  friend bool operator>(Waiting a, Waiting b) { return a.bits_ > b.bits_; }

 private:
  static constexpr int kFitsShift = 31;
  static constexpr int kMatchedShift = 32;
  static constexpr int kMostShift = 40;
  uint64_t bits_;
};

// One whom the index alone cannot rule out.
struct Sifted {
  const Postings::Cell* cell;
  Digest digest;
  int32_t row;
  int32_t most;  // points
  uint8_t matched;
  bool fits;
};

struct Search {
  Seen seen;
  Queue queue;
  std::vector<Sifted> sifted;
  std::vector<Waiting> waiting;
};

}  // namespace jiedui::matcher::engine
