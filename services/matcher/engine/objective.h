// What a round optimises, as a tuple compared level by level. Prices and
// distances of the flow are values of the same ordered group, so that a higher
// level can never be traded against a lower one, however large the numbers.
#pragma once

#include <array>
#include <compare>
#include <cstdint>

namespace jiedui::matcher::engine {

// Urgency classes, most urgent first: 特急, 紧急, 一般, 不急.
inline constexpr int kUrgencyClasses = 4;

// Smaller is better. Levels in order of importance.
struct Objective {
  // 1a. Mandatory (必保) demands left without their part.
  int32_t mandatory_unmet = 0;
  // 1b. Demands left without it, by urgency class.
  std::array<int32_t, kUrgencyClasses> unmet = {};
  // 2. Subsidiarity: Σ tiers climbed above the demand's own.
  int32_t tier_distance = 0;
  // 3. Quality: −Σ score, in micro-points.
  int64_t loss = 0;

  Objective& operator+=(const Objective& other) {
    mandatory_unmet += other.mandatory_unmet;
    for (int i = 0; i < kUrgencyClasses; ++i) unmet[i] += other.unmet[i];
    tier_distance += other.tier_distance;
    loss += other.loss;
    return *this;
  }
  Objective& operator-=(const Objective& other) {
    mandatory_unmet -= other.mandatory_unmet;
    for (int i = 0; i < kUrgencyClasses; ++i) unmet[i] -= other.unmet[i];
    tier_distance -= other.tier_distance;
    loss -= other.loss;
    return *this;
  }
  friend Objective operator+(Objective a, const Objective& b) { return a += b; }
  friend Objective operator-(Objective a, const Objective& b) { return a -= b; }
  friend Objective operator*(int32_t n, const Objective& a) {
    Objective product;
    product.mandatory_unmet = n * a.mandatory_unmet;
    for (int i = 0; i < kUrgencyClasses; ++i) product.unmet[i] = n * a.unmet[i];
    product.tier_distance = n * a.tier_distance;
    product.loss = n * a.loss;
    return product;
  }
  friend bool operator==(const Objective&, const Objective&) = default;
  friend auto operator<=>(const Objective&, const Objective&) = default;
};

}  // namespace jiedui::matcher::engine
