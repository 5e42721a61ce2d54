// The same work without us: what the disk and RocksDB can do by themselves.
#pragma once

#include <string>

#include "common/store/store.h"
#include "tests/bench/latencies.h"

namespace jiedui::bench {

// Synced writes a second of batches with the keys and values of `example`
// (each with keys of its own, where the example's are long enough to tell
// apart), by so many threads, into a RocksDB in folder `path`, where it may
// have been before.
double SyncedWritesPerSecond(const std::string& path,
                             const store::Batch& example, int threads,
                             double seconds);

// Appends of `bytes` bytes to file `path`, each followed by fdatasync.
Latencies SyncedAppends(const std::string& path, size_t bytes, double seconds);

}  // namespace jiedui::bench
