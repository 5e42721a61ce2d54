#include "common/runtime/loop.h"

namespace jiedui::runtime {

Loop::Loop(int threads) : context_(threads), work_(context_.get_executor()) {
  for (int i = 0; i < threads; ++i) {
    threads_.emplace_back([this] { context_.run(); });
  }
}

Loop::~Loop() { Stop(); }

void Loop::Stop() {
  work_.reset();
  context_.stop();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace jiedui::runtime
