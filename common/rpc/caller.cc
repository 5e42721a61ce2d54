#include "common/rpc/caller.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "common/text/normalize.h"

namespace jiedui::rpc {
namespace {

constexpr size_t kMaxActor = 128;  // bytes, before decoding

// Text that is not well encoded is taken as it stands.
std::string PercentDecoded(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
    } else if (i + 2 < text.size() && absl::ascii_isxdigit(text[i + 1]) &&
               absl::ascii_isxdigit(text[i + 2])) {
      decoded += absl::HexStringToBytes({text.data() + i + 1, 2});
      i += 2;
    } else {
      return std::string(text);
    }
  }
  return text::ValidUtf8(decoded) ? decoded : std::string(text);
}

}  // namespace

Caller CallerOf(const grpc::ServerContextBase& context) {
  Caller caller;
  const auto it = context.client_metadata().find(kActorMetadata);
  if (it != context.client_metadata().end()) {
    caller.actor = PercentDecoded(
        {it->second.data(), std::min(it->second.size(), kMaxActor)});
  }
  if (caller.actor.empty()) caller.actor = "anonymous";
  caller.deadline = absl::FromChrono(context.deadline());
  return caller;
}

}  // namespace jiedui::rpc
