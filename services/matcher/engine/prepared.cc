#include "services/matcher/engine/prepared.h"

#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {
namespace {

using codes::RegionLevel;

constexpr uint16_t kFullStrength = 1000;  // ‰

Problem Sorted(Problem problem) {
  Sort(problem);
  return problem;
}

Corps TakeVolunteers(Problem& problem, const Policy& policy) {
  Corps corps(policy);
  for (const Volunteer& volunteer : problem.volunteers) corps.Add(volunteer);
  corps.Seal();
  problem.volunteers = {};
  return corps;
}

std::pair<Problem, Corps> Split(Problem problem, const Policy& policy) {
  Corps corps = TakeVolunteers(problem, policy);
  return {std::move(problem), std::move(corps)};
}

template <typename T>
absl::flat_hash_map<std::string, int32_t> IndexById(
    const std::vector<T>& list) {
  absl::flat_hash_map<std::string, int32_t> index;
  index.reserve(list.size());
  for (const T& item : list) index.emplace(item.id, index.size());
  return index;
}

uint32_t DialectBits(const std::vector<codes::Dialect>& dialects) {
  uint32_t bits = 0;
  for (codes::Dialect dialect : dialects) {
    bits |= 1u << static_cast<int>(dialect);
  }
  return bits;
}

void Ask(DemandFacts& facts, SubjectIndex subject, int32_t weight) {
  facts.subjects.push_back({subject, weight, SubjectRow(subject)});
  const DisciplineIndex discipline = DisciplineOf(subject);
  auto& list = facts.disciplines;
  if (std::find(list.begin(), list.end(), discipline) == list.end()) {
    list.push_back(discipline);
  }
}

PlaceIndex CityOf(PlaceIndex place) {
  const codes::Region* city = RegionOf(place).AncestorAt(RegionLevel::kCity);
  return city == nullptr ? -1 : IndexOf(*city);
}

const codes::Region& CountyOrWider(PlaceIndex place) {
  const codes::Region& region = RegionOf(place);
  const codes::Region* county = region.AncestorAt(RegionLevel::kCounty);
  return county == nullptr ? region : *county;
}

const std::vector<int32_t>& Look(
    const absl::flat_hash_map<int32_t, std::vector<int32_t>>& lists,
    int32_t key) {
  static const auto* const none = new std::vector<int32_t>;
  const auto found = lists.find(key);
  return found == lists.end() ? *none : found->second;
}

int32_t Find(const absl::flat_hash_map<std::string, int32_t>& index,
             const std::string& id) {
  const auto found = index.find(id);
  return found == index.end() ? kNobody : found->second;
}

}  // namespace

Prepared::Prepared(Problem problem, const Policy& policy)
    : Prepared(Split(std::move(problem), policy), policy) {}

Prepared::Prepared(Problem rest, Corps corps, const Policy& policy)
    : Prepared({std::move(rest), std::move(corps)}, policy) {}

Prepared::Prepared(std::pair<Problem, Corps> parts, const Policy& policy)
    : problem_(Sorted(std::move(parts.first))),
      policy_(policy),
      corps_(std::move(parts.second)),
      demand_index_(IndexById(problem_.demands)),
      team_index_(IndexById(problem_.teams)),
      project_index_(IndexById(problem_.projects)),
      enterprise_index_(IndexById(problem_.enterprises)),
      specialty_index_(IndexById(problem_.specialties)) {
  demands_.resize(problem_.demands.size());
  seat_subjects_.resize(problem_.demands.size());
  for (size_t i = 0; i < demands_.size(); ++i) PrepareDemand(i);
  PrepareTeams();
  PrepareProjects();
  PrepareEnterprises();
  PrepareSpecialties();
  PrepareExclusions();
}

void Prepared::PrepareDemand(size_t position) {
  const std::vector<int32_t>& positions = policy_.subject_positions;
  Dictionary& dictionary = corps_.dictionary();
  const Demand& demand = problem_.demands[position];
  DemandFacts facts;
  facts.index = static_cast<int32_t>(position);
  for (const std::string& subject : demand.subjects) {
    const size_t at = std::min(facts.subjects.size(), positions.size() - 1);
    Ask(facts, IndexOfSubject(subject), positions[at]);
  }
  facts.industry = IndexOfIndustry(demand.industry);
  if (facts.industry != kNoIndustry) {
    facts.industry_similarity = IndustryRow(facts.industry);
    facts.crosswalk = CrosswalkRow(facts.industry);
  }
  facts.place = IndexOfPlace(demand.region);
  facts.SetTokens(dictionary.Tokens(demand.text));
  facts.window = demand.window;
  facts.mode = demand.mode;
  facts.dialects = DialectBits(demand.dialects);
  facts.dialect_required = demand.dialect_required;
  facts.title_min = demand.title_min;
  facts.action = demand.action;
  facts.tier = demand.tier;
  facts.opened = demand.opened;
  facts.requester = {dictionary.Name(demand.requester_name),
                     dictionary.CreditCode(demand.requester_credit_code)};
  demands_[position] = std::move(facts);
  std::vector<SubjectIndex>& seats = seat_subjects_[position];
  seats.clear();
  for (const std::string& subject : demand.talents_subjects) {
    seats.push_back(IndexOfSubject(subject));
  }
}

int32_t Prepared::Put(const Demand& demand) {
  const auto [found, fresh] = demand_index_.try_emplace(
      demand.id, static_cast<int32_t>(problem_.demands.size()));
  const auto position = static_cast<size_t>(found->second);
  if (fresh) {
    problem_.demands.emplace_back();
    demands_.emplace_back();
    seat_subjects_.emplace_back();
  }
  problem_.demands[position] = demand;
  PrepareDemand(position);
  return found->second;
}

void Prepared::SetTeamCapacity(int32_t team, int32_t capacity) {
  problem_.teams[static_cast<size_t>(team)].capacity = capacity;
}

void Prepared::SetLicences(int32_t project, int32_t licences) {
  problem_.projects[static_cast<size_t>(project)].licences = licences;
}

void Prepared::Exclude(const Exclusion& exclusion) {
  const bool fresh =
      exclusions_
          .try_emplace({DemandAt(exclusion.demand), exclusion.resource},
                       exclusion.reason)
          .second;
  if (fresh) problem_.exclusions.push_back(exclusion);
}

void Prepared::PrepareTeams() {
  for (const Team& team : problem_.teams) {
    const auto row = static_cast<int32_t>(team_serves_.size());
    FactsInput input = InputOfSubjects(team.subjects);
    input.scalars.place = IndexOfPlace(team.region);
    input.scalars.tier = team.tier;
    input.scalars.rating_f = SmoothedRating(policy_, team.rating);
    if (!team.leader.empty()) {
      input.scalars.leader = VolunteerAt(team.leader);
      teams_of_[input.scalars.leader].push_back(row);
    }
    for (const std::string& member : team.members) {
      if (member == team.leader) continue;
      input.members.push_back(VolunteerAt(member));
      teams_of_[input.members.back()].push_back(row);
    }
    std::sort(input.members.begin(), input.members.end());
    teams_.Add(input);
    team_serves_.push_back(
        RegionServed(input.scalars.place, team.tier, team.line));
    team_postings_.Add(team_serves_.back(), team.tier, teams_[row],
                       Mode::kEither, row);
  }
  team_postings_.Pack();
}

void Prepared::PrepareProjects() {
  for (const Project& project : problem_.projects) {
    const int32_t row = projects_.size();
    FactsInput input = InputOfSubjects(project.subjects);
    for (const std::string& industry : project.industries) {
      input.industries.push_back(IndexOfIndustry(industry));
    }
    input.tokens = corps_.dictionary().Tokens(project.text);
    input.scalars.place = IndexOfPlace(project.region);
    input.scalars.readiness = static_cast<uint8_t>(project.readiness);
    if (!project.owner.empty()) {
      input.scalars.leader = VolunteerAt(project.owner);
      projects_of_[input.scalars.leader].push_back(row);
    }
    projects_.Add(input);
    project_postings_.Add(0, codes::Tier::kProvince, projects_[row],
                          Mode::kEither, row);
  }
  project_postings_.Pack();
}

void Prepared::PrepareEnterprises() {
  for (const Enterprise& enterprise : problem_.enterprises) {
    const int32_t row = enterprises_.size();
    FactsInput input;
    if (!enterprise.industry.empty()) {
      input.industries.push_back(IndexOfIndustry(enterprise.industry));
    }
    input.scalars.place = IndexOfPlace(enterprise.region);
    input.scalars.leading = enterprise.leading;
    enterprises_.Add(input);
    if (const PlaceIndex city = CityOf(input.scalars.place); city >= 0) {
      enterprises_of_city_[city].push_back(row);
    }
    for (NameId name : {corps_.dictionary().CreditCode(enterprise.credit_code),
                        corps_.dictionary().Name(enterprise.name)}) {
      if (name >= 0) enterprise_by_name_.try_emplace(name, row);
    }
  }
}

void Prepared::PrepareSpecialties() {
  for (const Specialty& specialty : problem_.specialties) {
    FactsInput input;
    input.industries.push_back(IndexOfIndustry(specialty.industry));
    input.scalars.place = IndexOfPlace(specialty.region);
    input.scalars.specialty_weight = static_cast<uint8_t>(specialty.weight);
    const PlaceIndex region = IndexOf(CountyOrWider(input.scalars.place));
    specialties_of_region_[region].push_back(specialties_.size());
    specialties_.Add(input);
  }
}

void Prepared::PrepareExclusions() {
  for (const Exclusion& exclusion : problem_.exclusions) {
    exclusions_.try_emplace({DemandAt(exclusion.demand), exclusion.resource},
                            exclusion.reason);
  }
}

FactsInput Prepared::InputOfSubjects(
    const std::vector<std::string>& subjects) const {
  FactsInput input;
  for (const std::string& subject : subjects) {
    input.skills.push_back(
        {IndexOfSubject(subject), kFullStrength, kNeverExpires});
  }
  return input;
}

const std::vector<int32_t>& Prepared::EnterprisesOfCity(
    PlaceIndex demand) const {
  return Look(enterprises_of_city_, CityOf(demand));  // none without a city
}

std::vector<int32_t> Prepared::SpecialtiesFor(PlaceIndex demand) const {
  std::vector<int32_t> found;
  for (const codes::Region* at = &CountyOrWider(demand); at != nullptr;
       at = at->parent()) {
    const auto& list = Look(specialties_of_region_, IndexOf(*at));
    found.insert(found.end(), list.begin(), list.end());
  }
  std::sort(found.begin(), found.end());
  return found;
}

const std::vector<int32_t>& Prepared::TeamsOf(int32_t volunteer) const {
  return Look(teams_of_, volunteer);
}

const std::vector<int32_t>& Prepared::ProjectsOf(int32_t volunteer) const {
  return Look(projects_of_, volunteer);
}

DemandFacts Prepared::Seat(int32_t demand, int32_t seat) const {
  DemandFacts facts = demands_[static_cast<size_t>(demand)];
  const auto& own = seat_subjects_[static_cast<size_t>(demand)];
  SubjectIndex subject = 0;
  if (!own.empty()) {
    subject = own[static_cast<size_t>(seat) % own.size()];
  } else if (!facts.subjects.empty()) {
    subject = facts.subjects[static_cast<size_t>(seat) % facts.subjects.size()]
                  .subject;
  } else {
    return facts;
  }
  facts.subjects.clear();
  facts.disciplines.clear();
  Ask(facts, subject, 1);
  facts.title_min = codes::Title::kNone;
  return facts;
}

const std::string& Prepared::RequesterAsEnterprise(int32_t demand) const {
  static const auto* const unknown = new std::string;
  const auto& [name, credit_code] =
      demands_[static_cast<size_t>(demand)].requester;
  for (NameId key : {credit_code, name}) {
    const auto found = enterprise_by_name_.find(key);
    if (key >= 0 && found != enterprise_by_name_.end()) {
      return problem_.enterprises[static_cast<size_t>(found->second)].id;
    }
  }
  return *unknown;
}

std::optional<ExclusionReason> Prepared::ExclusionOf(
    int32_t demand, std::string_view resource) const {
  if (exclusions_.empty()) return std::nullopt;
  const auto found =
      exclusions_.find(std::make_pair(demand, std::string(resource)));
  if (found == exclusions_.end()) return std::nullopt;
  return found->second;
}

int32_t Prepared::DemandAt(const std::string& id) const {
  return demand_index_.at(id);
}
int32_t Prepared::TeamAt(const std::string& id) const {
  return team_index_.at(id);
}
int32_t Prepared::ProjectAt(const std::string& id) const {
  return project_index_.at(id);
}
int32_t Prepared::FindDemand(const std::string& id) const {
  return Find(demand_index_, id);
}
int32_t Prepared::FindTeam(const std::string& id) const {
  return Find(team_index_, id);
}
int32_t Prepared::FindProject(const std::string& id) const {
  return Find(project_index_, id);
}
int32_t Prepared::FindEnterprise(const std::string& id) const {
  return Find(enterprise_index_, id);
}
int32_t Prepared::FindSpecialty(const std::string& id) const {
  return Find(specialty_index_, id);
}
int32_t Prepared::EnterpriseAt(const std::string& id) const {
  return enterprise_index_.at(id);
}
int32_t Prepared::SpecialtyAt(const std::string& id) const {
  return specialty_index_.at(id);
}

}  // namespace jiedui::matcher::engine
