#include "services/matcher/engine/candidates.h"

#include <algorithm>
#include <array>
#include <span>

#include "services/matcher/engine/best.h"
#include "services/matcher/engine/bounds.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/features/feature.h"
#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {
namespace {

// Volunteers, for an expert's or talent's seat.
class Persons {
 public:
  static constexpr bool kByTier = true;
  static constexpr bool kPeople = true;

  Persons(const Prepared& prepared, const DemandFacts& demand)
      : prepared_(prepared), corps_(prepared.corps()), demand_(demand) {}

  const Postings& postings() const { return corps_.postings(); }
  const FactsTable& table() const { return corps_.table(); }
  void Prefetch(int32_t row) const { corps_.Prefetch(row); }
  Facts facts(int32_t row) const { return corps_.facts(row); }
  bool Feasible(int32_t row, const Facts& facts) const {
    return OtherVolunteerConstraints(prepared_, demand_, row, facts).empty();
  }
  int32_t Distance(const Facts& facts, int32_t score) const {
    return PersonDistance(prepared_.policy(), demand_, facts, score);
  }
  // Of those of a tier, by whether who they are fits the action.
  Distances DistancesOf(codes::Tier tier, bool fits) const {
    if (!fits) return {kBelowFloorDistance, kBelowFloorDistance};
    if (IsAboutWhoComes(demand_.action)) return {0, kFitsBelowFloorDistance};
    return {TierDistance(demand_.tier, tier), kBelowFloorDistance};
  }

 private:
  const Prepared& prepared_;
  const Corps& corps_;
  const DemandFacts& demand_;
};

class Teams {
 public:
  static constexpr bool kByTier = true;
  static constexpr bool kPeople = false;

  Teams(const Prepared& prepared, const DemandFacts& demand)
      : prepared_(prepared), demand_(demand) {}

  const Postings& postings() const { return prepared_.team_postings(); }
  const FactsTable& table() const { return prepared_.teams(); }
  void Prefetch(int32_t row) const { prepared_.teams().Prefetch(row); }
  Facts facts(int32_t row) const { return prepared_.teams()[row]; }
  bool Feasible(int32_t row, const Facts&) const {
    return OtherTeamConstraints(prepared_, demand_, row).empty();
  }
  int32_t Distance(const Facts&, int32_t) const { return 0; }
  Distances DistancesOf(codes::Tier, bool) const { return {}; }

 private:
  const Prepared& prepared_;
  const DemandFacts& demand_;
};

class Projects {
 public:
  static constexpr bool kByTier = false;
  static constexpr bool kPeople = false;

  Projects(const Prepared& prepared, const DemandFacts& demand)
      : prepared_(prepared), demand_(demand) {}

  const Postings& postings() const { return prepared_.project_postings(); }
  const FactsTable& table() const { return prepared_.projects(); }
  void Prefetch(int32_t row) const { prepared_.projects().Prefetch(row); }
  Facts facts(int32_t row) const { return prepared_.projects()[row]; }
  bool Feasible(int32_t row, const Facts&) const {
    return ProjectConstraints(prepared_, demand_, row).empty();
  }
  int32_t Distance(const Facts&, int32_t) const { return 0; }
  Distances DistancesOf(codes::Tier, bool) const { return {}; }

 private:
  const Prepared& prepared_;
  const DemandFacts& demand_;
};

// Rows a search has looked at: a hash table that is emptied by counting on.
class Seen {
 public:
  void Begin() {
    count_ = 0;
    if (++search_ == 0) {
      std::fill(slots_.begin(), slots_.end(), Slot());
      search_ = 1;
    }
  }
  // False when it was there before.
  bool Add(int32_t row) {
    Slot& slot = Find(row);
    if (slot.search == search_) return false;
    slot = {search_, row};
    if (++count_ * 2 > slots_.size()) Grow();
    return true;
  }

 private:
  struct Slot {
    uint32_t search = 0;
    int32_t row = 0;
  };

  Slot& Find(int32_t row) {
    const size_t mask = slots_.size() - 1;
    size_t at = (static_cast<uint32_t>(row) * 0x9E3779B1u >> 8) & mask;
    while (slots_[at].search == search_ && slots_[at].row != row) {
      at = (at + 1) & mask;
    }
    return slots_[at];
  }
  void Grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.search == search_) Find(slot.row) = slot;
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(1024);
  size_t count_ = 0;
  uint32_t search_ = 0;
};

// Cells at the same distance, the most apt first, to within a step.
class Queue {
 public:
  static constexpr int32_t kStepBits = 13;

  struct Item {
    const Postings::Cell* cell;
    int32_t subject;  // Bounds::Subject
    int32_t next;
  };

  void Clear() {
    items_.clear();
    first_.fill(-1);
  }
  void Add(const Postings::Cell& cell, int32_t subject) {
    int32_t& first = first_[StepOf(subject)];
    items_.push_back({&cell, subject, first});
    first = static_cast<int32_t>(items_.size()) - 1;
  }

  // Calls look(most, items) for each step, from the best, where no item of it
  // has more points than `most`, until it returns false.
  template <typename Look>
  void ForEachStep(Look look) const {
    for (size_t step = kSteps; step-- > 0;) {
      if (first_[step] < 0) continue;
      if (!look(static_cast<int32_t>((step + 1) << kStepBits), first_[step])) {
        return;
      }
    }
  }
  const Item& operator[](int32_t item) const {
    return items_[static_cast<size_t>(item)];
  }

 private:
  static constexpr size_t kSteps = (Bounds::kMostPoints >> kStepBits) + 1;

  static size_t StepOf(int32_t subject) {
    return static_cast<size_t>(std::min(subject, Bounds::kMostPoints)) >>
           kStepBits;
  }

  std::vector<Item> items_;
  std::array<int32_t, kSteps> first_;
};

// One who may be among the best. Orders by what he scores at most.
class Waiting {
 public:
  Waiting(int32_t most, uint32_t matched, bool fits, int32_t row)
      : bits_(static_cast<uint64_t>(std::min(most, Bounds::kMostPoints))
                  << kMostShift |
              static_cast<uint64_t>(matched) << kMatchedShift |
              static_cast<uint64_t>(fits) << kFitsShift |
              static_cast<uint32_t>(row)) {}

  int32_t most() const { return static_cast<int32_t>(bits_ >> kMostShift); }
  uint32_t matched() const { return bits_ >> kMatchedShift & 0xff; }
  bool fits() const { return bits_ >> kFitsShift & 1; }
  int32_t row() const { return static_cast<int32_t>(bits_ & 0x7fffffff); }

  friend bool operator>(Waiting a, Waiting b) { return a.bits_ > b.bits_; }

 private:
  static constexpr int kFitsShift = 31;
  static constexpr int kMatchedShift = 32;
  static constexpr int kMostShift = 40;
  uint64_t bits_;
};

// Memory of a search; one a thread, so that none is allocated for each.
struct Scratch {
  Seen seen;
  Queue queue;
  std::vector<Waiting> waiting;
};

Scratch& ScratchOfThisThread() {
  thread_local Scratch scratch;
  return scratch;
}

template <typename Source>
class Finder {
 public:
  Finder(const Prepared& prepared, Part part, const DemandFacts& demand,
         int32_t most, int32_t least = 0)
      : policy_(prepared.policy()),
        demand_(demand),
        source_(prepared, demand),
        postings_(source_.postings()),
        scorer_(policy_, part, demand),
        bounds_(policy_, scorer_, demand, postings_, Source::kPeople),
        admission_(
            std::max(least, policy_.admission[static_cast<size_t>(part)])),
        scratch_(ScratchOfThisThread()),
        best_(most) {}

  CandidateList Find() {
    scratch_.seen.Begin();
    CollectPosts();
    for (size_t i = 0; i < posts_.size();) {
      const int32_t distance = posts_[i].distance;
      if (best_.Closed(distance)) {
        best_.LeaveOut();
        break;
      }
      size_t end = i + 1;
      while (end < posts_.size() && posts_[end].distance == distance) ++end;
      LookAt(std::span<const Ranked>(posts_).subspan(i, end - i));
      i = end;
    }
    return best_.Take();
  }

 private:
  static constexpr size_t kChunk = 256;
  // Rows fetched ahead of their turn: about what memory takes to answer.
  static constexpr size_t kAhead = 6;

  struct Ranked {
    Postings::Post post;
    int32_t distance;  // of those who reach the floor
  };

  void CollectPosts() {
    if constexpr (!Source::kByTier) {
      Collect(0, codes::Tier::kProvince);
      return;
    }
    for (const codes::Region* at = &RegionOf(demand_.place); at != nullptr;
         at = at->parent()) {
      for (int tier = static_cast<int>(codes::Tier::kTownship);
           tier >= static_cast<int>(demand_.opened); --tier) {
        Collect(IndexOf(*at), static_cast<codes::Tier>(tier));
      }
    }
    std::stable_sort(posts_.begin(), posts_.end(),
                     [](const Ranked& a, const Ranked& b) {
                       return a.distance < b.distance;
                     });
  }

  void Collect(PlaceIndex place, codes::Tier tier) {
    const int32_t distance = source_.DistancesOf(tier, true).from_floor;
    for (DisciplineIndex discipline : demand_.disciplines) {
      posts_.push_back({{place, tier, discipline}, distance});
    }
  }

  // The score that is needed to be of use.
  int32_t Least(codes::Tier tier, bool fits) const {
    return std::max(admission_, best_.Least(source_.DistancesOf(tier, fits),
                                            policy_.floor));
  }
  // Somebody scores less than `least`. Below admission nobody is a candidate.
  void LeaveOut(int32_t least) {
    if (least > admission_) best_.LeaveOut();
  }

  // All posts at one distance: the most apt cells first, until not even one who
  // had all else in full could come in.
  void LookAt(std::span<const Ranked> posts) {
    LookAtAdded(posts);
    Queue& queue = scratch_.queue;
    queue.Clear();
    const codes::Tier tier = posts.front().post.tier;
    const int32_t at_first = Least(tier, true);
    LeaveOut(at_first);
    int32_t rest = 0;
    for (const Ranked& ranked : posts) {
      rest = std::max(rest, bounds_.Rest(ranked.post.tier));
      const int32_t needed =
          at_first - bounds_.Rest(ranked.post.tier) - bounds_.most_text();
      for (const Postings::Cell& cell : postings_.Cells(ranked.post)) {
        const int32_t subject = bounds_.Subject(cell);
        if (subject >= needed) queue.Add(cell, subject);
      }
    }
    queue.ForEachStep([&](int32_t most, int32_t first) {
      const int32_t least = Least(tier, true);
      if (most + rest + bounds_.most_text() < least) {
        LeaveOut(least);
        return false;
      }
      scratch_.waiting.clear();
      for (int32_t i = first; i >= 0; i = queue[i].next) {
        if (queue[i].next >= 0) {
          postings_.Prefetch(*queue[queue[i].next].cell);
        }
        Sift(queue[i]);
      }
      LookAtWaiting(tier);
      return true;
    });
  }

  // Those that came since the index was packed: nothing is known of them yet.
  void LookAtAdded(std::span<const Ranked> posts) {
    scratch_.waiting.clear();
    for (const Ranked& ranked : posts) {
      for (const int32_t row : postings_.Added(ranked.post)) {
        scratch_.waiting.emplace_back(Bounds::kMostPoints, TextSieve::kMost,
                                      true, row);
      }
    }
    LookAtWaiting(posts.front().post.tier);
  }

  // Adds those of a cell to `waiting` who may come in.
  void Sift(const Queue::Item& item) {
    const Postings::Cell& cell = *item.cell;
    const auto tier = static_cast<codes::Tier>(cell.tier);
    const int32_t others = item.subject + bounds_.Rest(tier);
    const std::array<int32_t, 2> least = {Least(tier, false),
                                          Least(tier, true)};
    const uint32_t least_matched = bounds_.LeastMatched(least[1] - others);
    LeaveOut(least[1]);
    if (IsAboutWhoComes(demand_.action)) LeaveOut(least[0]);
    if (least_matched > TextSieve::kMost) return;
    const auto signatures = postings_.Signatures(cell);
    const auto digests = postings_.Digests(cell);
    const auto rows = postings_.Rows(cell);
    for (size_t begin = 0; begin < rows.size(); begin += kChunk) {
      const size_t count = std::min(kChunk, rows.size() - begin);
      std::array<uint8_t, kChunk> matched;
      bounds_.sieve().Match(signatures.subspan(begin, count), matched.data());
      // Without a branch: nobody can foretell who passes.
      std::array<uint8_t, kChunk> passed;
      std::array<int32_t, kChunk> mosts;
      size_t passing = 0;
      for (size_t i = 0; i < count; ++i) {
        passed[passing] = static_cast<uint8_t>(i);
        passing += matched[i] >= least_matched;
      }
      size_t left = 0;
      for (size_t j = 0; j < passing; ++j) {
        const size_t i = passed[j];
        const Digest digest = digests[begin + i];
        const int32_t most =
            bounds_.WithoutText(cell, digest) + bounds_.Text(matched[i]);
        passed[left] = static_cast<uint8_t>(i);
        mosts[left] = most;
        left += most >= least[bounds_.Fits(digest)];
      }
      for (size_t j = 0; j < left; ++j) {
        source_.table().Prefetch(rows[begin + passed[j]]);
      }
      for (size_t j = 0; j < left; ++j) {
        const size_t i = passed[j];
        const int32_t row = rows[begin + i];
        const Digest digest = digests[begin + i];
        const bool fits = bounds_.Fits(digest);
        const int32_t most = bounds_.Narrow(mosts[j], cell, digest,
                                            source_.table().GlanceAt(row));
        if (most < least[fits] || postings_.Removed(row)) continue;
        scratch_.waiting.emplace_back(most, matched[i], fits, row);
      }
    }
  }

  void LookAtWaiting(codes::Tier tier) {
    std::vector<Waiting>& waiting = scratch_.waiting;
    std::sort(waiting.begin(), waiting.end(), std::greater<>());
    for (size_t i = 0; i < waiting.size(); ++i) {
      if (i + kAhead < waiting.size()) {
        source_.Prefetch(waiting[i + kAhead].row());
      }
      const int32_t least = Least(tier, waiting[i].fits());
      if (waiting[i].most() < least) {
        LeaveOut(least);
        continue;
      }
      LookAt(waiting[i], least);
    }
  }

  void LookAt(const Waiting& waiting, int32_t least) {
    const int32_t row = waiting.row();
    if (!scratch_.seen.Add(row)) return;
    const Facts facts = source_.facts(row);
    const int32_t most_text = bounds_.Text(waiting.matched());
    const int32_t without_text = scorer_.WithoutText(facts, least - most_text);
    if (without_text + most_text < least) return LeaveOut(least);
    if (!SharesDiscipline(demand_, facts) || !source_.Feasible(row, facts)) {
      return;
    }
    const int32_t text = waiting.matched() == 0 ? 0 : scorer_.TextOf(facts);
    const int32_t score = without_text + text;
    if (score < admission_) return;
    best_.Offer({row, source_.Distance(facts, score), score});
  }

  const Policy& policy_;
  const DemandFacts& demand_;
  const Source source_;
  const Postings& postings_;
  const Scorer scorer_;
  const Bounds bounds_;
  const int32_t admission_;
  Scratch& scratch_;
  Best best_;
  std::vector<Ranked> posts_;
};

}  // namespace

int32_t PersonDistance(const Policy& policy, const DemandFacts& demand,
                       const Facts& candidate, int32_t score) {
  const bool serves = score >= policy.floor;
  if (IsAboutWhoComes(demand.action)) {
    const bool fits = ActionFeature(policy, demand, candidate).f > 0;
    if (!fits) return kBelowFloorDistance;
    return serves ? 0 : kFitsBelowFloorDistance;
  }
  return serves ? TierDistance(demand.tier, candidate.tier)
                : kBelowFloorDistance;
}

CandidateList FindExperts(const Prepared& prepared, const DemandFacts& demand,
                          int32_t most, int32_t least) {
  return Finder<Persons>(prepared, Part::kExpert, demand, most, least).Find();
}

CandidateList FindTalents(const Prepared& prepared, const DemandFacts& seat,
                          int32_t most) {
  return Finder<Persons>(prepared, Part::kTalents, seat, most).Find();
}

CandidateList FindTeams(const Prepared& prepared, const DemandFacts& demand,
                        int32_t most) {
  return Finder<Teams>(prepared, Part::kTeam, demand, most).Find();
}

CandidateList FindProjects(const Prepared& prepared, const DemandFacts& demand,
                           int32_t most) {
  return Finder<Projects>(prepared, Part::kProject, demand, most).Find();
}

}  // namespace jiedui::matcher::engine
