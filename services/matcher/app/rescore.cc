#include "services/matcher/app/rescore.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/exclusions.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/ledger.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/problem_builder.h"
#include "services/matcher/domain/to_engine.h"
#include "services/matcher/domain/words.h"
#include "services/matcher/engine/round.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using demand::event::v1::Demand;
using type::v1::Choice;
using type::v1::Part;
using type::v1::PartKind;
using volunteer::event::v1::Enterprise;
using volunteer::event::v1::Project;
using volunteer::event::v1::Specialty;
using volunteer::event::v1::Team;
using volunteer::event::v1::Volunteer;

constexpr size_t kRunnersUp = 3;

// Whether the choice is the requester itself as the enterprise helped.
bool IsRequester(const Choice& choice) {
  return choice.features_size() == 1 &&
         choice.features(0).feature() ==
             FeatureName(engine::Feature::kRequester);
}

// The problem of one demand with nobody but those in its pairing.
class SmallProblem {
 public:
  SmallProblem(const Reader& state, absl::CivilDay as_of)
      : state_(state), builder_(as_of) {}

  void AddDemand(const Demand& demand) {
    builder_.Add(demand, HandlingTier(state_, demand.name()));
    VisitExclusionsOf(state_, demand.name(),
                      [this](const store::v1::ExclusionRecord& exclusion) {
                        builder_.Add(exclusion);
                      });
  }

  // One that is in the pairing already counts as free.
  absl::Status Add(const std::string& name, bool stays) {
    if (name.empty() || !added_.insert(name).second) return absl::OkStatus();
    if (name.starts_with(kVolunteers)) return AddPerson(name, stays);
    if (name.starts_with(kTeams)) return AddTeam(name, stays);
    if (name.starts_with(kProjects)) return AddProject(name, stays);
    if (name.starts_with(kEnterprises))
      return AddOther<Enterprise>(name, stays);
    return AddOther<Specialty>(name, stays);
  }

  void Lock(const Pairing& pairing, PartKind kind) {
    builder_.Lock(pairing, kind);
  }

  engine::Problem Build() && { return std::move(builder_).Build(); }

 private:
  template <typename Resource>
  absl::StatusOr<Resource> Find(const std::string& name, bool stays) const {
    auto resource = FindReplica<Resource>(state_, name);
    if (!resource) {
      return base::MakeError(Reason::kNotFound, {{"resource", name}});
    }
    if (!stays && !Serves(*resource)) return NotEligible(name, "NOT_SERVING");
    return *std::move(resource);
  }
  int32_t Used(const std::string& name, bool stays) const {
    return stays ? 0 : BookingsOf(state_, name);
  }

  absl::Status AddPerson(const std::string& name, bool stays) {
    ASSIGN_OR_RETURN(Volunteer person, Find<Volunteer>(name, stays));
    if (stays) person.set_capacity(std::max(person.capacity(), 1));
    builder_.Add(person, Used(name, stays), TallyOf(state_, name));
    return absl::OkStatus();
  }
  absl::Status AddTeam(const std::string& name, bool stays) {
    ASSIGN_OR_RETURN(Team team, Find<Team>(name, stays));
    if (stays) team.set_capacity(std::max(team.capacity(), 1));
    builder_.Add(team, Used(name, stays), TallyOf(state_, name));
    return absl::OkStatus();
  }
  absl::Status AddProject(const std::string& name, bool stays) {
    ASSIGN_OR_RETURN(const Project project, Find<Project>(name, stays));
    builder_.Add(project, Used(name, stays));
    return absl::OkStatus();
  }
  template <typename Resource>
  absl::Status AddOther(const std::string& name, bool stays) {
    ASSIGN_OR_RETURN(const Resource resource, Find<Resource>(name, stays));
    builder_.Add(resource);
    return absl::OkStatus();
  }

  const Reader& state_;
  ProblemBuilder builder_;
  std::set<std::string> added_;
};

// What the round recommended stays to be seen.
void KeepRecommendation(const Part& before, Part& now) {
  std::vector<type::v1::Alternative> runners;
  for (const Choice& choice : before.choices()) {
    type::v1::Alternative& runner = runners.emplace_back();
    runner.set_resource(choice.resource());
    runner.set_display_name(choice.display_name());
    runner.set_points(choice.points());
  }
  runners.insert(runners.end(), before.runners_up().begin(),
                 before.runners_up().end());
  std::erase_if(runners, [&](const type::v1::Alternative& runner) {
    return std::any_of(now.choices().begin(), now.choices().end(),
                       [&](const Choice& choice) {
                         return choice.resource() == runner.resource();
                       });
  });
  if (runners.size() > kRunnersUp) runners.resize(kRunnersUp);
  now.mutable_runners_up()->Assign(runners.begin(), runners.end());
  now.clear_best_excluded();
  if (before.has_best_excluded()) {
    *now.mutable_best_excluded() = before.best_excluded();
  }
}

std::vector<std::string> Replaced(const Part& part,
                                  const Replacement& replacement) {
  std::vector<std::string> resources;
  bool in = false;
  for (const Choice& choice : part.choices()) {
    in |= choice.resource() == replacement.out;
    resources.push_back(choice.resource() == replacement.out
                            ? replacement.in
                            : choice.resource());
  }
  if (!in) resources.push_back(replacement.in);
  return resources;
}

void PutAsRunnerUp(const Transaction& txn, const Replacement& replacement,
                   Pairing& pairing) {
  Choice choice;
  const Card card = CardOfReplica(txn, replacement.in);
  choice.set_resource(replacement.in);
  choice.set_display_name(card.display_name);
  choice.set_summary(card.summary);
  for (const auto& runner : PartOf(pairing, replacement.kind).runners_up()) {
    if (runner.resource() == replacement.in) choice.set_points(runner.points());
  }
  if (!replacement.out.empty()) TakeOut(pairing, replacement.out);
  Part& part = MutablePart(pairing, replacement.kind);
  *part.add_choices() = std::move(choice);
  AddUp(pairing);
}

absl::Status Rescore(const Transaction& txn, const engine::Policy& policy,
                     const Replacement& replacement, Pairing& pairing) {
  const auto demand = FindReplica<Demand>(txn, pairing.demand());
  const absl::CivilDay today = base::ChinaDay(txn.now());
  if (!demand || WindowPast(*demand, today)) {
    return NotEligible(pairing.demand(), "WINDOW");
  }
  const Pairing wish =
      WithResources(pairing, replacement.kind,
                    Replaced(PartOf(pairing, replacement.kind), replacement));
  ASSIGN_OR_RETURN(
      const engine::Problem problem,
      ProblemOf(txn, wish, type::v1::PART_KIND_UNSPECIFIED, *demand, today));
  ASSIGN_OR_RETURN(const engine::Plan plan, engine::Solve(problem, policy));
  TakeOver(
      plan.bundles.front(), *demand,
      [&txn](std::string_view resource) {
        return CardOfReplica(txn, resource);
      },
      replacement.kind, pairing);
  return absl::OkStatus();
}

}  // namespace

absl::Status NotEligible(const std::string& resource, std::string constraints) {
  return base::MakeError(
      Reason::kNotEligible,
      {{"resource", resource}, {"constraints", std::move(constraints)}});
}

Pairing WithResources(Pairing pairing, PartKind kind,
                      const std::vector<std::string>& resources) {
  Part& part = MutablePart(pairing, kind);
  part.clear_choices();
  for (const std::string& resource : resources) {
    part.add_choices()->set_resource(resource);
  }
  return pairing;
}

absl::StatusOr<engine::Problem> ProblemOf(const Reader& state,
                                          const Pairing& wish,
                                          PartKind newcomers,
                                          const Demand& demand,
                                          absl::CivilDay as_of) {
  SmallProblem problem(state, as_of);
  problem.AddDemand(demand);
  for (const Part& part : wish.parts()) {
    const bool stays = part.kind() != newcomers;
    for (const Choice& choice : part.choices()) {
      // The requester needs no entry in the register to be helped.
      if (IsRequester(choice)) continue;
      RETURN_IF_ERROR(problem.Add(choice.resource(), stays));
    }
    problem.Lock(wish, part.kind());
  }
  return std::move(problem).Build();
}

void TakeOver(const engine::Bundle& bundle, const Demand& demand,
              const CardOf& cards, PartKind kind, Pairing& pairing) {
  for (Part& part : *pairing.mutable_parts()) {
    if (part.kind() != kind && part.choices().empty()) continue;
    Part now = ToPart(bundle.part(ToEnginePart(part.kind())), demand, cards);
    if (part.kind() != kind) {
      part.mutable_choices()->Swap(now.mutable_choices());
      continue;
    }
    // Locked for the engine only.
    if (now.status() == type::v1::PART_STATUS_LOCKED) {
      now.set_status(type::v1::PART_STATUS_FILLED);
    }
    KeepRecommendation(part, now);
    part = std::move(now);
  }
  pairing.clear_synergies();
  for (const engine::Entry& entry : bundle.synergies) {
    *pairing.add_synergies() = ToSynergy(entry);
  }
  auto& locked = *pairing.mutable_locked_parts();
  locked.erase(std::remove(locked.begin(), locked.end(), kind), locked.end());
  AddUp(pairing);
}

void Replace(const Transaction& txn, const engine::Policy& policy,
             const Replacement& replacement, Pairing& pairing) {
  if (!Rescore(txn, policy, replacement, pairing).ok()) {
    PutAsRunnerUp(txn, replacement, pairing);
  }
}

}  // namespace jiedui::matcher
