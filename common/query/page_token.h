// Page tokens of list calls (AIP-158): where the next page begins, bound to the
// query it was made for.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiedui::query {

// `query` is whatever must not change between pages (filter, search words).
std::string MakePageToken(std::string_view last_name, std::string_view query);

// The name after which the page begins; empty for an empty token. Errors:
// kBadPageToken when it was not made here or for another query.
absl::StatusOr<std::string> ReadPageToken(std::string_view token,
                                          std::string_view query);

}  // namespace jiedui::query
