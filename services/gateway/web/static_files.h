// The files of a web console, loaded once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "services/gateway/web/answer.h"

namespace jiedui::gateway {

// Immutable.
class StaticFiles {
 public:
  // No files at all.
  StaticFiles() = default;

  // All regular files below `folder`, by their paths; hidden ones and links are
  // left out. NAME.br and NAME.gz beside NAME are its compressed variants.
  // Errors: kFileUnreadable; kTooLarge when there are more than 256 MiB.
  static absl::StatusOr<StaticFiles> Load(const std::string& folder);

  struct Ask {
    std::string_view path;             // "/assets/app.js"; no query
    std::string_view accept_encoding;  // header lines of the request
    std::string_view if_none_match;
    bool secure = false;  // over TLS
  };

  // 200, 304 or 404. A path that ends in "/" stands for its index.html. The
  // answer refers to this object.
  Answer Find(const Ask& ask) const;

 private:
  struct Variant {
    std::string bytes;
    std::string etag;
  };
  struct File {
    Variant plain;
    std::optional<Variant> gzip;
    std::optional<Variant> brotli;
  };

  absl::flat_hash_map<std::string, File> files_;  // by path
};

// What every answer with content for browsers carries.
std::vector<HeaderLine> SecurityLines(bool secure);

}  // namespace jiedui::gateway
