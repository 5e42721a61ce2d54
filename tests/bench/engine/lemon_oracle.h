// LEMON's network simplex on an assignment. Compiled as C++17, which is the
// last its headers compile as; without those headers it says so.
#pragma once

#include <cstdint>
#include <vector>

namespace jiedui::bench::engine {

// Row by row: [first[i], first[i + 1]) are row i's edges.
struct OracleProblem {
  int64_t outside = 0;
  std::vector<int32_t> capacity;
  std::vector<int64_t> first = {0};
  std::vector<int32_t> resource;
  std::vector<int32_t> cost;
};

struct OracleAnswer {
  bool there = false;  // whether LEMON is
  int64_t value = 0;
  double seconds = 0;  // of the solution, without building the graph
};

OracleAnswer AskLemon(const OracleProblem& problem);

}  // namespace jiedui::bench::engine
