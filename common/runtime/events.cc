#include "common/runtime/events.h"

#include <string>
#include <utility>

namespace jiedui::runtime {
namespace {

event::v1::Event EventOf(const runtime::Machine& machine,
                         const journal::v1::Entry& entry,
                         const journal::v1::Fact& fact) {
  event::v1::Event event;
  machine.Publish(fact, &event);
  if (!event.has_payload()) return event;
  event.set_actor(entry.actor());
  event.set_request_id(entry.request_id());
  event.set_subject(fact.subject());
  event.set_version(fact.version());
  event.set_verb(fact.verb());
  event.set_from_state(fact.from_state());
  event.set_to_state(fact.to_state());
  event.set_reason_code(fact.reason_code());
  event.set_note(fact.note());
  return event;
}

}  // namespace

std::vector<event::v1::Event> EventsOf(const runtime::Machine& machine,
                                       const journal::v1::Record& record) {
  std::vector<event::v1::Event> events;
  for (const journal::v1::Entry& entry : record.entries()) {
    for (const journal::v1::Fact& fact : entry.facts()) {
      event::v1::Event event = EventOf(machine, entry, fact);
      if (event.has_payload()) events.push_back(std::move(event));
    }
  }
  if (events.empty()) events.emplace_back();
  for (size_t i = 0; i < events.size(); ++i) {
    events[i].set_source(std::string(machine.source()));
    events[i].set_seq(record.seq());
    events[i].set_index(static_cast<uint32_t>(i));
    *events[i].mutable_time() = record.time();
  }
  events.back().set_last(true);
  return events;
}

}  // namespace jiedui::runtime
