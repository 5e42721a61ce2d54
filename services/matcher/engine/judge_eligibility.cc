#include "services/matcher/engine/judge_eligibility.h"

#include <algorithm>

#include "common/text/normalize.h"

namespace jiedui::matcher::engine::judging {
namespace {

// Digits that name a region of each level: province, city, county, township.
constexpr size_t kDigits[] = {2, 4, 6, 9};
constexpr size_t kCityDigits = 4;
constexpr size_t kCountyDigits = 6;

// A region's code without the zeros that fill it up: "440900000000" → "4409".
std::string Meaningful(const std::string& code) {
  std::string digits = code;
  digits.resize(12, '0');
  for (size_t length : kDigits) {
    if (digits.find_first_not_of('0', length) == std::string::npos) {
      return digits.substr(0, length);
    }
  }
  return digits;
}

bool Within(const std::string& region, const std::string& prefix) {
  return region.compare(0, prefix.size(), prefix) == 0;
}

// Societies and universities serve one level wider than their tier.
std::string Served(codes::Tier tier, codes::Line line,
                   const std::string& base) {
  int level = static_cast<int>(tier) - 1;  // position in kDigits
  const bool sinks =
      line == codes::Line::kSociety || line == codes::Line::kUniversity;
  if (sinks && level > 0) --level;
  return Meaningful(base).substr(0, kDigits[level]);
}

bool Reaches(codes::Tier tier, codes::Line line, const std::string& base,
             const std::string& place) {
  return Within(place, Served(tier, line, base));
}

bool AnyShared(const std::vector<codes::Dialect>& a,
               const std::vector<codes::Dialect>& b) {
  return std::any_of(a.begin(), a.end(), [&](codes::Dialect dialect) {
    return std::find(b.begin(), b.end(), dialect) != b.end();
  });
}

bool AsksFor(const std::vector<std::string>& asked,
             const std::string& offered) {
  return std::any_of(asked.begin(), asked.end(), [&](const std::string& one) {
    return Discipline(one) == Discipline(offered);
  });
}

bool AsksForAny(const std::vector<std::string>& asked,
                const std::vector<std::string>& offered) {
  return std::any_of(
      offered.begin(), offered.end(),
      [&](const std::string& one) { return AsksFor(asked, one); });
}

bool FreeWithin(const Volunteer& person, const Window& needed) {
  return std::any_of(person.availability.begin(), person.availability.end(),
                     [&](const Window& free) {
                       return free.start < needed.end &&
                              needed.start < free.end;
                     });
}

}  // namespace

std::string ServedPrefix(const Volunteer& person) {
  return Served(person.tier, person.line, person.region);
}

std::string Discipline(const std::string& subject) {
  return subject.substr(0, 3);
}

Eligibility::Eligibility(const Problem& problem) : problem_(problem) {
  for (const Exclusion& exclusion : problem.exclusions) {
    excluded_.emplace(exclusion.demand, exclusion.resource);
  }
  for (const Demand& demand : problem.demands) {
    requesters_.emplace_back(text::Normalize(demand.requester_name),
                             text::Normalize(demand.requester_credit_code));
  }
  for (const Volunteer& volunteer : problem.volunteers) {
    std::set<std::string>& names = avoided_names_.emplace_back();
    names.insert(text::Normalize(volunteer.employer));
    for (const std::string& conflict : volunteer.conflicts) {
      names.insert(text::Normalize(conflict));
    }
    employer_codes_.push_back(text::Normalize(volunteer.employer_credit_code));
  }
}

bool Eligibility::Excluded(const Demand& demand,
                           const std::string& resource) const {
  return excluded_.contains({demand.id, resource});
}

const char* Eligibility::PersonFault(size_t demand_at, size_t volunteer_at,
                                     const std::vector<std::string>& subjects,
                                     bool title_counts) const {
  const Demand& demand = problem_.demands[demand_at];
  const Volunteer& person = problem_.volunteers[volunteer_at];
  const bool apt = std::any_of(
      person.skills.begin(), person.skills.end(), [&](const Skill& skill) {
        const bool valid =
            !skill.expires || *skill.expires > demand.window.start;
        return valid && AsksFor(subjects, skill.subject);
      });
  if (!apt) return "no discipline in common";
  if (person.tier < demand.opened) return "tier not opened";
  if (!Reaches(person.tier, person.line, person.region, demand.region)) {
    return "demand outside the region served";
  }
  if (!FreeWithin(person, demand.window)) return "never free in the window";
  const auto& [name, code] = requesters_[demand_at];
  if ((!name.empty() && avoided_names_[volunteer_at].contains(name)) ||
      (!code.empty() && employer_codes_[volunteer_at] == code)) {
    return "conflict of interest";
  }
  if (Excluded(demand, person.id)) return "excluded";
  if (demand.dialect_required && !demand.dialects.empty() &&
      !AnyShared(demand.dialects, person.dialects)) {
    return "lacks the mandatory dialect";
  }
  if (title_counts && demand.title_min == codes::Title::kAcademician &&
      person.title != codes::Title::kAcademician) {
    return "not an academician";
  }
  if ((demand.mode == Mode::kOnSite && person.mode == Mode::kRemote) ||
      (demand.mode == Mode::kRemote && person.mode == Mode::kOnSite)) {
    return "mode of service does not meet";
  }
  return nullptr;
}

const char* Eligibility::TeamFault(size_t demand_at, size_t team_at) const {
  const Demand& demand = problem_.demands[demand_at];
  const Team& team = problem_.teams[team_at];
  if (!AsksForAny(demand.subjects, team.subjects)) {
    return "no discipline in common";
  }
  if (team.tier < demand.opened) return "tier not opened";
  if (!Reaches(team.tier, team.line, team.region, demand.region)) {
    return "demand outside the region served";
  }
  return Excluded(demand, team.id) ? "excluded" : nullptr;
}

const char* Eligibility::ProjectFault(size_t demand_at,
                                      size_t project_at) const {
  const Demand& demand = problem_.demands[demand_at];
  const Project& project = problem_.projects[project_at];
  if (!AsksForAny(demand.subjects, project.subjects)) {
    return "no discipline in common";
  }
  return Excluded(demand, project.id) ? "excluded" : nullptr;
}

const char* Eligibility::EnterpriseFault(size_t demand_at,
                                         size_t enterprise_at) const {
  const std::string city =
      problem_.demands[demand_at].region.substr(0, kCityDigits);
  return Within(problem_.enterprises[enterprise_at].region, city)
             ? nullptr
             : "enterprise of another city";
}

const char* Eligibility::SpecialtyFault(size_t demand_at,
                                        size_t specialty_at) const {
  const std::string& place = problem_.demands[demand_at].region;
  const std::string region =
      Meaningful(problem_.specialties[specialty_at].region)
          .substr(0, kCountyDigits);
  return Within(place, region) ? nullptr : "specialty of another county";
}

}  // namespace jiedui::matcher::engine::judging
