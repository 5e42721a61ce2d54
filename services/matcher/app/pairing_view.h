// A pairing as its other side sees it.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "jiedui/matcher/v1/dispatch_service.pb.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

// As `viewer` may see it, who acts, on that day: a volunteer who has no part in
// it (yet) is told no names, others those of the people who have accepted.
// Errors: kNotFound.
absl::StatusOr<v1::ViewPairingResponse> ViewPairing(const Reader& state,
                                                    std::string_view name,
                                                    const std::string& viewer,
                                                    absl::CivilDay day);

}  // namespace jiedui::matcher
