// Questions about a round, answered with problems beside the one at hand: what
// keeps a resource from a demand, the problem in which it must serve it, and
// how two plans differ. Pure, as the round itself; nothing here solves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/matcher/engine/objective.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {

// How a resource suits a part of a demand.
struct Fit {
  Choice choice;
  // Empty: it may serve. Else all of them would have to be lifted: none alone
  // is enough, none is in it without need.
  ConstraintSet violated;
};

// A team is judged as if its leader were the expert, since that is when it fits
// best. Talents: the seat that suits best. Locks of `problem` on the resource
// use up its capacity, but for one on this part of this demand. Costs no more
// than looking for the names, whatever the size of the problem. REQUIRES: both
// are in the problem, which is valid; the part is wanted, rival (expert,
// talents, team, project) and one that the resource can fill.
Fit FitOf(const Problem& problem, const Policy& policy,
          const std::string& demand, Part part, const std::string& resource);

// The problem with `resource` locked into the part. Another lock on it gives
// way: of talents the last, and only when all seats are locked. Adds nothing
// when it is locked there already.
Problem WithLock(Problem problem, const std::string& demand, Part part,
                 const std::string& resource);

// The part a bundle stands and falls with: the expert; where none is wanted,
// the team; else the first part wanted.
const PartResult& AnchorOf(const Bundle& bundle);

// What a plan reaches, counted from its bundles, those that are locked too, so
// that plans of different problems can be compared.
struct Reach {
  // Of the expert part.
  Objective levels;
  int64_t points = 0;
  int32_t demands = 0;
  int32_t served = 0;  // the anchor is filled
  int32_t gaps = 0;    // wanted parts that stay open
  friend bool operator==(const Reach&, const Reach&) = default;
};

enum class ChangeKind : uint8_t {
  kNewlyServed,
  kNoLongerServed,
  kOtherExpert,  // or another anchor, where no expert is wanted
  kOtherParts,   // the anchor stays
  kLeft          // takes part no longer
};

// A part that others fill; ids in the order of the seats.
struct PartChange {
  Part part = Part::kExpert;
  std::vector<std::string> before;
  std::vector<std::string> after;
  friend bool operator==(const PartChange&, const PartChange&) = default;
};

struct DemandChange {
  std::string demand;
  ChangeKind kind = ChangeKind::kOtherParts;
  std::vector<PartChange> parts;  // in the order of Part
  int64_t points_before = 0;
  int64_t points_after = 0;
};

struct Comparison {
  Reach before;
  Reach after;
  std::vector<DemandChange> changes;  // by demand id
};

// REQUIRES: the plans are of the problems, and no demand of `after` is new.
Comparison Compare(const Problem& before, const Plan& plan_before,
                   const Problem& after, const Plan& plan_after);

}  // namespace jiedui::matcher::engine
