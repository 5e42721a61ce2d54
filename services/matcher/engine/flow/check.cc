#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/flow/network.h"

namespace jiedui::matcher::engine {
namespace {

template <typename... Words>
absl::Status Fault(const Words&... words) {
  return base::MakeError(base::Reason::kInternal,
                         {{"detail", absl::StrCat("flow: ", words...)}});
}

// The cheapest of a row's edges to the resource it is assigned to.
// REQUIRES: there is one, if it is assigned.
template <typename Model>
typename Model::Key CostOfAssignment(const Network<Model>& network,
                                     int32_t row) {
  const int32_t resource = network.row(row).resource;
  if (resource == kNone) return network.row(row).outside;
  for (const auto& edge : network.edges(row)) {
    if (edge.resource == resource) return Model::KeyOf(edge);
  }
  return Model::kInfinite;
}

template <typename Model>
absl::Status CheckRow(const Network<Model>& network, int32_t row) {
  const auto& checked = network.row(row);
  if (checked.state != RowState::kIn) {
    if (checked.resource == kNone) return absl::OkStatus();
    return Fault("row ", row, " is not in, but has a resource");
  }
  auto paid = CostOfAssignment(network, row);
  if (checked.resource != kNone) paid += network.price(checked.resource);
  if (paid != checked.paid) return Fault("row ", row, " pays something else");
  if (paid != network.Cheapest(row)) {
    return Fault("row ", row, " has a cheaper option");
  }
  return absl::OkStatus();
}

template <typename Model>
absl::Status CheckResource(const Network<Model>& network, int32_t resource,
                           int32_t load) {
  if (load != network.resource(resource).load) {
    return Fault("resource ", resource, " miscounts its load");
  }
  if (load > network.resource(resource).capacity) {
    return Fault("resource ", resource, " is overfull");
  }
  const auto price = network.price(resource);
  if (price < network.LastUnit(resource)) {
    return Fault("resource ", resource, " is priced below its last unit");
  }
  if (price > network.NextUnit(resource)) {
    return Fault("resource ", resource, " is priced above its next unit");
  }
  return absl::OkStatus();
}

}  // namespace

template <typename Model>
typename Model::Cost PrimalValue(const Network<Model>& network) {
  typename Model::Sum sum;
  std::vector<int32_t> load(network.resources(), 0);
  for (int32_t row = 0; row < network.rows(); ++row) {
    if (network.row(row).state != RowState::kIn) continue;
    sum.Add(CostOfAssignment(network, row));
    const int32_t resource = network.row(row).resource;
    if (resource == kNone) continue;
    sum.Add(network.Marginal(resource, ++load[resource]));
  }
  return sum.Total();
}

template <typename Model>
typename Model::Cost DualValue(const Network<Model>& network) {
  typename Model::Sum sum;
  for (int32_t row = 0; row < network.rows(); ++row) {
    if (network.row(row).state == RowState::kIn) {
      sum.Add(network.Cheapest(row));
    }
  }
  for (int32_t resource = 0; resource < network.resources(); ++resource) {
    const auto price = network.price(resource);
    const int32_t capacity = network.resource(resource).capacity;
    if (!network.HasMarginalCosts()) {
      if (capacity > 0) sum.Subtract(price, capacity);
      continue;
    }
    for (int32_t unit = 1; unit <= capacity; ++unit) {
      const auto marginal = network.Marginal(resource, unit);
      if (marginal >= price) break;  // they do not fall
      sum.Subtract(price - marginal, 1);
    }
  }
  return sum.Total();
}

template <typename Model>
absl::Status CheckSlackness(const Network<Model>& network) {
  std::vector<int32_t> load(network.resources(), 0);
  for (int32_t row = 0; row < network.rows(); ++row) {
    RETURN_IF_ERROR(CheckRow(network, row));
    if (network.row(row).resource != kNone) ++load[network.row(row).resource];
  }
  for (int32_t resource = 0; resource < network.resources(); ++resource) {
    RETURN_IF_ERROR(CheckResource(network, resource, load[resource]));
  }
  return absl::OkStatus();
}

template int64_t PrimalValue(const Network<PlainCosts>&);
template Objective PrimalValue(const Network<LevelCosts>&);
template int64_t DualValue(const Network<PlainCosts>&);
template Objective DualValue(const Network<LevelCosts>&);
template absl::Status CheckSlackness(const Network<PlainCosts>&);
template absl::Status CheckSlackness(const Network<LevelCosts>&);

}  // namespace jiedui::matcher::engine
