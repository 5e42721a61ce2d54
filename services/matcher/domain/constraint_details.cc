#include "services/matcher/domain/constraint_details.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "common/codes/corps.h"
#include "common/codes/subjects.h"
#include "services/matcher/domain/dates.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {
namespace {

using engine::Constraint;
using engine::Part;

// What of a resource conditions are about; what a kind does not have is empty.
struct Candidate {
  std::optional<codes::Tier> tier;
  std::string region;
  std::vector<std::string> subjects;
  engine::Mode mode = engine::Mode::kEither;
};

template <typename T>
const T& ById(const std::vector<T>& list, const std::string& id) {
  return *std::find_if(list.begin(), list.end(),
                       [&](const T& one) { return one.id == id; });
}

Candidate CandidateOf(const engine::Problem& problem, Part part,
                      const std::string& id) {
  if (part == Part::kTeam) {
    const engine::Team& team = ById(problem.teams, id);
    return {team.tier, team.region, team.subjects};
  }
  if (part == Part::kProject) {
    const engine::Project& project = ById(problem.projects, id);
    return {{}, project.region, project.subjects};
  }
  const engine::Volunteer& person = ById(problem.volunteers, id);
  Candidate candidate{person.tier, person.region, {}, person.mode};
  for (const engine::Skill& skill : person.skills) {
    candidate.subjects.push_back(skill.subject);
  }
  return candidate;
}

template <typename Value, size_t kSize>
std::string NameIn(const codes::Named<Value> (&table)[kSize], Value value) {
  const auto* entry = codes::EntryOf(table, value);
  return entry == nullptr ? "" : std::string(entry->zh);
}

std::string SubjectNames(const std::vector<std::string>& codes) {
  std::vector<std::string> names;
  for (const std::string& code : codes) {
    const codes::Subject* subject = codes::FindSubject(code);
    names.push_back(subject == nullptr ? code : std::string(subject->name));
  }
  return names.empty() ? "未填" : absl::StrJoin(names, "、");
}

std::string DialectNames(const std::vector<codes::Dialect>& dialects) {
  std::vector<std::string> names;
  for (codes::Dialect dialect : dialects) {
    names.push_back(NameIn(codes::kDialects, dialect));
  }
  return absl::StrJoin(names, "、");
}

std::string Day(int32_t number) {
  return DayText(absl::CivilDay(1970, 1, 1) + number);
}

std::string PointsOfHundred(int32_t micro) {
  return absl::StrFormat("%d.%d", micro / 10'000, micro / 1'000 % 10);
}

}  // namespace

std::string DetailOf(Constraint constraint, const engine::Problem& problem,
                     const engine::Policy& policy, const std::string& id,
                     Part part, const engine::Fit& fit) {
  const engine::Demand& demand = ById(problem.demands, id);
  const Candidate candidate = CandidateOf(problem, part, fit.choice.resource);
  switch (constraint) {
    case Constraint::kTierClosed:
      return absl::StrCat("属", NameIn(codes::kTiers, *candidate.tier),
                          "一级，需求只开放到",
                          NameIn(codes::kTiers, demand.opened), "一级");
    case Constraint::kOutOfRegion:
      return absl::StrCat("驻", PlaceInWords(candidate.region), "，服务不到",
                          PlaceInWords(demand.region));
    case Constraint::kWindow:
      return absl::StrCat(Day(demand.window.start), " 至 ",
                          Day(demand.window.end - 1), " 没有空");
    case Constraint::kCapacity:
      return "名额已被已批准或锁定的结对用完";
    case Constraint::kConflictOfInterest:
      return absl::StrCat("与“", demand.requester_name,
                          "”同一单位，或已声明回避");
    case Constraint::kExcluded:
      return "协调员已将其排除";
    case Constraint::kDeclined:
      return "已谢绝过该需求";
    case Constraint::kTimedOut:
      return "对该需求的邀约逾期未答";
    case Constraint::kDialect:
      return absl::StrCat("需求要求会", DialectNames(demand.dialects));
    case Constraint::kTitle:
      return "需求要求院士";
    case Constraint::kSubject:
      return absl::StrCat("需求属", SubjectNames(demand.subjects), "，其专业为",
                          SubjectNames(candidate.subjects));
    case Constraint::kMode:
      return candidate.mode == engine::Mode::kRemote
                 ? "需求要求到现场，其只能远程"
                 : "需求要求远程，其只到现场";
    case Constraint::kBelowFloor:
      return absl::StrCat(
          "匹配度 ", PointsOfHundred(fit.choice.score), "，下限 ",
          PointsOfHundred(policy.admission[static_cast<int>(part)]));
  }
  return "";
}

}  // namespace jiedui::matcher
