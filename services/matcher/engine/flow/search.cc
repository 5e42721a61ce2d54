#include "services/matcher/engine/flow/search.h"

#include <algorithm>

namespace jiedui::matcher::engine {

template <typename Model>
void Search<Model>::Start() {
  reached_.resize(network_.resources());
  if (++epoch_ == 0) {  // after four billion searches, stamps start again
    for (Reached& reached : reached_) reached.stamp = 0;
    epoch_ = 1;
  }
  heap_.clear();
  tree_.clear();
}

template <typename Model>
void Search<Model>::Push(int32_t resource, const Reached& reached) {
  reached_[resource] = reached;
  heap_.push_back({reached.distance, resource});
  std::push_heap(heap_.begin(), heap_.end());
}

// The nearest resource that is not settled, now in the tree; false when none is
// nearer than best_.
template <typename Model>
bool Search<Model>::Pop(Entry& top) {
  while (!heap_.empty() && heap_.front().distance < best_) {
    top = heap_.front();
    std::pop_heap(heap_.begin(), heap_.end());
    heap_.pop_back();
    Reached& reached = reached_[top.resource];
    if (reached.settled || top.distance != reached.distance) continue;
    reached.settled = true;
    tree_.push_back(top.resource);
    return true;
  }
  return false;
}

// Looks along a row's edges from distance `base`.
template <typename Model>
void Search<Model>::Relax(int32_t row, const Key& base, const Key& paid) {
  const Key offset = base - paid;
  looked_at_ += static_cast<int64_t>(network_.edges(row).size());
  for (const Edge& edge : network_.edges(row)) {
    const Key unpriced = offset + Model::KeyOf(edge);
    if (unpriced >= best_) break;  // sorted by cost, prices are ≥ 0
    const int32_t resource = edge.resource;
    const Key distance = unpriced + network_.price(resource);
    if (distance >= best_) continue;
    const Reached& reached = reached_[resource];
    if (reached.stamp == epoch_ && distance >= reached.distance) continue;
    const Reached now = {distance, epoch_, row};
    const Key ending = unpriced + network_.NextUnit(resource);
    if (ending < best_) {
      best_ = ending;
      end_resource_ = resource;
    }
    if (ending == distance) {  // nothing is nearer by way of it
      reached_[resource] = now;
    } else {
      Push(resource, now);
    }
  }
}

// Prices of settled resources, and what those assigned to them pay, move by
// what they are nearer than the path's end, up or down.
template <typename Model>
void Search<Model>::MovePrices(int sign) {
  for (int32_t resource : tree_) {
    const Key& distance = reached_[resource].distance;
    if (distance >= best_) continue;
    const Key change = sign * (best_ - distance);
    network_.price(resource) += change;
    for (int32_t row = network_.resource(resource).first; row != kNone;
         row = network_.row(row).next) {
      network_.row(row).paid += change;
    }
  }
}

template <typename Model>
void Search<Model>::Insert(int32_t root) {
  Start();
  auto& inserted = network_.row(root);
  best_ = inserted.outside;
  end_resource_ = kNone;
  end_row_ = root;
  Relax(root, 0, 0);
  Entry top;
  while (Pop(top)) {
    for (int32_t row = network_.resource(top.resource).first; row != kNone;
         row = network_.row(row).next) {
      const auto& occupant = network_.row(row);
      const Key leaving = top.distance + occupant.outside - occupant.paid;
      if (leaving < best_) {
        best_ = leaving;
        end_resource_ = kNone;
        end_row_ = row;
      }
      Relax(row, top.distance, occupant.paid);
    }
  }
  MovePrices(+1);
  inserted.paid = best_;
  inserted.state = RowState::kIn;
  Augment(root);
}

template <typename Model>
void Search<Model>::Augment(int32_t root) {
  int32_t resource = end_resource_;
  if (resource == kNone) {
    if (end_row_ == root) return;  // the root itself stays outside
    resource = network_.row(end_row_).resource;
    network_.Release(end_row_);
  }
  while (true) {
    const int32_t row = reached_[resource].parent;
    if (row == root) {
      network_.Assign(row, resource);
      return;
    }
    const int32_t left = network_.row(row).resource;
    network_.Release(row);
    network_.Assign(row, resource);
    resource = left;
  }
}

template <typename Model>
void Search<Model>::Open(int32_t resource) {
  Key price = network_.Marginal(resource, 1);
  for (const Edge& edge : network_.EdgesInto(resource)) {
    price =
        std::max(price, network_.row(edge.resource).paid - Model::KeyOf(edge));
  }
  network_.price(resource) = price;
}

template <typename Model>
void Search<Model>::Fill(int32_t resource) {
  while (network_.NextUnit(resource) < network_.price(resource)) {
    FillOnce(resource);
  }
}

// Looks back along the edges into a resource, from distance `base`.
template <typename Model>
void Search<Model>::RelaxInto(int32_t resource, const Key& base) {
  const Key offset = base + network_.price(resource);
  const absl::Span<const Edge> edges = network_.EdgesInto(resource);
  looked_at_ += static_cast<int64_t>(edges.size());
  for (const Edge& edge : edges) {
    const auto& row = network_.row(edge.resource);
    const Key distance = offset + Model::KeyOf(edge) - row.paid;
    if (distance >= best_) continue;
    const int32_t from = row.resource;
    if (from == resource) continue;
    if (from == kNone) {
      best_ = distance;
      end_resource_ = resource;
      end_row_ = edge.resource;
      continue;
    }
    const Reached& reached = reached_[from];
    if (reached.stamp == epoch_ && distance >= reached.distance) continue;
    const Reached now = {distance, epoch_, edge.resource, resource};
    const Key saved = network_.price(from) - network_.LastUnit(from);
    if (distance + saved < best_) {
      best_ = distance + saved;
      end_resource_ = from;
      end_row_ = kNone;
    }
    if (saved == 0) {  // nothing is nearer by way of it
      reached_[from] = now;
    } else {
      Push(from, now);
    }
  }
}

template <typename Model>
void Search<Model>::FillOnce(int32_t root) {
  Start();
  best_ = network_.price(root) - network_.NextUnit(root);
  end_resource_ = root;
  end_row_ = kNone;
  Push(root, {0, epoch_});
  Entry top;
  while (Pop(top)) RelaxInto(top.resource, top.distance);
  MovePrices(-1);
  // From the path's end to the root, each row moves one resource on.
  int32_t resource = end_resource_;
  if (end_row_ != kNone) network_.Assign(end_row_, resource);
  while (resource != root) {
    const Reached& reached = reached_[resource];
    network_.Release(reached.parent);
    network_.Assign(reached.parent, reached.toward);
    resource = reached.toward;
  }
}

template <typename Model>
typename Search<Model>::Key Search<Model>::DistanceToEnd(
    int32_t resource) const {
  Key distance = network_.NextUnit(resource) - network_.price(resource);
  for (int32_t row = network_.resource(resource).first; row != kNone;
       row = network_.row(row).next) {
    distance =
        std::min(distance, network_.row(row).outside - network_.row(row).paid);
  }
  return distance;
}

// The distances from all resources to where a path from them may end, found
// from the ends; a price may rise by as much.
template <typename Model>
void Search<Model>::RaisePrices() {
  Start();
  best_ = Model::kInfinite;
  for (int32_t i = 0; i < network_.resources(); ++i) {
    if (network_.resource(i).capacity > 0) Push(i, {DistanceToEnd(i), epoch_});
  }
  Entry top;
  while (Pop(top)) {
    const Key offset = top.distance + network_.price(top.resource);
    for (const Edge& edge : network_.EdgesInto(top.resource)) {
      const auto& row = network_.row(edge.resource);
      const Key distance = offset + Model::KeyOf(edge) - row.paid;
      if (row.resource == kNone ||
          distance >= reached_[row.resource].distance) {
        continue;
      }
      Push(row.resource, {distance, epoch_});
    }
  }
  for (int32_t resource : tree_) {
    const Key rise = reached_[resource].distance;
    network_.price(resource) += rise;
    for (int32_t row = network_.resource(resource).first; row != kNone;
         row = network_.row(row).next) {
      network_.row(row).paid += rise;
    }
  }
}

template class Search<PlainCosts>;
template class Search<LevelCosts>;

}  // namespace jiedui::matcher::engine
