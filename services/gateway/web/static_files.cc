#include "services/gateway/web/static_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/sha256.h"
#include "common/base/status_macros.h"

namespace jiedui::gateway {
namespace {

namespace fs = std::filesystem;
using base::MakeError;
using base::Reason;

constexpr size_t kMostBytes = 256 << 20;
constexpr size_t kEtagBytes = 16;  // of SHA-256: no two files share them
constexpr size_t kHashDigits = 8;  // as bundlers put into names

struct Type {
  std::string_view ending;
  std::string_view name;
};
constexpr Type kTypes[] = {
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".jpg", "image/jpeg"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".webmanifest", "application/manifest+json"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
};

std::string_view TypeOf(std::string_view path) {
  for (const Type& type : kTypes) {
    if (path.ends_with(type.ending)) return type.name;
  }
  return "application/octet-stream";
}

// "/assets/index-B7x9Qa_2.js": its content never changes under this name.
bool IsHashed(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const size_t dot = name.find('.');
  const size_t dash = name.rfind('-', dot);
  if (dot == std::string_view::npos || dash == std::string_view::npos) {
    return false;
  }
  const std::string_view hash = name.substr(dash + 1, dot - dash - 1);
  return hash.size() >= kHashDigits &&
         std::any_of(hash.begin(), hash.end(), absl::ascii_isdigit) &&
         std::all_of(hash.begin(), hash.end(),
                     [](char c) { return absl::ascii_isalnum(c) || c == '_'; });
}

// Whether a list of codings names `coding`, and does not rule it out (q=0).
bool Accepts(std::string_view list, absl::string_view coding) {
  for (absl::string_view piece :
       absl::StrSplit(absl::string_view(list.data(), list.size()), ',')) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(piece, absl::MaxSplits(';', 1));
    if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts.first),
                                coding)) {
      continue;
    }
    absl::string_view weight = absl::StripAsciiWhitespace(parts.second);
    double q = 1;
    return !absl::ConsumePrefix(&weight, "q=") ||
           (absl::SimpleAtod(weight, &q) && q > 0);
  }
  return false;
}

// Whether If-None-Match names `etag`, weakly compared.
bool Matches(std::string_view list, absl::string_view etag) {
  for (absl::string_view piece :
       absl::StrSplit(absl::string_view(list.data(), list.size()), ',')) {
    piece = absl::StripAsciiWhitespace(piece);
    absl::ConsumePrefix(&piece, "W/");
    if (piece == etag || piece == "*") return true;
  }
  return false;
}

absl::StatusOr<std::string> ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), {});
  if (!file.is_open() || file.bad()) {
    return MakeError(Reason::kFileUnreadable,
                     {{"path", path.string()}, {"detail", "open, read"}});
  }
  return bytes;
}

}  // namespace

std::vector<HeaderLine> SecurityLines(bool secure) {
  std::vector<HeaderLine> lines = {
      {"Content-Security-Policy",
       "default-src 'self'; img-src 'self' data:; object-src 'none'; "
       "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"}};
  if (secure) {
    lines.emplace_back("Strict-Transport-Security", "max-age=31536000");
  }
  return lines;
}

absl::StatusOr<StaticFiles> StaticFiles::Load(const std::string& folder) {
  std::error_code error;
  fs::recursive_directory_iterator entries(folder, error);
  if (error) {
    return MakeError(Reason::kFileUnreadable,
                     {{"path", folder}, {"detail", error.message()}});
  }
  absl::flat_hash_map<std::string, Variant> found;
  size_t total = 0;
  for (auto it = entries; !error && it != fs::recursive_directory_iterator();
       it.increment(error)) {
    const bool hidden = it->path().filename().string().starts_with('.');
    const fs::file_type type = it->symlink_status(error).type();
    if (error) break;
    if (hidden && type == fs::file_type::directory) {
      it.disable_recursion_pending();
    }
    if (hidden || type != fs::file_type::regular) continue;
    ASSIGN_OR_RETURN(std::string bytes, ReadFile(it->path()));
    total += bytes.size();
    if (total > kMostBytes) {
      return MakeError(Reason::kTooLarge,
                       {{"what", folder},
                        {"size", absl::StrCat("> ", total)},
                        {"limit", absl::StrCat(kMostBytes)}});
    }
    const std::string hash = base::Sha256(bytes).substr(0, kEtagBytes);
    found["/" + fs::relative(it->path(), folder).generic_string()] = {
        std::move(bytes), absl::StrCat("\"", base::Hex(hash), "\"")};
  }
  if (error) {
    return MakeError(Reason::kFileUnreadable,
                     {{"path", folder}, {"detail", error.message()}});
  }
  StaticFiles files;
  for (auto& [path, variant] : found) {
    const bool is_variant = (path.ends_with(".br") || path.ends_with(".gz")) &&
                            found.contains(path.substr(0, path.size() - 3));
    if (is_variant) continue;
    File& file = files.files_[path];
    file.plain = variant;
    const auto take = [&](const char* ending, std::optional<Variant>* into) {
      const auto other = found.find(path + ending);
      if (other != found.end()) *into = other->second;
    };
    take(".br", &file.brotli);
    take(".gz", &file.gzip);
  }
  return files;
}

Answer StaticFiles::Find(const Ask& ask) const {
  std::string path(ask.path);
  if (path.ends_with('/')) path += "index.html";
  Answer answer;
  answer.headers = SecurityLines(ask.secure);
  const auto it = files_.find(path);
  if (it == files_.end()) {
    answer.status = 404;
    answer.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
    answer.body = "找不到页面 / not found\n";
    return answer;
  }
  const File& file = it->second;
  const Variant* variant = &file.plain;
  answer.headers.emplace_back("Vary", "Accept-Encoding");
  if (file.brotli && Accepts(ask.accept_encoding, "br")) {
    variant = &*file.brotli;
    answer.headers.emplace_back("Content-Encoding", "br");
  } else if (file.gzip && Accepts(ask.accept_encoding, "gzip")) {
    variant = &*file.gzip;
    answer.headers.emplace_back("Content-Encoding", "gzip");
  }
  answer.headers.emplace_back("ETag", variant->etag);
  answer.headers.emplace_back(
      "Cache-Control",
      IsHashed(path) ? "public, max-age=31536000, immutable" : "no-cache");
  if (Matches(ask.if_none_match, variant->etag)) {
    answer.status = 304;
    return answer;
  }
  answer.headers.emplace_back("Content-Type", TypeOf(path));
  answer.body = variant->bytes;
  return answer;
}

}  // namespace jiedui::gateway
