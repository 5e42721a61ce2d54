// A problem made ready to be solved: sorted, its codes turned into numbers, its
// references into positions. Everything that solves or explains works on this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/matcher/engine/facts.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"
#include "services/matcher/engine/tables.h"

namespace jiedui::matcher::engine {

class Prepared {
 public:
  using Index = absl::flat_hash_map<std::string, int32_t>;

  // Whom someone knows by name or credit code; numbers of normalised texts.
  struct Identity {
    std::vector<int32_t> names;
  };

  // REQUIRES: Validate of both is OK. Keeps a copy of the problem, sorted.
  Prepared(Problem problem, const Policy& policy);
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  const Problem& problem() const { return problem_; }
  const Policy& policy() const { return policy_; }
  const Tables& tables() const { return tables_; }
  Context context() const { return {policy_, tables_}; }

  const std::vector<DemandFacts>& demands() const { return demands_; }
  const std::vector<Facts>& volunteers() const { return volunteers_; }
  const std::vector<Facts>& teams() const { return teams_; }
  const std::vector<Facts>& projects() const { return projects_; }
  const std::vector<Facts>& enterprises() const { return enterprises_; }
  const std::vector<Facts>& specialties() const { return specialties_; }

  // The demand as a talents seat sees it: one subject, no title asked for.
  DemandFacts Seat(int32_t demand, int32_t seat) const;

  // Whether the requester and the volunteer are of one unit, or the volunteer
  // has declared the requester a conflict.
  bool Conflict(int32_t demand, int32_t volunteer) const;

  // The requester's id among the enterprises, by credit code or else by name;
  // empty when it is not among them.
  const std::string& RequesterAsEnterprise(int32_t demand) const;

  // Why the resource (id of a volunteer, team or project) is not to serve.
  std::optional<ExclusionReason> ExclusionOf(int32_t demand,
                                             const std::string& resource) const;

  // Volunteers with an unexpired or expired skill of the discipline, in order.
  const std::vector<int32_t>& VolunteersOf(int32_t discipline) const {
    return by_discipline_[discipline];
  }
  // All who share a discipline with `demand`, each once, in order.
  std::vector<int32_t> VolunteersNear(const DemandFacts& demand) const;

  // Positions by id. REQUIRES: the id is there.
  int32_t DemandAt(const std::string& id) const;
  int32_t VolunteerAt(const std::string& id) const;
  int32_t TeamAt(const std::string& id) const;
  int32_t ProjectAt(const std::string& id) const;
  int32_t EnterpriseAt(const std::string& id) const;
  int32_t SpecialtyAt(const std::string& id) const;

 private:
  void PrepareDemands();
  void PrepareVolunteers();
  void PrepareTeams();
  void PrepareProjects();
  void PrepareEnterprises();
  void PrepareSpecialties();
  void PrepareConflicts();
  void IndexDisciplines();
  Facts FactsOfSubjects(const std::vector<std::string>& subjects) const;
  // Position of a volunteer; kNobody for the empty id.
  int32_t VolunteerOrNobody(const std::string& id) const;

  Problem problem_;
  Policy policy_;
  Tables tables_;
  Index demand_index_;
  Index volunteer_index_;
  Index team_index_;
  Index project_index_;
  Index enterprise_index_;
  Index specialty_index_;
  std::vector<DemandFacts> demands_;
  std::vector<std::vector<DemandFacts::WeightedSubject>> seat_subjects_;
  std::vector<Facts> volunteers_;
  std::vector<Facts> teams_;
  std::vector<Facts> projects_;
  std::vector<Facts> enterprises_;
  std::vector<Facts> specialties_;
  std::vector<Identity> requesters_;  // by demand
  std::vector<Identity> avoided_;     // by volunteer: own unit and conflicts
  // Position of an enterprise by number of its credit code or name.
  absl::flat_hash_map<int32_t, int32_t> enterprise_by_identity_;
  absl::flat_hash_map<std::pair<int32_t, std::string>, ExclusionReason>
      exclusions_;
  std::vector<std::vector<int32_t>> by_discipline_;
};

}  // namespace jiedui::matcher::engine
