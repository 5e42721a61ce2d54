#include "common/query/filter.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/query/convert.h"
#include "google/protobuf/timestamp.pb.h"

namespace jiedui::query {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

constexpr size_t kMaxLength = 2000;
constexpr int kMaxComparisons = 20;

bool IsTime(const FieldDescriptor& field) {
  return field.message_type() == google::protobuf::Timestamp::descriptor();
}

bool IsNumber(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
    case FieldDescriptor::CPPTYPE_ENUM:
      return false;
    default:
      return true;
  }
}

bool IsWordCharacter(char c) {
  return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '/' ||
         c == '+' || static_cast<unsigned char>(c) >= 0x80;
}

// The code points before a byte, so that people can count to it.
size_t CharactersBefore(std::string_view text, size_t at) {
  size_t count = 0;
  for (char c : text.substr(0, at)) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
  }
  return count;
}

}  // namespace

class FilterParser {
 public:
  FilterParser(std::string_view text, const Descriptor& type)
      : text_(text), type_(type) {}

  absl::StatusOr<Filter> Run() {
    if (text_.size() > kMaxLength) return Wrong("longer than 2000 bytes");
    Filter filter;
    SkipSpace();
    while (at_ < text_.size()) {
      if (!filter.comparisons_.empty()) {
        if (absl::AsciiStrToUpper(Word()) != "AND") {
          return Wrong("expected AND");
        }
        SkipSpace();
      }
      if (filter.comparisons_.size() >= kMaxComparisons) {
        return Wrong("more than 20 comparisons");
      }
      ASSIGN_OR_RETURN(Filter::Comparison comparison, OneComparison());
      filter.comparisons_.push_back(std::move(comparison));
      SkipSpace();
    }
    return filter;
  }

 private:
  absl::StatusOr<Filter::Comparison> OneComparison() {
    Filter::Comparison comparison;
    RETURN_IF_ERROR(Path(comparison));
    SkipSpace();
    RETURN_IF_ERROR(Op(comparison));
    SkipSpace();
    RETURN_IF_ERROR(Value(comparison));
    return comparison;
  }

  absl::Status Path(Filter::Comparison& comparison) {
    const Descriptor* type = &type_;
    for (;;) {
      start_ = at_;
      const std::string name = Word();
      const FieldDescriptor* field =
          type == nullptr ? nullptr : type->FindFieldByName(name);
      if (field == nullptr) {
        return Wrong(absl::StrCat("no field '", name, "'"));
      }
      comparison.path.push_back(field);
      type = field->is_repeated() ? nullptr : field->message_type();
      if (at_ >= text_.size() || text_[at_] != '.') break;
      ++at_;
    }
    const FieldDescriptor* last = comparison.path.back();
    if (last->message_type() != nullptr && !IsTime(*last)) {
      return Wrong(absl::StrCat("'", last->name(), "' cannot be compared"));
    }
    return absl::OkStatus();
  }

  absl::Status Op(Filter::Comparison& comparison) {
    using Op = Filter::Operator;
    // The longer spellings first.
    static constexpr std::pair<std::string_view, Op> kOperators[] = {
        {"!=", Op::kNotEqual},
        {"<=", Op::kLessOrEqual},
        {">=", Op::kGreaterOrEqual},
        {"=", Op::kEqual},
        {"<", Op::kLess},
        {">", Op::kGreater},
        {":", Op::kHas}};
    start_ = at_;
    for (const auto& [spelling, op] : kOperators) {
      if (text_.substr(at_, spelling.size()) == spelling) {
        at_ += spelling.size();
        comparison.op = op;
        return absl::OkStatus();
      }
    }
    return Wrong("expected = != < <= > >= or :");
  }

  absl::Status Value(Filter::Comparison& comparison) {
    start_ = at_;
    std::string text;
    if (at_ < text_.size() && text_[at_] == '"') {
      RETURN_IF_ERROR(Quoted(text));
    } else {
      text = Word(/*dots=*/true);
      if (text.empty()) return Wrong("expected a value");
    }
    return Understand(std::move(text), comparison);
  }

  absl::Status Quoted(std::string& text) {
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      text += text_[at_++];
    }
    if (at_ >= text_.size()) return Wrong("a quote is not closed");
    ++at_;
    return absl::OkStatus();
  }

  absl::Status Understand(std::string text, Filter::Comparison& comparison) {
    const FieldDescriptor& field = *comparison.path.back();
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      const auto* value = FindEnumValue(*field.enum_type(), text);
      if (value == nullptr) {
        return Wrong(
            absl::StrCat("'", field.name(), "' has no value '", text, "'"));
      }
      comparison.text = ShortEnumName(*value);
    } else if (IsTime(field)) {
      absl::Time time;
      std::string error;
      if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
        return Wrong("expected a time like 2026-12-01T08:00:00Z");
      }
      comparison.number = absl::ToDoubleSeconds(time - absl::UnixEpoch());
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
      bool value = false;
      if (!absl::SimpleAtob(text, &value))
        return Wrong("expected true or false");
      comparison.number = value;
    } else if (IsNumber(field)) {
      if (!absl::SimpleAtod(text, &comparison.number)) {
        return Wrong("expected a number");
      }
    } else {
      comparison.text = std::move(text);
    }
    return absl::OkStatus();
  }

  std::string Word(bool dots = false) {
    const size_t begin = at_;
    while (at_ < text_.size() &&
           (IsWordCharacter(text_[at_]) ||
            (dots && (text_[at_] == '.' || text_[at_] == ':')))) {
      ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  void SkipSpace() {
    while (at_ < text_.size() && absl::ascii_isspace(text_[at_])) ++at_;
    start_ = at_;
  }

  absl::Status Wrong(std::string detail) const {
    return base::MakeError(
        base::Reason::kBadFilter,
        {{"position", absl::StrCat(CharactersBefore(text_, start_) + 1)},
         {"detail", std::move(detail)}});
  }

  const std::string_view text_;
  const Descriptor& type_;
  size_t at_ = 0;
  size_t start_ = 0;  // of what is being read, for errors
};

namespace {

// What a comparison looks at: one value of the message, as text or number.
struct Seen {
  std::string text;
  double number = 0;
};

Seen See(const Message& message, const FieldDescriptor* field, int index) {
  const auto& reflection = *message.GetReflection();
  const bool repeated = index >= 0;
  Seen seen;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      seen.text = repeated ? reflection.GetRepeatedString(message, field, index)
                           : reflection.GetString(message, field);
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      seen.text = ShortEnumName(
          *(repeated ? reflection.GetRepeatedEnum(message, field, index)
                     : reflection.GetEnum(message, field)));
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      seen.number = reflection.GetBool(message, field);
      break;
    case FieldDescriptor::CPPTYPE_INT32:
      seen.number = reflection.GetInt32(message, field);
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      seen.number = static_cast<double>(reflection.GetInt64(message, field));
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      seen.number = reflection.GetUInt32(message, field);
      break;
    case FieldDescriptor::CPPTYPE_UINT64:
      seen.number = static_cast<double>(reflection.GetUInt64(message, field));
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      seen.number = reflection.GetDouble(message, field);
      break;
    case FieldDescriptor::CPPTYPE_FLOAT:
      seen.number = reflection.GetFloat(message, field);
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      google::protobuf::Timestamp time;
      time.CopyFrom(reflection.GetMessage(message, field));
      seen.number = static_cast<double>(time.seconds()) + time.nanos() * 1e-9;
      break;
    }
  }
  return seen;
}

}  // namespace

absl::StatusOr<Filter> Filter::Parse(std::string_view text,
                                     const Descriptor& type) {
  return FilterParser(text, type).Run();
}

bool Filter::Matches(const Message& message) const {
  for (const Comparison& comparison : comparisons_) {
    if (!Compare(comparison, message)) return false;
  }
  return true;
}

bool Filter::Compare(const Comparison& comparison, const Message& message) {
  const Message* at = &message;
  for (size_t i = 0; i + 1 < comparison.path.size(); ++i) {
    at = &at->GetReflection()->GetMessage(*at, comparison.path[i]);
  }
  const FieldDescriptor* field = comparison.path.back();
  auto holds = [&](int index) {
    const Seen seen = See(*at, field, index);
    if (comparison.op == Operator::kHas && !IsNumber(*field)) {
      return absl::StartsWith(seen.text, comparison.text);
    }
    const int order = IsNumber(*field) ? (seen.number > comparison.number) -
                                             (seen.number < comparison.number)
                                       : seen.text.compare(comparison.text);
    switch (comparison.op) {
      case Operator::kNotEqual:  // of a list: see below
      case Operator::kEqual:
      case Operator::kHas:
        return order == 0;
      case Operator::kLess:
        return order < 0;
      case Operator::kLessOrEqual:
        return order <= 0;
      case Operator::kGreater:
        return order > 0;
      case Operator::kGreaterOrEqual:
        return order >= 0;
    }
    return false;
  };
  bool any = false;
  if (field->is_repeated()) {
    const int size = at->GetReflection()->FieldSize(*at, field);
    for (int i = 0; i < size && !any; ++i) any = holds(i);
  } else {
    any = holds(-1);
  }
  return comparison.op == Operator::kNotEqual ? !any : any;
}

}  // namespace jiedui::query
