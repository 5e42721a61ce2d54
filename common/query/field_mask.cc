#include "common/query/field_mask.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "google/protobuf/descriptor.h"

namespace jiedui::query {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::vector<const FieldDescriptor*> Changeable(
    const Message& message, std::initializer_list<std::string_view> fixed) {
  std::vector<const FieldDescriptor*> fields;
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (std::find(fixed.begin(), fixed.end(), field->name()) == fixed.end()) {
      fields.push_back(field);
    }
  }
  return fields;
}

bool IsSet(const Message& message, const FieldDescriptor* field) {
  return field->is_repeated()
             ? message.GetReflection()->FieldSize(message, field) > 0
             : message.GetReflection()->HasField(message, field);
}

void CopyFields(const std::vector<const FieldDescriptor*>& fields,
                const Message& from, Message& to) {
  // Swapping with a copy moves any field, whatever its type.
  Message* source = from.New();
  source->CopyFrom(from);
  to.GetReflection()->SwapFields(
      &to, source,
      std::vector<const FieldDescriptor*>(fields.begin(), fields.end()));
  delete source;
}

}  // namespace

absl::Status CopyMasked(const google::protobuf::FieldMask& mask,
                        std::initializer_list<std::string_view> fixed,
                        const Message& from, Message& to) {
  const std::vector<const FieldDescriptor*> changeable = Changeable(to, fixed);
  std::vector<const FieldDescriptor*> named;
  if (mask.paths().empty()) {
    for (const FieldDescriptor* field : changeable) {
      if (IsSet(from, field)) named.push_back(field);
    }
  } else if (mask.paths_size() == 1 && mask.paths(0) == "*") {
    named = changeable;
  } else {
    for (const std::string& path : mask.paths()) {
      const auto it = std::find_if(
          changeable.begin(), changeable.end(),
          [&](const FieldDescriptor* field) { return field->name() == path; });
      if (it == changeable.end()) {
        const std::string allowed = absl::StrJoin(
            changeable, ", ", [](std::string* out, const FieldDescriptor* f) {
              out->append(f->name());
            });
        return base::MakeError(base::Reason::kBadUpdateMask,
                               {{"path", path}, {"allowed", allowed}});
      }
      if (std::find(named.begin(), named.end(), *it) == named.end()) {
        named.push_back(*it);
      }
    }
  }
  CopyFields(named, from, to);
  return absl::OkStatus();
}

}  // namespace jiedui::query
