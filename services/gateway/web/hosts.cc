#include "services/gateway/web/hosts.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <utility>

#include "absl/strings/ascii.h"

namespace jiedui::gateway {

Hosts::Hosts(std::vector<std::string> names) : names_(std::move(names)) {}

bool Hosts::Have(std::string_view host) const {
  const bool bracketed = host.starts_with('[');
  const size_t end = host.find(bracketed ? ']' : ':');
  std::string name = absl::AsciiStrToLower(
      absl::string_view(host.data(), std::min(end, host.size())));
  if (bracketed) name.erase(0, 1);
  if (name.empty() || name == "localhost") return true;
  boost::system::error_code error;
  boost::asio::ip::make_address(name, error);
  return !error ||
         std::any_of(names_.begin(), names_.end(), [&name](auto& known) {
           return known == name || known == "*";
         });
}

}  // namespace jiedui::gateway
