// A problem made ready to be solved: its codes turned into numbers, its
// references into positions, its volunteers into columns. Everything that
// solves or explains works on this. Reading is thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/matcher/engine/corps.h"
#include "services/matcher/engine/facts.h"
#include "services/matcher/engine/facts_table.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/postings.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {

class Prepared {
 public:
  // REQUIRES: Validate of both is OK.
  Prepared(Problem problem, const Policy& policy);
  // A problem whose volunteers are in `corps`, sealed; the list of them in
  // `rest` is empty. REQUIRES: together they would be valid.
  Prepared(Problem rest, Corps corps, const Policy& policy);
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  // Changes while a round is kept open; positions stay as they are, what is new
  // comes last. REQUIRES: the whole stays valid. Not thread-safe.
  //
  // Takes the place of what has that id, or adds it; returns the position.
  int32_t Put(const Demand& demand);
  int32_t Put(const Volunteer& volunteer) { return corps_.Put(volunteer); }
  void SetVolunteerCapacity(int32_t volunteer, int32_t capacity) {
    corps_.SetCapacity(volunteer, capacity);
  }
  void SetTeamCapacity(int32_t team, int32_t capacity);
  void SetLicences(int32_t project, int32_t licences);
  // Nothing when the pair is excluded already.
  void Exclude(const Exclusion& exclusion);

  // As prepared: sorted, then what came later, and without its volunteers, who
  // are in corps().
  const Problem& problem() const { return problem_; }
  const Policy& policy() const { return policy_; }
  const Corps& corps() const { return corps_; }

  const std::vector<DemandFacts>& demands() const { return demands_; }
  const FactsTable& teams() const { return teams_; }
  const FactsTable& projects() const { return projects_; }
  const FactsTable& enterprises() const { return enterprises_; }
  const FactsTable& specialties() const { return specialties_; }

  // The region a team serves.
  PlaceIndex TeamServes(int32_t team) const {
    return team_serves_[static_cast<size_t>(team)];
  }
  const Postings& team_postings() const { return team_postings_; }
  // Projects serve everywhere: all stand in cells of place 0, 省.
  const Postings& project_postings() const { return project_postings_; }
  // Enterprises of the city the demand lies in.
  const std::vector<int32_t>& EnterprisesOfCity(PlaceIndex demand) const;
  // Specialties of the demand's county, or of a city or province it lies in.
  std::vector<int32_t> SpecialtiesFor(PlaceIndex demand) const;

  // Teams a volunteer leads or is in, projects it owns; by volunteer.
  const std::vector<int32_t>& TeamsOf(int32_t volunteer) const;
  const std::vector<int32_t>& ProjectsOf(int32_t volunteer) const;

  // The demand as a talents seat sees it: one subject, no title asked for.
  DemandFacts Seat(int32_t demand, int32_t seat) const;

  // The requester's id among the enterprises, by credit code or else by name;
  // empty when it is not among them.
  const std::string& RequesterAsEnterprise(int32_t demand) const;

  // Why the resource (id of a volunteer, team or project) is not to serve.
  std::optional<ExclusionReason> ExclusionOf(int32_t demand,
                                             std::string_view resource) const;

  // Positions by id. REQUIRES: the id is there.
  int32_t DemandAt(const std::string& id) const;
  int32_t VolunteerAt(const std::string& id) const { return corps_.Find(id); }
  int32_t TeamAt(const std::string& id) const;
  int32_t ProjectAt(const std::string& id) const;
  int32_t EnterpriseAt(const std::string& id) const;
  int32_t SpecialtyAt(const std::string& id) const;
  // The same, or kNobody when there is none of that id.
  int32_t FindDemand(const std::string& id) const;
  int32_t FindTeam(const std::string& id) const;
  int32_t FindProject(const std::string& id) const;
  int32_t FindEnterprise(const std::string& id) const;
  int32_t FindSpecialty(const std::string& id) const;

 private:
  explicit Prepared(std::pair<Problem, Corps> parts, const Policy& policy);

  using Index = absl::flat_hash_map<std::string, int32_t>;
  using Lists = absl::flat_hash_map<int32_t, std::vector<int32_t>>;

  // The demand as scoring sees it, at this position.
  void PrepareDemand(size_t position);
  void PrepareTeams();
  void PrepareProjects();
  void PrepareEnterprises();
  void PrepareSpecialties();
  void PrepareExclusions();
  FactsInput InputOfSubjects(const std::vector<std::string>& subjects) const;

  Problem problem_;
  Policy policy_;
  Corps corps_;
  Index demand_index_;
  Index team_index_;
  Index project_index_;
  Index enterprise_index_;
  Index specialty_index_;
  std::vector<DemandFacts> demands_;
  std::vector<std::vector<SubjectIndex>> seat_subjects_;
  FactsTable teams_;
  FactsTable projects_;
  FactsTable enterprises_;
  FactsTable specialties_;
  std::vector<PlaceIndex> team_serves_;
  Postings team_postings_;
  Postings project_postings_;
  Lists enterprises_of_city_;
  Lists specialties_of_region_;
  Lists teams_of_;
  Lists projects_of_;
  // Position of an enterprise by number of its credit code or name.
  absl::flat_hash_map<NameId, int32_t> enterprise_by_name_;
  absl::flat_hash_map<std::pair<int32_t, std::string>, ExclusionReason>
      exclusions_;
};

}  // namespace jiedui::matcher::engine
