#include "services/matcher/app/question.h"

#include <algorithm>
#include <optional>

#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/comparison.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/to_engine.h"
#include "services/matcher/engine/round.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using jiedui::store::Reader;

template <typename T>
const T* FindById(const std::vector<T>& list, std::string_view id) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const T& one) { return one.id == id; });
  return found == list.end() ? nullptr : &*found;
}

// Its state when it is there but not for rounds; nothing when it is. Errors:
// kNotFound.
template <typename Resource>
absl::StatusOr<std::string> NotServingOf(const Reader& state,
                                         const std::string& name) {
  const std::optional<Resource> resource = FindReplica<Resource>(state, name);
  if (!resource) {
    return base::MakeError(Reason::kNotFound, {{"resource", name}});
  }
  if (Serves(*resource)) return std::string();
  if constexpr (requires { resource->state(); }) {
    return std::string(resource->state());
  }
  return std::string("RETIRED");
}

}  // namespace

void CheckRival(const std::string& resource, base::Violations& violations) {
  if (resource.empty()) {
    violations.Add("resource", Reason::kFieldRequired);
  } else if (!resource.starts_with(kVolunteers) &&
             !resource.starts_with(kTeams) &&
             !resource.starts_with(kProjects)) {
    violations.Add("resource", Reason::kFieldMalformed,
                   {{"value", resource},
                    {"expected", "volunteers/…, teams/…, projects/…"}});
  }
}

absl::StatusOr<std::string> NotServing(const Reader& state,
                                       const std::string& name) {
  using volunteer::event::v1::Project;
  using volunteer::event::v1::Team;
  using volunteer::event::v1::Volunteer;
  if (name.starts_with(kTeams)) return NotServingOf<Team>(state, name);
  if (name.starts_with(kProjects)) return NotServingOf<Project>(state, name);
  return NotServingOf<Volunteer>(state, name);
}

absl::Status Question::Read(absl::CivilDay as_of) {
  if (!progress_("snapshot", 0, 0)) {
    return base::MakeError(Reason::kCancelled);
  }
  basis_ = ReadBasis(snapshot_, as_of);
  return absl::OkStatus();
}

const engine::Demand* Question::FindDemand(const std::string& name) const {
  return FindById(problem().demands, name);
}

bool Question::Has(std::string_view resource) const {
  if (resource.starts_with(kTeams)) return FindById(problem().teams, resource);
  if (resource.starts_with(kProjects)) {
    return FindById(problem().projects, resource);
  }
  return FindById(problem().volunteers, resource);
}

absl::StatusOr<engine::Plan> Question::Solve(const engine::Problem& problem,
                                             std::string_view phase) const {
  return engine::Solve(problem, policy_, [&](int64_t done, int64_t total) {
    return progress_(phase, done, total);
  });
}

v1::Comparison Question::Tell(
    const engine::Comparison& comparison,
    google::protobuf::RepeatedPtrField<v1::DemandChange>& changes) const {
  for (const engine::DemandChange& change : comparison.changes) {
    *changes.Add() = ToDemandChange(change, TitleOf(change.demand), Cards());
  }
  return ToComparison(comparison);
}

std::string Question::TitleOf(const std::string& demand) const {
  const auto found = FindReplica<demand::event::v1::Demand>(snapshot_, demand);
  return found ? found->title() : "";
}

v1::NamedResource Question::Named(const std::string& resource) const {
  return ToNamed(resource, Cards());
}

std::string Question::SummaryOf(const std::string& resource) const {
  return Cards()(resource).summary;
}

CardOf Question::Cards() const {
  return [this](std::string_view resource) {
    return CardOfReplica(snapshot_, resource);
  };
}

}  // namespace jiedui::matcher
