// Events of the journals, for people and scripts.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "jiedui/event/v1/event.pb.h"

namespace jiedui::cli {

class Session;

// All events about one of `subjects`, in the order of their commits.
absl::Status FetchEventsOf(Session& session, const std::string& source,
                           const std::vector<std::string>& subjects,
                           std::vector<event::v1::Event>* events);

// A table, or {"events":[…]}.
void ShowEvents(Session& session, const std::vector<event::v1::Event>& events);

// One line of text or JSON, flushed: for a stream.
void ShowEvent(Session& session, const event::v1::Event& event);

}  // namespace jiedui::cli
