// Which metadata pass the gateway, and in which form.
//
// gRPC 1.51.1 drops a whole HTTP/2 connection, and with it the calls of all
// users, for one oversized or malformed header of one call. So only what is on
// a list, well-formed and short goes up.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/gateway/wire/frames.h"

namespace jiedui::gateway {

// Names in lower case.
using AllowedNames = absl::flat_hash_set<std::string>;

// Metadata of one request on the way up; values of names that end in "-bin"
// are raw bytes. Thread-compatible.
class RequestMetadata {
 public:
  // `allowed` must outlive it. All lines together may have `limit` bytes, as
  // HTTP/2 counts them: name, value ("-bin" in base64) and 32 for each line.
  RequestMetadata(const AllowedNames* allowed, size_t limit)
      : allowed_(allowed), room_(limit) {}

  // Takes a header line of the request, or passes over it when it is not on
  // the list. Lines of one name stay apart; a "-bin" line may hold several
  // values with commas between, each in base64 with or without padding.
  // Errors: kBadMetadata; kTooLarge past the limit.
  absl::Status Add(std::string_view name, std::string_view value);

  std::vector<HeaderLine> Take() { return std::move(lines_); }

 private:
  absl::Status Keep(std::string name, std::string value);

  const AllowedNames* const allowed_;
  size_t room_;
  std::vector<HeaderLine> lines_;
};

// A line of metadata on the way down, as it is to stand among an answer's
// headers or trailers ("-bin" in base64 with padding). False: it is not for
// clients, because it belongs to the transport, could be taken for a header
// that the gateway itself answers for, or is not well-formed.
bool ToHeaderLine(std::string_view name, std::string_view value,
                  HeaderLine* line);

}  // namespace jiedui::gateway
