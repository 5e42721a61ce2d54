// The region a volunteer serves, by tier and line (003, task 1).
#pragma once

#include "common/codes/regions.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::bench {

// The ancestor of the base at the tier's level; one level wider for societies
// and universities; the base itself when it is wider than that.
// REQUIRES: valid.
const codes::Region& ServedBy(const matcher::engine::Volunteer& volunteer);

}  // namespace jiedui::bench
