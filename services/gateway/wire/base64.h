// Base64 as the text mode of gRPC-web writes bodies: one padded segment after
// another, cut anywhere.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace jiedui::gateway {

// Decodes a body in pieces of any size. Thread-compatible.
class Base64Decoder {
 public:
  // Appends to `bytes` what has become complete. Errors: kBadBase64 for another
  // alphabet or misplaced padding; nothing more may be fed after one.
  absl::Status Feed(std::string_view piece, std::string* bytes);

  // The body has ended. Errors: kBadBase64 in the middle of four characters.
  absl::Status Finish() const;

 private:
  std::string rest_;  // fewer than four characters
};

// With padding.
std::string Base64Encode(std::string_view bytes);

}  // namespace jiedui::gateway
