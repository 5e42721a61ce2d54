// One POST over HTTP/1.1, in the clear or over TLS, as a coroutine.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "services/matcher/app/webhooks.h"
#include "services/matcher/domain/webhook_url.h"

namespace jiedui::matcher {

struct HttpPost {
  WebhookUrl url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct HttpOptions {
  // Whether to post to addresses that are not public.
  bool to_private = false;
  // For all of it: names, connection, TLS, request, answer.
  std::chrono::milliseconds patience{10'000};
};

// The system's certificate authorities, TLS 1.2 and later.
boost::asio::ssl::context MakeTlsContext();

// What the server answered; of its answer only the head is read, and redirects
// are not followed. A name that leads to no allowed address, a connection,
// certificate or answer that is wrong, or too little patience give status 0
// and a detail. Never throws.
boost::asio::awaitable<AttemptResult> Post(HttpPost post, HttpOptions options,
                                           boost::asio::ssl::context& tls);

}  // namespace jiedui::matcher
