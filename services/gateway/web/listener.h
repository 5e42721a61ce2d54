// Ports, a few threads, and the connections that come in.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/web/duplex.h"
#include "services/gateway/web/site.h"

namespace jiedui::gateway {

// Thread-safe.
class Listener {
 public:
  // `threads` of them, whatever the number of connections. `site` must outlive
  // it.
  Listener(Site* site, int threads);
  ~Listener();  // as Stop()

  // Listens at an address and port (0: any free one); over TLS when `tls` is
  // given, which must outlive this. Returns the port. Errors: kPortInUse.
  // REQUIRES: called before Run.
  absl::StatusOr<int> Listen(const std::string& host, int port,
                             boost::asio::ssl::context* tls);

  void Run();

  // Accepts no more, closes idle connections, lets calls end for at most
  // limits.drain_time, and cuts off what remains. On return no call is under
  // way, whoever else called it.
  void Stop();

 private:
  // One thread's loop and its connections; those are touched by it alone.
  struct Worker {
    boost::asio::io_context context{1};
    std::unordered_set<Duplex*> connections;
    std::thread thread;
  };
  struct Port {
    boost::asio::ip::tcp::acceptor acceptor;
    boost::asio::steady_timer pause;
    boost::asio::ssl::context* tls;
  };

  void Accept(Port& port);
  void Take(Port& port, Worker& worker, boost::asio::ip::tcp::socket socket);
  void ForAllConnections(void (*what)(Duplex&));
  bool IsEmpty() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return open_ == 0;
  }

  Site& site_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::unique_ptr<Port>> ports_;
  size_t next_worker_ = 0;  // used by the first worker
  absl::Mutex mutex_;
  int open_ ABSL_GUARDED_BY(mutex_) = 0;  // connections
  absl::Mutex stop_mutex_ ABSL_ACQUIRED_BEFORE(mutex_);
  bool stopped_ ABSL_GUARDED_BY(stop_mutex_) = false;
};

}  // namespace jiedui::gateway
