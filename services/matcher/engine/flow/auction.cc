#include "services/matcher/engine/flow/auction.h"

#include <algorithm>

namespace jiedui::matcher::engine {
namespace {

constexpr int64_t kNobodyCanPay = int64_t{1} << 61;

// Measured on random and on local candidates, demand being .87 to 1.09 of
// capacity. Lowering by half as much leaves units overpriced, which costs the
// repair dearly; lowering by more costs bids.
constexpr int64_t kScaleRatio = 5;
constexpr int64_t kFinestShare = 2048;   // of the costs' spread
constexpr int64_t kLowerBy = 10;         // times the next scale
constexpr int64_t kLowerLastBy = 40;     // times the finest
constexpr int64_t kLowerAgainRatio = 4;  // when that was not enough
constexpr int kMostRepeats = 2;
constexpr int64_t kMostOverpriced = 2;  // in all, times rows times the finest
constexpr int64_t kMuchOverpriced = 1024;  // one unit; more makes no difference

constexpr int64_t kMostBidsARow = 256;
constexpr int64_t kAskEvery = 4096;  // bids

}  // namespace

template <typename Model>
Auction<Model>::Auction(Network<Model>& network)
    : network_(network), guide_(network), bidders_(network.rows()) {
  for (int32_t row = 0; row < network.rows(); ++row) {
    auto& taken = network.row(row);
    if (taken.state == RowState::kOut) continue;
    if (taken.resource != kNone) network.Release(row);
    taken.state = RowState::kWaiting;
    taken.paid = -Model::kInfinite;
    active_.push_back(row);
    bidders_[row].outside = guide_.Of(taken.outside);
  }
  AddUnits();
}

template <typename Model>
void Auction<Model>::AddUnits() {
  std::vector<int32_t> wanted(network_.resources(), 0);
  for (int32_t row : active_) {
    for (const Edge& edge : network_.edges(row)) ++wanted[edge.resource];
  }
  first_.push_back(0);
  for (int32_t resource = 0; resource < network_.resources(); ++resource) {
    const int32_t units =
        std::min(network_.resource(resource).capacity, wanted[resource]);
    for (int32_t unit = 1; unit <= units; ++unit) {
      const int64_t least = guide_.Of(network_.Marginal(resource, unit));
      units_.push_back({least, least, kNone});
    }
    price_.push_back(units > 0 ? units_[first_.back()].price : kNobodyCanPay);
    first_.push_back(static_cast<int32_t>(units_.size()));
  }
}

template <typename Model>
int64_t Auction<Model>::CoarsestScale() const {
  int64_t most = 0;
  for (int32_t row : active_) {
    if (network_.edges(row).empty()) continue;
    most = std::max(
        most, bidders_[row].outside - guide_.Of(network_.edges(row).front()));
  }
  return most / kScaleRatio;
}

// Also what it pays now, which is its outside option when it holds nothing.
template <typename Model>
int64_t Auction<Model>::Cheapest(int32_t row, int64_t* paid) const {
  const Bidder& bidder = bidders_[row];
  int64_t cheapest = bidder.outside;
  *paid = bidder.outside;
  for (const Edge& edge : network_.edges(row)) {
    const int64_t value = guide_.Of(edge) + price_[edge.resource];
    cheapest = std::min(cheapest, value);
    if (edge.resource == bidder.resource) *paid = std::min(*paid, value);
  }
  return cheapest;
}

template <typename Model>
void Auction<Model>::Lower(int64_t by) {
  for (Unit& unit : units_) {
    unit.price = std::max(unit.least, unit.price - by);
  }
  for (int32_t resource = 0; resource < network_.resources(); ++resource) {
    const auto begin = units_.begin() + first_[resource];
    const auto end = units_.begin() + first_[resource + 1];
    if (begin == end) continue;
    // Different floors may have changed the order.
    std::sort(begin, end,
              [](const Unit& a, const Unit& b) { return a.price < b.price; });
    for (int32_t i = first_[resource]; i < first_[resource + 1]; ++i) {
      if (units_[i].row != kNone) bidders_[units_[i].row].unit = i;
    }
    price_[resource] = begin->price;
  }
}

template <typename Model>
void Auction<Model>::ReleaseUnhappy(int64_t epsilon) {
  for (int32_t row : active_) {
    Bidder& bidder = bidders_[row];
    int64_t paid;
    if (Cheapest(row, &paid) >= paid - (bidder.unit == kNone ? 0 : epsilon)) {
      continue;
    }
    if (bidder.unit != kNone) {
      units_[bidder.unit].row = kNone;
      bidder.unit = kNone;
      bidder.resource = kNone;
    }
    waiting_.push_back(row);
  }
}

template <typename Model>
void Auction<Model>::Put(int32_t index, const Unit& unit) {
  units_[index] = unit;
  if (unit.row != kNone) bidders_[unit.row].unit = index;
}

// In place of the resource's first unit, and from there to its place.
template <typename Model>
void Auction<Model>::PlaceFirst(int32_t resource, const Unit& unit) {
  const int32_t first = first_[resource];
  const int32_t size = first_[resource + 1] - first;
  int32_t at = 0;
  while (2 * at + 1 < size) {
    int32_t child = 2 * at + 1;
    if (child + 1 < size &&
        units_[first + child + 1].price < units_[first + child].price) {
      ++child;
    }
    if (unit.price <= units_[first + child].price) break;
    Put(first + at, units_[first + child]);
    at = child;
  }
  Put(first + at, unit);
  price_[resource] = units_[first].price;
}

template <typename Model>
int32_t Auction<Model>::Bid(int32_t row, int64_t epsilon) {
  ++bids_;
  int64_t best = bidders_[row].outside;
  int64_t second = best;
  int32_t resource = kNone;
  for (const Edge& edge : network_.edges(row)) {
    const int64_t cost = guide_.Of(edge);
    if (cost >= second) break;  // sorted by cost, prices are ≥ 0
    const int64_t value = cost + price_[edge.resource];
    if (value < best) {
      second = best;
      best = value;
      resource = edge.resource;
    } else {
      second = std::min(second, value);
    }
  }
  if (resource == kNone) return kNone;  // stays outside
  const Unit unit = units_[first_[resource]];
  bidders_[row].resource = resource;
  PlaceFirst(resource, {unit.price + second - best + epsilon, unit.least, row});
  if (unit.row != kNone) {
    bidders_[unit.row].unit = kNone;
    bidders_[unit.row].resource = kNone;
  }
  return unit.row;
}

template <typename Model>
bool Auction<Model>::Forward(int64_t epsilon, const std::function<bool()>& go) {
  const int64_t most = kMostBidsARow * static_cast<int64_t>(active_.size());
  while (!waiting_.empty()) {
    int32_t row = waiting_.back();
    waiting_.pop_back();
    while (row != kNone) {
      if (bids_ == most) return true;
      row = Bid(row, epsilon);
      if (bids_ % kAskEvery == 0 && !go()) return false;
    }
  }
  return true;
}

template <typename Model>
int64_t Auction<Model>::Overpriced(int64_t most) const {
  int64_t sum = 0;
  for (const Unit& unit : units_) {
    if (unit.row == kNone) sum += std::min(most, unit.price - unit.least);
  }
  return sum;
}

template <typename Model>
bool Auction<Model>::Run(const Go& go) {
  const int64_t finest = std::max<int64_t>(1, guide_.spread() / kFinestShare);
  std::vector<int64_t> scales = {std::max(CoarsestScale(), finest)};
  while (scales.back() > finest) {
    scales.push_back(std::max(finest, scales.back() / kScaleRatio));
  }
  const int total = static_cast<int>(scales.size());
  int done = 0;
  const auto scale = [&](int64_t epsilon, int64_t lower_by) {
    const auto told = [&] { return !go || go(done, total); };
    if (!told()) return false;
    Lower(lower_by);
    ReleaseUnhappy(epsilon);
    return Forward(epsilon, told);
  };

  for (; done < total; ++done) {
    const int64_t times = scales[done] == finest ? kLowerLastBy : kLowerBy;
    if (!scale(scales[done], times * scales[done])) return false;
  }
  int64_t lower_by = kLowerLastBy * finest;
  const int64_t bearable =
      kMostOverpriced * finest * static_cast<int64_t>(active_.size());
  for (int i = 0;
       i < kMostRepeats && Overpriced(kMuchOverpriced * finest) > bearable;
       ++i) {
    lower_by *= kLowerAgainRatio;
    if (!scale(finest, lower_by)) return false;
  }
  return true;
}

template <typename Model>
std::vector<int32_t> Auction<Model>::HandBack() {
  for (int32_t resource = 0; resource < network_.resources(); ++resource) {
    if (network_.resource(resource).capacity == 0) continue;
    auto& price = network_.price(resource);
    price = network_.Marginal(resource, 1);
    if (first_[resource] == first_[resource + 1]) continue;  // nobody's choice
    price = std::max(price, guide_.KeyOf(price_[resource]));
  }
  std::vector<int32_t> pending;
  for (int32_t row : active_) {
    auto& back = network_.row(row);
    const int32_t resource = bidders_[row].resource;
    back.state = RowState::kIn;
    back.paid = network_.Cheapest(row);
    if (resource == kNone) {
      if (back.paid < back.outside) pending.push_back(row);
      continue;
    }
    // A place is kept where the row is at its cheapest option, and the unit
    // worth its cost.
    const bool cheapest = std::any_of(
        network_.edges(row).begin(), network_.edges(row).end(),
        [&](const Edge& edge) {
          return edge.resource == resource &&
                 Model::KeyOf(edge) + network_.price(resource) == back.paid;
        });
    if (cheapest && network_.NextUnit(resource) <= network_.price(resource)) {
      network_.Assign(row, resource);
    } else {
      pending.push_back(row);
    }
  }
  return pending;
}

template class Auction<PlainCosts>;
template class Auction<LevelCosts>;

}  // namespace jiedui::matcher::engine
