// What a row can score for one demand at most, by what the index keeps of it.
// Everything that depends on the demand is looked up in small tables made once,
// so that a row costs a few nanoseconds.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "services/matcher/engine/facts_table.h"
#include "services/matcher/engine/postings.h"
#include "services/matcher/engine/scorer.h"
#include "services/matcher/engine/text_sieve.h"

namespace jiedui::matcher::engine {

class Bounds {
 public:
  // `people`: rows are volunteers, whom dialect, mode and title may exclude.
  // Keeps references to policy and demand.
  Bounds(const Policy& policy, const Scorer& scorer, const DemandFacts& demand,
         const Postings& postings, bool people);

  // Points of all features.
  static constexpr int32_t kMostPoints = (1 << 20) - 1;

  // Points for subjects of one whose best skill is that of the cell.
  int32_t Subject(const Postings::Cell& cell) const;
  // Points for the text, by what TextSieve says.
  int32_t Text(uint32_t matched) const { return text_[matched]; }
  int32_t most_text() const { return text_[TextSieve::kMost]; }
  const TextSieve& sieve() const { return sieve_; }
  // What the sieve must say of one whose text earns `points`; beyond kMost
  // when nobody's does.
  uint32_t LeastMatched(int32_t points) const;
  // Points for all but subjects and text.
  int32_t Rest(codes::Tier tier) const {
    return near_tier_[static_cast<size_t>(tier)] + rest_ + most_told_;
  }
  // Points for all but the text of a row in that cell, with that digest; below
  // 0 when it is not feasible.
  int32_t WithoutText(const Postings::Cell& cell, Digest digest) const;

  // What `most`, a bound by WithoutText, becomes with a glance at the row.
  int32_t Narrow(int32_t most, const Postings::Cell& cell, Digest digest,
                 const FactsTable::Glance& glance) const;

  // Whether who it is fits the action; true where anybody does.
  bool Fits(Digest digest) const { return fits_[digest.kind()]; }

 private:
  // Subjects of a demand that are told apart; further ones are taken for
  // covered.
  static constexpr size_t kSubjects = 4;
  // One number for each of them, side by side in 64 bits.
  using Lanes [[gnu::vector_size(8)]] = int16_t;
  static constexpr int32_t kNever = -(1 << 24);

  void TabulateSubjects(const DemandFacts& demand, int32_t weight);
  void TabulateText(const Policy& policy, const DemandFacts& demand,
                    const Postings& postings, int32_t weight);
  void TabulateTraits(const Policy& policy, const Scorer& scorer,
                      const DemandFacts& demand, bool people);

  // Of the demand's industry, ‰.
  int32_t Industry(const Postings::Cell& cell, Digest digest,
                   std::span<const IndustryIndex> industries) const;

  // Of what is best for each of the demand's subjects, ‰ times level.
  int32_t SubjectPoints(Lanes best) const {
    int64_t sum = beyond_;
    for (size_t k = 0; k < kSubjects; ++k) {
      sum += int64_t{factors_[k]} * best[k];
    }
    return static_cast<int32_t>(sum >> kFractionBits) + 1;
  }
  // Of one who knows the subject, and nothing else, as well as that.
  Lanes Known(SubjectIndex subject, uint32_t strength) const {
    return similarity_[subject] * static_cast<int16_t>(strength);
  }

  static constexpr size_t kLast = Digest::kAnySubject;
  static constexpr uint32_t kFractionBits = 8;

  // ‰ to each of the demand's subjects, side by side; 0 outside the demand's
  // disciplines.
  std::array<Lanes, kLast + 1> similarity_ = {};
  // Points for a ‰ of similarity and a level of strength, by subject.
  std::array<int32_t, kSubjects> factors_ = {};
  int64_t beyond_ = 0;  // of the subjects not told apart

  const Policy& policy_;
  const DemandFacts& demand_;
  // ‰ of the part; 0 where everybody earns the same.
  int32_t geo_weight_ = 0;
  int32_t industry_weight_ = 0;
  int32_t acceptance_weight_ = 0;
  int32_t readiness_weight_ = 0;

  TextSieve sieve_;
  std::array<int32_t, TextSieve::kMost + 1> text_ = {};
  size_t text_levels_ = 1;  // beyond, text_ stays the same

  std::array<int32_t, 5> near_tier_ = {};  // by tier
  int32_t rest_ = 0;       // of what nothing here tells of, at best
  int32_t most_told_ = 0;  // of the following
  std::array<int32_t, Digest::kKinds> kinds_ = {};
  std::array<int32_t, Digest::kDialectSets> dialects_ = {};
  std::array<int32_t, Digest::kRatings> ratings_ = {};
  std::array<bool, Digest::kKinds> fits_ = {};
};

}  // namespace jiedui::matcher::engine
