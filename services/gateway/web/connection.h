// One client's connection from its first byte to its last.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "services/gateway/web/duplex.h"
#include "services/gateway/web/site.h"

namespace jiedui::gateway {

// Who is at the other end.
struct Peer {
  std::string key;  // what the caps count by
  bool secure;      // comes over TLS
};

// Serves one request after another until the client, an error or the site's end
// closes the connection. `site` outlives the coroutine.
boost::asio::awaitable<void> ServeConnection(std::shared_ptr<Duplex> duplex,
                                             Peer peer, const Site& site);

}  // namespace jiedui::gateway
