// Typed errors: one stable reason, the canonical code it maps to, and a message
// in Chinese and in English, all from the one table reasons.def. An error
// travels inside an absl::Status, so that it passes through every layer
// untouched; common/rpc turns it into google.rpc.Status details.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace jiedui::base {

enum class Language { kChinese, kEnglish };

enum class Reason {
#define JIEDUI_REASON(id, code, zh, en) id,
#include "common/base/reasons.def"
#undef JIEDUI_REASON
};

// SCREAMING_SNAKE_CASE, stable for ever: scripts and clients key on it.
std::string_view ReasonName(Reason reason);
std::optional<Reason> ReasonFromName(std::string_view name);
absl::StatusCode ReasonCode(Reason reason);

// {"field", "urgency"}: fills {field} in the reason's messages, and is passed
// on to clients as metadata.
using ErrorArg = std::pair<std::string, std::string>;

// One thing wrong with one field or cell.
struct Violation {
  std::string field;  // path in the request, or "row 12, 标题"
  Reason reason;
  std::vector<ErrorArg> args;

  std::string Message(Language language) const;
  friend bool operator==(const Violation&, const Violation&) = default;
};

// Everything a status made here carries.
struct ErrorInfo {
  Reason reason;
  std::vector<ErrorArg> args;
  std::vector<Violation> violations;
};

// Its message() is "中文 / English"; Info() and Message() take it apart.
absl::Status MakeError(Reason reason, std::vector<ErrorArg> args = {});

// Nothing when `status` is OK or was not made here.
std::optional<ErrorInfo> Info(const absl::Status& status);
bool HasReason(const absl::Status& status, Reason reason);

// The message in one language; status.message() when it was not made here.
std::string Message(const absl::Status& status, Language language);

// Collects what is wrong with a request, so that all of it is told at once.
// Not thread-safe.
class Violations {
 public:
  void Add(std::string field, Reason reason, std::vector<ErrorArg> args = {});
  bool empty() const { return list_.empty(); }
  const std::vector<Violation>& list() const { return list_; }

  // OK when empty; else `reason` with all of the violations. Its messages may
  // use {count} and {first}.
  absl::Status ToStatus(Reason reason = Reason::kInvalidFields) const;

 private:
  std::vector<Violation> list_;
};

}  // namespace jiedui::base
