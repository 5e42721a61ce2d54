// What a search for the candidates of one demand answers, whoever searches.
#pragma once

#include <cstdint>

namespace jiedui::bench {

// Best first: the higher score, then the smaller row.
struct Ranked {
  int32_t score = 0;
  int32_t row = 0;  // of the volunteer, in the order they were given
  friend bool operator==(const Ranked&, const Ranked&) = default;
  friend bool operator<(const Ranked& a, const Ranked& b) {
    return a.score != b.score ? a.score > b.score : a.row < b.row;
  }
};

}  // namespace jiedui::bench
