#include "services/matcher/engine/solve/cover_flow.h"

#include <algorithm>

namespace jiedui::matcher::engine {

CoverFlow::CoverFlow(const ReviewInstance& instance)
    : instance_(&instance), scores_(instance.scores) {
  const int32_t papers = instance.papers;
  const int32_t reviewers = instance.reviewers;
  weight_.assign(papers, kUnitWeight);
  lowest_.assign(papers, kExcluded + 1);
  first_seat_ = {0};
  for (int32_t paper = 0; paper < papers; ++paper) {
    paper_of_.insert(paper_of_.end(), instance.cover[paper], paper);
    first_seat_.push_back(static_cast<int32_t>(paper_of_.size()));
  }
  reviewer_.assign(paper_of_.size(), kNobody);
  score_.assign(paper_of_.size(), 0);
  position_.assign(paper_of_.size(), 0);
  kept_.assign(paper_of_.size(), 0);

  load_.assign(reviewers, 0);
  int64_t held = 0;
  for (int32_t reviewer = 0; reviewer < reviewers; ++reviewer) {
    has_least_ |= instance.least[reviewer] > 0;
    price_.push_back(-Bonus(reviewer, 0));
    first_held_.push_back(held);
    held += instance.most[reviewer];
  }
  held_.assign(held, 0);
  stamp_.assign(reviewers, 0);
  settled_.assign(reviewers, 0);
  distance_.assign(reviewers, 0);
  parent_seat_.assign(reviewers, 0);
  parent_hole_.assign(reviewers, 0);
  SortCandidates();
}

void CoverFlow::SortCandidates() {
  const int32_t papers = instance_->papers;
  for (int32_t paper = 0; paper < papers; ++paper) {
    first_candidate_.push_back(static_cast<int64_t>(candidates_.size()));
    for (int32_t reviewer = 0; reviewer < instance_->reviewers; ++reviewer) {
      if (instance_->most[reviewer] == 0) {
        scores_[int64_t{reviewer} * papers + paper] = kExcluded;
      } else {
        candidates_.push_back({instance_->score(reviewer, paper), reviewer});
      }
    }
    std::sort(candidates_.begin() + first_candidate_.back(), candidates_.end(),
              [](const Candidate& a, const Candidate& b) {
                if (a.score != b.score) return a.score > b.score;
                return a.reviewer < b.reviewer;
              });
    candidate_count_.push_back(static_cast<int32_t>(
        static_cast<int64_t>(candidates_.size()) - first_candidate_.back()));
  }
}

int32_t CoverFlow::Fill(int32_t paper) {
  int32_t empty = 0;
  for (int32_t seat = first_seat_[paper]; seat < first_seat_[paper + 1];
       ++seat) {
    if (reviewer_[seat] == kNobody && !Insert(seat)) ++empty;
  }
  return empty;
}

void CoverFlow::SetWeight(int32_t paper, int64_t weight) {
  std::vector<int32_t> holes;
  for (int32_t seat = first_seat_[paper]; seat < first_seat_[paper + 1];
       ++seat) {
    if (kept_[seat]) continue;
    holes.push_back(reviewer_[seat]);
    Rise(seat);
  }
  weight_[paper] = weight;
  for (int32_t hole : holes) CloseHole(hole);
  Fill(paper);
}

bool CoverFlow::Exclude(int32_t paper, int32_t reviewer) {
  int32_t& score = scores_[int64_t{reviewer} * instance_->papers + paper];
  if (score < lowest_[paper]) return true;
  score = kExcluded;
  Candidate* begin = candidates_.data() + first_candidate_[paper];
  Candidate* end = begin + candidate_count_[paper];
  Candidate* found = std::find_if(begin, end, [&](const Candidate& candidate) {
    return candidate.reviewer == reviewer;
  });
  std::copy(found + 1, end, found);
  --candidate_count_[paper];
  return !Has(paper, reviewer) || Replace(SeatOf(paper, reviewer));
}

bool CoverFlow::ExcludeBelow(int32_t paper, int64_t score) {
  if (score <= lowest_[paper]) return true;
  lowest_[paper] = static_cast<int32_t>(score);
  const auto candidates = Candidates(paper);
  const auto end = std::partition_point(
      candidates.begin(), candidates.end(),
      [&](const Candidate& candidate) { return candidate.score >= score; });
  candidate_count_[paper] = static_cast<int32_t>(end - candidates.begin());
  for (int32_t seat = first_seat_[paper]; seat < first_seat_[paper + 1];
       ++seat) {
    if (score_[seat] < score && !kept_[seat] && !Replace(seat)) return false;
  }
  return true;
}

// Somebody else for the seat, whose pair has just been excluded.
bool CoverFlow::Replace(int32_t seat) {
  const int32_t reviewer = reviewer_[seat];
  Rise(seat);
  CloseHole(reviewer);
  return Insert(seat);
}

void CoverFlow::Keep(int32_t paper, int32_t reviewer) {
  kept_[SeatOf(paper, reviewer)] = 1;
}

int32_t CoverFlow::FirstBelowLeast() const {
  if (!has_least_) return kNobody;
  for (int32_t i = 0; i < instance_->reviewers; ++i) {
    if (load_[i] < instance_->least[i]) return i;
  }
  return kNobody;
}

int64_t CoverFlow::Sum(int32_t paper) const {
  int64_t sum = 0;
  for (int32_t seat = first_seat_[paper]; seat < first_seat_[paper + 1];
       ++seat) {
    if (reviewer_[seat] != kNobody) sum += score_[seat];
  }
  return sum;
}

WidePoints CoverFlow::Value() const {
  WidePoints value = 0;
  for (int32_t paper = 0; paper < instance_->papers; ++paper) {
    value += WidePoints{weight_[paper]} * Sum(paper);
  }
  return value;
}

WidePoints CoverFlow::BoundOfPapers() const {
  WidePoints bound = 0;
  std::vector<int64_t> worths;
  for (int32_t paper = 0; paper < instance_->papers; ++paper) {
    int32_t open = instance_->cover[paper];
    for (int32_t seat = first_seat_[paper]; seat < first_seat_[paper + 1];
         ++seat) {
      if (!kept_[seat]) continue;
      bound += Worth(seat);
      --open;
    }
    worths.clear();
    for (const Candidate& candidate : Candidates(paper)) {
      if (Has(paper, candidate.reviewer) &&
          kept_[SeatOf(paper, candidate.reviewer)]) {
        continue;
      }
      worths.push_back(weight_[paper] * candidate.score -
                       price_[candidate.reviewer]);
    }
    open = std::min(open, static_cast<int32_t>(worths.size()));
    std::nth_element(worths.begin(), worths.begin() + open, worths.end(),
                     std::greater<>());
    for (int32_t i = 0; i < open; ++i) bound += worths[i];
  }
  return bound;
}

WidePoints CoverFlow::BoundOfReviewers() const {
  WidePoints bound = 0;
  for (int32_t reviewer = 0; reviewer < instance_->reviewers; ++reviewer) {
    const WidePoints least = instance_->least[reviewer];
    const WidePoints price = price_[reviewer];
    bound += least * (std::max<WidePoints>(0, kBonus + price) - kBonus);
    bound +=
        (instance_->most[reviewer] - least) * std::max<WidePoints>(0, price);
  }
  return bound;
}

void CoverFlow::NewSearch() {
  ++epoch_;
  heap_.clear();
  tree_.clear();
  best_ = kInfinite;
  end_ = kNobody;
}

// The nearest reviewer not settled yet, if nearer than the best end.
bool CoverFlow::Pop(Entry* entry) {
  while (!heap_.empty() && heap_.front().distance < best_) {
    *entry = heap_.front();
    std::pop_heap(heap_.begin(), heap_.end());
    heap_.pop_back();
    if (settled_[entry->reviewer] ||
        entry->distance != distance_[entry->reviewer]) {
      continue;
    }
    settled_[entry->reviewer] = 1;
    tree_.push_back(entry->reviewer);
    return true;
  }
  return false;
}

// Notes the distance; false when the reviewer was as near already.
bool CoverFlow::Reach(int32_t reviewer, int64_t distance) {
  if (stamp_[reviewer] == epoch_ && distance >= distance_[reviewer]) {
    return false;
  }
  stamp_[reviewer] = epoch_;
  settled_[reviewer] = 0;
  distance_[reviewer] = distance;
  return true;
}

void CoverFlow::Push(int32_t reviewer) {
  heap_.push_back({distance_[reviewer], reviewer});
  std::push_heap(heap_.begin(), heap_.end());
}

// Fills an empty seat along the cheapest path, which ends at a reviewer with
// room. False when there is none.
bool CoverFlow::Insert(int32_t seat) {
  NewSearch();
  RelaxForward(seat, 0);
  Entry top;
  while (Pop(&top)) {
    const int64_t first = first_held_[top.reviewer];
    for (int32_t i = 0; i < load_[top.reviewer]; ++i) {
      const int32_t other = held_[first + i];
      if (!kept_[other]) RelaxForward(other, top.distance + Worth(other));
    }
  }
  if (end_ == kNobody) return false;
  for (int32_t reviewer : tree_) {
    price_[reviewer] += best_ - distance_[reviewer];
  }
  for (int32_t reviewer = end_; reviewer != kNobody;) {
    const int32_t mover = parent_seat_[reviewer];
    const int32_t left = reviewer_[mover];
    if (left != kNobody) Rise(mover);
    Sit(mover, reviewer);
    reviewer = left;
  }
  return true;
}

// Whom the seat's paper could have instead, at `offset` less what he is worth.
void CoverFlow::RelaxForward(int32_t seat, int64_t offset) {
  const int32_t paper = paper_of_[seat];
  const int64_t weight = weight_[paper];
  for (const Candidate& candidate : Candidates(paper)) {
    ++work_;
    const int64_t unpriced = offset - weight * candidate.score;
    // Sorted by score; and without least loads prices are ≥ 0.
    if (!has_least_ && unpriced >= best_) break;
    const int32_t reviewer = candidate.reviewer;
    const int64_t distance = unpriced + price_[reviewer];
    if (distance >= best_ || Has(paper, reviewer) ||
        !Reach(reviewer, distance)) {
      continue;
    }
    parent_seat_[reviewer] = seat;
    if (load_[reviewer] < instance_->most[reviewer]) {
      const int64_t last = std::max<int64_t>(
          0, -Bonus(reviewer, load_[reviewer]) - price_[reviewer]);
      if (distance + last < best_) {
        best_ = distance + last;
        end_ = reviewer;
      }
      if (last == 0) continue;
    }
    Push(reviewer);
  }
}

// A reviewer has lost a paper: gives his place to whom it is worth most, or
// lowers his price.
void CoverFlow::CloseHole(int32_t hole) {
  const int64_t worth = Bonus(hole, load_[hole]) + price_[hole];
  if (worth <= 0) return;
  NewSearch();
  best_ = worth;
  end_ = hole;
  Reach(hole, 0);
  parent_seat_[hole] = kNobody;
  Push(hole);
  Entry top;
  while (Pop(&top)) RelaxBackward(top);
  for (int32_t reviewer : tree_) {
    price_[reviewer] -= best_ - distance_[reviewer];
  }
  MoveTowardsHole();
}

// Whose seats could move to the hole.
void CoverFlow::RelaxBackward(const Entry& hole) {
  const int32_t papers = instance_->papers;
  const int32_t* scores = &scores_[int64_t{hole.reviewer} * papers];
  const int64_t price = price_[hole.reviewer];
  work_ += static_cast<int64_t>(paper_of_.size());
  for (int32_t paper = 0; paper < papers; ++paper) {
    if (scores[paper] < lowest_[paper] || Has(paper, hole.reviewer)) continue;
    const int64_t offset =
        hole.distance - (weight_[paper] * scores[paper] - price);
    for (int32_t seat = first_seat_[paper]; seat < first_seat_[paper + 1];
         ++seat) {
      const int32_t reviewer = reviewer_[seat];
      if (reviewer == kNobody || kept_[seat]) continue;
      const int64_t distance = offset + Worth(seat);
      if (distance >= best_ || !Reach(reviewer, distance)) continue;
      parent_seat_[reviewer] = seat;
      parent_hole_[reviewer] = hole.reviewer;
      const int64_t last = std::max<int64_t>(
          0, Bonus(reviewer, load_[reviewer] - 1) + price_[reviewer]);
      if (distance + last < best_) {
        best_ = distance + last;
        end_ = reviewer;
      }
      if (last > 0) Push(reviewer);
    }
  }
}

void CoverFlow::MoveTowardsHole() {
  path_.clear();
  for (int32_t reviewer = end_; parent_seat_[reviewer] != kNobody;
       reviewer = parent_hole_[reviewer]) {
    path_.push_back(reviewer);
  }
  while (!path_.empty()) {  // the hole's neighbour first
    const int32_t reviewer = path_.back();
    path_.pop_back();
    const int32_t seat = parent_seat_[reviewer];
    Rise(seat);
    Sit(seat, parent_hole_[reviewer]);
  }
}

bool CoverFlow::Has(int32_t paper, int32_t reviewer) const {
  for (int32_t seat = first_seat_[paper]; seat < first_seat_[paper + 1];
       ++seat) {
    if (reviewer_[seat] == reviewer) return true;
  }
  return false;
}

int32_t CoverFlow::SeatOf(int32_t paper, int32_t reviewer) const {
  int32_t seat = first_seat_[paper];
  while (reviewer_[seat] != reviewer) ++seat;
  return seat;
}

void CoverFlow::Sit(int32_t seat, int32_t reviewer) {
  reviewer_[seat] = reviewer;
  score_[seat] = instance_->score(reviewer, paper_of_[seat]);
  position_[seat] = load_[reviewer]++;
  held_[first_held_[reviewer] + position_[seat]] = seat;
}

void CoverFlow::Rise(int32_t seat) {
  const int32_t reviewer = reviewer_[seat];
  const int64_t first = first_held_[reviewer];
  const int32_t last = held_[first + --load_[reviewer]];
  held_[first + position_[seat]] = last;
  position_[last] = position_[seat];
  reviewer_[seat] = kNobody;
}

}  // namespace jiedui::matcher::engine
