#include "services/gateway/wire/base64.h"

#include <algorithm>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace jiedui::gateway {
namespace {

constexpr size_t kGroup = 4;

absl::Status Bad() { return base::MakeError(base::Reason::kBadBase64); }

bool IsDigit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= '0' && c <= '9') || c == '+' || c == '/';
}

// Whole groups of four. absl's decoder passes over white space and takes "."
// for padding, and so is shown the alphabet only.
absl::Status DecodeSegment(std::string_view segment, std::string* bytes) {
  size_t digits = segment.size();
  while (digits > 0 && segment.size() - digits < 2 &&
         segment[digits - 1] == '=') {
    --digits;
  }
  std::string decoded;
  if (!std::all_of(segment.begin(), segment.begin() + digits, IsDigit) ||
      !absl::Base64Unescape({segment.data(), segment.size()}, &decoded)) {
    return Bad();
  }
  bytes->append(decoded);
  return absl::OkStatus();
}

// One segment after another: each ends with the group that has padding.
absl::Status DecodeGroups(std::string_view groups, std::string* bytes) {
  while (!groups.empty()) {
    const size_t padding = groups.find('=');
    const size_t size = padding == std::string_view::npos
                            ? groups.size()
                            : (padding / kGroup + 1) * kGroup;
    RETURN_IF_ERROR(DecodeSegment(groups.substr(0, size), bytes));
    groups.remove_prefix(size);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Base64Decoder::Feed(std::string_view piece, std::string* bytes) {
  if (!rest_.empty()) {
    const size_t size = std::min(kGroup - rest_.size(), piece.size());
    rest_.append(piece.substr(0, size));
    piece.remove_prefix(size);
    if (rest_.size() < kGroup) return absl::OkStatus();
    RETURN_IF_ERROR(DecodeGroups(rest_, bytes));
    rest_.clear();
  }
  const size_t whole = piece.size() / kGroup * kGroup;
  RETURN_IF_ERROR(DecodeGroups(piece.substr(0, whole), bytes));
  rest_.assign(piece.substr(whole));
  return absl::OkStatus();
}

absl::Status Base64Decoder::Finish() const {
  return rest_.empty() ? absl::OkStatus() : Bad();
}

std::string Base64Encode(std::string_view bytes) {
  return absl::Base64Escape({bytes.data(), bytes.size()});
}

}  // namespace jiedui::gateway
