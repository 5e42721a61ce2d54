#include "common/base/error.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace jiedui::base {
namespace {

constexpr char kPayloadUrl[] = "jiedui.dev/error";

struct ReasonRow {
  std::string_view id;
  absl::StatusCode code;
  std::string_view zh;
  std::string_view en;
};

constexpr ReasonRow kReasons[] = {
#define JIEDUI_REASON(id, code, zh, en) {#id, absl::StatusCode::code, zh, en},
#include "common/base/reasons.def"
#undef JIEDUI_REASON
};
constexpr size_t kReasonCount = sizeof(kReasons) / sizeof(kReasons[0]);

const ReasonRow& Row(Reason reason) {
  return kReasons[static_cast<size_t>(reason)];
}

// kEtagMismatch → ETAG_MISMATCH.
std::string ScreamingName(std::string_view id) {
  std::string name;
  for (char c : id.substr(1)) {
    if (absl::ascii_isupper(c) && !name.empty()) name += '_';
    name += absl::ascii_toupper(c);
  }
  return name;
}

const std::array<std::string, kReasonCount>& Names() {
  static const auto* const names = [] {
    auto* list = new std::array<std::string, kReasonCount>;
    for (size_t i = 0; i < kReasonCount; ++i) {
      (*list)[i] = ScreamingName(kReasons[i].id);
    }
    return list;
  }();
  return *names;
}

std::string Fill(std::string_view text, const std::vector<ErrorArg>& args) {
  std::vector<std::pair<std::string, std::string>> replacements;
  for (const auto& [name, value] : args) {
    replacements.emplace_back(absl::StrCat("{", name, "}"), value);
  }
  return absl::StrReplaceAll({text.data(), text.size()}, replacements);
}

std::string Text(Reason reason, const std::vector<ErrorArg>& args,
                 Language language) {
  const ReasonRow& row = Row(reason);
  return Fill(language == Language::kChinese ? row.zh : row.en, args);
}

// The payload is a list of length-prefixed strings: numbers are strings too.
class Packer {
 public:
  void Put(std::string_view text) {
    absl::StrAppend(&bytes_, text.size(), ":");
    bytes_.append(text);
  }
  void PutArgs(const std::vector<ErrorArg>& args) {
    Put(absl::StrCat(args.size()));
    for (const auto& [name, value] : args) {
      Put(name);
      Put(value);
    }
  }
  absl::Cord Take() { return absl::Cord(std::move(bytes_)); }

 private:
  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string Get() {
    const size_t length = Number(':');
    std::string text = bytes_.substr(at_, length);
    at_ += text.size();
    return text;
  }
  size_t GetNumber() {
    size_t value = 0;
    for (char c : Get()) value = value * 10 + (c - '0');
    return value;
  }
  std::vector<ErrorArg> GetArgs() {
    std::vector<ErrorArg> args(GetNumber());
    for (auto& [name, value] : args) {
      name = Get();
      value = Get();
    }
    return args;
  }

 private:
  size_t Number(char end) {
    size_t value = 0;
    while (at_ < bytes_.size() && bytes_[at_] != end) {
      value = value * 10 + (bytes_[at_++] - '0');
    }
    ++at_;
    return value;
  }

  std::string bytes_;
  size_t at_ = 0;
};

absl::Status Build(const ErrorInfo& info) {
  absl::Status status(
      Row(info.reason).code,
      absl::StrCat(Text(info.reason, info.args, Language::kChinese), " / ",
                   Text(info.reason, info.args, Language::kEnglish)));
  Packer packer;
  packer.Put(ReasonName(info.reason));
  packer.PutArgs(info.args);
  packer.Put(absl::StrCat(info.violations.size()));
  for (const Violation& violation : info.violations) {
    packer.Put(violation.field);
    packer.Put(ReasonName(violation.reason));
    packer.PutArgs(violation.args);
  }
  status.SetPayload(kPayloadUrl, packer.Take());
  return status;
}

}  // namespace

std::string_view ReasonName(Reason reason) {
  return Names()[static_cast<size_t>(reason)];
}

std::optional<Reason> ReasonFromName(std::string_view name) {
  for (size_t i = 0; i < kReasonCount; ++i) {
    if (Names()[i] == name) return static_cast<Reason>(i);
  }
  return std::nullopt;
}

absl::StatusCode ReasonCode(Reason reason) { return Row(reason).code; }

std::string Violation::Message(Language language) const {
  std::vector<ErrorArg> all = args;
  all.emplace_back("field", field);
  return Text(reason, all, language);
}

absl::Status MakeError(Reason reason, std::vector<ErrorArg> args) {
  return Build({reason, std::move(args), {}});
}

std::optional<ErrorInfo> Info(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayloadUrl);
  if (!payload) return std::nullopt;
  Unpacker unpacker{std::string(*payload)};
  ErrorInfo info;
  info.reason = ReasonFromName(unpacker.Get()).value_or(Reason::kInternal);
  info.args = unpacker.GetArgs();
  info.violations.resize(unpacker.GetNumber());
  for (Violation& violation : info.violations) {
    violation.field = unpacker.Get();
    violation.reason =
        ReasonFromName(unpacker.Get()).value_or(Reason::kInternal);
    violation.args = unpacker.GetArgs();
  }
  return info;
}

bool HasReason(const absl::Status& status, Reason reason) {
  const std::optional<ErrorInfo> info = Info(status);
  return info && info->reason == reason;
}

std::string Message(const absl::Status& status, Language language) {
  const std::optional<ErrorInfo> info = Info(status);
  if (!info) return std::string(status.message());
  if (!info->violations.empty()) {
    std::vector<ErrorArg> args = {
        {"count", absl::StrCat(info->violations.size())},
        {"first", info->violations.front().Message(language)}};
    return Text(info->reason, args, language);
  }
  return Text(info->reason, info->args, language);
}

void Violations::Add(std::string field, Reason reason,
                     std::vector<ErrorArg> args) {
  list_.push_back({std::move(field), reason, std::move(args)});
}

absl::Status Violations::ToStatus(Reason reason) const {
  if (list_.empty()) return absl::OkStatus();
  return Build({reason,
                {{"count", absl::StrCat(list_.size())},
                 {"first", list_.front().Message(Language::kChinese)}},
                list_});
}

}  // namespace jiedui::base
