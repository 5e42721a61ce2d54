// Volunteers as the columns of peer_avx2.h, and demands as its sieve.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/matcher/engine/problem.h"
#include "services/matcher/engine/tables.h"
#include "tests/bench/engine/peer_avx2.h"

namespace jiedui::bench {

// 18 bytes a volunteer.
class SieveTable {
 public:
  // Appends a row. REQUIRES: valid (Validate), days before 2059.
  void Add(const matcher::engine::Volunteer& volunteer);

  SieveColumns columns() const;

  // Lets through all who break no hard constraint with the demand, and of the
  // others: who were free only before and after its window, whose skill in the
  // discipline has expired, who have a conflict of interest or are excluded.
  Sieve SieveFor(const matcher::engine::Demand& demand) const;

 private:
  absl::flat_hash_map<matcher::engine::PlaceIndex, uint16_t> region_numbers_;
  std::vector<uint16_t> served_;
  std::vector<uint16_t> traits_;
  std::vector<int16_t> free_from_;
  std::vector<int16_t> free_to_;
  std::array<std::vector<uint16_t>, kDisciplineWords> disciplines_;
};

}  // namespace jiedui::bench
