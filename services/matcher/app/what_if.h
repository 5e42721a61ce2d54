// What would come of a round if things were otherwise. All of it reads one
// snapshot and changes nothing; requests and results are those of the public
// API, since nothing of them is kept.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/store/store.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"
#include "services/matcher/app/round.h"
#include "services/matcher/engine/policy.h"

namespace jiedui::matcher {

template <typename Result>
struct Answer {
  Result result;
  // By demand.
  google::protobuf::RepeatedPtrField<v1::DemandChange> changes;
};

// Why a round would not propose the resource for the demand. Who is barred is
// told so without solving anything; else phases "present" and "changed", the
// latter a round in which the part is locked to the resource. Errors:
// violations of demand, resource, part; kNotFound; kNotInRound; kInvalidFields
// when a lock that is there does not allow another.
absl::StatusOr<Answer<v1::WhyNotResult>> ExplainWhyNot(
    const jiedui::store::Reader& snapshot, const engine::Policy& policy,
    absl::CivilDay as_of, const v1::ExplainWhyNotRequest& request,
    const RoundProgress& progress);

// What a round would lose without the resource. Phases "present"; and when it
// serves anything, "without" and "instead". Errors: violations of resource;
// kNotFound; kNotEligible (NOT_SERVING) for one that is not there for rounds.
absl::StatusOr<Answer<v1::ValueResult>> AssessValue(
    const jiedui::store::Reader& snapshot, const engine::Policy& policy,
    absl::CivilDay as_of, const v1::AssessValueRequest& request,
    const RoundProgress& progress);

// Phases "present" and "changed". Errors: violations of each field that is off,
// one of them named when no change is asked for.
absl::StatusOr<Answer<v1::WhatIfResult>> WhatIf(
    const jiedui::store::Reader& snapshot, const engine::Policy& policy,
    absl::CivilDay as_of, const v1::WhatIfRequest& request,
    const RoundProgress& progress);

}  // namespace jiedui::matcher
