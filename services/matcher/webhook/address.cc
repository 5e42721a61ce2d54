#include "services/matcher/webhook/address.h"

#include <algorithm>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace jiedui::matcher {
namespace {

using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;

// IANA's special-purpose registries.
constexpr const char* kSpecialV4[] = {
    "0.0.0.0/8",      "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8",
    "169.254.0.0/16", "172.16.0.0/12",  "192.0.0.0/24",  "192.0.2.0/24",
    "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
};
// Public addresses are 2000::/3, but for these.
constexpr const char* kGlobalV6 = "2000::/3";
constexpr const char* kSpecialV6[] = {"2001::/23", "2001:db8::/32",
                                      "3fff::/20"};
constexpr const char* kSixToFour = "2002::/16";
constexpr const char* kNat64 = "64:ff9b::/96";

bool IsIn(const address_v4& address, const char* network) {
  const auto net = boost::asio::ip::make_network_v4(network).canonical();
  return (address.to_uint() & net.netmask().to_uint()) ==
         net.network().to_uint();
}

bool IsIn(const address_v6& address, const char* network) {
  const auto net = boost::asio::ip::make_network_v6(network);
  return boost::asio::ip::network_v6(address, net.prefix_length())
             .canonical() == net.canonical();
}

// The four bytes that begin at `at`.
address_v4 Embedded(const address_v6& address, size_t at) {
  const auto bytes = address.to_bytes();
  return address_v4({bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]});
}

bool IsPublicV4(const address_v4& address) {
  return std::none_of(
      std::begin(kSpecialV4), std::end(kSpecialV4),
      [&](const char* network) { return IsIn(address, network); });
}

bool IsPublicV6(const address_v6& address) {
  constexpr size_t kLastFour = 12;
  constexpr size_t kAfterPrefix = 2;
  if (address.is_v4_mapped() || IsIn(address, kNat64)) {
    return IsPublicV4(Embedded(address, kLastFour));
  }
  if (IsIn(address, kSixToFour)) {
    return IsPublicV4(Embedded(address, kAfterPrefix));
  }
  return IsIn(address, kGlobalV6) &&
         std::none_of(
             std::begin(kSpecialV6), std::end(kSpecialV6),
             [&](const char* network) { return IsIn(address, network); });
}

}  // namespace

bool IsPublic(const boost::asio::ip::address& address) {
  return address.is_v4() ? IsPublicV4(address.to_v4())
                         : IsPublicV6(address.to_v6());
}

}  // namespace jiedui::matcher
