#include "services/matcher/webhook/http_post.h"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <variant>

#include "services/matcher/webhook/address.h"

namespace jiedui::matcher {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::system_error;

constexpr int kHttp11 = 11;
constexpr uint32_t kLongestHead = 8192;
constexpr char kUserAgent[] = "Jiedui";
constexpr char kNoAllowedAddress[] =
    "the host has no public address; servers started with "
    "--webhooks-to-private "
    "post to others too";

using Request = http::request<http::string_body>;

Request RequestOf(const HttpPost& post) {
  Request request(http::verb::post, post.url.target, kHttp11);
  request.set(http::field::host, post.url.authority);
  request.set(http::field::user_agent, kUserAgent);
  request.set(http::field::content_type, "application/json");
  request.set(http::field::connection, "close");
  for (const auto& [name, value] : post.headers) request.set(name, value);
  request.body() = post.body;
  request.prepare_payload();
  return request;
}

// The addresses of the host that may be posted to. The connection is made to
// one of these, so that a name cannot lead elsewhere at a second look.
awaitable<std::vector<tcp::endpoint>> Resolve(const WebhookUrl& url,
                                              bool to_private) {
  tcp::resolver resolver(co_await asio::this_coro::executor);
  const auto results = co_await resolver.async_resolve(
      url.host, std::to_string(url.port), use_awaitable);
  std::vector<tcp::endpoint> allowed;
  for (const auto& result : results) {
    if (to_private || IsPublic(result.endpoint().address())) {
      allowed.push_back(result.endpoint());
    }
  }
  co_return allowed;
}

// Sends the request and reads the head of the answer.
template <typename Stream>
awaitable<int> Exchange(Stream& stream, Request& request) {
  co_await http::async_write(stream, request, use_awaitable);
  beast::flat_buffer buffer;
  http::response_parser<http::empty_body> parser;
  parser.header_limit(kLongestHead);
  co_await http::async_read_header(stream, buffer, parser, use_awaitable);
  co_return parser.get().result_int();
}

awaitable<int> ExchangeOverTls(beast::tcp_stream socket, const WebhookUrl& url,
                               Request& request, asio::ssl::context& tls) {
  beast::ssl_stream<beast::tcp_stream> stream(std::move(socket), tls);
  stream.set_verify_mode(asio::ssl::verify_peer);
  stream.set_verify_callback(asio::ssl::host_name_verification(url.host));
  boost::system::error_code no_address;
  asio::ip::make_address(url.host, no_address);
  if (no_address) {  // TLS takes names only
    SSL_set_tlsext_host_name(stream.native_handle(), url.host.c_str());
  }
  co_await stream.async_handshake(asio::ssl::stream_base::client,
                                  use_awaitable);
  co_return co_await Exchange(stream, request);
}

awaitable<AttemptResult> PostAtLeisure(const HttpPost& post, bool to_private,
                                       asio::ssl::context& tls) {
  const std::vector<tcp::endpoint> endpoints =
      co_await Resolve(post.url, to_private);
  if (endpoints.empty()) co_return AttemptResult{0, kNoAllowedAddress};
  beast::tcp_stream socket(co_await asio::this_coro::executor);
  socket.expires_never();
  co_await socket.async_connect(endpoints, use_awaitable);
  Request request = RequestOf(post);
  AttemptResult result;
  result.http_status =
      post.url.https
          ? co_await ExchangeOverTls(std::move(socket), post.url, request, tls)
          : co_await Exchange(socket, request);
  co_return result;
}

awaitable<AttemptResult> PostOrFail(const HttpPost& post, bool to_private,
                                    asio::ssl::context& tls) {
  AttemptResult result;
  try {
    result = co_await PostAtLeisure(post, to_private, tls);
  } catch (const system_error& error) {
    result.detail = error.code().message();
  }
  co_return result;
}

awaitable<void> Wait(std::chrono::milliseconds patience) {
  asio::steady_timer timer(co_await asio::this_coro::executor, patience);
  co_await timer.async_wait(use_awaitable);
}

}  // namespace

asio::ssl::context MakeTlsContext() {
  asio::ssl::context context(asio::ssl::context::tls_client);
  context.set_options(asio::ssl::context::default_workarounds |
                      asio::ssl::context::no_tlsv1 |
                      asio::ssl::context::no_tlsv1_1);
  context.set_default_verify_paths();
  return context;
}

awaitable<AttemptResult> Post(HttpPost post, HttpOptions options,
                              asio::ssl::context& tls) {
  using namespace asio::experimental::awaitable_operators;
  const auto first = co_await (PostOrFail(post, options.to_private, tls) ||
                               Wait(options.patience));
  if (first.index() == 0) co_return std::get<0>(first);
  co_return AttemptResult{0, "no answer in time"};
}

}  // namespace jiedui::matcher
