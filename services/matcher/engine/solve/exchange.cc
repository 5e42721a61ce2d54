#include "services/matcher/engine/solve/exchange.h"

#include <algorithm>

namespace jiedui::matcher::engine {
namespace {

constexpr int kLongest = 8;  // seats moved at once
// What a point short of the worst costs, in points.
constexpr int64_t kPenalty = 1 << 12;

}  // namespace

Exchange::Exchange(const CoverFlow& candidates,
                   const std::vector<std::vector<int32_t>>& reviewers,
                   int64_t worst)
    : candidates_(candidates),
      instance_(candidates.instance()),
      worst_(worst),
      sum_(instance_.papers, 0),
      seats_(instance_.reviewers),
      best_way_(instance_.reviewers, kNone),
      stamp_(instance_.reviewers, 0) {
  for (int32_t paper = 0; paper < instance_.papers; ++paper) {
    first_seat_.push_back(static_cast<int32_t>(paper_of_.size()));
    for (int32_t reviewer : reviewers[paper]) {
      seats_[reviewer].push_back(static_cast<int32_t>(paper_of_.size()));
      paper_of_.push_back(paper);
      holder_.push_back(reviewer);
      sum_[paper] += instance_.score(reviewer, paper);
    }
  }
  first_seat_.push_back(static_cast<int32_t>(paper_of_.size()));
}

std::vector<std::vector<int32_t>> Exchange::Reviewers() const {
  std::vector<std::vector<int32_t>> reviewers(instance_.papers);
  for (size_t seat = 0; seat < paper_of_.size(); ++seat) {
    reviewers[paper_of_[seat]].push_back(holder_[seat]);
  }
  for (auto& list : reviewers) std::sort(list.begin(), list.end());
  return reviewers;
}

void Exchange::Improve(int64_t work) {
  work_ = work;
  bool improved = true;
  while (improved) {
    improved = false;
    for (int32_t start = 0; start < instance_.reviewers; ++start) {
      while (ImproveFrom(start)) improved = true;
      if (work_ <= 0) return;
    }
  }
}

// Seats leave `start` along a chain that ends with somebody who has room, or at
// `start` again. Every improving cycle has a seat from which on the gains so
// far are always above zero, so that only such chains need be followed (Lin and
// Kernighan, 1973).
bool Exchange::ImproveFrom(int32_t start) {
  ++epoch_;
  ways_.clear();
  frontier_.clear();
  End end;
  for (int32_t seat : seats_[start]) Consider(kNone, seat, start, &end);
  for (int length = 1; length < kLongest && !next_.empty(); ++length) {
    frontier_.swap(next_);
    next_.clear();
    for (int32_t way : frontier_) Extend(way, start, &end);
  }
  next_.clear();
  if (end.reviewer == kNone) return false;
  Apply(end);
  return true;
}

void Exchange::Extend(int32_t way, int32_t start, End* end) {
  const int32_t reviewer = ways_[way].reviewer;
  if (best_way_[reviewer] != way) return;  // a better one has come
  for (int32_t seat : seats_[reviewer]) {
    if (!Uses(way, paper_of_[seat])) Consider(way, seat, start, end);
  }
}

// To whom the seat could move after the way.
void Exchange::Consider(int32_t way, int32_t seat, int32_t start, End* end) {
  const int32_t paper = paper_of_[seat];
  const int64_t others = sum_[paper] - instance_.score(holder_[seat], paper);
  const int64_t before =
      (way == kNone ? 0 : ways_[way].gain) - Merit(sum_[paper]);
  const auto* first = holder_.data() + first_seat_[paper];
  const auto* last = holder_.data() + first_seat_[paper + 1];
  for (const CoverFlow::Candidate& candidate : candidates_.Candidates(paper)) {
    --work_;
    const int64_t gain = before + Merit(others + candidate.score);
    if (gain <= 0) break;  // sorted by score
    const int32_t reviewer = candidate.reviewer;
    const bool room = static_cast<int32_t>(seats_[reviewer].size()) <
                      instance_.most[reviewer];
    const bool may_lose =
        static_cast<int32_t>(seats_[start].size()) > instance_.least[start];
    if (std::find(first, last, reviewer) != last) continue;
    if (reviewer == start || (room && may_lose)) {
      if (gain > end->gain) *end = {way, seat, reviewer, gain};
      if (reviewer == start) continue;
    }
    if (stamp_[reviewer] == epoch_ && gain <= ways_[best_way_[reviewer]].gain) {
      continue;
    }
    stamp_[reviewer] = epoch_;
    best_way_[reviewer] = static_cast<int32_t>(ways_.size());
    next_.push_back(best_way_[reviewer]);
    ways_.push_back({reviewer, seat, way, gain});
  }
}

bool Exchange::Uses(int32_t way, int32_t paper) const {
  for (; way != kNone; way = ways_[way].before) {
    if (paper_of_[ways_[way].seat] == paper) return true;
  }
  return false;
}

void Exchange::Apply(const End& end) {
  Move(end.seat, end.reviewer);
  for (int32_t way = end.way; way != kNone; way = ways_[way].before) {
    Move(ways_[way].seat, ways_[way].reviewer);
  }
}

void Exchange::Move(int32_t seat, int32_t reviewer) {
  const int32_t paper = paper_of_[seat];
  std::vector<int32_t>& left = seats_[holder_[seat]];
  left.erase(std::find(left.begin(), left.end(), seat));
  seats_[reviewer].push_back(seat);
  sum_[paper] +=
      instance_.score(reviewer, paper) - instance_.score(holder_[seat], paper);
  holder_[seat] = reviewer;
}

int64_t Exchange::Merit(int64_t sum) const {
  return sum < worst_ ? sum - kPenalty * (worst_ - sum) : sum;
}

}  // namespace jiedui::matcher::engine
