// An HTTP server for tests: answers as it is told and keeps what it was sent.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http.hpp>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace jiedui::matcher {

using SinkRequest =
    boost::beast::http::request<boost::beast::http::string_body>;

// On a free port of 127.0.0.1, one connection at a time. Thread-safe.
class TestSink {
 public:
  TestSink();
  ~TestSink();

  // The next answers, in order: an HTTP status, or 0 for closing the connection
  // without one. Then 200 for ever.
  void Answer(std::deque<int> statuses);

  // What was sent so far, once there are at least `count`.
  std::vector<SinkRequest> WaitFor(size_t count);

  std::string Url() const;

 private:
  void Serve();
  void Handle(boost::asio::ip::tcp::socket socket);

  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  absl::Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<int> answers_ ABSL_GUARDED_BY(mutex_);
  std::vector<SinkRequest> requests_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace jiedui::matcher
