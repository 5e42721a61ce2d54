#include "services/matcher/engine/stages.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/features/feature.h"
#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {
namespace {

int32_t Admission(const Prepared& prepared, Part part) {
  return prepared.policy().admission[static_cast<int>(part)];
}

Edge MakeEdge(int32_t resource, int32_t tier_distance, int64_t quality) {
  Edge edge;
  edge.resource = resource;
  edge.tier_distance = static_cast<uint32_t>(tier_distance);
  edge.quality = static_cast<uint32_t>(quality);
  return edge;
}

// Who may take an expert's or talent's seat.
std::vector<Edge> PersonEdges(const Prepared& prepared, Part part,
                              const DemandFacts& facts, const Draft& draft,
                              const Remaining& remaining) {
  std::vector<Edge> edges;
  for (int32_t i : prepared.VolunteersNear(facts)) {
    if (remaining.volunteers[i] == 0 || draft.HasPerson(i)) continue;
    if (!VolunteerConstraints(prepared, facts, i).empty()) continue;
    const int32_t score =
        Score(prepared.context(), part, facts, prepared.volunteers()[i]);
    if (score < Admission(prepared, part)) continue;
    edges.push_back(
        MakeEdge(i, PersonDistance(prepared, facts, i, score), score));
  }
  return edges;
}

std::vector<Edge> ProjectEdges(const Prepared& prepared,
                               const DemandFacts& facts,
                               const Remaining& remaining) {
  const Policy& policy = prepared.policy();
  std::vector<Edge> edges;
  for (size_t i = 0; i < prepared.projects().size(); ++i) {
    const auto index = static_cast<int32_t>(i);
    if (remaining.projects[i] == 0) continue;
    if (!ProjectConstraints(prepared, facts, index).empty()) continue;
    const Facts& project = prepared.projects()[i];
    const Choice choice =
        Assess(prepared.context(), Part::kProject, facts, project);
    if (choice.score < Admission(prepared, Part::kProject)) continue;
    const Entry owns = AssessSynergy(prepared.context(), Feature::kExpertOwns,
                                     policy.expert_owns, facts, project);
    edges.push_back(MakeEdge(index, 0, choice.points + owns.points));
  }
  return edges;
}

std::vector<Edge> TeamEdges(const Prepared& prepared, const DemandFacts& facts,
                            const Remaining& remaining) {
  const Policy& policy = prepared.policy();
  std::vector<Edge> edges;
  for (size_t i = 0; i < prepared.teams().size(); ++i) {
    const auto index = static_cast<int32_t>(i);
    if (remaining.teams[i] == 0) continue;
    if (!TeamConstraints(prepared, facts, index).empty()) continue;
    const Facts& team = prepared.teams()[i];
    const Choice choice = Assess(prepared.context(), Part::kTeam, facts, team);
    if (choice.score < Admission(prepared, Part::kTeam)) continue;
    const Entry together =
        AssessSynergy(prepared.context(), Feature::kExpertTeam,
                      policy.expert_team, facts, team);
    edges.push_back(MakeEdge(index,
                             TeamDistance(prepared, facts, index, choice.score),
                             choice.points + together.points));
  }
  return edges;
}

// Solves the stage and hands every assignment to `take(demand, resource)`.
template <typename Take>
absl::Status Run(Stage& stage, Steps& steps, Take take) {
  const Progress alive = [&](int64_t, int64_t) { return steps.Tell(); };
  ASSIGN_OR_RETURN(stage.result, SolveFlow(stage.flow, alive));
  for (size_t row = 0; row < stage.demand_of_row.size(); ++row) {
    const int32_t resource = stage.result.resource[row];
    if (resource != kOutside) take(stage.demand_of_row[row], resource);
  }
  return absl::OkStatus();
}

absl::Status Cancelled() { return base::MakeError(base::Reason::kCancelled); }

std::vector<Choice> BestFirst(std::vector<Choice> choices) {
  std::sort(choices.begin(), choices.end(),
            [](const Choice& a, const Choice& b) {
              if (a.score != b.score) return a.score > b.score;
              return a.resource < b.resource;
            });
  return choices;
}

}  // namespace

DemandFacts FactsWithExpert(const Prepared& prepared, int32_t demand,
                            const Draft& draft) {
  DemandFacts facts = prepared.demands()[demand];
  facts.expert = draft.at(Part::kExpert);
  return facts;
}

int32_t PersonDistance(const Prepared& prepared, const DemandFacts& demand,
                       int32_t volunteer, int32_t score) {
  if (score < prepared.policy().floor) return kBelowFloorDistance;
  if (IsAboutWhoComes(demand.action)) {
    const FeatureValue fits = ActionFeature(prepared.context(), demand,
                                            prepared.volunteers()[volunteer]);
    return fits.f > 0 ? 0 : kBelowFloorDistance;
  }
  return TierDistance(prepared.problem().demands[demand.index].tier,
                      prepared.problem().volunteers[volunteer].tier);
}

int32_t TeamDistance(const Prepared& prepared, const DemandFacts& demand,
                     int32_t team, int32_t score) {
  const Facts& facts = prepared.teams()[team];
  if (TogetherFeature(prepared.context(), demand, facts).f > 0) return 0;
  if (score < prepared.policy().floor) return kBelowFloorDistance;
  return TierDistance(prepared.problem().demands[demand.index].tier,
                      prepared.problem().teams[team].tier);
}

absl::StatusOr<Stage> AssignExperts(const Prepared& prepared, Steps& steps,
                                    std::vector<Draft>& drafts,
                                    Remaining& remaining) {
  Stage stage(remaining.volunteers, drafts.size());
  for (const DemandFacts& facts : prepared.demands()) {
    const Demand& demand = prepared.problem().demands[facts.index];
    const Draft& draft = drafts[facts.index];
    if (!steps.Next()) return Cancelled();
    if (!Wanted(demand, draft, Part::kExpert)) continue;
    stage.AddRow(facts.index, UnmetCost(demand),
                 PersonEdges(prepared, Part::kExpert, facts, draft, remaining));
  }
  RETURN_IF_ERROR(Run(stage, steps, [&](int32_t demand, int32_t resource) {
    drafts[demand].Set(Part::kExpert, resource);
    --remaining.volunteers[resource];
  }));
  return stage;
}

absl::StatusOr<Stage> AssignProjects(const Prepared& prepared, Steps& steps,
                                     std::vector<Draft>& drafts,
                                     Remaining& remaining) {
  Stage stage(remaining.projects, drafts.size());
  for (size_t i = 0; i < drafts.size(); ++i) {
    const Demand& demand = prepared.problem().demands[i];
    if (!steps.Next()) return Cancelled();
    if (!Wanted(demand, drafts[i], Part::kProject)) continue;
    const DemandFacts facts = FactsWithExpert(prepared, i, drafts[i]);
    stage.AddRow(facts.index, UnmetCost(demand),
                 ProjectEdges(prepared, facts, remaining));
  }
  RETURN_IF_ERROR(Run(stage, steps, [&](int32_t demand, int32_t resource) {
    drafts[demand].Set(Part::kProject, resource);
    --remaining.projects[resource];
  }));
  return stage;
}

absl::StatusOr<Stage> AssignTeams(const Prepared& prepared, Steps& steps,
                                  std::vector<Draft>& drafts,
                                  Remaining& remaining) {
  Stage stage(remaining.teams, drafts.size());
  for (size_t i = 0; i < drafts.size(); ++i) {
    const Demand& demand = prepared.problem().demands[i];
    if (!steps.Next()) return Cancelled();
    if (!Wanted(demand, drafts[i], Part::kTeam)) continue;
    const DemandFacts facts = FactsWithExpert(prepared, i, drafts[i]);
    stage.AddRow(facts.index, UnmetCost(demand),
                 TeamEdges(prepared, facts, remaining));
  }
  RETURN_IF_ERROR(Run(stage, steps, [&](int32_t demand, int32_t resource) {
    drafts[demand].Set(Part::kTeam, resource);
    --remaining.teams[resource];
  }));
  return stage;
}

int64_t TalentsSeats(const std::vector<Draft>& drafts) {
  size_t seats = 0;
  for (const Draft& draft : drafts) {
    seats = std::max(seats, draft.talents.size());
  }
  return static_cast<int64_t>(seats);
}

absl::StatusOr<std::vector<Stage>> AssignTalents(const Prepared& prepared,
                                                 Steps& steps,
                                                 std::vector<Draft>& drafts,
                                                 Remaining& remaining) {
  const auto seats = static_cast<size_t>(TalentsSeats(drafts));
  std::vector<Stage> stages;
  for (size_t seat = 0; seat < seats; ++seat) {
    Stage& stage = stages.emplace_back(remaining.volunteers, drafts.size());
    for (size_t i = 0; i < drafts.size(); ++i) {
      const Draft& draft = drafts[i];
      if (!steps.Next()) return Cancelled();
      if (seat >= draft.talents.size() || draft.talents[seat] != kNobody) {
        continue;
      }
      const DemandFacts facts = prepared.Seat(i, seat);
      stage.AddRow(
          facts.index, UnmetCost(prepared.problem().demands[i]),
          PersonEdges(prepared, Part::kTalents, facts, draft, remaining));
    }
    RETURN_IF_ERROR(Run(stage, steps, [&](int32_t demand, int32_t resource) {
      drafts[demand].talents[seat] = resource;
      --remaining.volunteers[resource];
    }));
  }
  return stages;
}

std::vector<Choice> EnterpriseChoices(const Prepared& prepared,
                                      int32_t demand) {
  const DemandFacts& facts = prepared.demands()[demand];
  std::vector<Choice> choices;
  if (facts.industry == kNoIndustry) return choices;
  for (size_t i = 0; i < prepared.enterprises().size(); ++i) {
    const Facts& enterprise = prepared.enterprises()[i];
    if (!prepared.tables().SameCity(facts.place, enterprise.place)) continue;
    Choice choice =
        Assess(prepared.context(), Part::kEnterprise, facts, enterprise);
    if (choice.score < Admission(prepared, Part::kEnterprise)) continue;
    choice.resource = prepared.problem().enterprises[i].id;
    choices.push_back(std::move(choice));
  }
  return BestFirst(std::move(choices));
}

std::vector<Choice> IndustryChoices(const Prepared& prepared, int32_t demand) {
  const DemandFacts& facts = prepared.demands()[demand];
  const Tables& tables = prepared.tables();
  std::vector<Choice> choices;
  for (size_t i = 0; i < prepared.specialties().size(); ++i) {
    const Facts& specialty = prepared.specialties()[i];
    // Of the demand's county, or of a city or province it lies in.
    if (!tables.SameCounty(facts.place, specialty.place) &&
        !tables.region(facts.place).IsWithin(tables.region(specialty.place))) {
      continue;
    }
    Choice choice =
        Assess(prepared.context(), Part::kIndustry, facts, specialty);
    if (choice.score < Admission(prepared, Part::kIndustry)) continue;
    choice.resource = prepared.problem().specialties[i].id;
    choices.push_back(std::move(choice));
  }
  return BestFirst(std::move(choices));
}

}  // namespace jiedui::matcher::engine
