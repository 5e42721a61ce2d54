// The industries the generated counties live on, and the words for them.
#pragma once

#include <span>
#include <string_view>

namespace jiedui::corps {

// What people of an industry talk about: see troubles.h.
enum class Trade {
  kCrop,   // dry or dried: grain, tea, herbs, tubers
  kFruit,  // fresh: fruit, vegetables, mushrooms, flowers
  kForest,
  kLivestock,
  kAquaculture,
  kFood,
  kWood,
  kTextile,
  kPlastics,
  kMetal,
  kMaterials,
  kChemical,
  kElectronics,
  kPower,
  kEnvironment,
  kHealth,
};
inline constexpr int kTradeCount = 16;

struct IndustryWords {
  std::string_view industry;  // GB/T 4754-2017
  Trade trade;
  bool is_rural;  // At home in counties rather than in districts.
  // Provinces (2 digits) it is found in, divided by bars; empty is all.
  std::string_view provinces;
  // Products, the names of specialties, divided by bars.
  std::string_view products;
  // GB/T 13745-2009, the subjects that serve it best, divided by bars. What
  // else serves it is in the crosswalk of common/codes.
  std::string_view subjects;
};

// The commoner stand first.
std::span<const IndustryWords> AllIndustryWords();

}  // namespace jiedui::corps
