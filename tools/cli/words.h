// The words people read and type for the names that programs use: fields,
// enum values, features, reason codes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/cli/messages.h"

namespace google::protobuf {
class Descriptor;
class EnumDescriptor;
class EnumValueDescriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace jiedui::cli {

// The word for a key of words.def; `fallback` when the table has none.
std::string Word(Language language, std::string_view key,
                 std::string_view fallback);

// The label of a field; its own name when the table has none.
std::string FieldWord(Language language,
                      const google::protobuf::FieldDescriptor& field);

// The word for an enum value; empty for the unspecified one.
std::string EnumWord(Language language,
                     const google::protobuf::EnumValueDescriptor& value);

// "OPEN" of STATE_OPEN: the name without what all values begin with.
std::string ShortName(const google::protobuf::EnumValueDescriptor& value);

// A value as people write it: 待结对, open, OPEN or STATE_OPEN, in any case,
// with - or _ or blanks. Nothing when no value is called that.
const google::protobuf::EnumValueDescriptor* FindEnumValue(
    const google::protobuf::EnumDescriptor& type, std::string_view text);

// Short names of all values but the unspecified one.
std::vector<std::string> EnumChoices(
    const google::protobuf::EnumDescriptor& type);

// A life state of `message` as events name it ("OPEN"), as a word.
std::string StateWord(Language language,
                      const google::protobuf::Descriptor& message,
                      std::string_view state);

// The key of the table for a value: "URGENCY_HIGH", "Demand.STATE_OPEN".
std::string EnumKey(const google::protobuf::EnumValueDescriptor& value);

// All rows, for tests.
struct WordRow {
  std::string_view key;
  std::string_view zh;
  std::string_view en;
};
std::span<const WordRow> AllWords();

}  // namespace jiedui::cli
