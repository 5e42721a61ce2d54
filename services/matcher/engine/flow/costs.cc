#include "services/matcher/engine/flow/costs.h"

#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int64_t kMaxEdgeCost = int64_t{1} << 26;
constexpr int64_t kMaxPlainCost = int64_t{1} << 40;
constexpr int64_t kMaxUnmet = 3;
constexpr int64_t kMaxTierDistance = 63;

constexpr int kTierBits = 29;
constexpr int kUnmetBits = 7;

absl::Status InRange(const std::string& field, int64_t value, int64_t least,
                     int64_t most) {
  if (value >= least && value <= most) return absl::OkStatus();
  return base::MakeError(base::Reason::kValueOutOfRange,
                         {{"field", field},
                          {"value", absl::StrCat(value)},
                          {"min", absl::StrCat(least)},
                          {"max", absl::StrCat(most)}});
}

// Takes the lowest `bits` off `key`, as a number with a sign.
int64_t PopDigit(__int128& key, int bits) {
  const int unused = 64 - bits;
  const int64_t digit =
      static_cast<int64_t>(static_cast<uint64_t>(key) << unused) >> unused;
  key = (key - digit) >> bits;
  return digit;
}

// Lowest first: loss, tier_distance, unmet (the last class first), mandatory.
using Digits = std::array<int64_t, 3 + kUrgencyClasses>;

Digits DigitsOf(__int128 key) {
  Digits digits;
  digits[0] = PopDigit(key, 64);
  digits[1] = PopDigit(key, kTierBits);
  for (int i = 0; i < kUrgencyClasses; ++i) {
    digits[2 + i] = PopDigit(key, kUnmetBits);
  }
  digits[2 + kUrgencyClasses] = static_cast<int64_t>(key);
  return digits;
}

template <typename Levels>
Objective ToObjective(const Levels& levels) {
  Objective objective;
  objective.loss = levels[0];
  objective.tier_distance = static_cast<int32_t>(levels[1]);
  for (int i = 0; i < kUrgencyClasses; ++i) {
    objective.unmet[kUrgencyClasses - 1 - i] =
        static_cast<int32_t>(levels[2 + i]);
  }
  objective.mandatory_unmet = static_cast<int32_t>(levels[2 + kUrgencyClasses]);
  return objective;
}

}  // namespace

absl::Status PlainCosts::CheckEdge(int64_t row, Edge edge) {
  if (edge.cost >= -kMaxEdgeCost && edge.cost <= kMaxEdgeCost) {
    return absl::OkStatus();
  }
  return InRange(absl::StrCat("row ", row, ", resource ", edge.resource),
                 edge.cost, -kMaxEdgeCost, kMaxEdgeCost);
}

absl::Status PlainCosts::CheckCost(const std::string& field, Cost cost,
                                   bool negative_too) {
  return InRange(field, cost, negative_too ? -kMaxPlainCost : 0, kMaxPlainCost);
}

LevelCosts::Key LevelCosts::KeyOf(const Cost& cost) {
  Key key = cost.mandatory_unmet;
  for (int i = 0; i < kUrgencyClasses; ++i) {
    key = key * (Key{1} << kUnmetBits) + cost.unmet[i];
  }
  key = key * (Key{1} << kTierBits) + cost.tier_distance;
  return key * (Key{1} << 64) + cost.loss;
}

LevelCosts::Cost LevelCosts::CostOf(Key key) {
  return ToObjective(DigitsOf(key));
}

absl::Status LevelCosts::CheckEdge(int64_t row, Edge edge) {
  return absl::OkStatus();  // its bit-fields hold nothing out of range
}

absl::Status LevelCosts::CheckCost(const std::string& field, const Cost& cost,
                                   bool negative_too) {
  RETURN_IF_ERROR(InRange(absl::StrCat(field, ".mandatory_unmet"),
                          cost.mandatory_unmet, 0, kMaxUnmet));
  for (int i = 0; i < kUrgencyClasses; ++i) {
    RETURN_IF_ERROR(InRange(absl::StrCat(field, ".unmet[", i, "]"),
                            cost.unmet[i], 0, kMaxUnmet));
  }
  RETURN_IF_ERROR(InRange(absl::StrCat(field, ".tier_distance"),
                          cost.tier_distance, 0, kMaxTierDistance));
  return InRange(absl::StrCat(field, ".loss"), cost.loss,
                 negative_too ? -kMaxEdgeCost : 0, kMaxEdgeCost);
}

void LevelCosts::Sum::Subtract(Key key, int64_t times) {
  const Digits digits = DigitsOf(key);
  for (int i = 0; i < kLevels; ++i) levels_[i] -= times * digits[i];
}

LevelCosts::Cost LevelCosts::Sum::Total() const { return ToObjective(levels_); }

}  // namespace jiedui::matcher::engine
