// A pairing as its other side sees it.
#pragma once

#include "absl/status/statusor.h"
#include "jiedui/matcher/v1/dispatch_service.pb.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

// Errors: kNotFound.
absl::StatusOr<v1::ViewPairingResponse> ViewPairing(const Reader& state,
                                                    std::string_view name);

}  // namespace jiedui::matcher
