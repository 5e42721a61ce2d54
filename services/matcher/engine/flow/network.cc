#include "services/matcher/engine/flow/network.h"

#include <algorithm>
#include <utility>

namespace jiedui::matcher::engine {

template <typename Model>
void Network<Model>::AddResource(int32_t capacity, std::vector<Key> marginal) {
  Key price = marginal.empty() ? Key{0} : marginal.front();
  if (capacity == 0) price = Model::kInfinite;
  prices_.push_back(price);
  if (!marginal.empty() && marginal_.empty()) {
    marginal_.resize(resources_.size());
  }
  resources_.push_back({capacity});
  if (!marginal.empty() || !marginal_.empty()) {
    marginal_.push_back(std::move(marginal));
  }
  if (into_built_) into_.AddList({});
}

template <typename Model>
void Network<Model>::AddRow(Key outside, absl::Span<const Edge> edges) {
  const int32_t row = rows();
  rows_.push_back({outside});
  SortByCost(edges);
  edges_.AddList(sorted_);
  edge_count_ += static_cast<int64_t>(sorted_.size());
  if (into_built_) AppendInto(row, sorted_);
}

template <typename Model>
void Network<Model>::Reserve(int64_t rows, int64_t edges) {
  rows_.reserve(rows);
  edges_.Reserve(rows, edges);
}

template <typename Model>
void Network<Model>::ReplaceEdges(int32_t row, absl::Span<const Edge> edges) {
  if (into_built_) {
    for (const Edge& edge : edges_[row]) {
      const absl::Span<const Edge> into = into_[edge.resource];
      const auto found = std::find_if(
          into.begin(), into.end(),
          [row](const Edge& other) { return other.resource == row; });
      into_.Erase(edge.resource, found - into.begin());
    }
  }
  edge_count_ -= static_cast<int64_t>(edges_[row].size());
  SortByCost(edges);
  edges_.Replace(row, sorted_);
  edge_count_ += static_cast<int64_t>(sorted_.size());
  if (into_built_) AppendInto(row, sorted_);
}

template <typename Model>
void Network<Model>::AppendEdges(int32_t row, absl::Span<const Edge> edges) {
  if (into_built_) AppendInto(row, edges);
  std::vector<Edge> all(edges_[row].begin(), edges_[row].end());
  all.insert(all.end(), edges.begin(), edges.end());
  SortByCost(all);
  edges_.Replace(row, sorted_);
  edge_count_ += static_cast<int64_t>(edges.size());
}

template <typename Model>
void Network<Model>::AppendInto(int32_t row, absl::Span<const Edge> edges) {
  for (Edge edge : edges) {
    const int32_t resource = std::exchange(edge.resource, row);
    into_.Append(resource, edge);
  }
}

template <typename Model>
absl::Span<const typename Model::Edge> Network<Model>::EdgesInto(
    int32_t resource) {
  if (!into_built_) BuildEdgesInto();
  return into_[resource];
}

template <typename Model>
void Network<Model>::BuildEdgesInto() {
  std::vector<int32_t> count(resources_.size(), 0);
  for (int32_t row = 0; row < rows(); ++row) {
    for (const Edge& edge : edges_[row]) ++count[edge.resource];
  }
  into_.Reset(count);
  for (int32_t row = 0; row < rows(); ++row) {
    for (Edge edge : edges_[row]) {
      const int32_t resource = std::exchange(edge.resource, row);
      const absl::Span<Edge> into = into_.Mutable(resource);
      into[into.size() - count[resource]--] = edge;
    }
  }
  into_built_ = true;
}

template <typename Model>
void Network<Model>::SortByCost(absl::Span<const Edge> edges) {
  ranks_.clear();
  for (const Edge& edge : edges) {
    ranks_.push_back(uint64_t{Model::Rank(edge)} << 32 |
                     static_cast<uint32_t>(edge.resource));
  }
  std::sort(ranks_.begin(), ranks_.end());
  sorted_.clear();
  for (uint64_t rank : ranks_) {
    sorted_.push_back(Model::FromRank(static_cast<uint32_t>(rank >> 32),
                                      static_cast<int32_t>(rank)));
  }
}

template <typename Model>
typename Model::Key Network<Model>::Cheapest(int32_t row) const {
  Key cheapest = rows_[row].outside;
  for (const Edge& edge : edges_[row]) {
    const Key cost = Model::KeyOf(edge);
    if (cost >= cheapest) break;  // sorted by cost, prices are ≥ 0
    cheapest = std::min(cheapest, cost + prices_[edge.resource]);
  }
  return cheapest;
}

template <typename Model>
void Network<Model>::Assign(int32_t row, int32_t resource) {
  Row& assigned = rows_[row];
  Resource& to = resources_[resource];
  assigned.resource = resource;
  assigned.previous = kNone;
  assigned.next = to.first;
  if (to.first != kNone) rows_[to.first].previous = row;
  to.first = row;
  ++to.load;
}

template <typename Model>
void Network<Model>::Release(int32_t row) {
  Row& released = rows_[row];
  Resource& from = resources_[released.resource];
  if (released.previous == kNone) {
    from.first = released.next;
  } else {
    rows_[released.previous].next = released.next;
  }
  if (released.next != kNone) rows_[released.next].previous = released.previous;
  released.resource = kNone;
  --from.load;
}

template <typename Model>
void Network<Model>::Reset() {
  for (Row& row : rows_) {
    row.resource = kNone;
    row.paid = -Model::kInfinite;
    if (row.state == RowState::kIn) row.state = RowState::kWaiting;
  }
  for (int32_t resource = 0; resource < resources(); ++resource) {
    resources_[resource].load = 0;
    resources_[resource].first = kNone;
    prices_[resource] = resources_[resource].capacity == 0
                            ? Model::kInfinite
                            : Marginal(resource, 1);
  }
}

template class Network<PlainCosts>;
template class Network<LevelCosts>;

}  // namespace jiedui::matcher::engine
