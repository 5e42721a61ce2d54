// Where the services are: at addresses, or in this process.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace google::protobuf {
class Message;
class MethodDescriptor;
}  // namespace google::protobuf
namespace grpc {
class Channel;
}

namespace jiedui::cli {

// All services in this process, on one data folder.
class LocalServer {
 public:
  virtual ~LocalServer() = default;
  virtual std::shared_ptr<grpc::Channel> channel() = 0;
  // The port listened at; 0: none.
  virtual int port() const = 0;
  // The port for browsers and phones; 0: none.
  virtual int web_port() const = 0;
  // Returns when every service has taken in what the others have done.
  virtual absl::Status WaitSettled() = 0;
  virtual void Stop() = 0;
};

// The gateway for browsers and phones.
struct LocalWebOptions {
  std::string host = "127.0.0.1";
  int port = 0;                    // 0: none
  std::vector<std::string> names;  // host names it goes by
  std::string certificate;         // PEM files; with them it speaks TLS
  std::string key;
  std::vector<std::string> origins;  // pages of other sites that may call
  std::string files;                 // folder of pages; empty: none
};

struct LocalServerOptions {
  std::string data_dir;
  std::string policy_file;  // empty: the built-in policy
  int port = 0;             // 0: not listened
  int metrics_port = 0;     // 0: none
  bool posts = false;       // notices are posted to sinks
  bool posts_to_private = false;
  LocalWebOptions web;
};

using StartLocalServer =
    std::function<absl::StatusOr<std::unique_ptr<LocalServer>>(
        const LocalServerOptions&)>;

// Thread-compatible.
class Connection {
 public:
  struct Route {
    std::shared_ptr<grpc::Channel> channel;
    std::string address;
  };

  // `server` is "HOST:PORT" for all services, or
  // "demand=HOST:PORT,volunteer=HOST:PORT,matcher=HOST:PORT". Nothing is sent
  // before the first call. INVALID_ARGUMENT when it is written otherwise.
  static absl::StatusOr<Connection> ToServer(std::string_view server);

  // To all services in this process; settles and stops them at the end.
  static Connection ToLocal(std::unique_ptr<LocalServer> local,
                            std::string_view data_dir);

  // Waits for a local server to settle and stops it, settled or not; otherwise
  // nothing.
  absl::Status Close();

  // Which channel a call goes by: by the method's package; for sheets by the
  // kind, for events by the source in the request. UNAVAILABLE when no address
  // of that service was given.
  absl::StatusOr<Route> RouteOf(
      const google::protobuf::MethodDescriptor& method,
      const google::protobuf::Message& request) const;

  // For people: "127.0.0.1:7300", or the folder.
  const std::string& address() const { return address_; }

 private:
  Connection() = default;

  std::unique_ptr<LocalServer> local_;
  std::string address_;
  std::map<std::string, Route> routes_;  // by service; "" for all
};

}  // namespace jiedui::cli
