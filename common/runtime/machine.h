// What a service is to the runtime: a deterministic state machine over its
// journal. All state is what Apply made of the journal's facts, in order.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "common/store/overlay.h"
#include "common/store/store.h"
#include "jiedui/event/v1/event.pb.h"
#include "jiedui/journal/v1/journal.pb.h"

namespace jiedui::runtime {

class Transaction;

// The writer calls the non-const methods from its own thread only; the const
// ones are called from any thread.
class Machine {
 public:
  virtual ~Machine() = default;

  // "demand", "volunteer" or "matcher": the name of its event source.
  virtual std::string_view source() const = 0;

  // Folder format this code writes; a newer one found is refused.
  virtual int schema_version() const = 0;

  // Builds in-memory read indices from the stored state, once, at start.
  virtual void Load(const store::Reader& state) = 0;

  // Changes the state rows by one fact. Total: never fails, reads no clock.
  virtual void Apply(const journal::v1::Fact& fact,
                     store::Overlay& state) const = 0;

  // A fact of this command has just been applied: records what must follow
  // from it in the same command, such as whom to tell. One place for all
  // commands, so that none can forget it. An error fails the command. Not
  // called when a journal is replayed: what followed is there.
  virtual absl::Status Follow(const journal::v1::Fact& fact,
                              Transaction& txn) const {
    return absl::OkStatus();
  }

  // As Apply, for a fact learnt from a service it follows.
  virtual void ApplyConsumed(const event::v1::Event& event,
                             store::Overlay& state) const = 0;

  // Brings in-memory read indices up to date after a commit.
  virtual void Committed(const journal::v1::Record& record) = 0;

  // A timer is due, and cleared already. An error is logged and undoes what was
  // done for this timer, but for its being cleared.
  virtual absl::Status OnTimer(std::string_view id, Transaction& txn) = 0;

  // Sets event->payload to what others may know of a fact. Leaves it unset
  // when the fact is nobody else's business.
  virtual void Publish(const journal::v1::Fact& fact,
                       event::v1::Event* event) const = 0;
};

}  // namespace jiedui::runtime
