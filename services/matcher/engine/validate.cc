// Validate(Problem): every fault at once, each with its culprit.
#include <map>
#include <set>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/codes/industries.h"
#include "common/codes/regions.h"
#include "common/codes/subjects.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

constexpr int32_t kMost = 1'000'000;  // of any capacity or count
constexpr size_t kDisciplineDigits = 3;

class Validator {
 public:
  explicit Validator(const Problem& problem) : problem_(problem) {}

  absl::Status Run() {
    for (const Demand& demand : problem_.demands) Check(demand);
    for (const Volunteer& volunteer : problem_.volunteers) Check(volunteer);
    for (const Team& team : problem_.teams) Check(team);
    for (const Project& project : problem_.projects) Check(project);
    for (const Enterprise& enterprise : problem_.enterprises) Check(enterprise);
    for (const Specialty& specialty : problem_.specialties) Check(specialty);
    CheckReferences();
    for (const Lock& lock : problem_.locks) Check(lock);
    for (const Exclusion& exclusion : problem_.exclusions) Check(exclusion);
    for (const CountyHistory& history : problem_.history) Check(history);
    return violations_.ToStatus();
  }

 private:
  using Ids = absl::flat_hash_map<std::string, int32_t>;  // capacity by id

  void Check(const Demand& demand) {
    at_ = absl::StrCat("demand ", demand.id);
    Id(demand.id, demands_seen_);
    demands_[demand.id] = &demand;
    Region("region", demand.region);
    for (const std::string& subject : demand.subjects) Subject(subject);
    for (const std::string& subject : demand.talents_subjects) Subject(subject);
    Industry(demand.industry, /*required=*/false);
    Check(demand.window);
    Range("talents_count", demand.talents_count, 0, 100);
  }

  void Check(const Volunteer& volunteer) {
    at_ = absl::StrCat("volunteer ", volunteer.id);
    Id(volunteer.id, actors_seen_);
    volunteers_[volunteer.id] = volunteer.capacity;
    Region("region", volunteer.region);
    for (const Skill& skill : volunteer.skills) {
      Subject(skill.subject);
      Range("proficiency", skill.proficiency, 1, 5);
    }
    for (const std::string& industry : volunteer.industries) {
      Industry(industry, /*required=*/true);
    }
    for (const Window& window : volunteer.availability) Check(window);
    Range("capacity", volunteer.capacity, 0, kMost);
    Check(volunteer.rating);
    Range("offered", volunteer.offered, 0, kMost);
    Range("accepted", volunteer.accepted, 0, volunteer.offered);
  }

  void Check(const Team& team) {
    at_ = absl::StrCat("team ", team.id);
    Id(team.id, actors_seen_);
    teams_[team.id] = team.capacity;
    parents_[team.id] = team.parent;
    Region("region", team.region);
    for (const std::string& subject : team.subjects) Subject(subject);
    Range("capacity", team.capacity, 0, kMost);
    Check(team.rating);
  }

  void Check(const Project& project) {
    at_ = absl::StrCat("project ", project.id);
    Id(project.id, actors_seen_);
    projects_[project.id] = project.exclusive ? project.licences : kMost;
    Region("region", project.region);
    for (const std::string& subject : project.subjects) Subject(subject);
    for (const std::string& industry : project.industries) {
      Industry(industry, /*required=*/true);
    }
    Range("readiness", project.readiness, 1, 9);
    Range("licences", project.licences, 0, kMost);
  }

  void Check(const Enterprise& enterprise) {
    at_ = absl::StrCat("enterprise ", enterprise.id);
    Id(enterprise.id, enterprises_seen_);
    Region("region", enterprise.region);
    Industry(enterprise.industry, /*required=*/false);
  }

  void Check(const Specialty& specialty) {
    at_ = absl::StrCat("specialty ", specialty.id);
    Id(specialty.id, specialties_seen_);
    Region("region", specialty.region);
    Industry(specialty.industry, /*required=*/true);
    Range("weight", specialty.weight, 1, 100);
  }

  // Teams and projects name volunteers, which may stand after them.
  void CheckReferences() {
    for (const Team& team : problem_.teams) {
      at_ = absl::StrCat("team ", team.id);
      if (!team.parent.empty()) Refer("parent", team.parent, teams_);
      if (!team.leader.empty()) Refer("leader", team.leader, volunteers_);
      for (const std::string& member : team.members) {
        Refer("members", member, volunteers_);
      }
    }
    for (const Project& project : problem_.projects) {
      at_ = absl::StrCat("project ", project.id);
      if (!project.owner.empty()) Refer("owner", project.owner, volunteers_);
    }
    CheckCycles();
  }

  // Every team of a cycle is named; those that only hang on it are not.
  void CheckCycles() {
    absl::flat_hash_map<std::string, size_t> seen;  // team, walk it was seen in
    for (size_t walk = 0; walk < problem_.teams.size(); ++walk) {
      std::string above = problem_.teams[walk].id;
      while (parents_.contains(above) && seen.emplace(above, walk).second) {
        above = parents_[above];
      }
      const auto met = seen.find(above);
      if (met == seen.end() || met->second != walk) continue;
      const std::string first = above;
      do {
        at_ = absl::StrCat("team ", above);
        Add("parent", Reason::kCycle, {{"resource", at_}});
        above = parents_[above];
      } while (above != first);
    }
  }

  void Check(const Exclusion& exclusion) {
    at_ = absl::StrCat("exclusion ", exclusion.demand, " ", exclusion.resource);
    if (!demands_.contains(exclusion.demand))
      Missing("demand", exclusion.demand);
    if (!actors_seen_.contains(exclusion.resource)) {
      Missing("resource", exclusion.resource);
    }
  }

  void Check(const CountyHistory& history) {
    at_ = absl::StrCat("history ", history.region);
    Region("region", history.region);
    if (!histories_seen_.insert(history.region).second) {
      Add("region", Reason::kDuplicateId, {{"id", history.region}});
    }
    Range("posted", history.posted, 0, kMost);
    Range("served", history.served, 0, history.posted);
  }

  void Check(const Lock& lock) {
    at_ = absl::StrCat("lock ", lock.demand, " ", lock.resource);
    const auto found = demands_.find(lock.demand);
    if (found == demands_.end()) return Missing("demand", lock.demand);
    const Demand& demand = *found->second;
    if (demand.wants(lock.part) == Want::kNone) {
      return CannotHold("the demand does not want this part");
    }
    const int32_t seats =
        lock.part == Part::kTalents ? demand.talents_count : 1;
    if (++seats_locked_[{lock.demand, lock.part}] > seats) {
      return CannotHold("more locks than seats");
    }
    switch (lock.part) {
      case Part::kExpert:
      case Part::kTalents:
        if (!persons_locked_.emplace(lock.demand, lock.resource).second) {
          return CannotHold("one person twice in a pairing");
        }
        return Debit(lock, volunteers_);
      case Part::kTeam:
        return Debit(lock, teams_);
      case Part::kProject:
        return Debit(lock, projects_);
      case Part::kEnterprise:
        if (lock.resource.empty() &&
            demand.requester_kind == RequesterKind::kEnterprise) {
          return;
        }
        if (!enterprises_seen_.contains(lock.resource)) {
          Missing("resource", lock.resource);
        }
        return;
      case Part::kIndustry:
        if (!specialties_seen_.contains(lock.resource)) {
          Missing("resource", lock.resource);
        }
    }
  }

  void Debit(const Lock& lock, Ids& left) {
    const auto found = left.find(lock.resource);
    if (found == left.end()) return Missing("resource", lock.resource);
    if (--found->second < 0) CannotHold("more locks than capacity");
  }

  void Id(const std::string& id, absl::flat_hash_set<std::string>& seen) {
    if (id.empty()) Add("id", Reason::kFieldRequired, {});
    if (!seen.insert(id).second) Add("id", Reason::kDuplicateId, {{"id", id}});
  }
  void Region(const char* field, const std::string& code) {
    if (codes::FindRegion(code) == nullptr) Unknown(field, code, "GB/T 2260");
  }
  void Subject(const std::string& code) {
    if (code.size() < kDisciplineDigits ||
        codes::FindSubject(code) == nullptr) {
      Unknown("subject", code, "GB/T 13745");
    }
  }
  void Industry(const std::string& code, bool required) {
    if (code.empty() && !required) return;
    const codes::Industry* industry = codes::FindIndustry(code);
    if (industry == nullptr || industry->code != code) {
      Unknown("industry", code, "GB/T 4754");
    }
  }
  void Check(const Window& window) {
    if (window.start < window.end) return;
    Add("window", Reason::kWindowReversed,
        {{"start", absl::StrCat(window.start)},
         {"end", absl::StrCat(window.end)}});
  }
  void Check(const Rating& rating) {
    Range("rating count", rating.count, 0, kMost);
    Range("rating sum", rating.sum, rating.count, 5 * int64_t{rating.count});
  }
  void Range(const char* field, int64_t value, int64_t min, int64_t max) {
    if (value >= min && value <= max) return;
    Add(field, Reason::kValueOutOfRange,
        {{"value", absl::StrCat(value)},
         {"min", absl::StrCat(min)},
         {"max", absl::StrCat(max)}});
  }
  void Refer(const char* field, const std::string& id, const Ids& ids) {
    if (!ids.contains(id)) Missing(field, id);
  }
  void Missing(const char* field, const std::string& id) {
    Add(field, Reason::kReferenceMissing, {{"resource", id}});
  }
  void CannotHold(const char* detail) {
    Add("lock", Reason::kLockCannotHold, {{"detail", detail}});
  }
  void Unknown(const char* field, const std::string& code, const char* system) {
    Add(field, Reason::kUnknownCode, {{"value", code}, {"system", system}});
  }
  void Add(const char* field, Reason reason, std::vector<base::ErrorArg> args) {
    violations_.Add(absl::StrCat(at_, ", ", field), reason, std::move(args));
  }

  const Problem& problem_;
  base::Violations violations_;
  std::string at_;  // the culprit being looked at
  absl::flat_hash_map<std::string, const Demand*> demands_;
  absl::flat_hash_set<std::string> demands_seen_;
  absl::flat_hash_set<std::string> actors_seen_;
  absl::flat_hash_set<std::string> enterprises_seen_;
  absl::flat_hash_set<std::string> specialties_seen_;
  absl::flat_hash_set<std::string> histories_seen_;
  absl::flat_hash_map<std::string, std::string> parents_;  // of teams
  Ids volunteers_;
  Ids teams_;
  Ids projects_;
  std::map<std::pair<std::string, Part>, int32_t> seats_locked_;
  std::set<std::pair<std::string, std::string>> persons_locked_;
};

}  // namespace

absl::Status Validate(const Problem& problem) {
  return Validator(problem).Run();
}

}  // namespace jiedui::matcher::engine
