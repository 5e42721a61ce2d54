#include "services/matcher/engine/candidates.h"

#include <algorithm>
#include <array>
#include <span>

#include "services/matcher/engine/best.h"
#include "services/matcher/engine/bounds.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/features/feature.h"
#include "services/matcher/engine/scorer.h"
#include "services/matcher/engine/search.h"

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
  void PrefetchLists(int32_t row) const { corps_.PrefetchLists(row); }
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
  void PrefetchLists(int32_t row) const {
    prepared_.teams().PrefetchLists(row);
  }
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
  void PrefetchLists(int32_t row) const {
    prepared_.projects().PrefetchLists(row);
  }
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

Search& SearchOfThisThread() {
  thread_local Search search;
  return search;
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
        search_(SearchOfThisThread()),
        best_(most) {}

  CandidateList Find() {
    search_.seen.Begin();
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

  // By whether who it is fits the action.
  using Leasts = std::array<int32_t, 2>;

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
    Queue& queue = search_.queue;
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
      const Leasts least = {Least(tier, false), Least(tier, true)};
      LeaveOut(least[true]);
      if (IsAboutWhoComes(demand_.action)) LeaveOut(least[false]);
      if (most + rest + bounds_.most_text() < least[true]) return false;
      search_.sifted.clear();
      for (int32_t i = first; i >= 0; i = queue[i].next) {
        if (queue[i].next >= 0) postings_.Prefetch(*queue[queue[i].next].cell);
        Sift(queue[i], least);
      }
      Narrow(least);
      LookAtWaiting(tier);
      return true;
    });
  }

  // Those that came since the index was packed: nothing is known of them yet.
  void LookAtAdded(std::span<const Ranked> posts) {
    search_.waiting.clear();
    for (const Ranked& ranked : posts) {
      for (const int32_t row : postings_.Added(ranked.post)) {
        search_.waiting.emplace_back(Bounds::kMostPoints, TextSieve::kMost,
                                     true, row);
      }
    }
    LookAtWaiting(posts.front().post.tier);
  }

  // Adds those of a cell to `sifted` whom the index lets come in.
  void Sift(const Queue::Item& item, const Leasts& least) {
    const Postings::Cell& cell = *item.cell;
    const int32_t others =
        item.subject + bounds_.Rest(static_cast<codes::Tier>(cell.tier));
    const uint32_t least_matched = bounds_.LeastMatched(least[true] - others);
    if (least_matched > TextSieve::kMost) return;
    const auto signatures = postings_.Signatures(cell);
    for (size_t begin = 0; begin < signatures.size(); begin += kChunk) {
      const size_t count = std::min(kChunk, signatures.size() - begin);
      std::array<uint8_t, kChunk> matched;
      bounds_.sieve().Match(signatures.subspan(begin, count), matched.data());
      // Without a branch: nobody can foretell who passes.
      std::array<uint8_t, kChunk> passed;
      size_t passing = 0;
      for (size_t i = 0; i < count; ++i) {
        passed[passing] = static_cast<uint8_t>(i);
        passing += matched[i] >= least_matched;
      }
      for (size_t i = 0; i < passing; ++i) {
        Weigh(cell, begin + passed[i], matched[passed[i]], least);
      }
    }
  }

  void Weigh(const Postings::Cell& cell, size_t at, uint8_t matched,
             const Leasts& least) {
    const Digest digest = postings_.Digests(cell)[at];
    const bool fits = bounds_.Fits(digest);
    const int32_t most =
        bounds_.WithoutText(cell, digest) + bounds_.Text(matched);
    if (most < least[fits]) return;
    const int32_t row = postings_.Rows(cell)[at];
    source_.Prefetch(row);
    search_.sifted.push_back({&cell, digest, row, most, matched, fits});
  }

  // Those of `sifted` who may come in even at a glance at them are waiting.
  void Narrow(const Leasts& least) {
    search_.waiting.clear();
    for (const Sifted& sifted : search_.sifted) {
      const int32_t most =
          bounds_.Narrow(sifted.most, *sifted.cell, sifted.digest,
                         source_.table().GlanceAt(sifted.row));
      if (most < least[sifted.fits] || postings_.Removed(sifted.row)) continue;
      search_.waiting.emplace_back(most, sifted.matched, sifted.fits,
                                   sifted.row);
    }
  }

  void LookAtWaiting(codes::Tier tier) {
    std::vector<Waiting>& waiting = search_.waiting;
    std::sort(waiting.begin(), waiting.end(), std::greater<>());
    for (size_t i = 0; i < waiting.size(); ++i) {
      if (i + kAhead < waiting.size()) {
        source_.PrefetchLists(waiting[i + kAhead].row());
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
    if (!search_.seen.Add(row)) return;
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
  Search& search_;
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
