// What a search for the candidates of one demand answers, whoever searches.
#pragma once

#include <cstdint>

namespace jiedui::bench {

// In the engine's order: what the candidate costs in subsidiarity, then the
// score, the higher the better, then the row.
struct Ranked {
  int32_t distance = 0;
  int32_t score = 0;
  int32_t row = 0;  // of the volunteer, in the order they were given
  friend bool operator==(const Ranked&, const Ranked&) = default;
  friend bool operator<(const Ranked& a, const Ranked& b) {
    if (a.distance != b.distance) return a.distance < b.distance;
    return a.score != b.score ? a.score > b.score : a.row < b.row;
  }
};

}  // namespace jiedui::bench
