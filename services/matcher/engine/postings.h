// Who serves where and in what: lists of rows by region served, tier, subject
// and strength. A demand is served from the regions it lies in, at most six of
// them, so that its candidates are a few short lists out of millions of rows;
// and a digest beside each row tells most of those apart without fetching them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/codes/corps.h"
#include "services/matcher/engine/big_pages.h"
#include "services/matcher/engine/digest.h"
#include "services/matcher/engine/facts.h"

namespace jiedui::matcher::engine {

// 20 bytes for every skill of every row, and 8 for every cell. Reading is
// thread-safe while nobody writes. REQUIRES: rows below 2^30.
class Postings {
 public:
  // Where, from which tier, and in which discipline somebody serves.
  struct Post {
    PlaceIndex place = 0;  // the region served
    codes::Tier tier = codes::Tier::kProvince;
    DisciplineIndex discipline = 0;
  };
  // Those of a post who know one subject equally well.
  struct Cell {
    uint32_t begin = 0;  // in the list of all rows; ends where the next begins
    SubjectIndex subject = 0;
    uint8_t tier = 0;
    uint8_t strength = 0;  // StrengthLevel
  };

  // The row serves `place` from `tier`, on site or remotely as `mode` says.
  void Add(PlaceIndex place, codes::Tier tier, const Facts& facts, Mode mode,
           int32_t row);
  // Packs what was added so far: n log n. What comes later stays apart.
  void Pack();
  // After Pack: the row, added with these, serves no more.
  void Remove(PlaceIndex place, codes::Tier tier, const Facts& facts,
              int32_t row);

  // The cells of a post; a row stands in one for each of its skills.
  std::span<const Cell> Cells(const Post& post) const;
  // Of a packed cell, in the same order: rows, ascending, among them some that
  // were removed; signatures of their texts; digests. REQUIRES: `cell` is out
  // of Cells.
  std::span<const int32_t> Rows(const Cell& cell) const {
    return Slice(rows_, cell);
  }
  std::span<const uint64_t> Signatures(const Cell& cell) const {
    return Slice(signatures_, cell);
  }
  std::span<const Digest> Digests(const Cell& cell) const {
    return Slice(digests_, cell);
  }
  // Asks the processor to fetch what comes first of a cell.
  void Prefetch(const Cell& cell) const {
    constexpr size_t kLine = 64;
    const auto signatures = Signatures(cell);
    const auto digests = Digests(cell);
    for (size_t i = 0; i < signatures.size() && i < 4 * kLine / sizeof(Digest);
         i += kLine / sizeof(Digest)) {
      __builtin_prefetch(&signatures[i]);
      __builtin_prefetch(&digests[i]);
    }
  }
  // Whether a row of a packed cell was removed since.
  bool Removed(int32_t row) const {
    const auto at = static_cast<size_t>(row);
    return at < removed_.size() && removed_[at];
  }
  // Rows of the post that were added since, in whatever subject.
  std::span<const int32_t> Added(const Post& post) const;

  // False when no row's text has the token.
  bool Knows(TokenId token) const {
    return token < known_.size() && known_[token];
  }

  int64_t bytes() const;

 private:
  struct Entry {
    uint64_t key;  // place, tier, subject, falling strength, row
    uint64_t signature;
    Digest digest;
  };
  static uint64_t KeyOf(const Post& post) {
    return static_cast<uint64_t>(static_cast<uint32_t>(post.place)) << 32 |
           static_cast<uint64_t>(post.tier) << 16 | post.discipline;
  }
  template <typename T>
  static std::span<const T> Slice(const BigList<T>& list, const Cell& cell) {
    return std::span<const T>(list.data() + cell.begin,
                              list.data() + (&cell + 1)->begin);
  }

  std::vector<Cell> cells_;  // by place and the rest of the key; a sentinel
  std::vector<uint32_t> first_cell_;  // by place; with a sentinel
  BigList<int32_t> rows_;
  BigList<uint64_t> signatures_;
  BigList<Digest> digests_;
  std::vector<bool> known_;  // by token
  std::vector<Entry> unpacked_;
  bool packed_ = false;
  std::vector<bool> removed_;  // by row
  absl::flat_hash_map<uint64_t, std::vector<int32_t>> added_;
};

}  // namespace jiedui::matcher::engine
