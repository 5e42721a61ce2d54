// The code tables as far as one problem needs them: similarities, crosswalk and
// ways between places, by small numbers instead of codes, so that scoring
// millions of pairs is a matter of look-ups. Immutable, thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/codes/regions.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {

// Positions in Tables; each kind its own.
using SubjectIndex = int32_t;
using IndustryIndex = int32_t;
using PlaceIndex = int32_t;
inline constexpr IndustryIndex kNoIndustry = -1;

class Tables {
 public:
  // REQUIRES: Validate(problem) is OK.
  explicit Tables(const Problem& problem);

  // REQUIRES: the code occurs in the problem.
  SubjectIndex Subject(const std::string& code) const;
  // kNoIndustry for the empty code.
  IndustryIndex Industry(const std::string& code) const;
  PlaceIndex Place(const std::string& region) const;

  // ‰, 0 … 1000.
  int32_t SubjectSimilarity(SubjectIndex a, SubjectIndex b) const {
    return subject_similarity_[Cell(a, b, subjects_.size())];
  }
  // ‰; 0 when either is kNoIndustry.
  int32_t IndustrySimilarity(IndustryIndex a, IndustryIndex b) const {
    if (a == kNoIndustry || b == kNoIndustry) return 0;
    return industry_similarity_[Cell(a, b, industries_.size())];
  }
  // How strongly a subject serves an industry, ‰; 0 for kNoIndustry.
  int32_t Crosswalk(SubjectIndex subject, IndustryIndex industry) const {
    if (industry == kNoIndustry) return 0;
    return crosswalk_[Cell(subject, industry, industries_.size())];
  }
  // Door to door, one way.
  int32_t Minutes(PlaceIndex a, PlaceIndex b) const;

  const codes::Region& region(PlaceIndex place) const {
    return *places_[place].region;
  }
  bool SameCounty(PlaceIndex a, PlaceIndex b) const;
  bool SameCity(PlaceIndex a, PlaceIndex b) const;

  // The 3-digit discipline, numbered 0 … disciplines() − 1.
  int32_t Discipline(SubjectIndex subject) const {
    return discipline_[subject];
  }
  int32_t disciplines() const { return discipline_count_; }

 private:
  using Index = absl::flat_hash_map<std::string, int32_t>;

  struct PlaceRow {
    const codes::Region* region;
    int32_t hub;  // its county, or itself when it is wider than that
  };

  static size_t Cell(int32_t row, int32_t column, size_t width) {
    return static_cast<size_t>(row) * width + static_cast<size_t>(column);
  }
  void Collect(const Problem& problem);
  void AddPlace(const std::string& code);
  void FillSubjects();
  void FillIndustries();
  void FillMinutes();

  Index subjects_;
  Index industries_;
  Index place_index_;
  std::vector<PlaceRow> places_;
  std::vector<const codes::Region*> hubs_;
  std::vector<int32_t> discipline_;
  int32_t discipline_count_ = 0;
  std::vector<uint16_t> subject_similarity_;
  std::vector<uint16_t> industry_similarity_;
  std::vector<uint16_t> crosswalk_;
  std::vector<uint16_t> minutes_;  // between hubs
};

}  // namespace jiedui::matcher::engine
