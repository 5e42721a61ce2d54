#include "services/gateway/wire/gzip.h"

#include <zlib.h>

#include <algorithm>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace jiedui::gateway {
namespace {

using base::MakeError;
using base::Reason;

// zlib's way of saying "a gzip header, and the largest window".
constexpr int kGzipWindow = 15 + 16;
constexpr int kMemoryLevel = 8;
constexpr size_t kStep = 16 << 10;

Bytef* Input(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

}  // namespace

absl::StatusOr<std::string> Gunzip(std::string_view bytes, size_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) {
    return MakeError(Reason::kInternal, {{"detail", "inflateInit2"}});
  }
  const absl::Cleanup end = [&stream] { inflateEnd(&stream); };
  stream.next_in = Input(bytes);
  stream.avail_in = bytes.size();
  std::string out;
  int result = Z_OK;
  while (result == Z_OK) {
    const size_t size = out.size();
    // One byte more than allowed shows that there is more.
    out.resize(std::min(size + kStep, limit + 1));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + size);
    stream.avail_out = out.size() - size;
    result = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
    if (out.size() > limit) {
      return MakeError(Reason::kTooLarge, {{"what", "request message"},
                                           {"size", absl::StrCat("> ", limit)},
                                           {"limit", absl::StrCat(limit)}});
    }
  }
  if (result != Z_STREAM_END || stream.avail_in > 0) {
    return MakeError(Reason::kBadFrames, {{"detail", "not gzip"}});
  }
  return out;
}

std::optional<std::string> Gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return std::nullopt;
  }
  const absl::Cleanup end = [&stream] { deflateEnd(&stream); };
  std::string out(bytes.size(), '\0');
  stream.next_in = Input(bytes);
  stream.avail_in = bytes.size();
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = out.size();
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) return std::nullopt;
  out.resize(out.size() - stream.avail_out);
  return out.size() < bytes.size() ? std::optional(std::move(out))
                                   : std::nullopt;
}

}  // namespace jiedui::gateway
