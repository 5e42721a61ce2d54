// What a command sees and does while it is decided.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/runtime/machine.h"
#include "common/store/overlay.h"
#include "common/store/store.h"
#include "jiedui/journal/v1/journal.pb.h"

namespace jiedui::runtime {

// Reads see all earlier commands, committed or about to be, and this one's own
// facts. Whatever it records is thrown away when the command fails. Not
// thread-safe: lives on the writer's thread while one command is decided, or
// anywhere on a snapshot to see what would happen.
class Transaction : public store::Reader {
 public:
  Transaction(const store::Reader* state, const Machine* machine,
              absl::Time now, std::string actor);

  absl::Time now() const { return now_; }
  const std::string& actor() const { return entry_.actor(); }

  std::optional<std::string> Get(std::string_view key) const override;
  void Scan(std::string_view begin, std::string_view end,
            store::Visitor visit) const override;

  // A fact happens: it is applied at once, with what follows from it
  // (Machine::Follow), and journalled on commit.
  void Record(journal::v1::Fact fact);

  // The first error of what had to follow from a fact. The writer throws the
  // command away for it, whatever the command itself answers.
  const absl::Status& followed() const { return followed_; }

  // A fact of another service is taken in.
  void Consume(event::v1::Event event);

  // How far `source` has been consumed; 0: not at all.
  uint64_t Cursor(std::string_view source) const;
  void MoveCursor(std::string_view source, uint64_t seq);

  // Setting a timer again moves it; clearing one that is not set does nothing.
  void SetTimer(std::string_view id, absl::Time due);
  void ClearTimer(std::string_view id);

  // The next free number of a collection, from 1.
  uint64_t TakeNumber(std::string_view collection);

  // Keeps the reply for repeats of the request.
  void KeepReply(std::string request_id, journal::v1::Reply reply);

  // For the writer, once the command has succeeded.
  journal::v1::Entry& entry() { return entry_; }
  store::Overlay& changes() { return changes_; }
  bool changed() const;

 private:
  store::Overlay changes_;
  const Machine* machine_;
  absl::Time now_;
  journal::v1::Entry entry_;
  absl::Status followed_;
};

// How far `source` has been consumed in `state`.
uint64_t CursorOf(const store::Reader& state, std::string_view source);

// Visits the cursors of all sources consumed so far, by name.
void VisitCursors(const store::Reader& state,
                  absl::FunctionRef<void(event::v1::Cursor)> visit);

// The effects of a journal entry on the state: what a transaction does while
// deciding, and what replaying the journal from zero does again.
void ReplayEntry(const journal::v1::Entry& entry, const Machine& machine,
                 store::Overlay& state);

}  // namespace jiedui::runtime
