#include "services/matcher/domain/policy_file.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"
#include "services/matcher/domain/policy_message.h"

namespace jiedui::matcher {
namespace {

using google::protobuf::Message;
using google::protobuf::TextFormat;

// What editors and other tools know the format by.
constexpr char kHeader[] =
    "# proto-file: proto/jiedui/matcher/v1/policy.proto\n"
    "# proto-message: jiedui.matcher.v1.Policy\n";

// Keeps the first error: what comes after it may be its consequence.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    if (!status_.ok()) return;
    status_ = base::MakeError(base::Reason::kPolicySyntax,
                              {{"line", absl::StrCat(line + 1)},
                               {"column", absl::StrCat(column + 1)},
                               {"detail", message}});
  }
  const absl::Status& status() const { return status_; }

 private:
  absl::Status status_;
};

// features { name: "subject" weight: 370 }, one a line.
class OneLine : public TextFormat::FastFieldValuePrinter {
 public:
  void PrintMessageStart(
      const Message&, int, int, bool,
      TextFormat::BaseTextGenerator* generator) const override {
    generator->PrintLiteral(" { ");
  }
  bool PrintMessageContent(
      const Message& message, int, int, bool,
      TextFormat::BaseTextGenerator* generator) const override {
    generator->PrintString(message.ShortDebugString());
    return true;
  }
  void PrintMessageEnd(
      const Message&, int, int, bool,
      TextFormat::BaseTextGenerator* generator) const override {
    generator->PrintLiteral(" }\n");
  }
};

}  // namespace

absl::StatusOr<engine::Policy> ReadPolicy(std::string_view text) {
  FirstError error;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  v1::Policy stated;
  if (!parser.ParseFromString(std::string(text), &stated)) {
    return error.status();
  }
  return ToPolicy(stated);
}

std::string WritePolicy(const v1::Policy& policy) {
  TextFormat::Printer printer;
  printer.SetUseShortRepeatedPrimitives(true);
  printer.SetUseUtf8StringEscaping(true);
  // The printer owns it.
  printer.RegisterFieldValuePrinter(
      v1::Policy::PartPolicy::descriptor()->FindFieldByNumber(
          v1::Policy::PartPolicy::kFeaturesFieldNumber),
      new OneLine);
  std::string text;
  printer.PrintToString(policy, &text);
  return kHeader + text;
}

}  // namespace jiedui::matcher
