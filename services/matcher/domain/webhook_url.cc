#include "services/matcher/domain/webhook_url.h"

#include <boost/url/parse.hpp>
#include <boost/url/src.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace jiedui::matcher {
namespace {

constexpr size_t kLongest = 2048;
constexpr size_t kLongestHost = 253;
constexpr uint16_t kHttpPort = 80;
constexpr uint16_t kHttpsPort = 443;

absl::Status Malformed(std::string_view url) {
  base::Violations violations;
  violations.Add("webhook.url", base::Reason::kFieldMalformed,
                 {{"value", std::string(url.substr(0, kLongest))},
                  {"expected", "https://host[:port]/path"}});
  return violations.ToStatus();
}

std::string Text(boost::urls::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

absl::StatusOr<WebhookUrl> ParseWebhookUrl(std::string_view url) {
  namespace urls = boost::urls;
  if (url.size() > kLongest) return Malformed(url);
  const auto parsed = urls::parse_uri({url.data(), url.size()});
  if (!parsed) return Malformed(url);
  const urls::url_view& view = *parsed;
  WebhookUrl result;
  result.https = view.scheme_id() == urls::scheme::https;
  if (!result.https && view.scheme_id() != urls::scheme::http) {
    return Malformed(url);
  }
  // A percent in a host hides another name.
  const std::string host = Text(view.encoded_host_address());
  if (host.empty() || host.size() > kLongestHost ||
      host.find('%') != std::string::npos || view.has_userinfo() ||
      view.has_fragment()) {
    return Malformed(url);
  }
  const uint16_t usual = result.https ? kHttpsPort : kHttpPort;
  if (view.has_port() && (view.port().empty() || view.port_number() == 0)) {
    return Malformed(url);
  }
  result.host = host;
  result.port = view.has_port() ? view.port_number() : usual;
  result.target = Text(view.encoded_target());
  if (!result.target.starts_with('/')) result.target.insert(0, "/");
  result.authority = Text(view.encoded_host());
  if (result.port != usual)
    absl::StrAppend(&result.authority, ":", result.port);
  return result;
}

}  // namespace jiedui::matcher
