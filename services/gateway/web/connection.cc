#include "services/gateway/web/connection.h"

#include <optional>
#include <utility>

#include "services/gateway/web/answer.h"
#include "services/gateway/web/exchange.h"
#include "services/gateway/web/request.h"

namespace jiedui::gateway {
namespace {

namespace asio = boost::asio;
using Field = Request::Field;
using Verb = boost::beast::http::verb;

constexpr char kHealthPath[] = "/healthz";
constexpr size_t kPieceBytes = 64 << 10;

// The requests of one connection.
class Connection {
 public:
  Connection(Duplex& duplex, Peer peer, const Site& site)
      : duplex_(duplex), peer_(std::move(peer)), site_(site) {}

  // True if the connection is good for another request.
  asio::awaitable<bool> ServeNext();

 private:
  // The origin of pages that come from here.
  std::string OwnOrigin(const Request& request) const;
  // What a request that is not a call is answered with.
  Answer AnswerTo(const Request& request) const;
  Answer Preflight(const Request& request) const;
  Answer Refusal(unsigned status, const Request& request) const;
  // Nothing: the request is a call that may be made.
  std::optional<unsigned> RefuseCall(const Request& request,
                                     std::optional<Mode> mode) const;

  // As ServeNext.
  asio::awaitable<bool> ServeRequest(Request& request);
  asio::awaitable<bool> Send(Request& request, const Answer& answer);
  asio::awaitable<bool> Write(std::string bytes);
  // For what cannot be read or is not for us: an answer, then the end.
  asio::awaitable<bool> GiveUp(unsigned status);

  Duplex& duplex_;
  const Peer peer_;
  const Site& site_;
};

Answer Plain(unsigned status) {
  return {status,
          {{"Content-Type", "text/plain; charset=utf-8"},
           {"X-Content-Type-Options", "nosniff"}},
          ReasonPhrase(status)};
}

std::string Connection::OwnOrigin(const Request& request) const {
  std::string own = peer_.secure ? "https://" : "http://";
  return own.append(request.Header(Field::host));
}

Answer Connection::Preflight(const Request& request) const {
  const std::string_view origin = request.Header(Field::origin);
  if (!site_.cors.Allows(origin, OwnOrigin(request))) {
    return Plain(403);
  }
  Answer answer{204, {{"Allow", "POST, OPTIONS"}}, ""};
  if (!origin.empty()) {
    answer.headers = site_.cors.PreflightLines(
        origin, request.Header(Field::access_control_request_headers));
  }
  return answer;
}

Answer Connection::Refusal(unsigned status, const Request& request) const {
  Answer answer = Plain(status);
  if (status == 405) answer.headers.emplace_back("Allow", "POST, OPTIONS");
  const std::string_view origin = request.Header(Field::origin);
  if (site_.cors.Allows(origin, OwnOrigin(request))) {
    for (HeaderLine& line : site_.cors.AnswerLines(origin, "")) {
      answer.headers.push_back(std::move(line));
    }
  }
  return answer;
}

Answer Connection::AnswerTo(const Request& request) const {
  if (request.Is(Verb::options)) return Preflight(request);
  if (!request.Is(Verb::get) && !request.Is(Verb::head)) {
    return Refusal(405, request);
  }
  if (request.path() == kHealthPath) {
    Answer answer = Plain(site_.draining || !site_.is_healthy() ? 503 : 200);
    answer.headers.emplace_back("Cache-Control", "no-store");
    return answer;
  }
  return site_.files.Find({request.path(),
                           request.Header(Field::accept_encoding),
                           request.Header(Field::if_none_match), peer_.secure});
}

std::optional<unsigned> Connection::RefuseCall(const Request& request,
                                               std::optional<Mode> mode) const {
  if (!request.Is(Verb::post)) return 405;
  if (!mode) return 415;
  if (!site_.cors.Allows(request.Header(Field::origin), OwnOrigin(request))) {
    return 403;
  }
  return std::nullopt;
}

asio::awaitable<bool> Connection::Send(Request& request, const Answer& answer) {
  const bool keep = request.keep_alive() && !request.is_1_0() &&
                    co_await request.DiscardBody() && !duplex_.ended() &&
                    !site_.draining;
  std::string bytes = HeadOf(answer, keep);
  std::string_view rest = request.Is(Verb::head) ? "" : answer.body;
  // Piece by piece: the whole is there once, however many read it slowly.
  do {
    const std::string_view piece = rest.substr(0, kPieceBytes);
    bytes.append(piece);
    rest.remove_prefix(piece.size());
    if (!co_await Write(std::move(bytes))) co_return false;
    bytes.clear();
  } while (!rest.empty());
  co_return keep;
}

asio::awaitable<bool> Connection::Write(std::string bytes) {
  const auto allowed = site_.limits.write_time +
                       std::chrono::milliseconds(bytes.size() * 1000 /
                                                 site_.limits.bytes_per_second);
  co_return co_await duplex_.Write(std::move(bytes), Now() + allowed);
}

asio::awaitable<bool> Connection::GiveUp(unsigned status) {
  const Answer answer = Plain(status);
  co_await Write(HeadOf(answer, /*keep=*/false).append(answer.body));
  co_return false;
}

asio::awaitable<bool> Connection::ServeRequest(Request& request) {
  if (request.expects_unknown()) co_return co_await GiveUp(417);
  if (!site_.hosts.Have(request.Header(Field::host))) {
    co_return co_await GiveUp(421);
  }
  const bool is_call =
      !request.Is(Verb::options) &&
      (request.Is(Verb::post) || site_.methods.IsOfService(request.path()));
  if (!is_call) co_return co_await Send(request, AnswerTo(request));
  const std::optional<Mode> mode = ModeOf(request.Header(Field::content_type));
  const std::optional<unsigned> refused = RefuseCall(request, mode);
  if (refused) co_return co_await Send(request, Refusal(*refused, request));
  co_return co_await ServeCall(duplex_, request, *mode, site_, peer_.key);
}

asio::awaitable<bool> Connection::ServeNext() {
  Request request(&duplex_, &site_.limits);
  const auto stop = [this] { return site_.draining.load(); };
  switch (co_await request.ReadHead(stop)) {
    case Request::Reading::kDone:
      co_return co_await ServeRequest(request);
    case Request::Reading::kTimeout:
      co_return co_await GiveUp(408);
    case Request::Reading::kTooLong:
      co_return co_await GiveUp(431);
    case Request::Reading::kRefused:
      co_return co_await GiveUp(request.verdict());
    case Request::Reading::kNothing:
    case Request::Reading::kBroken:
      break;
  }
  co_return false;
}

}  // namespace

asio::awaitable<void> ServeConnection(std::shared_ptr<Duplex> duplex, Peer peer,
                                      const Site& site) {
  Connection connection(*duplex, std::move(peer), site);
  bool good = co_await duplex->Handshake(Now() + site.limits.head_time);
  while (good) good = co_await connection.ServeNext();
  co_await duplex->Close(Now() + site.limits.linger_time);
}

}  // namespace jiedui::gateway
