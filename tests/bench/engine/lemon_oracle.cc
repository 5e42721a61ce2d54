#include "tests/bench/engine/lemon_oracle.h"

#ifdef JIEDUI_HAVE_LEMON
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#endif

#include <chrono>
#include <utility>

namespace jiedui::bench::engine {

#ifdef JIEDUI_HAVE_LEMON

OracleAnswer AskLemon(const OracleProblem& problem) {
  using Graph = lemon::StaticDigraph;
  const int rows = static_cast<int>(problem.first.size()) - 1;
  const int resources = static_cast<int>(problem.capacity.size());
  const int sink = rows + resources;

  std::vector<std::pair<int, int>> arcs;
  for (int row = 0; row < rows; ++row) {
    for (int64_t i = problem.first[row]; i < problem.first[row + 1]; ++i) {
      arcs.emplace_back(row, rows + problem.resource[i]);
    }
    arcs.emplace_back(row, sink);
  }
  for (int i = 0; i < resources; ++i) arcs.emplace_back(rows + i, sink);
  Graph graph;
  graph.build(sink + 1, arcs.begin(), arcs.end());

  Graph::ArcMap<int> capacity(graph, 1);
  Graph::ArcMap<int> cost(graph, 0);
  Graph::NodeMap<int> supply(graph, 0);
  int arc = 0;
  for (int row = 0; row < rows; ++row) {
    for (int64_t i = problem.first[row]; i < problem.first[row + 1]; ++i) {
      cost[graph.arc(arc++)] = problem.cost[i];
    }
    cost[graph.arc(arc++)] = static_cast<int>(problem.outside);
    supply[graph.node(row)] = 1;
  }
  for (int32_t one : problem.capacity) capacity[graph.arc(arc++)] = one;
  supply[graph.node(sink)] = -rows;

  lemon::NetworkSimplex<Graph, int, int> simplex(graph);
  const auto start = std::chrono::steady_clock::now();
  simplex.upperMap(capacity).costMap(cost).supplyMap(supply);
  simplex.run();
  OracleAnswer answer;
  answer.there = true;
  answer.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  answer.value = simplex.totalCost<int64_t>();
  return answer;
}

#else

OracleAnswer AskLemon(const OracleProblem&) { return {}; }

#endif

}  // namespace jiedui::bench::engine
