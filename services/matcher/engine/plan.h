// What a round answers: bundles, each with its points and why, and the
// certificate of the expert part. Plain data, by id; the service turns it into
// words.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/matcher/engine/bundles/bundle_problem.h"
#include "services/matcher/engine/objective.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {

// What points are given for. The raw value shown with each is in brackets.
enum class Feature : uint8_t {
  kSubject,     // subjects covered [per mille of the best possible]
  kIndustry,    // knows or is of the industry [similarity, per mille]
  kText,        // words in common [weight of shared terms and bigrams]
  kTitle,       // professional title [levels below what is asked]
  kGeo,         // way to travel [minutes; 0 when remote will do]
  kDialect,     // dialects shared [number]
  kTime,        // days free inside the demand's window [days]
  kRating,      // evaluations, smoothed [stars × 100]
  kAcceptance,  // offers accepted, smoothed [per mille]
  kAction,      // category fits the action [1 or 0]
  kNearTier,    // of the demand's own tier or below [tiers climbed]
  kReadiness,   // technology readiness [level 1 … 9]
  kTogether,    // expert leads [2] or is in [1] the team
  kLocality,    // same county [2], same city [1]
  kSpecialty,   // nearness × weight of a specialty [nearness, per mille]
  kLeading,     // leading enterprise 龙头 [1 or 0]
  kRequester,   // the requester itself [1]
  kExpertTeam,  // synergy: expert leads [2] or joins [1] the team
  kExpertOwns   // synergy: expert owns the project [1]
};

// One line of the sum: points = ⌊bundle_weight · weight · f / (10^6 · seats)⌋.
struct Entry {
  Feature feature = Feature::kSubject;
  int64_t raw = 0;
  int32_t f = 0;              // 0 … 1,000,000
  int32_t bundle_weight = 0;  // ‰ of the bundle this part makes up
  int32_t weight = 0;         // ‰ of the part this feature makes up
  int32_t seats = 1;          // talents: seats asked for; else 1
  int64_t points = 0;         // micro-points: 1,000,000 = full marks
  friend bool operator==(const Entry&, const Entry&) = default;
};

// The tier distance of one who is near but scores below the floor: farther than
// any tier, so that a higher tier that can serve is preferred.
inline constexpr int32_t kBelowFloorDistance = 4;
// Where the action is about who comes, of one it is about who scores below the
// floor: he still comes before all others.
inline constexpr int32_t kFitsBelowFloorDistance = 3;

// A resource with its points for one part of one demand.
struct Choice {
  std::string resource;
  // Of the part by itself: Σ ⌊weight · f / 1000⌋, 0 … 1,000,000. The floors
  // are compared with this.
  int32_t score = 0;
  int64_t points = 0;  // Σ entries' points
  // Tiers climbed above the demand's. Of an expert, what he costs in
  // subsidiarity, which comes before points: the same, but kBelowFloorDistance
  // when the score is below Policy::floor; and where the action is about who
  // comes (academicians, Hong Kong and Macao experts), 0 for those,
  // kFitsBelowFloorDistance for such below the floor, and kBelowFloorDistance
  // for others. 0 for projects.
  int32_t tier_distance = 0;
  std::vector<Entry> entries;
  friend bool operator==(const Choice&, const Choice&) = default;
};

enum class PartStatus : uint8_t { kFilled, kLocked, kNotRequired, kGap };

enum class GapReason : uint8_t {
  kNoCandidate,
  kBelowFloor,
  kCapacity,
  kWindow,
  kConflictOfInterest,
  kExcluded,
  kTierClosed,
  kDeclined,
  kTimeout,
  kDataMissing
};

struct Gap {
  GapReason reason = GapReason::kNoCandidate;
  int32_t missing = 1;     // seats not filled
  int32_t candidates = 0;  // who share a discipline, whatever else bars them
  // The resource that came nearest, when there is one.
  std::string nearest;
  friend bool operator==(const Gap&, const Gap&) = default;
};

// A hard constraint between a demand and a resource.
enum class Constraint : uint8_t {
  kTierClosed,          // its tier is above those opened to the demand
  kOutOfRegion,         // the demand lies outside the region it serves
  kWindow,              // never available inside the demand's window
  kCapacity,            // nothing free before the round began
  kConflictOfInterest,  // same unit as the requester, or declared
  kExcluded,            // by a coordinator
  kDeclined,            // declined this demand before
  kTimedOut,            // let an offer of this demand run out
  kDialect,             // lacks a dialect the demand insists on
  kTitle,               // not an academician where one is asked for
  kSubject,             // no discipline in common: 专业不对口
  kMode,                // wanted on site, works remotely only, or reverse
  kBelowFloor           // score below the admission floor
};
inline constexpr int kConstraints = 13;

// A set of constraints, one bit each.
class ConstraintSet {
 public:
  void Add(Constraint constraint) { bits_ |= Bit(constraint); }
  bool Has(Constraint constraint) const { return bits_ & Bit(constraint); }
  bool empty() const { return bits_ == 0; }
  int size() const { return __builtin_popcount(bits_); }
  std::vector<Constraint> ToVector() const {
    std::vector<Constraint> list;
    for (int i = 0; i < kConstraints; ++i) {
      if (Has(static_cast<Constraint>(i))) {
        list.push_back(static_cast<Constraint>(i));
      }
    }
    return list;
  }
  friend bool operator==(ConstraintSet, ConstraintSet) = default;

 private:
  static uint16_t Bit(Constraint constraint) {
    return static_cast<uint16_t>(1u << static_cast<int>(constraint));
  }
  uint16_t bits_ = 0;
};

// One who could have served, and was not chosen.
struct RunnerUp {
  Choice choice;
  // The feature in which it falls furthest behind the chosen one, and by how
  // many points; nothing when it falls behind in none.
  std::optional<Feature> lacks;
  int64_t shortfall = 0;
  std::string taken_by;  // the demand it serves in this plan; else empty
};

// The best of those whom a hard constraint bars.
struct Excluded {
  Choice choice;
  ConstraintSet violated;  // all of them would have to be lifted
};

// What the expert is worth to the round.
struct Marginal {
  // What the plan loses at least without him in this pairing, by the prices:
  // tuples, as the objective.
  Objective loss;
  std::string next;     // who would serve then; empty: nobody
  std::string instead;  // the demand he would be of most use to; empty: none
};

// What opening all tiers to the demand would bring: the best free expert of
// those it would reach then, and how many points more the expert part would
// have.
struct Opening {
  Choice choice;
  int64_t gain = 0;
};

struct PartResult {
  Part part = Part::kExpert;
  PartStatus status = PartStatus::kNotRequired;
  std::vector<Choice> chosen;  // talents: up to the seats asked for; else ≤ 1
  std::optional<Gap> gap;      // if and only if status is kGap
  std::vector<RunnerUp> runners_up;  // at most 3, best first
  std::optional<Excluded> excluded;
  std::optional<Marginal> marginal;  // of an expert who is not locked
  std::optional<Opening> opening;    // of the expert, when it gains anything
};

struct Bundle {
  std::string demand;
  std::array<PartResult, kParts> parts;  // by Part
  std::vector<Entry> synergies;          // only those that earn points
  int64_t total = 0;                     // Σ points of all entries
  int64_t possible = 0;  // what the wanted parts could earn at most

  const PartResult& part(Part part) const {
    return parts[static_cast<int>(part)];
  }
  PartResult& part(Part part) { return parts[static_cast<int>(part)]; }
};

enum class BoundOver : uint8_t { kAllFeasiblePairs, kCandidateSet };

// The proof that the expert part by itself is optimal: `value` is what the best
// assignment reaches, `bound` what none can be below, by the prices.
struct Certificate {
  Objective value;
  Objective bound;
  BoundOver over = BoundOver::kAllFeasiblePairs;
  int64_t demands = 0;  // that want an expert and have none locked
  int64_t pairs = 0;    // looked at; of those left out, none could be better
  // Price of one pairing of a volunteer, those above zero, by id.
  std::vector<std::pair<std::string, Objective>> prices;

  Objective gap() const { return value - bound; }
};

// The proof of how good the bundles are, as plain numbers: what could be
// chosen, what was, and prices from which a bound follows that no choice
// exceeds. It is over the candidates in `problem`, for the demands served, and
// for the plans that are best on the levels above quality. A judge recomputes
// value and bound. Values are points of the parts competed for, plus
// `rewards` for parts that are required.
struct BundleEvidence {
  bundles::Problem problem;
  bundles::Selection start;
  bundles::Selection selection;
  bundles::Prices prices;
  int64_t value = 0;
  int64_t bound = 0;   // follows from `prices`
  int64_t proven = 0;  // the same with what was searched to the end
  int64_t rewards = 0;
};

struct Plan {
  std::vector<Bundle> bundles;  // one a demand, by demand id
  // The best expert part there is, by itself. The plan's experts are as good on
  // all levels above quality; below, they may give way to better bundles.
  Certificate expert;
  int64_t total = 0;  // Σ bundles
  // No plan that serves the same demands, as good on the levels above, has a
  // higher total: see BundleEvidence.
  int64_t total_bound = 0;
  std::shared_ptr<const BundleEvidence> evidence;
};

}  // namespace jiedui::matcher::engine
