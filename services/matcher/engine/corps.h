// The volunteers of a problem in columns: what scoring and the hard constraints
// need of each, at most 150 bytes of index a volunteer, so that a nation of
// them fits into memory. Rows are numbered by region served, then by id, so
// that those who compete lie side by side; ties between candidates fall to the
// smaller row.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/matcher/engine/dictionary.h"
#include "services/matcher/engine/facts_table.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/postings.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {

// The region a resource serves: the ancestor of its base at its tier's level;
// for societies and universities one level wider, since they stand one level
// off and sink one level (003, task 1); the base itself when that is wider.
PlaceIndex RegionServed(PlaceIndex base, codes::Tier tier, codes::Line line);

// Built by adding volunteers in any order, then Seal. After that more may be
// added, and rows replaced, one at a time (rows added then come last). Reading
// is thread-safe while nobody writes.
class Corps {
 public:
  explicit Corps(const Policy& policy) : policy_(policy) {}

  // REQUIRES: the volunteer is valid and the id is new.
  void Add(const Volunteer& volunteer);
  // Numbers the rows and packs the index. n log n.
  void Seal();

  // After Seal: takes the place of the row of that id, or adds one; the row.
  int32_t Put(const Volunteer& volunteer);
  // After Seal: the same row with another capacity.
  void SetCapacity(int32_t row, int32_t capacity) {
    duties_[static_cast<size_t>(row)].capacity = capacity;
  }

  int32_t size() const { return facts_.size(); }
  Facts facts(int32_t row) const { return facts_[row]; }
  const FactsTable& table() const { return facts_; }
  std::string_view id(int32_t row) const;
  // The row; kNobody when there is none of that id.
  int32_t Find(std::string_view id) const;

  int32_t capacity(int32_t row) const {
    return static_cast<int32_t>(duty(row).capacity);
  }
  Mode mode(int32_t row) const { return static_cast<Mode>(duty(row).mode); }
  codes::Tier tier(int32_t row) const {
    return static_cast<codes::Tier>(duty(row).tier + 1);
  }
  PlaceIndex serves(int32_t row) const { return duty(row).serves; }
  // Names and credit codes of those the volunteer must not serve.
  std::span<const NameId> avoided(int32_t row) const;

  const Postings& postings() const { return postings_; }
  Dictionary& dictionary() { return dictionary_; }

  // Asks the processor to fetch the row; what it refers to, once it is there.
  void Prefetch(int32_t row) const {
    facts_.Prefetch(row);
    __builtin_prefetch(&duties_[static_cast<size_t>(row)]);
  }
  void PrefetchLists(int32_t row) const {
    facts_.PrefetchLists(row);
    __builtin_prefetch(avoided_.data() + duty(row).avoided);
  }

  // Of the columns and the index, without the ids.
  int64_t index_bytes() const;

 private:
  struct Duty {
    PlaceIndex serves = 0;
    uint32_t avoided = 0;  // in avoided_
    uint32_t avoided_count : 8 = 0;
    uint32_t capacity : 20 = 0;
    uint32_t tier : 2 = 0;  // Tier − 1
    uint32_t mode : 2 = 0;
  };
  static constexpr int32_t kMostCapacity = (1 << 20) - 1;

  const Duty& duty(int32_t row) const {
    return duties_[static_cast<size_t>(row)];
  }
  FactsInput InputOf(const Volunteer& volunteer);
  Duty DutyOf(const Volunteer& volunteer, PlaceIndex base);
  // Rows lie in this order, then by id, so that those looked at together lie
  // together: place, tier, best subject, strength in it.
  uint64_t Neighbourhood(int32_t row) const;
  std::vector<int32_t> Order() const;
  void Post(int32_t row);
  void IndexIds();

  Policy policy_;
  Dictionary dictionary_;
  FactsTable facts_;
  BigList<Duty> duties_;
  BigList<NameId> avoided_;
  std::string ids_;                // one after another
  std::vector<uint32_t> id_ends_;  // by row
  std::vector<int32_t> by_id_;     // the sealed rows, by id
  int32_t sealed_ = 0;
  absl::flat_hash_map<std::string, int32_t> added_;  // since Seal
  Postings postings_;
};

}  // namespace jiedui::matcher::engine
