#include "services/gateway/wire/metadata.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/gateway/wire/base64.h"

namespace jiedui::gateway {
namespace {

using base::MakeError;
using base::Reason;

// What each line counts for beside its characters (RFC 7541, section 4.1).
constexpr size_t kLineOverhead = 32;

bool IsBinary(std::string_view name) { return name.ends_with("-bin"); }

// As gRPC wants a value that is not "-bin".
bool IsPrintable(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return c >= 0x20 && c <= 0x7E; });
}

bool IsName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-' ||
           c == '_' || c == '.';
  });
}

// Headers of HTTP/1.1 that say something about the answer as a whole; services
// have no business with them.
constexpr std::string_view kOwnHeaders[] = {
    "age",        "allow",          "cache-control",
    "connection", "content-length", "content-type",
    "date",       "keep-alive",     "location",
    "server",     "set-cookie",     "strict-transport-security",
    "te",         "trailer",        "transfer-encoding",
    "upgrade",    "vary",           "via"};
constexpr std::string_view kOwnPrefixes[] = {
    ":", "access-control-", "content-", "proxy-", "sec-", "www-"};

bool IsOwn(std::string_view name) {
  // The details of a status are the one grpc-* line that is for clients.
  if (name.starts_with("grpc-")) return name != "grpc-status-details-bin";
  return std::find(std::begin(kOwnHeaders), std::end(kOwnHeaders), name) !=
             std::end(kOwnHeaders) ||
         std::any_of(std::begin(kOwnPrefixes), std::end(kOwnPrefixes),
                     [name](auto prefix) { return name.starts_with(prefix); });
}

// One value, with its padding or without.
std::optional<std::string> DecodeBinary(absl::string_view text) {
  const size_t digits = text.find_last_not_of('=') + 1;  // npos + 1 is 0
  if (digits < text.size() && text.size() % 4 != 0) return std::nullopt;
  std::string padded(text);
  padded.append((4 - padded.size() % 4) % 4, '=');
  std::string bytes;
  if (text.substr(0, digits).find('=') != absl::string_view::npos ||
      !Base64Decoder().Feed(padded, &bytes).ok()) {
    return std::nullopt;
  }
  return bytes;
}

absl::Status Malformed(std::string_view name) {
  return MakeError(Reason::kBadMetadata, {{"name", std::string(name)}});
}

}  // namespace

absl::Status RequestMetadata::Keep(std::string name, std::string value) {
  const size_t encoded =
      IsBinary(name) ? (value.size() + 2) / 3 * 4 : value.size();
  const size_t size = name.size() + encoded + kLineOverhead;
  if (size > room_) {
    return MakeError(Reason::kTooLarge, {{"what", "metadata"},
                                         {"size", absl::StrCat(size)},
                                         {"limit", absl::StrCat(room_)}});
  }
  room_ -= size;
  lines_.emplace_back(std::move(name), std::move(value));
  return absl::OkStatus();
}

absl::Status RequestMetadata::Add(std::string_view name,
                                  std::string_view value) {
  std::string lower =
      absl::AsciiStrToLower(absl::string_view(name.data(), name.size()));
  if (!allowed_->contains(lower)) return absl::OkStatus();
  if (!IsBinary(lower)) {
    if (!IsPrintable(value)) return Malformed(lower);
    return Keep(std::move(lower), std::string(value));
  }
  for (absl::string_view piece :
       absl::StrSplit(absl::string_view(value.data(), value.size()), ',')) {
    piece = absl::StripAsciiWhitespace(piece);
    std::optional<std::string> bytes = DecodeBinary(piece);
    if (!bytes) return Malformed(lower);
    RETURN_IF_ERROR(Keep(lower, *std::move(bytes)));
  }
  return absl::OkStatus();
}

bool ToHeaderLine(std::string_view name, std::string_view value,
                  HeaderLine* line) {
  if (!IsName(name) || IsOwn(name)) return false;
  if (!IsBinary(name) && !IsPrintable(value)) return false;
  *line = {std::string(name),
           IsBinary(name) ? Base64Encode(value) : std::string(value)};
  return true;
}

}  // namespace jiedui::gateway
