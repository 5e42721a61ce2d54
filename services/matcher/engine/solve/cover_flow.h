// The flow behind reviewers and papers: every paper has so many seats, filled
// by different reviewers, at the greatest weighted sum of scores. Successive
// shortest paths with prices on the reviewers, kept optimal while papers'
// weights change and pairs are excluded. The prices prove the optimum.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "services/matcher/engine/solve/review.h"

namespace jiedui::matcher::engine {

// Sums of weighted points; single ones fit 64 bits.
using WidePoints = __int128;

// Between any two calls the seats filled are an optimum of their kind: no other
// way to fill as many seats of each paper is worth more. Deterministic. Not
// thread-safe; copies are independent.
class CoverFlow {
 public:
  static constexpr int32_t kNobody = -1;
  // What a paper's scores are multiplied with at first, and at most.
  static constexpr int64_t kUnitWeight = 1 << 10;
  static constexpr int64_t kMostWeight = 1 << 24;

  // All seats empty. Keeps a reference to the instance.
  explicit CoverFlow(const ReviewInstance& instance);

  // Fills what can be filled of the paper's empty seats and returns how many
  // stay empty, for ever unless something is excluded less: another paper's
  // seats are never emptied for it.
  int32_t Fill(int32_t paper);

  // REQUIRES: 0 < weight ≤ kMostWeight, all seats of the paper filled.
  void SetWeight(int32_t paper, int64_t weight);

  // The pair is not to be used any more. False when a seat stays empty that
  // was filled; then the flow is of no more use.
  bool Exclude(int32_t paper, int32_t reviewer);

  // The same for all pairs of the paper with lower scores, kept ones excepted.
  bool ExcludeBelow(int32_t paper, int64_t score);

  // The pair, which is in use, is to stay.
  void Keep(int32_t paper, int32_t reviewer);

  const ReviewInstance& instance() const { return *instance_; }
  int64_t weight(int32_t paper) const { return weight_[paper]; }
  int64_t price(int32_t reviewer) const { return price_[reviewer]; }
  int32_t load(int32_t reviewer) const { return load_[reviewer]; }
  // The first reviewer below his least load, which means that nothing can bring
  // all to theirs once all seats are filled; kNobody when there is none.
  int32_t FirstBelowLeast() const;
  // Who sits on the paper's seats, in no order; kNobody on empty ones.
  absl::Span<const int32_t> Seats(int32_t paper) const {
    return absl::MakeConstSpan(reviewer_).subspan(
        first_seat_[paper], first_seat_[paper + 1] - first_seat_[paper]);
  }
  bool IsKept(int32_t paper, int32_t seat) const {
    return kept_[first_seat_[paper] + seat];
  }

  // A pair that may be used.
  struct Candidate {
    int32_t score;
    int32_t reviewer;
  };
  // Not excluded, best first.
  absl::Span<const Candidate> Candidates(int32_t paper) const {
    return absl::MakeConstSpan(candidates_)
        .subspan(first_candidate_[paper], candidate_count_[paper]);
  }

  // Whether the reviewer has a seat of the paper.
  bool Has(int32_t paper, int32_t reviewer) const;

  // Σ of the paper's scores, unweighted.
  int64_t Sum(int32_t paper) const;

  // Σ of weighted scores over all papers, and what by the prices no way to
  // fill the seats can exceed. Equal when all seats are filled and all least
  // loads reached. Bound is O(pairs).
  WidePoints Value() const;
  WidePoints Bound() const { return BoundOfPapers() + BoundOfReviewers(); }
  // Its two parts: what papers have at most at the prices, and what the prices
  // bring for the loads.
  WidePoints BoundOfPapers() const;
  WidePoints BoundOfReviewers() const;

  // Pairs looked at so far: what budgets are counted in.
  int64_t work() const { return work_; }

 private:
  struct Entry {
    int64_t distance;
    int32_t reviewer;
    friend bool operator<(const Entry& a, const Entry& b) {  // min-heap
      if (a.distance != b.distance) return a.distance > b.distance;
      return a.reviewer > b.reviewer;
    }
  };

  void SortCandidates();
  void NewSearch();
  bool Pop(Entry* entry);
  bool Reach(int32_t reviewer, int64_t distance);
  void Push(int32_t reviewer);

  bool Insert(int32_t seat);
  void RelaxForward(int32_t seat, int64_t offset);
  void CloseHole(int32_t hole);
  void RelaxBackward(const Entry& hole);
  void MoveTowardsHole();

  int32_t SeatOf(int32_t paper, int32_t reviewer) const;
  void Sit(int32_t seat, int32_t reviewer);
  void Rise(int32_t seat);
  bool Replace(int32_t seat);

  // What a reviewer's n-th paper is worth by itself, n from 0: filling least
  // loads comes before all scores.
  int64_t Bonus(int32_t reviewer, int32_t n) const {
    return n < instance_->least[reviewer] ? kBonus : 0;
  }
  int64_t Worth(int32_t seat) const {
    return weight_[paper_of_[seat]] * score_[seat] - price_[reviewer_[seat]];
  }

  static constexpr int64_t kBonus = int64_t{1} << 59;
  static constexpr int64_t kInfinite = int64_t{1} << 62;
  static constexpr int32_t kExcluded = INT32_MIN;

  const ReviewInstance* instance_;
  bool has_least_ = false;
  // As the instance's; kExcluded where excluded one by one.
  std::vector<int32_t> scores_;

  // By paper.
  std::vector<int64_t> weight_;
  std::vector<int32_t> lowest_;  // pairs of lower scores are excluded
  std::vector<int32_t> first_seat_;
  std::vector<int64_t> first_candidate_;
  std::vector<int32_t> candidate_count_;
  std::vector<Candidate> candidates_;

  // By seat.
  std::vector<int32_t> paper_of_;
  std::vector<int32_t> reviewer_;
  std::vector<int32_t> score_;
  std::vector<int32_t> position_;  // among the reviewer's seats
  std::vector<uint8_t> kept_;

  // By reviewer. The seats of one lie at first_held_, `load_` of them.
  std::vector<int64_t> price_;
  std::vector<int32_t> load_;
  std::vector<int64_t> first_held_;
  std::vector<int32_t> held_;

  // The search in progress, by reviewer; valid where stamp_ equals epoch_.
  uint32_t epoch_ = 0;
  std::vector<uint32_t> stamp_;
  std::vector<uint8_t> settled_;
  std::vector<int64_t> distance_;
  std::vector<int32_t> parent_seat_;
  std::vector<int32_t> parent_hole_;
  std::vector<Entry> heap_;
  std::vector<int32_t> tree_;
  std::vector<int32_t> path_;
  int64_t work_ = 0;
  int64_t best_ = 0;
  int32_t end_ = kNobody;
};

}  // namespace jiedui::matcher::engine
