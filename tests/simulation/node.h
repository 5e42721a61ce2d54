// One service of the simulation: its store survives crashes, all else is
// memory and goes.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/base/guarded_clock.h"
#include "common/runtime/consumer.h"
#include "common/runtime/machine.h"
#include "common/runtime/writer.h"
#include "common/store/memory_store.h"
#include "tests/simulation/verdict.h"
#include "tests/simulation/virtual_time.h"

namespace jiedui::simulation {

// What a service is, besides what it has stored.
struct Service {
  std::string source;  // "demand"
  std::function<std::unique_ptr<runtime::Machine>()> machine;
  std::vector<std::string> follows;
  runtime::Consumer::React react;
  // The first command of every process; null: none.
  std::function<absl::Status(runtime::Transaction&)> begin;
};

class Node {
 public:
  // All must outlive it. Down until Start.
  Node(Service service, const VirtualTime* time, Verdict* verdict);

  const std::string& source() const { return service_.source; }

  // Opens the service on what it has stored.
  void Start();
  // All that is in memory is lost: what was queued, whom it was to answer.
  void Crash();
  // The next write is the last thing this process does; whether it is durable
  // is its `fate`.
  void CrashInNextWrite(store::MemoryStore::Fate fate);
  void CancelCrash();
  // Does `work` first: what a real process does in many writes.
  void WithoutFaults(const std::function<void()>& work);
  bool up() const { return process_ != nullptr; }
  // A write has failed: nobody hears any more of what it says.
  bool failed() const { return up() && process_->failed; }

  // REQUIRES: up().
  runtime::Writer& writer() { return process_->writer; }
  std::deque<runtime::Consumer>& consumers() { return process_->consumers; }

  // As of the last durable commit, up or not.
  store::MemoryStore& store() { return store_; }
  const store::MemoryStore& store() const { return store_; }
  // A machine to read the journal with; keeps no state.
  const runtime::Machine& reader() const { return *reader_; }

 private:
  struct Process {
    Process(Node* node, const VirtualTime* time);

    base::GuardedClock clock;
    std::unique_ptr<runtime::Machine> machine;
    runtime::Writer writer;
    std::deque<runtime::Consumer> consumers;
    bool failed = false;
  };

  const Service service_;
  const VirtualTime* const time_;
  Verdict* const verdict_;
  store::MemoryStore store_;
  std::optional<store::MemoryStore::Fate> next_write_;  // it crashes in it
  const std::unique_ptr<runtime::Machine> reader_;
  std::unique_ptr<Process> process_;
};

}  // namespace jiedui::simulation
