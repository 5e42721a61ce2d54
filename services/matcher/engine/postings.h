// Who serves where and in what: lists of rows by region served, tier and
// subject. A demand is served from the regions it lies in, at most six of them,
// so that its candidates are a few short lists out of millions of rows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/codes/corps.h"
#include "services/matcher/engine/facts.h"

namespace jiedui::matcher::engine {

// Reading is thread-safe while nobody writes.
class Postings {
 public:
  // Where, from which tier, and in which discipline somebody serves.
  struct Post {
    PlaceIndex place = 0;  // the region served
    codes::Tier tier = codes::Tier::kProvince;
    DisciplineIndex discipline = 0;
  };
  // Those of a post who know one subject.
  struct Cell {
    uint32_t begin = 0;  // in the list of all rows; ends where the next begins
    DisciplineIndex discipline = 0;
    SubjectIndex subject = 0;
    uint8_t tier = 0;
  };

  // The row serves `place` from `tier` with these skills.
  void Add(PlaceIndex place, codes::Tier tier,
           std::span<const SkillFact> skills, int32_t row);
  // Packs what was added so far: n log n. What comes later stays apart.
  void Pack();

  // The cells of a post; a row stands in one for each of its subjects.
  std::span<const Cell> Cells(const Post& post) const;
  // Rows of a packed cell, ascending. REQUIRES: `cell` is out of Cells.
  std::span<const int32_t> Rows(const Cell& cell) const {
    return std::span<const int32_t>(rows_.data() + cell.begin,
                                    rows_.data() + (&cell + 1)->begin);
  }
  // Rows of the post that were added since, in whatever subject.
  std::span<const int32_t> Added(const Post& post) const;

  int64_t bytes() const;

 private:
  struct Entry {
    PlaceIndex place;
    uint8_t tier;
    DisciplineIndex discipline;
    SubjectIndex subject;
    int32_t row;
  };
  static uint64_t KeyOf(const Post& post) {
    return static_cast<uint64_t>(static_cast<uint32_t>(post.place)) << 32 |
           static_cast<uint64_t>(post.tier) << 16 | post.discipline;
  }

  std::vector<Cell> cells_;  // by place, tier, discipline, subject; a sentinel
  std::vector<uint32_t> first_cell_;  // by place; with a sentinel
  std::vector<int32_t> rows_;
  std::vector<Entry> unpacked_;
  bool packed_ = false;
  absl::flat_hash_map<uint64_t, std::vector<int32_t>> added_;
};

}  // namespace jiedui::matcher::engine
