// Local search on an assignment of reviewers: seats move along chains and
// cycles, each from one reviewer to the next, while papers stay at a worst.
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/solve/cover_flow.h"

namespace jiedui::matcher::engine {

// Maximises utility, with a penalty for what papers lack of the worst, which
// makes lifting them come first. Every change is an improvement, so that papers
// at the worst fall below it only for others that gain more. Deterministic.
class Exchange {
 public:
  // `reviewers` by paper is an assignment that fills all seats; `candidates`,
  // whose assignment does not matter, must outlive this.
  Exchange(const CoverFlow& candidates,
           const std::vector<std::vector<int32_t>>& reviewers, int64_t worst);

  // Until no chain improves any more, or so many pairs have been looked at.
  void Improve(int64_t work);

  // The assignment now, by paper.
  std::vector<std::vector<int32_t>> Reviewers() const;

 private:
  // One way to give `reviewer` a seat too many: the seat's, which was its
  // holder's, for whom there is a way before, up to the one begun with.
  struct Way {
    int32_t reviewer;
    int32_t seat;
    int32_t before;  // way; kNone at the beginning
    int64_t gain;
  };
  struct End {
    int32_t way = kNone;  // `seat` moves from its reviewer to `reviewer`
    int32_t seat = kNone;
    int32_t reviewer = kNone;
    int64_t gain = 0;
  };

  bool ImproveFrom(int32_t start);
  void Extend(int32_t way, int32_t start, End* end);
  void Consider(int32_t way, int32_t seat, int32_t start, End* end);
  bool Uses(int32_t way, int32_t paper) const;
  void Apply(const End& end);
  void Move(int32_t seat, int32_t reviewer);
  int64_t Merit(int64_t sum) const;

  static constexpr int32_t kNone = -1;

  const CoverFlow& candidates_;
  const ReviewInstance& instance_;
  const int64_t worst_;
  std::vector<int64_t> sum_;                 // by paper
  std::vector<int32_t> first_seat_;          // by paper, and the end
  std::vector<int32_t> paper_of_;            // by seat
  std::vector<int32_t> holder_;              // by seat
  std::vector<std::vector<int32_t>> seats_;  // by reviewer

  std::vector<Way> ways_;
  std::vector<int32_t> frontier_;  // ways to extend next
  std::vector<int32_t> next_;
  std::vector<int32_t> best_way_;  // by reviewer; valid where < ways_.size()
  std::vector<uint32_t> stamp_;    // and stamp_ is epoch_
  uint32_t epoch_ = 0;
  int64_t work_ = 0;
};

}  // namespace jiedui::matcher::engine
