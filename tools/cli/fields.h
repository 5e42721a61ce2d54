// What people type, into messages of the public API.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "tools/cli/messages.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace jiedui::cli {

// "demands/D00000001" for D00000001; with a '/' already, as it is.
std::string FullName(std::string_view collection, std::string_view name);

// One field that a person may fill, a message inside it taken apart:
// "requester.name".
struct InputField {
  std::string path;
  const google::protobuf::FieldDescriptor* field;  // the last of the path
  // "requester-name", the option that sets it.
  std::string Option() const;
};

// All of a resource, without what the service keeps (name, state, times …).
std::vector<InputField> InputFields(
    const google::protobuf::Descriptor& resource);

// Sets the field at `path` of a resource to what was typed; no value, or an
// empty one, clears it. Enum values may be words (紧急, high), regions,
// subjects and industries names, references short names, list values joined by
// commas, list items of several fields joined by colons ("21040:4") or JSON.
// INVALID_ARGUMENT says what is expected.
absl::Status SetField(google::protobuf::Message* resource,
                      std::string_view path,
                      const std::vector<std::string>& values,
                      Language language);

// "urgency=high" into "urgency" and "high". INVALID_ARGUMENT without a '='.
absl::Status SplitAssignment(const std::string& text, std::string* path,
                             std::string* value, Language language);

// The bytes of a file, or of standard input for "-".
absl::Status ReadWhole(const std::string& file, std::string* content,
                       Language language);

// Merges the proto3 JSON of `file` ("-": standard input) into `resource`.
absl::Status MergeJsonFile(const std::string& file,
                           google::protobuf::Message* resource,
                           Language language);

}  // namespace jiedui::cli
