#include "tests/simulation/wire.h"

#include <algorithm>

#include "common/journal/journal.h"
#include "common/runtime/events.h"

namespace jiedui::simulation {

const Wire::Commit* Wire::Events(const std::string& source, uint64_t seq) {
  const Node* node = nodes_.at(source);
  std::vector<Commit>& commits = commits_[source];
  while (commits.size() < seq) {
    const auto record =
        journal::Journal::Read(node->store(), commits.size() + 1);
    if (!record) return nullptr;
    commits.push_back(runtime::EventsOf(node->reader(), *record));
  }
  return &commits[seq - 1];
}

bool Wire::Tells(const std::string& source, uint64_t seq) {
  const Commit* commit = Events(source, seq);
  return commit != nullptr &&
         std::any_of(commit->begin(), commit->end(),
                     [](const auto& event) { return event.has_payload(); });
}

}  // namespace jiedui::simulation
