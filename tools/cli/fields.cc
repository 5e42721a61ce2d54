#include "tools/cli/fields.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "common/base/status_macros.h"
#include "common/codes/industries.h"
#include "common/codes/region_paths.h"
#include "common/codes/subjects.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/json_util.h"
#include "tools/cli/errors.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;

const absl::TimeZone kChina = absl::FixedTimeZone(8 * 60 * 60);

// Kept by the services, in every resource.
bool IsOutputOnly(const FieldDescriptor& field) {
  static const auto* const kept = new std::set<std::string>{
      "name",        "state",       "state_reason", "pairing",
      "submit_time", "create_time", "update_time",  "etag"};
  return kept->contains(field.name());
}

// Fields that refer to a resource, and its collection.
std::string CollectionOf(const FieldDescriptor& field) {
  static const auto* const collections = new std::map<std::string, std::string>{
      {"team", "teams"},
      {"parent", "teams"},
      {"leader", "volunteers"},
      {"owner", "volunteers"},
  };
  const auto it = collections->find(field.name());
  return it == collections->end() ? "" : it->second;
}

// A typed text on its way into a field; makes the complaints.
class Setter {
 public:
  Setter(Message* message, const FieldDescriptor& field, Language language)
      : message_(*message), field_(field), language_(language) {}

  absl::Status Set(const std::vector<std::string>& values) {
    const Reflection& reflection = *message_.GetReflection();
    reflection.ClearField(&message_, &field_);
    std::vector<std::string> items;
    for (const std::string& value : values) {
      for (std::string& item : Items(value)) items.push_back(std::move(item));
    }
    if (items.size() > 1 && !field_.is_repeated()) {
      return InvalidInput(
          Say(language_, Msg::kOneValueOnly, {{"field", field_.name()}}));
    }
    for (const std::string& item : items) RETURN_IF_ERROR(Put(item));
    return absl::OkStatus();
  }

 private:
  std::vector<std::string> Items(const std::string& value) const {
    if (value.empty()) return {};
    if (!field_.is_repeated() || value.front() == '{') return {value};
    const std::string plain =
        absl::StrReplaceAll(value, {{"、", ","}, {"，", ","}});
    return absl::StrSplit(plain, ',', absl::SkipEmpty());
  }

  absl::Status Put(const std::string& text) {
    switch (field_.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return PutText(text);
      case FieldDescriptor::CPPTYPE_ENUM:
        return PutEnum(text);
      case FieldDescriptor::CPPTYPE_BOOL:
        return PutYesNo(text);
      case FieldDescriptor::CPPTYPE_INT32:
        return PutWhole(text);
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return PutNumber(text);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return PutMessage(text);
      default:
        return Wrong(text, "");
    }
  }

  absl::Status Wrong(const std::string& text, std::string expected) const {
    return InvalidInput(Say(language_, Msg::kBadFieldValue,
                            {{"field", field_.name()},
                             {"value", text},
                             {"expected", std::move(expected)}}));
  }

  absl::Status Store(std::string text) {
    const Reflection& reflection = *message_.GetReflection();
    if (field_.is_repeated()) {
      reflection.AddString(&message_, &field_, std::move(text));
    } else {
      reflection.SetString(&message_, &field_, std::move(text));
    }
    return absl::OkStatus();
  }

  absl::Status PutText(const std::string& text) {
    const std::string& name = field_.name();
    if (name == "region") return PutRegion(text);
    if (name == "subject" || name == "subjects" || name == "talents_subjects") {
      return PutSubject(text);
    }
    if (name == "industry" || name == "industries") return PutIndustry(text);
    const std::string collection = CollectionOf(field_);
    return Store(collection.empty() ? text : FullName(collection, text));
  }

  absl::Status PutRegion(const std::string& text) {
    if (text.find_first_not_of("0123456789") == std::string::npos) {
      return Store(text);
    }
    const codes::RegionMatch match = codes::FindRegionByPath(text);
    if (match.region != nullptr) return Store(match.region->CodeText());
    if (match.ambiguous.empty()) {
      return Wrong(text, Say(language_, Msg::kExpectRegion));
    }
    std::vector<std::string> places;
    for (const codes::Region* region : match.ambiguous) {
      if (places.size() == 8) break;
      places.push_back(region->Path());
    }
    return Wrong(text, Say(language_, Msg::kExpectOneOfRegions,
                           {{"places", absl::StrJoin(places, ", ")}}));
  }

  absl::Status PutSubject(const std::string& text) {
    if (text.find_first_not_of("0123456789") == std::string::npos) {
      return Store(text);
    }
    const codes::Subject* subject = codes::FindSubjectByName(text);
    if (subject == nullptr) {
      return Wrong(text, Say(language_, Msg::kExpectSubject));
    }
    return Store(std::string(subject->code));
  }

  absl::Status PutIndustry(const std::string& text) {
    if (static_cast<unsigned char>(text.front()) < 0x80) return Store(text);
    const codes::Industry* industry = codes::FindIndustryByName(text);
    if (industry == nullptr) {
      return Wrong(text, Say(language_, Msg::kExpectIndustry));
    }
    return Store(std::string(industry->code));
  }

  absl::Status PutEnum(const std::string& text) {
    const EnumValueDescriptor* value = FindEnumValue(*field_.enum_type(), text);
    if (value == nullptr) {
      std::vector<std::string> known;
      for (int i = 1; i < field_.enum_type()->value_count(); ++i) {
        const EnumValueDescriptor& one = *field_.enum_type()->value(i);
        known.push_back(
            absl::StrCat(ShortName(one), " ", EnumWord(language_, one)));
      }
      return Wrong(text, absl::StrJoin(known, ", "));
    }
    const Reflection& reflection = *message_.GetReflection();
    if (field_.is_repeated()) {
      reflection.AddEnum(&message_, &field_, value);
    } else {
      reflection.SetEnum(&message_, &field_, value);
    }
    return absl::OkStatus();
  }

  absl::Status PutYesNo(const std::string& text) {
    const std::string lower = absl::AsciiStrToLower(text);
    const bool yes = lower == "true" || lower == "yes" || text == "是";
    const bool no = lower == "false" || lower == "no" || text == "否";
    if (!yes && !no) return Wrong(text, Say(language_, Msg::kExpectYesNo));
    message_.GetReflection()->SetBool(&message_, &field_, yes);
    return absl::OkStatus();
  }

  absl::Status PutWhole(const std::string& text) {
    int32_t value = 0;
    if (!absl::SimpleAtoi(text, &value)) {
      return Wrong(text, Say(language_, Msg::kExpectWholeNumber));
    }
    message_.GetReflection()->SetInt32(&message_, &field_, value);
    return absl::OkStatus();
  }

  absl::Status PutNumber(const std::string& text) {
    double value = 0;
    if (!absl::SimpleAtod(text, &value)) {
      return Wrong(text, Say(language_, Msg::kExpectNumber));
    }
    message_.GetReflection()->SetDouble(&message_, &field_, value);
    return absl::OkStatus();
  }

  // Time in China, "2026-11-30T09:00" or with a blank; or RFC 3339.
  absl::Status PutTime(const std::string& text) {
    absl::Time time;
    const bool read =
        absl::ParseTime("%Y-%m-%dT%H:%M", text, kChina, &time, nullptr) ||
        absl::ParseTime("%Y-%m-%d %H:%M", text, kChina, &time, nullptr) ||
        absl::ParseTime(absl::RFC3339_full, text, &time, nullptr);
    if (!read) return Wrong(text, Say(language_, Msg::kExpectTime));
    static_cast<Timestamp*>(
        message_.GetReflection()->MutableMessage(&message_, &field_))
        ->set_seconds(absl::ToUnixSeconds(time));
    return absl::OkStatus();
  }

  // "21040:4:论文", the fields in their order; or JSON.
  absl::Status PutMessage(const std::string& text) {
    if (field_.message_type() == Timestamp::descriptor()) return PutTime(text);
    const Reflection& reflection = *message_.GetReflection();
    Message* item = field_.is_repeated()
                        ? reflection.AddMessage(&message_, &field_)
                        : reflection.MutableMessage(&message_, &field_);
    const Descriptor& type = *field_.message_type();
    std::vector<std::string> names;
    for (int i = 0; i < type.field_count(); ++i) {
      names.push_back(type.field(i)->name());
    }
    const std::string expected = Say(language_, Msg::kExpectParts,
                                     {{"fields", absl::StrJoin(names, ":")}});
    if (text.front() == '{') {
      const auto status =
          google::protobuf::util::JsonStringToMessage(text, item);
      return status.ok() ? absl::OkStatus() : Wrong(text, expected);
    }
    const std::vector<std::string> parts = absl::StrSplit(text, ':');
    if (parts.size() > names.size()) return Wrong(text, expected);
    for (size_t i = 0; i < parts.size(); ++i) {
      RETURN_IF_ERROR(Setter(item, *type.field(i), language_).Set({parts[i]}));
    }
    return absl::OkStatus();
  }

  Message& message_;
  const FieldDescriptor& field_;
  Language language_;
};

bool TakenApart(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         !field.is_repeated();
}

absl::Status UnknownField(const Message& message, std::string_view path,
                          Language language) {
  std::vector<std::string> known;
  for (const InputField& field : InputFields(*message.GetDescriptor())) {
    known.push_back(field.path);
  }
  return InvalidInput(Say(
      language, Msg::kUnknownField,
      {{"field", std::string(path)}, {"allowed", absl::StrJoin(known, ", ")}}));
}

}  // namespace

std::string FullName(std::string_view collection, std::string_view name) {
  if (name.empty() || name.find('/') != name.npos) return std::string(name);
  return absl::StrCat(std::string(collection), "/", std::string(name));
}

std::string InputField::Option() const {
  return absl::StrReplaceAll(path, {{".", "-"}, {"_", "-"}});
}

std::vector<InputField> InputFields(const Descriptor& resource) {
  std::vector<InputField> fields;
  for (int i = 0; i < resource.field_count(); ++i) {
    const FieldDescriptor& field = *resource.field(i);
    if (IsOutputOnly(field)) continue;
    if (!TakenApart(field)) {
      fields.push_back({field.name(), &field});
      continue;
    }
    for (int j = 0; j < field.message_type()->field_count(); ++j) {
      const FieldDescriptor& inner = *field.message_type()->field(j);
      fields.push_back({absl::StrCat(field.name(), ".", inner.name()), &inner});
    }
  }
  return fields;
}

absl::Status SetField(Message* resource, std::string_view path,
                      const std::vector<std::string>& values,
                      Language language) {
  Message* at = resource;
  std::string_view rest = path;
  for (size_t dot = rest.find('.'); dot != rest.npos; dot = rest.find('.')) {
    const FieldDescriptor* field =
        at->GetDescriptor()->FindFieldByName(std::string(rest.substr(0, dot)));
    if (field == nullptr || !TakenApart(*field)) {
      return UnknownField(*resource, path, language);
    }
    at = at->GetReflection()->MutableMessage(at, field);
    rest.remove_prefix(dot + 1);
  }
  const FieldDescriptor* field =
      at->GetDescriptor()->FindFieldByName(std::string(rest));
  if (field == nullptr) return UnknownField(*resource, path, language);
  if (at == resource && IsOutputOnly(*field)) {
    return InvalidInput(
        Say(language, Msg::kReadOnlyField, {{"field", std::string(path)}}));
  }
  return Setter(at, *field, language).Set(values);
}

absl::Status SplitAssignment(const std::string& text, std::string* path,
                             std::string* value, Language language) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return UsageError(Say(language, Msg::kBadAssignment, {{"text", text}}));
  }
  *path = text.substr(0, equals);
  *value = text.substr(equals + 1);
  return absl::OkStatus();
}

absl::Status ReadWhole(const std::string& file, std::string* content,
                       Language language) {
  if (file == "-") {
    content->assign(std::istreambuf_iterator<char>(std::cin), {});
    return absl::OkStatus();
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  // A folder opens like a file and fails at the first read.
  if (!in || (in.peek() != EOF && !(bytes << in.rdbuf()))) {
    return InvalidInput(Say(language, Msg::kCannotRead,
                            {{"file", file}, {"detail", strerror(errno)}}));
  }
  *content = std::move(bytes).str();
  return absl::OkStatus();
}

absl::Status MergeJsonFile(const std::string& file, Message* resource,
                           Language language) {
  std::string json;
  RETURN_IF_ERROR(ReadWhole(file, &json, language));
  std::unique_ptr<Message> read(resource->New());
  const auto status =
      google::protobuf::util::JsonStringToMessage(json, read.get());
  if (!status.ok()) {
    return InvalidInput(
        Say(language, Msg::kBadJson,
            {{"file", file}, {"detail", std::string(status.message())}}));
  }
  resource->MergeFrom(*read);
  return absl::OkStatus();
}

}  // namespace jiedui::cli
