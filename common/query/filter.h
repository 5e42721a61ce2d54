// Filters of list calls: the part of AIP-160 that the registries promise.
//
//   filter     = [ comparison { "AND" comparison } ]
//   comparison = field operator value
//   field      = name { "." name }            e.g. state, requester.kind
//   operator   = "=" | "!=" | "<" | "<=" | ">" | ">=" | ":"
//   value      = word | "quoted text"         \" and \\ inside quotes
//
// ":" asks whether a text begins with the value, or a list has an element that
// does; "=" on a list asks whether it has the value; "!=" is the opposite of
// "=". Enumerations are compared by the names of their values, with or without
// prefix; times as RFC 3339.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace jiedui::query {

// Immutable, thread-safe.
class Filter {
 public:
  // Parses for messages of one type. Empty text: everything passes. Errors:
  // kBadFilter with the position (characters, from 1) and what is wrong.
  static absl::StatusOr<Filter> Parse(std::string_view text,
                                      const google::protobuf::Descriptor& type);

  // REQUIRES: `message` is of the type parsed for.
  bool Matches(const google::protobuf::Message& message) const;

 private:
  enum class Operator {
    kEqual,
    kNotEqual,
    kLess,
    kLessOrEqual,
    kGreater,
    kGreaterOrEqual,
    kHas
  };
  struct Comparison {
    std::vector<const google::protobuf::FieldDescriptor*> path;
    Operator op;
    std::string text;   // of texts, and the short names of enumerations
    double number = 0;  // of numbers, booleans, and times in seconds
  };
  friend class FilterParser;

  static bool Compare(const Comparison& comparison,
                      const google::protobuf::Message& message);

  std::vector<Comparison> comparisons_;
};

}  // namespace jiedui::query
