#include "common/codes/regions.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <vector>

#include "common/codes/embedded.h"

namespace jiedui::codes {
namespace {

constexpr int kCodeDigits = 12;
// Digits of a code down to each level, and the weight of a level's last digit
// in the 12-digit number.
constexpr std::array<int, 6> kDigits = {0, 2, 4, 6, 9, 12};
constexpr std::array<uint64_t, 6> kUnit = {
    0, 10'000'000'000, 100'000'000, 1'000'000, 1'000, 1};

size_t Index(RegionLevel level) { return static_cast<size_t>(level); }

uint64_t ParseDigits(std::string_view digits) {
  uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// "113.2806" → 1132806. The table always has four decimals.
int32_t ParseDegreesE4(std::string_view degrees) {
  std::string digits(degrees);
  std::erase(digits, '.');
  return static_cast<int32_t>(std::strtol(digits.c_str(), nullptr, 10));
}

bool IsPlaceholderName(std::string_view name) {
  return name == "市辖区" || name == "县" || name == "省直辖县级行政区划" ||
         name == "自治区直辖县级行政区划";
}

}  // namespace

class RegionTable {
 public:
  static const RegionTable& Get() {
    static const RegionTable* const table = new RegionTable();
    return *table;
  }

  std::span<const Region> regions() const { return regions_; }

  const Region* Find(uint64_t code) const {
    const auto at = std::lower_bound(
        regions_.begin(), regions_.end(), code,
        [](const Region& region, uint64_t key) { return region.code() < key; });
    return at != regions_.end() && at->code() == code ? &*at : nullptr;
  }

 private:
  RegionTable() {
    const std::string_view text = EmbeddedRegions();
    // Regions point at each other, so the vector must never move.
    regions_.reserve(std::count(text.begin(), text.end(), '\n'));
    std::array<Region*, 6> open = {};  // The latest region of each level.
    ForEachLine(text, [&](std::string_view line) { Add(line, open); });
    CloseFrom(1, open);
  }

  void Add(std::string_view line, std::array<Region*, 6>& open) {
    const auto level = static_cast<size_t>(line.front() - '0');
    CloseFrom(level, open);
    Region& region = regions_.emplace_back();
    region.level_ = static_cast<RegionLevel>(level);
    line.remove_prefix(1);
    const std::string_view digits = TakeField(line, '\t');
    region.name_ = TakeField(line, '\t');
    region.code_ = ParseDigits(digits) * kUnit[level];
    if (Region* parent = NearestAbove(level, open); parent != nullptr) {
      region.code_ += parent->code_;
      region.parent_ = parent;
      region.centre_ = parent->centre_;
      if (region.level_ == RegionLevel::kTownship &&
          parent->level_ == RegionLevel::kCity) {
        parent->is_city_without_counties_ = true;
      }
    }
    region.is_placeholder_ =
        region.level_ == RegionLevel::kCity && IsPlaceholderName(region.name_);
    if (!line.empty()) {
      const std::string_view longitude = TakeField(line, ',');
      region.centre_ = {ParseDegreesE4(longitude), ParseDegreesE4(line)};
    }
    open[level] = &region;
  }

  void CloseFrom(size_t level, std::array<Region*, 6>& open) {
    for (; level < open.size(); ++level) {
      if (open[level] == nullptr) continue;
      open[level]->end_ = regions_.data() + regions_.size();
      open[level] = nullptr;
    }
  }

  static Region* NearestAbove(size_t level,
                              const std::array<Region*, 6>& open) {
    while (--level > 0) {
      if (open[level] != nullptr) return open[level];
    }
    return nullptr;
  }

  std::vector<Region> regions_;
};

std::string Region::CodeText() const { return std::to_string(code_); }

std::string Region::ShortCode() const {
  return CodeText().substr(0, kDigits[Index(level_)]);
}

std::string Region::Path() const {
  std::string path = parent_ == nullptr ? "" : parent_->Path();
  if (is_placeholder_) return path;
  if (!path.empty()) path += '/';
  return path.append(name_);
}

const Region* Region::AncestorAt(RegionLevel level) const {
  if (level == RegionLevel::kCounty && is_city_without_counties_) return this;
  if (level > level_) return nullptr;
  const Region* at = this;
  while (at->level_ > level) {
    if (level == RegionLevel::kCounty &&
        at->parent_->is_city_without_counties_) {
      return at->parent_;
    }
    at = at->parent_;
  }
  return at;
}

std::span<const Region> AllRegions() { return RegionTable::Get().regions(); }

const Region* FindRegion(std::string_view code) {
  const bool known_length =
      std::find(kDigits.begin() + 1, kDigits.end(),
                static_cast<int>(code.size())) != kDigits.end();
  const bool all_digits = std::all_of(
      code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!known_length || !all_digits) return nullptr;
  std::string padded(code);
  padded.resize(kCodeDigits, '0');
  return FindRegion(ParseDigits(padded));
}

const Region* FindRegion(uint64_t code) {
  return RegionTable::Get().Find(code);
}

int64_t DistanceMetres(const Region& a, const Region& b) {
  constexpr double kEarthRadiusMetres = 6'371'008.8;  // Mean radius, IUGG.
  constexpr double kRadians = std::numbers::pi / 180.0 / 1e4;
  const GeoPoint p = a.centre();
  const GeoPoint q = b.centre();
  const double north = (q.latitude_e4 - p.latitude_e4) * kRadians;
  const double east = (q.longitude_e4 - p.longitude_e4) * kRadians;
  const double half_north = std::sin(north / 2);
  const double half_east = std::sin(east / 2);
  const double haversine =
      half_north * half_north + std::cos(p.latitude_e4 * kRadians) *
                                    std::cos(q.latitude_e4 * kRadians) *
                                    half_east * half_east;
  const double metres =
      2 * kEarthRadiusMetres * std::asin(std::min(1.0, std::sqrt(haversine)));
  return std::llround(metres / 10) * 10;
}

int EstimatedMinutes(const Region& a, const Region& b) {
  constexpr int kSameVillage = 10;
  constexpr int kSameTownship = 15;
  constexpr int kSameCounty = 35;
  constexpr int kAccess = 20;
  constexpr int64_t kSlowMetres = 60'000;
  constexpr int64_t kSlowMetresPerMinute = 1'000;
  constexpr int64_t kFastMetresPerMinute = 1'500;
  const auto both_in_one = [&](RegionLevel level) {
    const Region* const of_a = a.AncestorAt(level);
    return of_a != nullptr && of_a == b.AncestorAt(level);
  };
  if (both_in_one(RegionLevel::kVillage)) return kSameVillage;
  if (both_in_one(RegionLevel::kTownship)) return kSameTownship;
  if (both_in_one(RegionLevel::kCounty)) return kSameCounty;
  const int64_t road = DistanceMetres(a, b) * 5 / 4;
  const int64_t slow = std::min(road, kSlowMetres);
  const int64_t minutes = kAccess + slow / kSlowMetresPerMinute +
                          (road - slow) / kFastMetresPerMinute;
  return static_cast<int>(std::max<int64_t>(kSameCounty, minutes));
}

}  // namespace jiedui::codes
