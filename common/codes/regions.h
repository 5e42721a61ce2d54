// Administrative regions of China by the statistical code of the National
// Bureau of Statistics (GB/T 2260 extended to 12 digits): every province,
// city, county and township, and every village of Guangdong. The date of the
// table is in TablesVersion() (tables.h); what it holds and where it is from,
// in README.md of this folder.
//
// The table is immutable and read once, at the first use. Everything here is
// thread-safe; a `const Region*` is valid for the life of the program, and
// there is one object a region, so that regions compare by address.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

namespace jiedui::codes {

enum class RegionLevel : uint8_t {
  kProvince = 1,  // 省、自治区、直辖市          2 digits
  kCity = 2,      // 地级市、地区、自治州、盟    4 digits
  kCounty = 3,    // 县、区、县级市              6 digits
  kTownship = 4,  // 乡、镇、街道; zones, farms  9 digits
  kVillage = 5,   // 村委会、居委会             12 digits
};

// WGS-84-like degrees ×10⁴ (the source does not state its datum; at the 10 m
// this keeps, and at what distances are used for here, it does not matter).
struct GeoPoint {
  int32_t longitude_e4 = 0;
  int32_t latitude_e4 = 0;
  auto operator<=>(const GeoPoint&) const = default;
};

class RegionChildren;

class Region {
 public:
  // All 12 digits as a number, zeros after the last own digit: Gaozhou is
  // 440981000000.
  uint64_t code() const { return code_; }
  // The 12 digits as text: "440981000000".
  std::string CodeText() const;
  // The digits its level has: "44", "4409", "440981", "440981103", …
  std::string ShortCode() const;

  RegionLevel level() const { return level_; }
  // "高州市".
  std::string_view name() const { return name_; }
  // Names from the province down, joined by '/': "广东省/茂名市/高州市".
  // Placeholders are left out: "北京市/东城区".
  std::string Path() const;

  // True for a row of city level that names no place and only groups counties
  // (市辖区, 县, 省直辖县级行政区划, 自治区直辖县级行政区划).
  bool is_placeholder() const { return is_placeholder_; }

  // A city whose townships hang on it directly: Dongguan 东莞 and Zhongshan
  // 中山 (and Danzhou 儋州). Such a city is its own county: see AncestorAt.
  bool is_city_without_counties() const { return is_city_without_counties_; }

  // Null for a province. The parent of a town of Dongguan is Dongguan.
  const Region* parent() const { return parent_; }
  // Direct children in order of code.
  RegionChildren children() const;

  // True for `ancestor` itself and everything below it.
  bool IsWithin(const Region& ancestor) const {
    return &ancestor <= this && this < ancestor.end_;
  }

  // The region of `level` this one lies in or is; null when `level` is below
  // this region's own. The county of a city without counties, and of all in
  // it, is that city itself (its level() stays kCity).
  const Region* AncestorAt(RegionLevel level) const;

  // The seat of government of the region, or of the nearest ancestor that has
  // one in the table: townships and villages have their county's (or, in a
  // city without counties, the city's).
  GeoPoint centre() const { return centre_; }

 private:
  friend class RegionChildren;
  friend class RegionTable;

  uint64_t code_ = 0;
  std::string_view name_;
  const Region* parent_ = nullptr;
  const Region* end_ = nullptr;  // One past the last descendant.
  GeoPoint centre_;
  RegionLevel level_ = RegionLevel::kProvince;
  bool is_placeholder_ = false;
  bool is_city_without_counties_ = false;
};

// for (const Region& child : region.children()) …
class RegionChildren {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Region;
    using difference_type = std::ptrdiff_t;
    using pointer = const Region*;
    using reference = const Region&;

    Iterator() = default;
    explicit Iterator(const Region* at) : at_(at) {}
    reference operator*() const { return *at_; }
    pointer operator->() const { return at_; }
    Iterator& operator++() {
      at_ = at_->end_;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const Region* at_ = nullptr;
  };

  explicit RegionChildren(const Region& parent) : parent_(parent) {}
  Iterator begin() const { return Iterator(&parent_ + 1); }
  Iterator end() const { return Iterator(parent_.end_); }
  bool empty() const { return begin() == end(); }

 private:
  const Region& parent_;
};

inline RegionChildren Region::children() const { return RegionChildren(*this); }

// Every region, depth first in order of code: a parent stands before its
// children, and what lies within a region follows it without a gap.
std::span<const Region> AllRegions();

// By 2, 4, 6, 9 or 12 digits; trailing zeros may be written out ("440000" is
// the province, "441900" Dongguan). Null when it is not that many digits or no
// such region is known.
const Region* FindRegion(std::string_view code);
// By the 12 digits as a number, as Region::code() gives them.
const Region* FindRegion(uint64_t code);

// Great-circle distance of the two centres in metres, rounded to 10 m, so that
// the last bits of a machine's floating point decide nothing.
int64_t DistanceMetres(const Region& a, const Region& b);
inline double DistanceKm(const Region& a, const Region& b) {
  return static_cast<double>(DistanceMetres(a, b)) / 1000.0;
}

// Door-to-door minutes by road, one way, by a simple model that needs no map:
//   same village 10, same township 15, same county 35; otherwise
//   20 min to get away and to arrive
//   + road (1.25 × great circle): 60 km/h for the first 60 km, 90 beyond;
//   never less than 35.
// “Same” means that both lie within it. Symmetric; a whole number.
int EstimatedMinutes(const Region& a, const Region& b);

}  // namespace jiedui::codes
