// One gRPC-web call from its head to its end.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "services/gateway/web/duplex.h"
#include "services/gateway/web/request.h"
#include "services/gateway/web/site.h"
#include "services/gateway/wire/content_type.h"

namespace jiedui::gateway {

// Serves `request`, a POST whose content type says `mode`; `caller` is the key
// that its calls are counted by. True: the connection is good for another
// request. All arguments outlive the coroutine.
boost::asio::awaitable<bool> ServeCall(Duplex& duplex, Request& request,
                                       Mode mode, const Site& site,
                                       const std::string& caller);

}  // namespace jiedui::gateway
