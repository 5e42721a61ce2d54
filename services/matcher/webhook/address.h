// Which addresses a sink may have.
#pragma once

#include <boost/asio/ip/address.hpp>

namespace jiedui::matcher {

// Whether the address is one of the public internet: not this machine, not a
// private, link-local, shared, documentation, multicast or reserved network,
// nor an IPv6 form of such an IPv4 address. Otherwise whoever may name a sink
// could have this server ask its own neighbours.
bool IsPublic(const boost::asio::ip::address& address);

}  // namespace jiedui::matcher
