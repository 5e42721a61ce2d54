// The sample province of deploy/sample as a problem of the engine: read
// straight from its sheets, without registries, so that what a policy does to
// it can be tried in a moment.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::gold {

// Reads the sheets in `folder`. Ids are those of the sheets (编号), which stay
// the same whatever is imported before. What is not written is what importing
// it would make of it; windows begin on `as_of` at the earliest. Every person
// named in a team's sheet counts as its member, from whatever day. Errors: that
// a sheet cannot be opened or parsed, or its first cell that is wrong.
absl::StatusOr<matcher::engine::Problem> LoadSampleProvince(
    const std::string& folder, absl::CivilDay as_of);

}  // namespace jiedui::gold
