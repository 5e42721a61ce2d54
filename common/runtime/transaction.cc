#include "common/runtime/transaction.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/runtime/runtime_keys.h"
#include "google/protobuf/util/time_util.h"

namespace jiedui::runtime {
namespace {

uint64_t NumberAt(const store::Reader& state, const std::string& key) {
  uint64_t number = 0;
  const std::optional<std::string> text = state.Get(key);
  if (text && !absl::SimpleAtoi(*text, &number)) number = 0;
  return number;
}

void ApplyCursor(const event::v1::Cursor& cursor, store::Overlay& state) {
  state.Put(keys::Cursor(cursor.source()), absl::StrCat(cursor.seq()));
}

void ClearTimerRows(const std::string& id, store::Overlay& state) {
  const std::optional<std::string> due = state.Get(keys::TimerById(id));
  if (!due) return;
  state.Delete(keys::TimerByDue(keys::DecodeDue(*due), id));
  state.Delete(keys::TimerById(id));
}

void ApplyTimer(const journal::v1::Timer& timer, store::Overlay& state) {
  ClearTimerRows(timer.id(), state);
  if (!timer.has_due_time()) return;
  const absl::Time due = absl::FromUnixMicros(
      google::protobuf::util::TimeUtil::TimestampToMicroseconds(
          timer.due_time()));
  state.Put(keys::TimerByDue(due, timer.id()), "");
  state.Put(keys::TimerById(timer.id()), keys::EncodeDue(due));
}

void ApplyNumber(const journal::v1::Number& number, store::Overlay& state) {
  state.Put(keys::LastNumber(number.collection()), absl::StrCat(number.last()));
}

void ApplyReply(const journal::v1::Entry& entry, store::Overlay& state) {
  if (!entry.has_reply()) return;
  state.Put(keys::Reply(entry.actor(), entry.request_id()),
            entry.reply().SerializeAsString());
}

}  // namespace

Transaction::Transaction(const store::Reader* state, const Machine* machine,
                         absl::Time now, std::string actor)
    : changes_(state), machine_(machine), now_(now) {
  entry_.set_actor(std::move(actor));
}

std::optional<std::string> Transaction::Get(std::string_view key) const {
  return changes_.Get(key);
}

void Transaction::Scan(std::string_view begin, std::string_view end,
                       store::Visitor visit) const {
  changes_.Scan(begin, end, visit);
}

void Transaction::Record(journal::v1::Fact fact) {
  machine_->Apply(fact, changes_);
  journal::v1::Fact* const kept = entry_.add_facts();
  *kept = std::move(fact);
  // May add more; `kept` stays where it is.
  followed_.Update(machine_->Follow(*kept, *this));
}

void Transaction::Consume(event::v1::Event event) {
  machine_->ApplyConsumed(event, changes_);
  *entry_.add_consumed() = std::move(event);
}

uint64_t Transaction::Cursor(std::string_view source) const {
  return CursorOf(changes_, source);
}

void Transaction::MoveCursor(std::string_view source, uint64_t seq) {
  event::v1::Cursor* cursor = entry_.add_cursors();
  cursor->set_source(std::string(source));
  cursor->set_seq(seq);
  ApplyCursor(*cursor, changes_);
}

void Transaction::SetTimer(std::string_view id, absl::Time due) {
  journal::v1::Timer* timer = entry_.add_timers();
  timer->set_id(std::string(id));
  *timer->mutable_due_time() =
      google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
          absl::ToUnixMicros(due));
  ApplyTimer(*timer, changes_);
}

void Transaction::ClearTimer(std::string_view id) {
  if (!changes_.Get(keys::TimerById(id))) return;
  journal::v1::Timer* timer = entry_.add_timers();
  timer->set_id(std::string(id));
  ApplyTimer(*timer, changes_);
}

uint64_t Transaction::TakeNumber(std::string_view collection) {
  journal::v1::Number* number = entry_.add_numbers();
  number->set_collection(std::string(collection));
  number->set_last(NumberAt(changes_, keys::LastNumber(collection)) + 1);
  ApplyNumber(*number, changes_);
  return number->last();
}

void Transaction::KeepReply(std::string request_id, journal::v1::Reply reply) {
  entry_.set_request_id(std::move(request_id));
  *entry_.mutable_reply() = std::move(reply);
  ApplyReply(entry_, changes_);
}

bool Transaction::changed() const {
  return entry_.facts_size() > 0 || entry_.consumed_size() > 0 ||
         entry_.cursors_size() > 0 || entry_.timers_size() > 0;
}

uint64_t CursorOf(const store::Reader& state, std::string_view source) {
  return NumberAt(state, keys::Cursor(source));
}

void VisitCursors(const store::Reader& state,
                  absl::FunctionRef<void(event::v1::Cursor)> visit) {
  store::ScanPrefix(state, std::string(1, keys::kCursor),
                    [&](std::string_view key, std::string_view) {
                      event::v1::Cursor cursor;
                      cursor.set_source(std::string(key.substr(1)));
                      cursor.set_seq(CursorOf(state, key.substr(1)));
                      visit(std::move(cursor));
                      return true;
                    });
}

void ReplayEntry(const journal::v1::Entry& entry, const Machine& machine,
                 store::Overlay& state) {
  // The kinds touch different keys, so their order among one another is free;
  // only facts may build on what was consumed.
  for (const event::v1::Event& event : entry.consumed()) {
    machine.ApplyConsumed(event, state);
  }
  for (const journal::v1::Fact& fact : entry.facts()) {
    machine.Apply(fact, state);
  }
  for (const event::v1::Cursor& cursor : entry.cursors()) {
    ApplyCursor(cursor, state);
  }
  for (const journal::v1::Timer& timer : entry.timers()) {
    ApplyTimer(timer, state);
  }
  for (const journal::v1::Number& number : entry.numbers()) {
    ApplyNumber(number, state);
  }
  ApplyReply(entry, state);
}

}  // namespace jiedui::runtime
