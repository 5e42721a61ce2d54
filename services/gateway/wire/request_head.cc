#include "services/gateway/wire/request_head.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace jiedui::gateway {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr size_t kMaxLengthDigits = 18;  // fits into 64 bits

bool IsTokenChar(char c) {
  return absl::ascii_isalnum(c) ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenChar);
}

bool IsTarget(std::string_view text) {
  return (text.starts_with('/') || text == "*") &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return c > 0x20 && c < 0x7F; });
}

// Field values may hold UTF-8 (obs-text), but no control characters.
bool IsValue(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == '\t' || (c != 0x7F && static_cast<unsigned char>(c) >= 0x20);
  });
}

bool IsLength(absl::string_view text) {
  return !text.empty() && text.size() <= kMaxLengthDigits &&
         std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// Counts what may be there once.
class Fields {
 public:
  explicit Fields(bool is_1_0) : is_1_0_(is_1_0) {}

  HeadVerdict Take(std::string_view line) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return HeadVerdict::kBadRequest;
    const absl::string_view name(line.data(), colon);
    const std::string_view rest = line.substr(colon + 1);
    if (!IsToken(line.substr(0, colon)) || !IsValue(rest)) {
      return HeadVerdict::kBadRequest;
    }
    const absl::string_view value =
        absl::StripAsciiWhitespace({rest.data(), rest.size()});
    if (absl::EqualsIgnoreCase(name, "content-length")) {
      ++lengths_;
      if (!IsLength(value)) return HeadVerdict::kBadRequest;
    } else if (absl::EqualsIgnoreCase(name, "transfer-encoding")) {
      ++codings_;
      if (!absl::EqualsIgnoreCase(value, "chunked")) {
        return HeadVerdict::kNotImplemented;
      }
    } else if (absl::EqualsIgnoreCase(name, "host")) {
      ++hosts_;
    }
    return HeadVerdict::kGood;
  }

  HeadVerdict Sum() const {
    const bool good = lengths_ + codings_ <= 1 && !(is_1_0_ && codings_ > 0) &&
                      hosts_ <= 1 && (is_1_0_ || hosts_ == 1);
    return good ? HeadVerdict::kGood : HeadVerdict::kBadRequest;
  }

 private:
  const bool is_1_0_;
  int lengths_ = 0;
  int codings_ = 0;
  int hosts_ = 0;
};

HeadVerdict CheckRequestLine(std::string_view line, bool* is_1_0) {
  const size_t first = line.find(' ');
  const size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last ||
      !IsToken(line.substr(0, first)) ||
      !IsTarget(line.substr(first + 1, last - first - 1))) {
    return HeadVerdict::kBadRequest;
  }
  const std::string_view version = line.substr(last + 1);
  *is_1_0 = version == "HTTP/1.0";
  if (*is_1_0 || version == "HTTP/1.1") return HeadVerdict::kGood;
  return version.starts_with("HTTP/") ? HeadVerdict::kBadVersion
                                      : HeadVerdict::kBadRequest;
}

}  // namespace

HeadVerdict CheckHead(std::string_view head) {
  size_t end = head.find(kLineEnd);
  bool is_1_0 = false;
  const HeadVerdict verdict = CheckRequestLine(head.substr(0, end), &is_1_0);
  if (verdict != HeadVerdict::kGood) return verdict;
  Fields fields(is_1_0);
  for (;;) {
    head.remove_prefix(end + kLineEnd.size());
    end = head.find(kLineEnd);
    if (end == std::string_view::npos) return HeadVerdict::kBadRequest;
    if (end == 0) return fields.Sum();
    // A bare CR or LF, and a folded line, do not pass as token or value.
    const HeadVerdict field = fields.Take(head.substr(0, end));
    if (field != HeadVerdict::kGood) return field;
  }
}

}  // namespace jiedui::gateway
