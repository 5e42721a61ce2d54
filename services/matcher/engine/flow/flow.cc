#include "services/matcher/engine/flow/flow.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/flow/bulk.h"
#include "services/matcher/engine/flow/network.h"
#include "services/matcher/engine/flow/search.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int64_t kMaxResources = std::numeric_limits<int32_t>::max();

absl::Status OutOfRange(std::string field, int64_t value, int64_t most) {
  return base::MakeError(base::Reason::kValueOutOfRange,
                         {{"field", std::move(field)},
                          {"value", absl::StrCat(value)},
                          {"min", "0"},
                          {"max", absl::StrCat(most)}});
}

template <typename Model>
absl::Status CheckEdges(const Network<Model>& network, int64_t row,
                        absl::Span<const typename Model::Edge> edges) {
  for (const auto& edge : edges) {
    if (edge.resource < 0 || edge.resource >= network.resources()) {
      return OutOfRange(absl::StrCat("row ", row, ", resource"), edge.resource,
                        int64_t{network.resources()} - 1);
    }
    RETURN_IF_ERROR(Model::CheckEdge(row, edge));
  }
  return absl::OkStatus();
}

template <typename Model>
absl::Status CheckOutside(int64_t row, const typename Model::Cost& outside) {
  return Model::CheckCost(absl::StrCat("row ", row, ", outside"), outside,
                          /*negative_too=*/true);
}

absl::Status CheckCapacity(int64_t resource, int32_t capacity) {
  if (capacity >= 0) return absl::OkStatus();
  return OutOfRange(absl::StrCat("resource ", resource, ", capacity"), capacity,
                    std::numeric_limits<int32_t>::max());
}

}  // namespace

template <typename Model>
Flow<Model>::Flow()
    : network_(std::make_unique<Network<Model>>()),
      search_(std::make_unique<Search<Model>>(*network_)) {}

template <typename Model>
Flow<Model>::Flow(Flow&&) noexcept = default;
template <typename Model>
Flow<Model>& Flow<Model>::operator=(Flow&&) noexcept = default;
template <typename Model>
Flow<Model>::~Flow() = default;

template <typename Model>
void Flow<Model>::Reserve(int64_t rows, int64_t edges) {
  network_->Reserve(rows, edges);
}

template <typename Model>
absl::StatusOr<int32_t> Flow<Model>::AddResource(
    int32_t capacity, absl::Span<const Cost> marginal) {
  const int32_t number = resources();
  if (number == kMaxResources) {
    return OutOfRange("resources", number + int64_t{1}, kMaxResources);
  }
  RETURN_IF_ERROR(CheckCapacity(number, capacity));
  std::vector<typename Model::Key> keys;
  for (size_t i = 0; i < marginal.size(); ++i) {
    const std::string field =
        absl::StrCat("resource ", number, ", marginal[", i, "]");
    RETURN_IF_ERROR(
        Model::CheckCost(field, marginal[i], /*negative_too=*/false));
    keys.push_back(Model::KeyOf(marginal[i]));
    if (i > 0 && keys[i] < keys[i - 1]) {
      return base::MakeError(base::Reason::kFieldMalformed,
                             {{"field", field},
                              {"value", "less than the one before"},
                              {"expected", "costs that do not fall"}});
    }
  }
  network_->AddResource(capacity, std::move(keys));
  return number;
}

template <typename Model>
absl::StatusOr<int32_t> Flow<Model>::AddRow(const Cost& outside,
                                            absl::Span<const Edge> edges) {
  const int32_t number = rows();
  if (number == kMaxFlowRows) {
    return OutOfRange("rows", number + int64_t{1}, kMaxFlowRows);
  }
  RETURN_IF_ERROR(CheckOutside<Model>(number, outside));
  RETURN_IF_ERROR(CheckEdges(*network_, number, edges));
  network_->AddRow(Model::KeyOf(outside), edges);
  return number;
}

template <typename Model>
absl::Status Flow<Model>::Solve(const Progress& progress) {
  return BringIn(*network_, *search_, PatienceFor(*network_), progress);
}

template <typename Model>
void Flow<Model>::PrepareForChanges() {
  search_->RaisePrices();
}

template <typename Model>
void Flow<Model>::Insert(int32_t row) {
  if (!IsIn(row)) search_->Insert(row);
}

template <typename Model>
void Flow<Model>::Remove(int32_t row) {
  auto& removed = network_->row(row);
  const int32_t resource = removed.resource;
  removed.state = RowState::kOut;
  removed.paid = -Model::kInfinite;
  if (resource == kNone) return;
  network_->Release(row);
  search_->Fill(resource);
}

template <typename Model>
absl::Status Flow<Model>::ReplaceRow(int32_t row, const Cost& outside,
                                     absl::Span<const Edge> edges) {
  RETURN_IF_ERROR(CheckOutside<Model>(row, outside));
  RETURN_IF_ERROR(CheckEdges(*network_, row, edges));
  const bool was_in = IsIn(row);
  if (was_in) Remove(row);
  network_->row(row).outside = Model::KeyOf(outside);
  network_->ReplaceEdges(row, edges);
  if (was_in) Insert(row);
  return absl::OkStatus();
}

template <typename Model>
absl::Status Flow<Model>::ExtendRow(int32_t row, absl::Span<const Edge> edges) {
  RETURN_IF_ERROR(CheckEdges(*network_, row, edges));
  const bool cheaper =
      IsIn(row) && std::any_of(edges.begin(), edges.end(), [&](Edge edge) {
        return Model::KeyOf(edge) + network_->price(edge.resource) <
               network_->row(row).paid;
      });
  if (cheaper) Remove(row);
  network_->AppendEdges(row, edges);
  if (cheaper) Insert(row);
  return absl::OkStatus();
}

template <typename Model>
absl::Status Flow<Model>::SetCapacity(int32_t resource, int32_t capacity) {
  RETURN_IF_ERROR(CheckCapacity(resource, capacity));
  auto& changed = network_->resource(resource);
  std::vector<int32_t> evicted;
  while (changed.load > capacity) {
    evicted.push_back(changed.first);
    network_->row(changed.first).state = RowState::kWaiting;
    network_->row(changed.first).paid = -Model::kInfinite;
    network_->Release(changed.first);
  }
  const bool opened = changed.capacity == 0 && capacity > 0;
  changed.capacity = capacity;
  if (capacity == 0) network_->price(resource) = Model::kInfinite;
  if (opened) search_->Open(resource);
  search_->Fill(resource);
  std::sort(evicted.begin(), evicted.end());
  for (int32_t row : evicted) search_->Insert(row);
  return absl::OkStatus();
}

template <typename Model>
int32_t Flow<Model>::rows() const {
  return network_->rows();
}

template <typename Model>
int32_t Flow<Model>::resources() const {
  return network_->resources();
}

template <typename Model>
int64_t Flow<Model>::edge_count() const {
  return network_->edge_count();
}

template <typename Model>
bool Flow<Model>::IsIn(int32_t row) const {
  return network_->row(row).state == RowState::kIn;
}

template <typename Model>
absl::Span<const typename Model::Edge> Flow<Model>::Edges(int32_t row) const {
  return network_->edges(row);
}

template <typename Model>
typename Model::Cost Flow<Model>::Outside(int32_t row) const {
  return Model::CostOf(network_->row(row).outside);
}

template <typename Model>
int32_t Flow<Model>::Assigned(int32_t row) const {
  static_assert(kOutside == kNone);
  return network_->row(row).resource;
}

template <typename Model>
typename Model::Cost Flow<Model>::Paid(int32_t row) const {
  return Model::CostOf(network_->row(row).paid);
}

template <typename Model>
typename Model::Cost Flow<Model>::Price(int32_t resource) const {
  return Model::CostOf(network_->price(resource));
}

template <typename Model>
int32_t Flow<Model>::Load(int32_t resource) const {
  return network_->resource(resource).load;
}

template <typename Model>
int32_t Flow<Model>::Capacity(int32_t resource) const {
  return network_->resource(resource).capacity;
}

template <typename Model>
typename Model::Cost Flow<Model>::Value() const {
  return PrimalValue(*network_);
}

template <typename Model>
typename Model::Cost Flow<Model>::Bound() const {
  return DualValue(*network_);
}

template <typename Model>
absl::Status Flow<Model>::Check() const {
  return CheckSlackness(*network_);
}

template class Flow<PlainCosts>;
template class Flow<LevelCosts>;

}  // namespace jiedui::matcher::engine
