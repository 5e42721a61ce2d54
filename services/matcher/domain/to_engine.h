// What the registries tell, as the engine wants it.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"
#include "jiedui/demand/event/v1/demand_event.pb.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "jiedui/type/v1/values.pb.h"
#include "jiedui/volunteer/event/v1/volunteer_event.pb.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher {

// Service takes place from `as_of` on: earlier days of the window are past.
// REQUIRES: !WindowPast(demand, as_of).
engine::Demand ToEngine(const demand::event::v1::Demand& demand,
                        absl::CivilDay as_of);

// The demand's window ended before `as_of`.
bool WindowPast(const demand::event::v1::Demand& demand, absl::CivilDay as_of);

// `used`: pairings the resource serves already. Skills that have run out on
// `as_of` are left out.
engine::Volunteer ToEngine(const volunteer::event::v1::Volunteer& volunteer,
                           absl::CivilDay as_of, int32_t used,
                           const store::v1::Tally& tally);

// Without leader and members, which the caller knows.
engine::Team ToEngine(const volunteer::event::v1::Team& team, int32_t used,
                      const store::v1::Tally& tally);

// Without owner, whom the caller knows. An exclusive project has one licence.
engine::Project ToEngine(const volunteer::event::v1::Project& project,
                         int32_t used);

engine::Enterprise ToEngine(const volunteer::event::v1::Enterprise& enterprise);
engine::Specialty ToEngine(const volunteer::event::v1::Specialty& specialty);

// Whether it can be proposed at all.
inline bool Serves(const volunteer::event::v1::Volunteer& volunteer) {
  return volunteer.state() == "ACTIVE";
}
template <typename Resource>
bool Serves(const Resource& resource) {
  return !resource.retired();
}

}  // namespace jiedui::matcher
