#include "tools/cli/words.h"

#include <algorithm>
#include <map>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

namespace jiedui::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;

constexpr WordRow kWords[] = {
#define JIEDUI_WORD(key, zh, en) {key, zh, en},
#include "tools/cli/words.def"
#undef JIEDUI_WORD
};

const WordRow* Find(std::string_view key) {
  static const auto* const by_key = [] {
    auto* map = new std::map<std::string_view, const WordRow*>();
    for (const WordRow& row : kWords) map->emplace(row.key, &row);
    return map;
  }();
  const auto it = by_key->find(key);
  return it == by_key->end() ? nullptr : it->second;
}

std::string In(Language language, const WordRow& row) {
  return std::string(language == Language::kChinese ? row.zh : row.en);
}

// Lower case, with _ for - and blanks.
std::string Folded(std::string_view text) {
  std::string folded(text);
  absl::AsciiStrToLower(&folded);
  std::replace(folded.begin(), folded.end(), '-', '_');
  std::replace(folded.begin(), folded.end(), ' ', '_');
  return folded;
}

// What all values of an enum begin with: "STATE_", from STATE_UNSPECIFIED.
std::string Prefix(const EnumDescriptor& type) {
  const std::string& zero = type.value(0)->name();
  return zero.substr(0, zero.size() - std::string("UNSPECIFIED").size());
}

}  // namespace

std::span<const WordRow> AllWords() { return kWords; }

std::string Word(Language language, std::string_view key,
                 std::string_view fallback) {
  const WordRow* row = Find(key);
  return row == nullptr ? std::string(fallback) : In(language, *row);
}

std::string FieldWord(Language language, const FieldDescriptor& field) {
  const std::string own =
      absl::StrCat(field.containing_type()->name(), ".", field.name());
  return Word(language, own, Word(language, field.name(), field.name()));
}

std::string EnumKey(const EnumValueDescriptor& value) {
  const Descriptor* around = value.type()->containing_type();
  return around == nullptr ? value.name()
                           : absl::StrCat(around->name(), ".", value.name());
}

std::string EnumWord(Language language, const EnumValueDescriptor& value) {
  if (value.number() == 0) return "";
  return Word(language, EnumKey(value), value.name());
}

std::string ShortName(const EnumValueDescriptor& value) {
  return value.name().substr(Prefix(*value.type()).size());
}

const EnumValueDescriptor* FindEnumValue(const EnumDescriptor& type,
                                         std::string_view text) {
  const std::string wanted = Folded(text);
  for (int i = 1; i < type.value_count(); ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    if (wanted == Folded(value.name()) || wanted == Folded(ShortName(value)) ||
        text == EnumWord(Language::kChinese, value) ||
        wanted == Folded(EnumWord(Language::kEnglish, value))) {
      return &value;
    }
  }
  return nullptr;
}

std::vector<std::string> EnumChoices(const EnumDescriptor& type) {
  std::vector<std::string> choices;
  for (int i = 1; i < type.value_count(); ++i) {
    choices.push_back(ShortName(*type.value(i)));
  }
  return choices;
}

std::string StateWord(Language language, const Descriptor& message,
                      std::string_view state) {
  const EnumDescriptor* states = message.FindEnumTypeByName("State");
  const EnumValueDescriptor* value =
      states == nullptr ? nullptr : FindEnumValue(*states, state);
  return value == nullptr ? std::string(state) : EnumWord(language, *value);
}

}  // namespace jiedui::cli
