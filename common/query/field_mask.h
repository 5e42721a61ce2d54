// Updates of some fields (AIP-134).
#pragma once

#include <initializer_list>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace jiedui::query {

// Copies the fields named by `mask` from `from` to `to`, both of one type. An
// empty mask names all fields that are set in `from`, except fixed ones; "*"
// names all but the fixed ones. Fields in `fixed` cannot be changed. Errors:
// kBadUpdateMask for an unknown, nested or fixed path; `to` is then unchanged.
absl::Status CopyMasked(const google::protobuf::FieldMask& mask,
                        std::initializer_list<std::string_view> fixed,
                        const google::protobuf::Message& from,
                        google::protobuf::Message& to);

}  // namespace jiedui::query
