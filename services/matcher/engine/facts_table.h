// Many resources in little room: one fixed row each, and what varies in length
// packed one after another. About 90 bytes a volunteer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/matcher/engine/big_pages.h"
#include "services/matcher/engine/facts.h"

namespace jiedui::matcher::engine {

// What a row is made of.
struct FactsInput {
  std::vector<SkillFact> skills;
  std::vector<IndustryIndex> industries;
  std::vector<Window> availability;
  std::vector<TokenId> tokens;  // ascending
  std::vector<int32_t> members;
  // All but the spans and `tokens`, which are taken from above.
  Facts scalars;
};

// Reading is thread-safe while nobody writes. At most 2^32 elements of each
// kind and 65,535 of one row (more are cut off).
class FactsTable {
 public:
  int32_t size() const { return static_cast<int32_t>(rows_.size()); }
  Facts operator[](int32_t row) const;
  // What needs no more than the row itself; as in Facts.
  struct Glance {
    PlaceIndex place;
    std::span<const IndustryIndex> industries;
    int32_t acceptance_f;
    int32_t readiness;
  };
  Glance GlanceAt(int32_t row) const {
    const Row& at = rows_[static_cast<size_t>(row)];
    return {at.place, IndustriesOf(at), static_cast<int32_t>(at.acceptance_f),
            static_cast<int32_t>(at.readiness)};
  }

  void Add(const FactsInput& input);
  // What the row held before stays as waste until the table is copied.
  void Replace(int32_t row, const FactsInput& input);

  // The rows of `other` in this order.
  void CopyFrom(const FactsTable& other, const std::vector<int32_t>& order);

  // Asks the processor to fetch the row; what it refers to, once it is there.
  void Prefetch(int32_t row) const { __builtin_prefetch(&rows_[row]); }
  void PrefetchLists(int32_t row) const {
    const Row& at = rows_[static_cast<size_t>(row)];
    __builtin_prefetch(skills_.data() + at.skills);
    __builtin_prefetch(tokens_.data() + at.tokens);
    constexpr uint32_t kLine = 64;
    __builtin_prefetch(tokens_.data() + at.tokens + kLine);
  }

  int64_t bytes() const;

 private:
  static constexpr size_t kIndustriesInside = 2;

  // Half a cache line.
  struct Row {
    uint32_t skills = 0;
    uint32_t availability = 0;
    uint32_t tokens = 0;  // offset in bytes
    // Where there are more, the place of the list: low half, high half.
    IndustryIndex industries[kIndustriesInside] = {};
    PlaceIndex place = 0;
    uint32_t rating_f : 20 = 0;
    uint32_t title : 4 = 0;
    uint32_t tier : 4 = 0;
    uint32_t category : 4 = 0;
    uint32_t acceptance_f : 20 = 0;
    uint32_t readiness : 4 = 0;
    uint32_t specialty_weight : 7 = 0;
    uint32_t leading : 1 = 0;
    uint8_t skill_count = 0;
    uint8_t industry_count = 0;
    uint8_t window_count = 0;
    uint8_t dialects = 0;
  };
  static_assert(sizeof(Row) == 32);
  // Of teams and projects only.
  struct Ties {
    int32_t leader = kNobody;
    uint32_t members = 0;
    uint16_t member_count = 0;
  };

  Row MakeRow(const FactsInput& input);
  void PutIndustries(const std::vector<IndustryIndex>& industries, Row& row);
  std::span<const IndustryIndex> IndustriesOf(const Row& row) const {
    if (row.industry_count <= kIndustriesInside) {
      return {row.industries, row.industry_count};
    }
    const uint32_t at =
        static_cast<uint32_t>(row.industries[1]) << 16 | row.industries[0];
    return {industries_.data() + at, row.industry_count};
  }
  void PutTies(size_t row, const FactsInput& input);
  uint32_t PutTokens(const std::vector<TokenId>& tokens);
  uint32_t PutWindows(const std::vector<Window>& windows);

  BigList<Row> rows_;
  std::vector<Ties> ties_;  // by row; those beyond have none
  BigList<SkillFact> skills_;
  BigList<IndustryIndex> industries_;
  BigList<Window> windows_;
  BigList<uint8_t> tokens_ = {0};  // offset 0: no tokens
  BigList<int32_t> members_;
  // Calendars are few: equal lists are kept once. By their bytes.
  absl::flat_hash_map<std::string, uint32_t> calendars_;
};

}  // namespace jiedui::matcher::engine
