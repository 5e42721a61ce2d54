#include "services/matcher/engine/prepared.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/codes/taxonomy.h"
#include "common/text/normalize.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int32_t kFullStrength = 1000;           // ‰
constexpr int32_t kStrengthPerProficiency = 200;  // ‰; proficiency 5 is full

Problem Sorted(Problem problem) {
  Sort(problem);
  return problem;
}

template <typename T>
Prepared::Index IndexById(const std::vector<T>& list) {
  Prepared::Index index;
  index.reserve(list.size());
  for (const T& item : list) index.emplace(item.id, index.size());
  return index;
}

uint32_t DialectBits(const std::vector<codes::Dialect>& dialects) {
  uint32_t bits = 0;
  for (codes::Dialect dialect : dialects)
    bits |= 1u << static_cast<int>(dialect);
  return bits;
}

// Names of subjects and industries found in a text count as terms, by code.
const text::Lexicon& TaxonomyLexicon() {
  static const auto* const lexicon = [] {
    std::vector<text::Lexicon::Entry> entries;
    for (const codes::TaxonomyWord& word : codes::TaxonomyWords()) {
      const char* system =
          word.kind == codes::TaxonomyKind::kSubject ? "13745:" : "4754:";
      const absl::string_view code(word.code.data(), word.code.size());
      entries.push_back({std::string(word.name), absl::StrCat(system, code)});
    }
    return new text::Lexicon(entries);
  }();
  return *lexicon;
}

// Tells apart what is compared only among its own kind.
class Names {
 public:
  void AddName(const std::string& name, Prepared::Identity& identity) {
    Add("name:", text::Normalize(name), identity);
  }
  void AddCredit(const std::string& code, Prepared::Identity& identity) {
    Add("credit:", text::Normalize(code), identity);
  }

 private:
  void Add(std::string_view kind, const std::string& normalized,
           Prepared::Identity& identity) {
    if (normalized.empty()) return;
    const std::string key = std::string(kind) + normalized;
    identity.names.push_back(
        numbers_.try_emplace(key, numbers_.size()).first->second);
  }
  Prepared::Index numbers_;
};

}  // namespace

Prepared::Prepared(Problem problem, const Policy& policy)
    : problem_(Sorted(std::move(problem))),
      policy_(policy),
      tables_(problem_),
      demand_index_(IndexById(problem_.demands)),
      volunteer_index_(IndexById(problem_.volunteers)),
      team_index_(IndexById(problem_.teams)),
      project_index_(IndexById(problem_.projects)),
      enterprise_index_(IndexById(problem_.enterprises)),
      specialty_index_(IndexById(problem_.specialties)) {
  PrepareDemands();
  PrepareVolunteers();
  PrepareTeams();
  PrepareProjects();
  PrepareEnterprises();
  PrepareSpecialties();
  PrepareConflicts();
  IndexDisciplines();
  for (const Exclusion& exclusion : problem_.exclusions) {
    exclusions_.try_emplace({DemandAt(exclusion.demand), exclusion.resource},
                            exclusion.reason);
  }
}

void Prepared::PrepareDemands() {
  const std::vector<int32_t>& positions = policy_.subject_positions;
  for (const Demand& demand : problem_.demands) {
    DemandFacts facts;
    facts.index = static_cast<int32_t>(demands_.size());
    for (const std::string& subject : demand.subjects) {
      const size_t at = std::min(facts.subjects.size(), positions.size() - 1);
      facts.subjects.push_back({tables_.Subject(subject), positions[at]});
    }
    facts.industry = tables_.Industry(demand.industry);
    facts.place = tables_.Place(demand.region);
    facts.tokens = text::Tokenize(demand.text, &TaxonomyLexicon());
    facts.window = demand.window;
    facts.mode = demand.mode;
    facts.dialects = DialectBits(demand.dialects);
    facts.title_min = demand.title_min;
    facts.action = demand.action;

    std::vector<DemandFacts::WeightedSubject> seats;
    for (const std::string& subject : demand.talents_subjects) {
      seats.push_back({tables_.Subject(subject), 1});
    }
    seat_subjects_.push_back(seats.empty() ? facts.subjects : seats);
    demands_.push_back(std::move(facts));
  }
}

void Prepared::PrepareVolunteers() {
  for (const Volunteer& volunteer : problem_.volunteers) {
    Facts facts;
    for (const Skill& skill : volunteer.skills) {
      facts.skills.push_back({tables_.Subject(skill.subject),
                              skill.proficiency * kStrengthPerProficiency});
      if (skill.expires) facts.skills.back().expires = *skill.expires;
    }
    for (const std::string& industry : volunteer.industries) {
      facts.industries.push_back(tables_.Industry(industry));
    }
    facts.tokens = text::Tokenize(volunteer.text, &TaxonomyLexicon());
    facts.availability = volunteer.availability;
    facts.place = tables_.Place(volunteer.region);
    facts.title = volunteer.title;
    facts.category = volunteer.category;
    facts.dialects = DialectBits(volunteer.dialects);
    facts.rating = volunteer.rating;
    facts.accepted = volunteer.accepted;
    facts.offered = volunteer.offered;
    volunteers_.push_back(std::move(facts));
  }
}

void Prepared::PrepareTeams() {
  for (const Team& team : problem_.teams) {
    Facts facts = FactsOfSubjects(team.subjects);
    facts.place = tables_.Place(team.region);
    facts.rating = team.rating;
    facts.leader = VolunteerOrNobody(team.leader);
    for (const std::string& member : team.members) {
      if (member != team.leader) facts.members.push_back(VolunteerAt(member));
    }
    std::sort(facts.members.begin(), facts.members.end());
    teams_.push_back(std::move(facts));
  }
}

void Prepared::PrepareProjects() {
  for (const Project& project : problem_.projects) {
    Facts facts = FactsOfSubjects(project.subjects);
    for (const std::string& industry : project.industries) {
      facts.industries.push_back(tables_.Industry(industry));
    }
    facts.tokens = text::Tokenize(project.text, &TaxonomyLexicon());
    facts.place = tables_.Place(project.region);
    facts.readiness = project.readiness;
    facts.leader = VolunteerOrNobody(project.owner);
    projects_.push_back(std::move(facts));
  }
}

void Prepared::PrepareEnterprises() {
  for (const Enterprise& enterprise : problem_.enterprises) {
    Facts facts;
    facts.industries.push_back(tables_.Industry(enterprise.industry));
    facts.place = tables_.Place(enterprise.region);
    facts.leading = enterprise.leading;
    enterprises_.push_back(std::move(facts));
  }
}

void Prepared::PrepareSpecialties() {
  for (const Specialty& specialty : problem_.specialties) {
    Facts facts;
    facts.industries.push_back(tables_.Industry(specialty.industry));
    facts.place = tables_.Place(specialty.region);
    facts.specialty_weight = specialty.weight;
    specialties_.push_back(std::move(facts));
  }
}

void Prepared::PrepareConflicts() {
  Names names;
  for (const Demand& demand : problem_.demands) {
    Identity& identity = requesters_.emplace_back();
    names.AddCredit(demand.requester_credit_code, identity);
    names.AddName(demand.requester_name, identity);
  }
  for (const Volunteer& volunteer : problem_.volunteers) {
    Identity& identity = avoided_.emplace_back();
    names.AddName(volunteer.employer, identity);
    names.AddCredit(volunteer.employer_credit_code, identity);
    for (const std::string& conflict : volunteer.conflicts) {
      names.AddName(conflict, identity);
    }
  }
  for (size_t i = 0; i < problem_.enterprises.size(); ++i) {
    Identity identity;
    names.AddCredit(problem_.enterprises[i].credit_code, identity);
    names.AddName(problem_.enterprises[i].name, identity);
    for (int32_t name : identity.names) {
      enterprise_by_identity_.try_emplace(name, static_cast<int32_t>(i));
    }
  }
}

void Prepared::IndexDisciplines() {
  by_discipline_.resize(tables_.disciplines());
  for (int32_t i = 0; i < static_cast<int32_t>(volunteers_.size()); ++i) {
    for (const Facts::SkillFact& skill : volunteers_[i].skills) {
      std::vector<int32_t>& list =
          by_discipline_[tables_.Discipline(skill.subject)];
      if (list.empty() || list.back() != i) list.push_back(i);
    }
  }
}

Facts Prepared::FactsOfSubjects(
    const std::vector<std::string>& subjects) const {
  Facts facts;
  for (const std::string& subject : subjects) {
    facts.skills.push_back({tables_.Subject(subject), kFullStrength});
  }
  return facts;
}

int32_t Prepared::VolunteerOrNobody(const std::string& id) const {
  return id.empty() ? kNobody : VolunteerAt(id);
}

DemandFacts Prepared::Seat(int32_t demand, int32_t seat) const {
  DemandFacts facts = demands_[demand];
  const auto& subjects = seat_subjects_[demand];
  if (!subjects.empty()) {
    facts.subjects = {{subjects[seat % subjects.size()].subject, 1}};
  }
  facts.title_min = codes::Title::kNone;
  return facts;
}

bool Prepared::Conflict(int32_t demand, int32_t volunteer) const {
  for (int32_t name : requesters_[demand].names) {
    const std::vector<int32_t>& avoided = avoided_[volunteer].names;
    if (std::find(avoided.begin(), avoided.end(), name) != avoided.end()) {
      return true;
    }
  }
  return false;
}

const std::string& Prepared::RequesterAsEnterprise(int32_t demand) const {
  static const auto* const unknown = new std::string;
  for (int32_t name : requesters_[demand].names) {
    const auto found = enterprise_by_identity_.find(name);
    if (found != enterprise_by_identity_.end()) {
      return problem_.enterprises[found->second].id;
    }
  }
  return *unknown;
}

std::optional<ExclusionReason> Prepared::ExclusionOf(
    int32_t demand, const std::string& resource) const {
  if (exclusions_.empty()) return std::nullopt;
  const auto found = exclusions_.find(std::make_pair(demand, resource));
  if (found == exclusions_.end()) return std::nullopt;
  return found->second;
}

std::vector<int32_t> Prepared::VolunteersNear(const DemandFacts& demand) const {
  std::vector<int32_t> disciplines;
  for (const auto& subject : demand.subjects) {
    disciplines.push_back(tables_.Discipline(subject.subject));
  }
  std::sort(disciplines.begin(), disciplines.end());
  disciplines.erase(std::unique(disciplines.begin(), disciplines.end()),
                    disciplines.end());
  std::vector<int32_t> near;
  for (int32_t discipline : disciplines) {
    const std::vector<int32_t>& list = by_discipline_[discipline];
    near.insert(near.end(), list.begin(), list.end());
  }
  if (disciplines.size() > 1) {
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
  }
  return near;
}

int32_t Prepared::DemandAt(const std::string& id) const {
  return demand_index_.at(id);
}
int32_t Prepared::VolunteerAt(const std::string& id) const {
  return volunteer_index_.at(id);
}
int32_t Prepared::TeamAt(const std::string& id) const {
  return team_index_.at(id);
}
int32_t Prepared::ProjectAt(const std::string& id) const {
  return project_index_.at(id);
}
int32_t Prepared::EnterpriseAt(const std::string& id) const {
  return enterprise_index_.at(id);
}
int32_t Prepared::SpecialtyAt(const std::string& id) const {
  return specialty_index_.at(id);
}

}  // namespace jiedui::matcher::engine
