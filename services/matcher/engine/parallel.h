// Work on the parts of a whole, on all processors. What comes out may not
// depend on who did what: every part writes to a place of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine {

// Calls work(i) once for every i in [0, count), on up to `threads` threads
// (0: as many as there are processors). `progress` is told on the caller's
// thread. False when it said to stop: then some may not have been done.
template <typename Work>  // void(int64_t)
bool ParallelFor(int64_t count, int threads, const Progress& progress,
                 Work work) {
  constexpr int64_t kChunk = 64;
  if (threads <= 0) {
    threads =
        std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  }
  std::atomic<int64_t> next = 0;
  std::atomic<int64_t> done = 0;
  std::atomic<bool> stop = false;
  const auto run = [&](bool tell) {
    while (!stop.load(std::memory_order_relaxed)) {
      const int64_t begin = next.fetch_add(kChunk, std::memory_order_relaxed);
      if (begin >= count) return;
      const int64_t end = std::min(begin + kChunk, count);
      for (int64_t i = begin; i < end; ++i) work(i);
      const int64_t so_far =
          done.fetch_add(end - begin, std::memory_order_relaxed) + end - begin;
      if (tell && progress && !progress(so_far, count)) stop = true;
    }
  };
  std::vector<std::thread> helpers;
  for (int i = 1; i < threads && i * kChunk < count; ++i) {
    helpers.emplace_back(run, false);
  }
  run(true);
  for (std::thread& helper : helpers) helper.join();
  return !stop;
}

}  // namespace jiedui::matcher::engine
