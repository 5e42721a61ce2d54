// The best few candidates so far, and what it takes to be one of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "services/matcher/engine/candidates.h"

namespace jiedui::matcher::engine {

// What somebody costs in subsidiarity, by whether he reaches the floor.
struct Distances {
  int32_t from_floor = 0;
  int32_t below_floor = 0;
};

// One number orders a candidate: distance, then score, then row.
class Best {
 public:
  explicit Best(int32_t most) : most_(static_cast<size_t>(most)) {}

  // Nobody at this distance or beyond can come in any more.
  bool Closed(int32_t distance) const {
    return Full() && DistanceOf(keys_.front()) < distance;
  }
  // The score from which one may come in.
  int32_t Least(const Distances& distances, int32_t floor) const {
    if (!Full()) return 0;
    const int32_t worst = DistanceOf(keys_.front());
    const int32_t score = ScoreOf(keys_.front());
    if (distances.below_floor < worst) return 0;
    if (distances.below_floor == worst && score < floor) return score;
    if (distances.from_floor < worst) return floor;
    if (distances.from_floor == worst) return std::max(score, floor);
    return kFullMarks + 1;
  }
  void Offer(const Candidate& candidate) {
    const uint64_t key = KeyOf(candidate);
    if (!Full()) {
      keys_.push_back(key);
      std::push_heap(keys_.begin(), keys_.end());
      return;
    }
    left_out_ = true;
    if (key > keys_.front()) return;
    std::pop_heap(keys_.begin(), keys_.end());
    keys_.back() = key;
    std::push_heap(keys_.begin(), keys_.end());
  }
  // Somebody may have been left out who could be a candidate.
  void LeaveOut() { left_out_ = true; }

  CandidateList Take() {
    std::sort(keys_.begin(), keys_.end());
    CandidateList list;
    list.best.reserve(keys_.size());
    for (uint64_t key : keys_) {
      list.best.push_back({static_cast<int32_t>(key & 0xffffffff),
                           DistanceOf(key), ScoreOf(key)});
    }
    list.complete = !left_out_;
    return list;
  }

 private:
  static uint64_t KeyOf(const Candidate& candidate) {
    return static_cast<uint64_t>(candidate.distance) << 56 |
           static_cast<uint64_t>(kFullMarks - candidate.score) << 32 |
           static_cast<uint32_t>(candidate.resource);
  }
  static int32_t DistanceOf(uint64_t key) {
    return static_cast<int32_t>(key >> 56);
  }
  static int32_t ScoreOf(uint64_t key) {
    return kFullMarks - static_cast<int32_t>(key >> 32 & 0xffffff);
  }
  bool Full() const { return keys_.size() == most_; }

  size_t most_;
  std::vector<uint64_t> keys_;  // a heap, the worst on top
  bool left_out_ = false;
};

}  // namespace jiedui::matcher::engine
