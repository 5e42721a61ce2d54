#include "common/query/convert.h"

#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/descriptor.h"

namespace jiedui::query {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using CppType = FieldDescriptor::CppType;

struct FieldPair {
  const FieldDescriptor* from;
  const FieldDescriptor* to;
};
using Plan = std::vector<FieldPair>;

bool EnumMeetsString(CppType a, CppType b) {
  return (a == FieldDescriptor::CPPTYPE_ENUM &&
          b == FieldDescriptor::CPPTYPE_STRING) ||
         (a == FieldDescriptor::CPPTYPE_STRING &&
          b == FieldDescriptor::CPPTYPE_ENUM);
}

bool Fits(const FieldDescriptor& from, const FieldDescriptor& to) {
  if (from.is_repeated() != to.is_repeated()) return false;
  if (from.cpp_type() == to.cpp_type()) return true;
  return !from.is_repeated() && EnumMeetsString(from.cpp_type(), to.cpp_type());
}

Plan MakePlan(const Descriptor& from, const Descriptor& to) {
  Plan plan;
  for (int i = 0; i < from.field_count(); ++i) {
    const FieldDescriptor* source = from.field(i);
    const FieldDescriptor* target = to.FindFieldByName(source->name());
    if (target != nullptr && Fits(*source, *target)) {
      plan.push_back({source, target});
    }
  }
  return plan;
}

const Plan& PlanFor(const Descriptor* from, const Descriptor* to) {
  using Types = std::pair<const Descriptor*, const Descriptor*>;
  static absl::Mutex mutex(absl::kConstInit);
  static auto* const plans =
      new absl::flat_hash_map<Types, std::unique_ptr<const Plan>>;
  const Types types(from, to);
  {
    absl::ReaderMutexLock lock(&mutex);
    const auto it = plans->find(types);
    if (it != plans->end()) return *it->second;
  }
  absl::MutexLock lock(&mutex);
  std::unique_ptr<const Plan>& plan = (*plans)[types];
  if (!plan) plan = std::make_unique<const Plan>(MakePlan(*from, *to));
  return *plan;
}

void CopyMessage(const Message& from, Message& to) {
  if (from.GetDescriptor() == to.GetDescriptor()) {
    to.CopyFrom(from);
  } else {
    CopyByName(from, to);
  }
}

void CopyRepeated(const Message& from, const FieldDescriptor* source,
                  Message& to, const FieldDescriptor* target) {
  const Reflection& read = *from.GetReflection();
  const Reflection& write = *to.GetReflection();
  write.ClearField(&to, target);
  const int size = read.FieldSize(from, source);
  for (int i = 0; i < size; ++i) {
    switch (source->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        CopyMessage(read.GetRepeatedMessage(from, source, i),
                    *write.AddMessage(&to, target));
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        write.AddString(&to, target, read.GetRepeatedString(from, source, i));
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        write.AddEnumValue(&to, target,
                           read.GetRepeatedEnumValue(from, source, i));
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        write.AddInt32(&to, target, read.GetRepeatedInt32(from, source, i));
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        write.AddInt64(&to, target, read.GetRepeatedInt64(from, source, i));
        break;
      case FieldDescriptor::CPPTYPE_UINT32:
        write.AddUInt32(&to, target, read.GetRepeatedUInt32(from, source, i));
        break;
      case FieldDescriptor::CPPTYPE_UINT64:
        write.AddUInt64(&to, target, read.GetRepeatedUInt64(from, source, i));
        break;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        write.AddDouble(&to, target, read.GetRepeatedDouble(from, source, i));
        break;
      case FieldDescriptor::CPPTYPE_FLOAT:
        write.AddFloat(&to, target, read.GetRepeatedFloat(from, source, i));
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        write.AddBool(&to, target, read.GetRepeatedBool(from, source, i));
        break;
    }
  }
}

void CopyString(const Message& from, const FieldDescriptor* source, Message& to,
                const FieldDescriptor* target) {
  std::string scratch;
  const std::string& text =
      from.GetReflection()->GetStringReference(from, source, &scratch);
  if (target->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    to.GetReflection()->SetString(&to, target, text);
    return;
  }
  const EnumValueDescriptor* value = FindEnumValue(*target->enum_type(), text);
  to.GetReflection()->SetEnumValue(&to, target,
                                   value == nullptr ? 0 : value->number());
}

void CopyEnum(const Message& from, const FieldDescriptor* source, Message& to,
              const FieldDescriptor* target) {
  const int number = from.GetReflection()->GetEnumValue(from, source);
  if (target->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    to.GetReflection()->SetEnumValue(&to, target, number);
    return;
  }
  const EnumValueDescriptor* value =
      source->enum_type()->FindValueByNumber(number);
  to.GetReflection()->SetString(
      &to, target,
      number == 0 || value == nullptr ? "" : ShortEnumName(*value));
}

void CopySingular(const Message& from, const FieldDescriptor* source,
                  Message& to, const FieldDescriptor* target) {
  const Reflection& read = *from.GetReflection();
  const Reflection& write = *to.GetReflection();
  switch (source->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      CopyMessage(read.GetMessage(from, source),
                  *write.MutableMessage(&to, target));
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      CopyString(from, source, to, target);
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      CopyEnum(from, source, to, target);
      break;
    case FieldDescriptor::CPPTYPE_INT32:
      write.SetInt32(&to, target, read.GetInt32(from, source));
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      write.SetInt64(&to, target, read.GetInt64(from, source));
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      write.SetUInt32(&to, target, read.GetUInt32(from, source));
      break;
    case FieldDescriptor::CPPTYPE_UINT64:
      write.SetUInt64(&to, target, read.GetUInt64(from, source));
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      write.SetDouble(&to, target, read.GetDouble(from, source));
      break;
    case FieldDescriptor::CPPTYPE_FLOAT:
      write.SetFloat(&to, target, read.GetFloat(from, source));
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      write.SetBool(&to, target, read.GetBool(from, source));
      break;
  }
}

// "Urgency" → "URGENCY_", "PartKind" → "PART_KIND_".
std::string EnumPrefix(const EnumDescriptor& type) {
  std::string prefix;
  for (char c : type.name()) {
    if (absl::ascii_isupper(c) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(c);
  }
  return prefix + "_";
}

}  // namespace

void CopyByName(const Message& from, Message& to) {
  const Reflection& read = *from.GetReflection();
  const Reflection& write = *to.GetReflection();
  for (const auto& [source, target] :
       PlanFor(from.GetDescriptor(), to.GetDescriptor())) {
    if (source->is_repeated()) {
      CopyRepeated(from, source, to, target);
    } else if (read.HasField(from, source)) {
      CopySingular(from, source, to, target);
    } else {  // most are not set, and setting them to nothing costs memory
      write.ClearField(&to, target);
    }
  }
}

std::vector<std::string> NotCarried(const Descriptor& from,
                                    const Descriptor& to) {
  std::vector<std::string> names;
  for (int i = 0; i < from.field_count(); ++i) {
    const FieldDescriptor* target = to.FindFieldByName(from.field(i)->name());
    if (target == nullptr || !Fits(*from.field(i), *target)) {
      names.push_back(from.field(i)->name());
    }
  }
  return names;
}

std::string ShortEnumName(const EnumValueDescriptor& value) {
  const std::string prefix = EnumPrefix(*value.type());
  return absl::StartsWith(value.name(), prefix)
             ? value.name().substr(prefix.size())
             : value.name();
}

const EnumValueDescriptor* FindEnumValue(const EnumDescriptor& type,
                                         std::string_view name) {
  const std::string text(name);
  const EnumValueDescriptor* value = type.FindValueByName(text);
  return value != nullptr
             ? value
             : type.FindValueByName(absl::StrCat(EnumPrefix(type), text));
}

}  // namespace jiedui::query
