#include "services/matcher/engine/candidates.h"

#include <algorithm>
#include <array>
#include <span>

#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {
namespace {

// Rows fetched ahead of their turn: about what memory takes to answer.
constexpr size_t kAhead = 12;

// Of the demand's subjects, so many are told apart when the index is pruned.
constexpr size_t kMostSubjects = 4;
constexpr uint16_t kFullSimilarity = 1000;  // ‰

// What somebody costs in subsidiarity, by whether he reaches the floor.
struct Distances {
  int32_t from_floor = 0;
  int32_t below_floor = 0;
};

// The best so far, worst on top. One number orders a candidate: distance, then
// score, then row.
class Best {
 public:
  explicit Best(int32_t most) : most_(static_cast<size_t>(most)) {}

  // Nobody at this distance or beyond can come in any more.
  bool Closed(int32_t distance) const {
    return Full() && DistanceOf(keys_.front()) < distance;
  }
  // The score from which one may come in.
  int32_t Least(const Distances& distances, int32_t floor) const {
    if (!Full()) return 0;
    const int32_t worst = DistanceOf(keys_.front());
    const int32_t score = ScoreOf(keys_.front());
    if (distances.below_floor < worst) return 0;
    if (distances.below_floor == worst && score < floor) return score;
    if (distances.from_floor < worst) return floor;
    if (distances.from_floor == worst) return std::max(score, floor);
    return kFullMarks + 1;
  }
  void Offer(const Candidate& candidate) {
    const uint64_t key = KeyOf(candidate);
    if (!Full()) {
      keys_.push_back(key);
      std::push_heap(keys_.begin(), keys_.end());
      return;
    }
    left_out_ = true;
    if (key > keys_.front()) return;
    std::pop_heap(keys_.begin(), keys_.end());
    keys_.back() = key;
    std::push_heap(keys_.begin(), keys_.end());
  }
  void LeaveOut() { left_out_ = true; }

  CandidateList Take() {
    std::sort(keys_.begin(), keys_.end());
    CandidateList list;
    list.best.reserve(keys_.size());
    for (uint64_t key : keys_) {
      list.best.push_back({static_cast<int32_t>(key & 0xffffffff),
                           DistanceOf(key), ScoreOf(key)});
    }
    list.complete = !left_out_;
    return list;
  }

 private:
  static uint64_t KeyOf(const Candidate& candidate) {
    return static_cast<uint64_t>(candidate.distance) << 56 |
           static_cast<uint64_t>(kFullMarks - candidate.score) << 32 |
           static_cast<uint32_t>(candidate.resource);
  }
  static int32_t DistanceOf(uint64_t key) {
    return static_cast<int32_t>(key >> 56);
  }
  static int32_t ScoreOf(uint64_t key) {
    return kFullMarks - static_cast<int32_t>(key >> 32 & 0xffffff);
  }
  bool Full() const { return keys_.size() == most_; }

  size_t most_;
  std::vector<uint64_t> keys_;
  bool left_out_ = false;
};

// Volunteers, for an expert's or talent's seat.
class Persons {
 public:
  static constexpr bool kByTier = true;

  Persons(const Prepared& prepared, const DemandFacts& demand)
      : prepared_(prepared), corps_(prepared.corps()), demand_(demand) {}

  int32_t rows() const { return corps_.size(); }
  const Postings& postings() const { return corps_.postings(); }
  void Prefetch(int32_t row) const { corps_.Prefetch(row); }
  Facts facts(int32_t row) const { return corps_.facts(row); }
  // Whether the row is still where the index has it.
  bool Stands(const Postings::Post& post, int32_t row) const {
    return corps_.serves(row) == post.place && corps_.tier(row) == post.tier;
  }
  bool Feasible(int32_t row, const Facts& facts) const {
    return OtherVolunteerConstraints(prepared_, demand_, row, facts).empty();
  }
  int32_t Distance(const Facts& facts, int32_t score) const {
    return PersonDistance(prepared_.policy(), demand_, facts, score);
  }
  // Of those of a tier at best.
  Distances LeastDistances(codes::Tier tier) const {
    if (IsAboutWhoComes(demand_.action)) return {0, kFitsBelowFloorDistance};
    return {TierDistance(demand_.tier, tier), kBelowFloorDistance};
  }
  Distances DistancesOf(const Facts& facts) const {
    return {Distance(facts, kFullMarks), Distance(facts, 0)};
  }

 private:
  const Prepared& prepared_;
  const Corps& corps_;
  const DemandFacts& demand_;
};

class Teams {
 public:
  static constexpr bool kByTier = true;

  Teams(const Prepared& prepared, const DemandFacts& demand)
      : prepared_(prepared), demand_(demand) {}

  int32_t rows() const { return prepared_.teams().size(); }
  const Postings& postings() const { return prepared_.team_postings(); }
  void Prefetch(int32_t row) const { prepared_.teams().Prefetch(row); }
  Facts facts(int32_t row) const { return prepared_.teams()[row]; }
  bool Stands(const Postings::Post&, int32_t) const { return true; }
  bool Feasible(int32_t row, const Facts&) const {
    return OtherTeamConstraints(prepared_, demand_, row).empty();
  }
  int32_t Distance(const Facts&, int32_t) const { return 0; }
  Distances LeastDistances(codes::Tier) const { return {}; }
  Distances DistancesOf(const Facts&) const { return {}; }

 private:
  const Prepared& prepared_;
  const DemandFacts& demand_;
};

class Projects {
 public:
  static constexpr bool kByTier = false;

  Projects(const Prepared& prepared, const DemandFacts& demand)
      : prepared_(prepared), demand_(demand) {}

  int32_t rows() const { return prepared_.projects().size(); }
  const Postings& postings() const { return prepared_.project_postings(); }
  void Prefetch(int32_t row) const { prepared_.projects().Prefetch(row); }
  Facts facts(int32_t row) const { return prepared_.projects()[row]; }
  bool Stands(const Postings::Post&, int32_t) const { return true; }
  bool Feasible(int32_t row, const Facts&) const {
    return ProjectConstraints(prepared_, demand_, row).empty();
  }
  int32_t Distance(const Facts&, int32_t) const { return 0; }
  Distances LeastDistances(codes::Tier) const { return {}; }
  Distances DistancesOf(const Facts&) const { return {}; }

 private:
  const Prepared& prepared_;
  const DemandFacts& demand_;
};

// Which rows a search has come across; one a thread, so that nothing is
// allocated or cleared for each search.
class Seen {
 public:
  void Begin(int32_t rows) {
    if (stamps_.size() < static_cast<size_t>(rows)) {
      stamps_.resize(static_cast<size_t>(rows), 0);
    }
    if (++search_ == 0) {
      std::fill(stamps_.begin(), stamps_.end(), 0);
      search_ = 1;
    }
  }
  // False when it was there before.
  bool Add(int32_t row) {
    uint32_t& stamp = stamps_[static_cast<size_t>(row)];
    if (stamp == search_) return false;
    stamp = search_;
    return true;
  }
  void Prefetch(int32_t row) const {
    __builtin_prefetch(&stamps_[static_cast<size_t>(row)]);
  }

 private:
  std::vector<uint32_t> stamps_;
  uint32_t search_ = 0;
};

Seen& SeenOfThisThread() {
  thread_local Seen seen;
  return seen;
}

template <typename Source>
class Finder {
 public:
  Finder(const Prepared& prepared, Part part, const DemandFacts& demand,
         int32_t most, int32_t least = 0)
      : policy_(prepared.policy()),
        demand_(demand),
        source_(prepared, demand),
        scorer_(policy_, part, demand),
        admission_(
            std::max(least, policy_.admission[static_cast<size_t>(part)])),
        seen_(SeenOfThisThread()),
        best_(most) {}

  CandidateList Find() {
    seen_.Begin(source_.rows());
    CollectPosts();
    for (size_t i = 0; i < posts_.size();) {
      const int32_t distance = posts_[i].least.from_floor;
      if (best_.Closed(distance)) {
        best_.LeaveOut();
        break;
      }
      size_t end = i + 1;
      while (end < posts_.size() && posts_[end].least.from_floor == distance) {
        ++end;
      }
      LookAt(std::span<const Ranked>(posts_).subspan(i, end - i));
      i = end;
    }
    return best_.Take();
  }

 private:
  struct Ranked {
    Postings::Post post;
    Distances least;
  };
  // Rows of one subject at one post.
  struct Group {
    const Postings::Post* post;
    std::span<const int32_t> rows;
    int32_t subject_f;  // of one who knows this subject only, to the full
    // By the demand's subjects: the similarity of this one, ‰.
    std::array<uint16_t, kMostSubjects> similarity;
  };
  // One whose text has not been read.
  struct Waiting {
    int32_t row;
    int32_t without_text;
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
                       return a.least.from_floor < b.least.from_floor;
                     });
  }

  void Collect(PlaceIndex place, codes::Tier tier) {
    for (DisciplineIndex discipline : demand_.disciplines) {
      posts_.push_back(
          {{place, tier, discipline}, source_.LeastDistances(tier)});
    }
  }

  // All posts at one distance: the most apt subjects first, until not even one
  // who knew all that is left to the full could come in.
  void LookAt(std::span<const Ranked> posts) {
    CollectGroups(posts);
    const Distances at_best = posts.front().least;
    for (size_t i = 0; i < groups_.size(); ++i) {
      const int32_t least = Least(at_best);
      if (scorer_.MostWithoutText(left_f_[i]) + scorer_.most_text() < least) {
        return LeaveOut(least);
      }
      LookAt(groups_[i], at_best);
    }
  }

  void CollectGroups(std::span<const Ranked> posts) {
    groups_.clear();
    for (const Ranked& ranked : posts) {
      for (const Postings::Cell& cell : source_.postings().Cells(ranked.post)) {
        groups_.push_back(MakeGroup(ranked.post, source_.postings().Rows(cell),
                                    cell.subject));
      }
      const auto added = source_.postings().Added(ranked.post);
      if (added.empty()) continue;
      Group& any = groups_.emplace_back(MakeGroup(ranked.post, added, 0));
      any.similarity.fill(kFullSimilarity);  // of whatever subject
      any.subject_f = kFullMarks;
    }
    std::stable_sort(groups_.begin(), groups_.end(),
                     [](const Group& a, const Group& b) {
                       return a.subject_f > b.subject_f;
                     });
    // What a row of this group or a later one can reach: of each subject asked
    // for the nearest that is left.
    left_f_.resize(groups_.size());
    std::array<uint16_t, kMostSubjects> nearest = {};
    for (size_t i = groups_.size(); i-- > 0;) {
      for (size_t k = 0; k < nearest.size(); ++k) {
        nearest[k] = std::max(nearest[k], groups_[i].similarity[k]);
      }
      left_f_[i] = CoveredBy(nearest);
    }
  }

  Group MakeGroup(const Postings::Post& post, std::span<const int32_t> rows,
                  SubjectIndex subject) const {
    Group group{&post, rows, 0, {}};
    for (size_t k = 0; k < group.similarity.size(); ++k) {
      // Beyond those kept apart, all is taken for covered.
      group.similarity[k] = k < demand_.subjects.size()
                                ? demand_.subjects[k].similarity[subject]
                                : kFullSimilarity;
    }
    group.subject_f = CoveredBy(group.similarity);
    return group;
  }

  // The subject feature's f at most, by similarity to each subject asked for.
  int32_t CoveredBy(
      const std::array<uint16_t, kMostSubjects>& similarity) const {
    int64_t sum = 0;
    int64_t weights = 0;
    for (size_t k = 0; k < demand_.subjects.size(); ++k) {
      const int32_t covered =
          k < similarity.size() ? similarity[k] : kFullSimilarity;
      sum += int64_t{demand_.subjects[k].weight} * covered;
      weights += demand_.subjects[k].weight;
    }
    constexpr int32_t kPerMille = kFullMarks / kFullSimilarity;
    return weights == 0 ? 0 : static_cast<int32_t>(sum * kPerMille / weights);
  }

  // Somebody scores less than `least`. Below admission nobody is a candidate.
  void LeaveOut(int32_t least) {
    if (least > admission_) best_.LeaveOut();
  }

  // The score that is needed to be of use.
  int32_t Least(const Distances& distances) const {
    return std::max(admission_, best_.Least(distances, policy_.floor));
  }

  void LookAt(const Group& group, const Distances& at_best) {
    waiting_.clear();
    const int32_t least = Least(at_best);
    for (size_t i = 0; i < group.rows.size(); ++i) {
      if (i + kAhead < group.rows.size()) {
        seen_.Prefetch(group.rows[i + kAhead]);
        source_.Prefetch(group.rows[i + kAhead]);
      }
      const int32_t row = group.rows[i];
      if (!source_.Stands(*group.post, row) || !seen_.Add(row)) continue;
      const int32_t score =
          scorer_.WithoutText(source_.facts(row), least - scorer_.most_text());
      if (score + scorer_.most_text() < least) {
        LeaveOut(least);
      } else {
        waiting_.push_back({row, score});
      }
    }
    std::sort(waiting_.begin(), waiting_.end(),
              [](const Waiting& a, const Waiting& b) {
                if (a.without_text != b.without_text) {
                  return a.without_text > b.without_text;
                }
                return a.row < b.row;
              });
    for (const Waiting& waiting : waiting_) {
      const int32_t now_least = Least(at_best);
      if (waiting.without_text + scorer_.most_text() < now_least) {
        return LeaveOut(now_least);
      }
      Read(waiting);
    }
  }

  void Read(const Waiting& waiting) {
    const Facts facts = source_.facts(waiting.row);
    const int32_t least = Least(source_.DistancesOf(facts));
    if (waiting.without_text + scorer_.most_text() < least) {
      return LeaveOut(least);
    }
    const int32_t score = waiting.without_text + scorer_.TextOf(facts);
    if (score < admission_ || !SharesDiscipline(demand_, facts) ||
        !source_.Feasible(waiting.row, facts)) {
      return;
    }
    best_.Offer({waiting.row, source_.Distance(facts, score), score});
  }

  const Policy& policy_;
  const DemandFacts& demand_;
  const Source source_;
  const Scorer scorer_;
  const int32_t admission_;
  Seen& seen_;
  Best best_;
  std::vector<Ranked> posts_;
  std::vector<Group> groups_;
  std::vector<int32_t> left_f_;
  std::vector<Waiting> waiting_;
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
