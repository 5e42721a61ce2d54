#include "services/matcher/app/replicas.h"

#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {
namespace {

using volunteer::event::v1::Enterprise;
using volunteer::event::v1::Project;
using volunteer::event::v1::Specialty;
using volunteer::event::v1::Station;
using volunteer::event::v1::Team;
using volunteer::event::v1::Volunteer;

// Whether a demand in this state may be one whose service its registry has not
// heard of.
bool Waits(std::string_view state) {
  return state == "OPEN" || state == "PROPOSED" || state == "DISPATCHED" ||
         state == "IN_SERVICE";
}

// The payload's bytes are the row: what is not known yet is kept too.
template <typename Message>
bool Keep(const jiedui::event::v1::Event& event,
          jiedui::store::Overlay& state) {
  if (!event.payload().Is<Message>()) return false;
  state.Put(keys::One(kReplicaKey<Message>, event.subject()),
            event.payload().value());
  return true;
}

template <typename Message>
Card ReadCard(const jiedui::store::Reader& state, std::string_view name) {
  const std::optional<Message> message = FindReplica<Message>(state, name);
  if (!message) return {std::string(name), ""};
  return {message->display_name(), SummaryOf(*message)};
}

}  // namespace

void ApplyReplica(const jiedui::event::v1::Event& event,
                  jiedui::store::Overlay& state) {
  demand::event::v1::Demand demand;
  if (event.payload().UnpackTo(&demand) && !Waits(demand.state())) {
    state.Delete(keys::One(keys::kServed, demand.name()));
  }
  Keep<demand::event::v1::Demand>(event, state) ||
      Keep<Volunteer>(event, state) || Keep<Team>(event, state) ||
      Keep<Project>(event, state) || Keep<Enterprise>(event, state) ||
      Keep<Station>(event, state) || Keep<Specialty>(event, state);
}

Card CardOfReplica(const jiedui::store::Reader& state,
                   std::string_view resource) {
  if (resource.starts_with(kVolunteers)) {
    return ReadCard<Volunteer>(state, resource);
  }
  if (resource.starts_with(kTeams)) return ReadCard<Team>(state, resource);
  if (resource.starts_with(kProjects))
    return ReadCard<Project>(state, resource);
  if (resource.starts_with(kEnterprises)) {
    return ReadCard<Enterprise>(state, resource);
  }
  return ReadCard<Specialty>(state, resource);
}

}  // namespace jiedui::matcher
