#include "services/gateway/wire/content_type.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace jiedui::gateway {

std::optional<Mode> ModeOf(std::string_view content_type) {
  const absl::string_view bare = absl::StripAsciiWhitespace(
      {content_type.data(),
       std::min(content_type.find(';'), content_type.size())});
  const auto is = [bare](absl::string_view name) {
    return absl::EqualsIgnoreCase(bare, name);
  };
  if (is("application/grpc-web+proto") || is("application/grpc-web")) {
    return Mode::kBinary;
  }
  if (is("application/grpc-web-text+proto") ||
      is("application/grpc-web-text")) {
    return Mode::kText;
  }
  return std::nullopt;
}

std::string_view ContentTypeOf(Mode mode) {
  return mode == Mode::kBinary ? "application/grpc-web+proto"
                               : "application/grpc-web-text+proto";
}

}  // namespace jiedui::gateway
