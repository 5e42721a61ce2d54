// Where notices are posted to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiedui::matcher {

struct WebhookUrl {
  bool https = false;
  std::string host;  // name or address, without brackets
  uint16_t port = 0;
  std::string target;     // path and query: "/hook?a=b"
  std::string authority;  // as in the Host header

  friend bool operator==(const WebhookUrl&, const WebhookUrl&) = default;
};

// Strict: http or https, a host, neither user nor fragment, at most 2,048
// bytes. Errors: a violation of webhook.url.
absl::StatusOr<WebhookUrl> ParseWebhookUrl(std::string_view url);

}  // namespace jiedui::matcher
