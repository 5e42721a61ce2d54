// The one writer of a service: decide → one synced write of events, state,
// timers, cursors and the request_id's reply → apply → reply → publish.
// Whatever queues while a write is under way makes up the next one (group
// commit), so that one fsync serves hundreds of commands.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/journal/journal.h"
#include "common/runtime/feed.h"
#include "common/runtime/machine.h"
#include "common/runtime/transaction.h"
#include "common/store/store.h"
#include "google/protobuf/message_lite.h"

namespace jiedui::runtime {

struct Command {
  // Who asks, for the journal.
  std::string actor;

  // With a request_id: the same (actor, request_id) with the same digest gets
  // the kept reply and has no second effect; with another one it fails with
  // kRequestIdReused. `reply` is then what decide fills in and what is kept.
  std::string request_id;
  std::string request_sha256;
  google::protobuf::MessageLite* reply = nullptr;

  // Past it the command is not run: kDeadlineExceeded.
  absl::Time deadline = absl::InfiniteFuture();

  // Runs on the writer's thread. Must not block. On error nothing it recorded
  // remains.
  absl::AnyInvocable<absl::Status(Transaction&)> decide;

  // Runs on the writer's thread when everything decide saw and did is durable.
  // Must be quick. Called exactly once.
  absl::AnyInvocable<void(absl::Status)> done;
};

// What the writer counts, for metrics.
struct WriterCounters {
  std::atomic<uint64_t> commands{0};
  std::atomic<uint64_t> commits{0};
  std::atomic<uint64_t> commit_nanos{0};
  std::atomic<uint64_t> queued{0};
};

struct WriterOptions {
  size_t max_queue = 8192;      // commands waiting; beyond: kOverloaded
  size_t max_commands = 1024;   // in one commit
  size_t max_bytes = 4u << 20;  // of facts in one commit, roughly
  // Called once, on the writer's thread, when a write has failed. The default
  // ends the process: after a failed write memory and disk may differ, and the
  // supervisor's restart makes them agree again.
  std::function<void(const absl::Status&)> on_fatal;
};

// Thread-safe.
class Writer {
 public:
  using Options = WriterOptions;

  // All must outlive it; `path` names the data folder in errors.
  Writer(std::string path, store::Store* store, Machine* machine,
         const base::Clock* clock, Options options = {});
  ~Writer();  // as Stop()

  // Checks the folder's schema and the journal, and loads the machine. Errors:
  // kSchemaNewer, kDataDamaged. REQUIRES: called once, before Start.
  absl::Status Open();

  // Begins to take commands, on a thread of its own. Without it the writer
  // works when it is told to, on whichever one thread that is: see RunQueued.
  void Start();

  // Decides and commits what has queued, as the writer's thread does. For tests
  // and simulation, which choose what happens between two steps. REQUIRES: not
  // started.
  void RunQueued();

  // Ends what is queued, then stops; later commands fail with kShuttingDown.
  void Stop();

  void Submit(Command command);

  // Submit and wait. For threads that may block. In a writer that has not been
  // started this thread does the work.
  absl::Status Run(Command command);

  // When the next timer is due; InfiniteFuture: there is none.
  absl::Time NextTimer() const;

  // Clears and fires the next timer if it is due, and waits for it. Returns
  // false when none was fired: none is due, or the queue was full, so that it
  // has to be tried again.
  bool FireNextTimer();

  // Fires all timers that are due, those due first before the others, each as a
  // command of its own; returns NextTimer() thereafter.
  absl::Time FireDueTimers();

  // Position of the last durable commit.
  uint64_t head() const { return head_.load(std::memory_order_acquire); }

  Feed& feed() { return feed_; }
  const store::Store& store() const { return *store_; }
  const Machine& machine() const { return *machine_; }
  // The time of commits: the clock's, which is never before the last record,
  // even when it was set back while the service was down.
  const base::Clock& clock() const { return clock_; }
  const WriterCounters& counters() const { return counters_; }

 private:
  struct Pending {
    Command command;
    absl::Status status;
  };

  std::vector<std::string> DueTimerKeys(size_t limit) const;
  bool FireTimers(const std::vector<std::string>& due);
  absl::Status ClearFailed(const std::string& key, const absl::Status& fault);
  void RunLoop();
  std::deque<Command> TakeQueued() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void CommitBatch(std::deque<Command> commands);
  absl::Status Decide(Command& command, absl::Time now, store::Overlay& state,
                      journal::v1::Record& record);
  absl::Status WriteOut(store::Overlay& state, journal::v1::Record& record);
  absl::Status CheckSchema();

  const std::string path_;
  store::Store* const store_;
  Machine* const machine_;
  base::AheadClock clock_;
  const Options options_;

  // The writer's thread only.
  journal::Journal journal_;
  bool failed_ = false;

  std::atomic<uint64_t> head_{0};
  Feed feed_;
  WriterCounters counters_;

  absl::Mutex mutex_;
  std::deque<Command> queue_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace jiedui::runtime
