// What the matcher knows of the other services' resources: the latest they
// told, by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "common/store/overlay.h"
#include "common/store/store.h"
#include "jiedui/demand/event/v1/demand_event.pb.h"
#include "jiedui/event/v1/event.pb.h"
#include "jiedui/volunteer/event/v1/volunteer_event.pb.h"
#include "services/matcher/app/keys.h"
#include "services/matcher/domain/proposal.h"

namespace jiedui::matcher {

// The row prefix of each type.
template <typename Message>
inline constexpr char kReplicaKey = 0;
template <>
inline constexpr char kReplicaKey<demand::event::v1::Demand> = keys::kDemand;
template <>
inline constexpr char kReplicaKey<volunteer::event::v1::Volunteer> =
    keys::kVolunteer;
template <>
inline constexpr char kReplicaKey<volunteer::event::v1::Team> = keys::kTeam;
template <>
inline constexpr char kReplicaKey<volunteer::event::v1::Project> =
    keys::kProject;
template <>
inline constexpr char kReplicaKey<volunteer::event::v1::Enterprise> =
    keys::kEnterprise;
template <>
inline constexpr char kReplicaKey<volunteer::event::v1::Station> =
    keys::kStation;
template <>
inline constexpr char kReplicaKey<volunteer::event::v1::Specialty> =
    keys::kSpecialty;

template <typename Message>
std::optional<Message> FindReplica(const jiedui::store::Reader& state,
                                   std::string_view name) {
  const auto bytes = state.Get(keys::One(kReplicaKey<Message>, name));
  Message message;
  if (!bytes || !message.ParseFromString(*bytes)) return std::nullopt;
  return message;
}

// All of a kind, by name.
template <typename Message>
void VisitReplicas(const jiedui::store::Reader& state,
                   absl::FunctionRef<void(const Message&)> visit) {
  jiedui::store::ScanPrefix(state, std::string(1, kReplicaKey<Message>),
                            [&](std::string_view, std::string_view bytes) {
                              Message message;
                              message.ParseFromArray(
                                  bytes.data(), static_cast<int>(bytes.size()));
                              visit(message);
                              return true;
                            });
}

// Keeps what `event` carries, when it is a kind of resource followed here.
void ApplyReplica(const jiedui::event::v1::Event& event,
                  jiedui::store::Overlay& state);

// A resource of any kind as people read it; one that is not known is shown by
// its name.
Card CardOfReplica(const jiedui::store::Reader& state,
                   std::string_view resource);

}  // namespace jiedui::matcher
