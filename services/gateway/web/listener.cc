#include "services/gateway/web/listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <future>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/rpc/log.h"
#include "services/gateway/web/connection.h"
#include "services/gateway/web/stream.h"

namespace jiedui::gateway {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr int kBacklog = 1024;
// After an error of accept, as when there are no file descriptors left.
constexpr std::chrono::milliseconds kAcceptPause{100};

// A client that vanishes without a word is noticed after a minute and a half,
// and so is one that acknowledges nothing of what it is sent.
void NoticeSilentDeath(int socket) {
  const int on = 1, idle_s = 60, interval_s = 10, tries = 3;
  const unsigned unacknowledged_ms = 90'000;
  setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
  setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &interval_s,
             sizeof interval_s);
  setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &tries, sizeof tries);
  setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledged_ms,
             sizeof unacknowledged_ms);
}

// The kernel would take megabytes for a client that reads slowly, and its
// stream would be busy filling them at everybody's cost. What is on its way to
// a far client does not count.
void KeepLittleUnsent(int socket) {
  const unsigned bytes = 64 << 10;
  setsockopt(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &bytes, sizeof bytes);
}

}  // namespace

Listener::Listener(Site* site, int threads) : site_(*site) {
  for (int i = 0; i < threads; ++i) {
    workers_.push_back(std::make_unique<Worker>());
  }
}

Listener::~Listener() { Stop(); }

absl::StatusOr<int> Listener::Listen(const std::string& host, int port,
                                     asio::ssl::context* tls) {
  asio::io_context& context = workers_.front()->context;
  ports_.push_back(std::make_unique<Port>(
      Port{tcp::acceptor(context), asio::steady_timer(context), tls}));
  tcp::acceptor& acceptor = ports_.back()->acceptor;
  error_code error;
  const asio::ip::address address = asio::ip::make_address(host, error);
  const tcp::endpoint endpoint(address, static_cast<unsigned short>(port));
  if (!error) acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(kBacklog, error);
  if (error) {
    return base::MakeError(base::Reason::kPortInUse,
                           {{"address", absl::StrCat(host, ":", port)}});
  }
  return acceptor.local_endpoint().port();
}

void Listener::Run() {
  for (const auto& port : ports_) Accept(*port);
  for (const auto& worker : workers_) {
    worker->thread = std::thread([&context = worker->context] {
      const auto work = asio::make_work_guard(context);
      context.run();
    });
  }
}

void Listener::Accept(Port& port) {
  Worker& worker = *workers_[next_worker_++ % workers_.size()];
  port.acceptor.async_accept(
      worker.context,
      [this, &port, &worker](error_code error, tcp::socket socket) {
        // Also one that was accepted just before the end.
        if (!port.acceptor.is_open()) return;
        if (!error) {
          Take(port, worker, std::move(socket));
          Accept(port);
          return;
        }
        port.pause.expires_after(kAcceptPause);
        port.pause.async_wait([this, &port](error_code stopped) {
          if (!stopped && port.acceptor.is_open()) Accept(port);
        });
      });
}

void Listener::Take(Port& port, Worker& worker, tcp::socket socket) {
  error_code error;
  const tcp::endpoint remote = socket.remote_endpoint(error);
  if (error) return;
  Peer peer{AddressKey(remote.address().to_string()), port.tls != nullptr};
  std::optional<Counter::Ticket> ticket = site_.connections.Take(peer.key);
  if (!ticket) return;  // closed at once: nothing is spent on it
  socket.set_option(tcp::no_delay(true), error);
  NoticeSilentDeath(socket.native_handle());
  KeepLittleUnsent(socket.native_handle());
  site_.on_connections(1);
  {
    absl::MutexLock lock(&mutex_);
    ++open_;
  }
  auto stream = port.tls == nullptr
                    ? MakePlainStream(std::move(socket))
                    : MakeTlsStream(std::move(socket), *port.tls);
  auto duplex = std::make_shared<Duplex>(worker.context.get_executor(),
                                         std::move(stream));
  asio::post(worker.context, [this, &worker, duplex, peer = std::move(peer),
                              ticket = std::move(ticket)]() mutable {
    worker.connections.insert(duplex.get());
    asio::co_spawn(
        worker.context, ServeConnection(duplex, std::move(peer), site_),
        [this, &worker, duplex,
         ticket = std::move(ticket)](std::exception_ptr fault) mutable {
          if (fault) {
            duplex->Cut();
            rpc::LogWarning("gateway.connection_fault", {});
          }
          worker.connections.erase(duplex.get());
          ticket.reset();
          site_.on_connections(-1);
          absl::MutexLock lock(&mutex_);
          --open_;
        });
  });
}

void Listener::ForAllConnections(void (*what)(Duplex&)) {
  for (const auto& worker : workers_) {
    asio::post(worker->context, [worker = worker.get(), what] {
      for (Duplex* duplex : worker->connections) what(*duplex);
    });
  }
}

void Listener::Stop() {
  absl::MutexLock stopping(&stop_mutex_);
  if (std::exchange(stopped_, true)) return;
  site_.draining = true;
  std::promise<void> closed;
  asio::post(workers_.front()->context, [this, &closed] {
    error_code ignored;
    for (const auto& port : ports_) {
      port->acceptor.close(ignored);
      port->pause.cancel();
    }
    closed.set_value();
  });
  if (workers_.front()->thread.joinable()) closed.get_future().wait();
  ForAllConnections([](Duplex& duplex) { duplex.Wake(); });
  {
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(this, &Listener::IsEmpty),
                            absl::FromChrono(site_.limits.drain_time));
  }
  ForAllConnections([](Duplex& duplex) { duplex.Cut(); });
  {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &Listener::IsEmpty));
  }
  for (const auto& worker : workers_) {
    worker->context.stop();
    if (worker->thread.joinable()) worker->thread.join();
  }
}

}  // namespace jiedui::gateway
