#include "services/matcher/engine/problem.h"

#include <algorithm>
#include <tuple>

#include "services/matcher/engine/canonical.h"

namespace jiedui::matcher::engine {
namespace {

template <typename T>
void SortById(std::vector<T>& list) {
  std::sort(list.begin(), list.end(),
            [](const T& a, const T& b) { return a.id < b.id; });
}

void PutWindow(CanonicalWriter& writer, const Window& window) {
  writer.Put(window.start);
  writer.Put(window.end);
}

void PutRating(CanonicalWriter& writer, const Rating& rating) {
  writer.Put(rating.sum);
  writer.Put(rating.count);
}

template <typename Enum>
void PutEnums(CanonicalWriter& writer, std::vector<Enum> list) {
  std::sort(list.begin(), list.end());
  writer.PutList(list, [&](Enum value) { writer.PutEnum(value); });
}

void PutSet(CanonicalWriter& writer, std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  writer.PutStrings(list);
}

void PutDemand(CanonicalWriter& writer, const Demand& demand) {
  writer.Put(demand.id);
  writer.Put(demand.region);
  writer.PutEnum(demand.action);
  writer.Put(demand.mandatory);
  writer.PutEnum(demand.urgency);
  writer.Put(demand.requester_name);
  writer.Put(demand.requester_credit_code);
  writer.PutEnum(demand.requester_kind);
  writer.PutStrings(demand.subjects);
  writer.Put(demand.industry);
  writer.Put(demand.text);
  PutWindow(writer, demand.window);
  writer.PutEnum(demand.mode);
  PutEnums(writer, demand.dialects);
  writer.Put(demand.dialect_required);
  writer.PutEnum(demand.title_min);
  writer.PutEnum(demand.opened);
  writer.PutEnum(demand.tier);
  for (Want want : demand.want) writer.PutEnum(want);
  writer.Put(demand.talents_count);
  writer.PutStrings(demand.talents_subjects);
}

void PutVolunteer(CanonicalWriter& writer, const Volunteer& volunteer) {
  writer.Put(volunteer.id);
  writer.Put(volunteer.region);
  writer.PutEnum(volunteer.tier);
  writer.PutEnum(volunteer.line);
  writer.PutEnum(volunteer.title);
  writer.PutEnum(volunteer.category);
  writer.PutList(volunteer.skills, [&](const Skill& skill) {
    writer.Put(skill.subject);
    writer.Put(skill.proficiency);
    writer.Put(skill.expires.has_value());
    writer.Put(skill.expires.value_or(0));
  });
  PutSet(writer, volunteer.industries);
  writer.Put(volunteer.text);
  PutEnums(writer, volunteer.dialects);
  writer.Put(volunteer.capacity);
  writer.PutList(volunteer.availability,
                 [&](const Window& window) { PutWindow(writer, window); });
  writer.PutEnum(volunteer.mode);
  writer.Put(volunteer.employer);
  writer.Put(volunteer.employer_credit_code);
  PutSet(writer, volunteer.conflicts);
  PutRating(writer, volunteer.rating);
  writer.Put(volunteer.accepted);
  writer.Put(volunteer.offered);
}

void PutTeam(CanonicalWriter& writer, const Team& team) {
  writer.Put(team.id);
  writer.Put(team.region);
  writer.PutEnum(team.tier);
  writer.PutEnum(team.line);
  writer.Put(team.parent);
  writer.Put(team.leader);
  PutSet(writer, team.members);
  writer.PutStrings(team.subjects);
  writer.Put(team.capacity);
  PutRating(writer, team.rating);
}

void PutProject(CanonicalWriter& writer, const Project& project) {
  writer.Put(project.id);
  writer.Put(project.owner);
  writer.PutStrings(project.subjects);
  PutSet(writer, project.industries);
  writer.Put(project.readiness);
  writer.Put(project.exclusive);
  writer.Put(project.licences);
  writer.Put(project.region);
  writer.Put(project.text);
}

}  // namespace

void Sort(Problem& problem) {
  SortById(problem.demands);
  SortById(problem.volunteers);
  SortById(problem.teams);
  SortById(problem.projects);
  SortById(problem.enterprises);
  SortById(problem.specialties);
  std::sort(problem.locks.begin(), problem.locks.end(),
            [](const Lock& a, const Lock& b) {
              return std::tie(a.demand, a.part, a.resource) <
                     std::tie(b.demand, b.part, b.resource);
            });
  std::sort(problem.exclusions.begin(), problem.exclusions.end(),
            [](const Exclusion& a, const Exclusion& b) {
              return std::tie(a.demand, a.resource, a.reason) <
                     std::tie(b.demand, b.resource, b.reason);
            });
  std::sort(problem.history.begin(), problem.history.end(),
            [](const CountyHistory& a, const CountyHistory& b) {
              return a.region < b.region;
            });
}

std::string Canonical(const Problem& unsorted) {
  Problem problem = unsorted;
  Sort(problem);
  CanonicalWriter writer;
  writer.PutList(problem.demands,
                 [&](const Demand& demand) { PutDemand(writer, demand); });
  writer.PutList(problem.volunteers, [&](const Volunteer& volunteer) {
    PutVolunteer(writer, volunteer);
  });
  writer.PutList(problem.teams,
                 [&](const Team& team) { PutTeam(writer, team); });
  writer.PutList(problem.projects,
                 [&](const Project& project) { PutProject(writer, project); });
  writer.PutList(problem.enterprises, [&](const Enterprise& enterprise) {
    writer.Put(enterprise.id);
    writer.Put(enterprise.name);
    writer.Put(enterprise.credit_code);
    writer.Put(enterprise.region);
    writer.Put(enterprise.industry);
    writer.Put(enterprise.leading);
  });
  writer.PutList(problem.specialties, [&](const Specialty& specialty) {
    writer.Put(specialty.id);
    writer.Put(specialty.region);
    writer.Put(specialty.industry);
    writer.Put(specialty.weight);
  });
  writer.PutList(problem.locks, [&](const Lock& lock) {
    writer.Put(lock.demand);
    writer.PutEnum(lock.part);
    writer.Put(lock.resource);
  });
  writer.PutList(problem.exclusions, [&](const Exclusion& exclusion) {
    writer.Put(exclusion.demand);
    writer.Put(exclusion.resource);
    writer.PutEnum(exclusion.reason);
  });
  writer.PutList(problem.history, [&](const CountyHistory& history) {
    writer.Put(history.region);
    writer.Put(history.posted);
    writer.Put(history.served);
  });
  return writer.Take();
}

}  // namespace jiedui::matcher::engine
