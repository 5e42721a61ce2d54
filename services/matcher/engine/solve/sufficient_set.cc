#include "services/matcher/engine/solve/sufficient_set.h"

#include <algorithm>
#include <limits>

namespace jiedui::matcher::engine {
namespace {

constexpr int64_t kNone = std::numeric_limits<int64_t>::min();
constexpr int kMostSteps = 20'000;

// Depth first over items in order of worth + multiplier · score. What a partial
// set can still come to is at most its own merit and that of the next items,
// less what the score needed is worth (the Lagrangian bound).
class SetSearch {
 public:
  SetSearch(const std::vector<SetItem>& items, int64_t need, int64_t multiplier)
      : items_(items), need_(need), multiplier_(multiplier) {
    merits_.push_back(0);
    for (const SetItem& item : items) {
      merits_.push_back(merits_.back() + Merit(item));
    }
  }

  int64_t Run(int32_t size) {
    const int64_t bound = Ahead(0, size) - Price(need_);
    Extend(0, size, 0, 0);
    return steps_ > kMostSteps ? static_cast<int64_t>(bound) : best_;
  }

 private:
  __int128 Price(int64_t score) const { return __int128{multiplier_} * score; }
  __int128 Merit(const SetItem& item) const {
    return item.worth + Price(item.score);
  }
  // Of the `size` items from `from` on.
  __int128 Ahead(size_t from, int32_t size) const {
    return merits_[from + size] - merits_[from];
  }

  void Extend(size_t from, int32_t size, int64_t worth, int64_t score) {
    if (size == 0) {
      if (score >= need_) best_ = std::max(best_, worth);
      return;
    }
    for (size_t i = from; i + size <= items_.size(); ++i) {
      if (++steps_ > kMostSteps) return;
      const __int128 most =
          worth + Price(score) + Ahead(i, size) - Price(need_);
      if (most <= best_) return;
      Extend(i + 1, size - 1, worth + items_[i].worth, score + items_[i].score);
    }
  }

  const std::vector<SetItem>& items_;
  const int64_t need_;
  const int64_t multiplier_;
  std::vector<__int128> merits_;  // sums of the first items'
  int64_t best_ = kNone;
  int steps_ = 0;
};

// Σ of the `size` greatest scores.
int64_t MostScore(std::vector<SetItem>& items, int32_t size) {
  std::nth_element(
      items.begin(), items.begin() + size, items.end(),
      [](const SetItem& a, const SetItem& b) { return a.score > b.score; });
  int64_t sum = 0;
  for (int32_t i = 0; i < size; ++i) sum += items[i].score;
  return sum;
}

}  // namespace

int64_t BestSufficientSet(std::vector<SetItem>& items, int32_t size,
                          int64_t need, int64_t multiplier) {
  if (static_cast<int32_t>(items.size()) < size) return kNone;
  if (MostScore(items, size) < need) return kNone;
  std::sort(items.begin(), items.end(),
            [&](const SetItem& a, const SetItem& b) {
              const auto merit = [&](const SetItem& item) {
                return __int128{multiplier} * item.score + item.worth;
              };
              if (merit(a) != merit(b)) return merit(a) > merit(b);
              return a.score > b.score;
            });
  return SetSearch(items, need, multiplier).Run(size);
}

}  // namespace jiedui::matcher::engine
