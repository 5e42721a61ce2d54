// Public, event and stored messages are different types on purpose; what they
// have in common goes across by the names of the fields.
#pragma once

#include <string>
#include <vector>

#include "google/protobuf/message.h"

namespace jiedui::query {

// Copies every field of `from` to the field of `to` with the same name and
// shape, sub-messages of another type by the same rule. An enumeration and a
// string exchange the value's name without its prefix (STATE_OPEN ↔ "OPEN").
// Fields that only one side has are left as they are. The pairs are found once
// a pair of types. Thread-safe.
void CopyByName(const google::protobuf::Message& from,
                google::protobuf::Message& to);

// The fields of `from` that CopyByName would not carry to `to`; for tests that
// list what is left out on purpose.
std::vector<std::string> NotCarried(const google::protobuf::Descriptor& from,
                                    const google::protobuf::Descriptor& to);

// An enumeration's value without the prefix that protobuf style asks for:
// URGENCY_HIGH → "HIGH".
std::string ShortEnumName(const google::protobuf::EnumValueDescriptor& value);

// The value with that short (or full) name, or null.
const google::protobuf::EnumValueDescriptor* FindEnumValue(
    const google::protobuf::EnumDescriptor& type, std::string_view name);

}  // namespace jiedui::query
