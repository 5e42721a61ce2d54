// A Boost.Asio loop with its threads: for what waits or takes long, so that
// neither gRPC's threads nor the writer do.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>
#include <vector>

namespace jiedui::runtime {

// Thread-safe.
class Loop {
 public:
  explicit Loop(int threads);
  ~Loop();  // as Stop()

  boost::asio::io_context& context() { return context_; }

  // Work under way ends, work not begun is dropped, and the threads end.
  void Stop();

 private:
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type>
      work_;
  std::vector<std::thread> threads_;
};

}  // namespace jiedui::runtime
