// Puts a problem for the engine together from what the registries told, so that
// every reference in it holds.
#pragma once

#include <string>
#include <string_view>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/time/civil_time.h"
#include "jiedui/demand/event/v1/demand_event.pb.h"
#include "jiedui/matcher/event/v1/matcher_event.pb.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "jiedui/volunteer/event/v1/volunteer_event.pb.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher {

class ProblemBuilder {
 public:
  // Expiries and memberships are judged on `as_of`.
  explicit ProblemBuilder(absl::CivilDay as_of) : as_of_(as_of) {}

  absl::CivilDay as_of() const { return as_of_; }

  // Each resource at most once. `used`: bookings it has already.
  // `handling`: the tier that handles the demand by now; unspecified: the one
  // it is at home in.
  void Add(const demand::event::v1::Demand& demand, type::v1::Tier handling);
  void Add(const volunteer::event::v1::Volunteer& volunteer, int32_t used,
           const store::v1::Tally& tally);
  void Add(const volunteer::event::v1::Team& team, int32_t used,
           const store::v1::Tally& tally);
  void Add(const volunteer::event::v1::Project& project, int32_t used);
  void Add(const volunteer::event::v1::Enterprise& enterprise);
  void Add(const volunteer::event::v1::Specialty& specialty);

  // One that names somebody who is not in the problem is dropped.
  void Add(const store::v1::ExclusionRecord& exclusion);

  // Counts a demand that takes no part for its county's history, when it was
  // posted at most 90 days before the round: as served once it is dispatched.
  // Those not open yet, or withdrawn, count for nothing.
  void CountForHistory(const demand::event::v1::Demand& demand);

  // Locks what fills the part now.
  void Lock(const event::v1::Pairing& pairing, type::v1::PartKind kind);

  // The problem, sorted; leaders, members and owners are those in it.
  engine::Problem Build() &&;

 private:
  const absl::CivilDay as_of_;
  engine::Problem problem_;
  // Names of volunteers by team, as their memberships on the day say.
  absl::flat_hash_map<std::string, std::vector<std::string>> members_;
  absl::flat_hash_set<std::string> names_;
  std::vector<std::string> leaders_;  // by team
  std::vector<std::string> owners_;   // by project
  std::vector<engine::Exclusion> exclusions_;
  absl::btree_map<std::string, engine::CountyHistory> history_;  // by county
};

// engine::Part of the API's kind.
engine::Part ToEnginePart(type::v1::PartKind kind);

}  // namespace jiedui::matcher
