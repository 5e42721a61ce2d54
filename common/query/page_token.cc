#include "common/query/page_token.h"

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "common/base/error.h"
#include "common/base/sha256.h"

namespace jiedui::query {
namespace {

constexpr size_t kSealLength = 8;

// Not a secret: it only tells a token for this query from any other text.
std::string Seal(std::string_view last_name, std::string_view query) {
  constexpr std::string_view kBetween("\0", 1);
  return base::Sha256({"page", last_name, kBetween, query})
      .substr(0, kSealLength);
}

}  // namespace

std::string MakePageToken(std::string_view last_name, std::string_view query) {
  std::string bytes = Seal(last_name, query);
  bytes.append(last_name);
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<std::string> ReadPageToken(std::string_view token,
                                          std::string_view query) {
  if (token.empty()) return std::string();
  std::string bytes;
  if (absl::WebSafeBase64Unescape({token.data(), token.size()}, &bytes) &&
      bytes.size() > kSealLength) {
    std::string last_name = bytes.substr(kSealLength);
    if (bytes.compare(0, kSealLength, Seal(last_name, query)) == 0) {
      return last_name;
    }
  }
  return base::MakeError(base::Reason::kBadPageToken);
}

}  // namespace jiedui::query
