#include <algorithm>
#include <set>

#include "common/base/status_macros.h"
#include "services/matcher/engine/judge_internal.h"

namespace jiedui::matcher::engine::judging {
namespace {

int32_t SeatsOf(const Demand& demand, Part part) {
  if (demand.wants(part) == Want::kNone) return 0;
  return part == Part::kTalents ? demand.talents_count : 1;
}

// Status, seats and gap agree with what the demand asks.
absl::Status JudgeStatus(const Demand& demand, const PartResult& part) {
  const int32_t seats = SeatsOf(demand, part.part);
  const auto filled = static_cast<int32_t>(part.chosen.size());
  if (filled > seats) return Fault(demand.id, "more chosen than asked for");
  const bool wanted = seats > 0;
  if (wanted == (part.status == PartStatus::kNotRequired)) {
    return Fault(demand.id, "a part is wanted and not looked at, or reverse");
  }
  const bool open = part.status == PartStatus::kGap;
  if (open != part.gap.has_value() || open != (filled < seats)) {
    return Fault(demand.id, "a gap is not told, or told and not there");
  }
  if (open && part.gap->missing != seats - filled) {
    return Fault(demand.id, "the gap's count of missing seats is wrong");
  }
  return absl::OkStatus();
}

absl::Status Barred(const Bundle& bundle, const Choice& choice,
                    const char* fault) {
  return Fault(bundle.demand + " / " + choice.resource, fault);
}

// The position of the chosen; a fault when there is no such resource.
absl::Status Find(const Bundle& bundle, const Choice& choice,
                  const Positions& positions, size_t& position) {
  const auto found = positions.find(choice.resource);
  if (found == positions.end()) {
    return Barred(bundle, choice, "no such resource");
  }
  position = found->second;
  return absl::OkStatus();
}

// A talents seat asks for one subject; which seat it was, the plan does not
// say, so any of those asked for will do.
std::vector<std::string> SubjectsAsked(const Demand& demand, Part part) {
  const bool own = part == Part::kTalents && !demand.talents_subjects.empty();
  return own ? demand.talents_subjects : demand.subjects;
}

absl::Status JudgePerson(const Case& c, const Bundle& bundle, Part part,
                         const Choice& choice) {
  size_t volunteer = 0;
  RETURN_IF_ERROR(Find(bundle, choice, c.volunteers, volunteer));
  const size_t at = c.demands.at(bundle.demand);
  const Demand& demand = c.problem.demands[at];
  const int32_t distance =
      part == Part::kExpert
          ? PersonDistance(c, at, volunteer, choice.score)
          : std::max(
                0, static_cast<int>(demand.tier) -
                       static_cast<int>(c.problem.volunteers[volunteer].tier));
  if (choice.tier_distance != distance) {
    return Barred(bundle, choice, "wrong tier distance");
  }
  if (part == Part::kExpert && choice.score != c.score(at, volunteer)) {
    return Barred(bundle, choice, "score is not that of the pair");
  }
  if (IsLocked(c, bundle.demand, part, choice.resource)) {
    return absl::OkStatus();
  }
  const char* fault =
      c.eligibility.PersonFault(at, volunteer, SubjectsAsked(demand, part),
                                /*title_counts=*/part == Part::kExpert);
  return fault == nullptr ? absl::OkStatus() : Barred(bundle, choice, fault);
}

absl::Status JudgeChoice(const Case& c, const Bundle& bundle, Part part,
                         const Choice& choice) {
  if (part == Part::kExpert || part == Part::kTalents) {
    return JudgePerson(c, bundle, part, choice);
  }
  const size_t at = c.demands.at(bundle.demand);
  const char* fault = nullptr;
  size_t position = 0;
  switch (part) {
    case Part::kTeam:
      RETURN_IF_ERROR(Find(bundle, choice, c.teams, position));
      fault = c.eligibility.TeamFault(at, position);
      break;
    case Part::kProject:
      RETURN_IF_ERROR(Find(bundle, choice, c.projects, position));
      fault = c.eligibility.ProjectFault(at, position);
      break;
    case Part::kEnterprise:
      // The requester itself may be unknown to the register of enterprises.
      if (choice.entries.size() == 1) return absl::OkStatus();
      RETURN_IF_ERROR(Find(bundle, choice, c.enterprises, position));
      fault = c.eligibility.EnterpriseFault(at, position);
      break;
    default:
      RETURN_IF_ERROR(Find(bundle, choice, c.specialties, position));
      fault = c.eligibility.SpecialtyFault(at, position);
      break;
  }
  if (fault == nullptr || IsLocked(c, bundle.demand, part, choice.resource)) {
    return absl::OkStatus();
  }
  return Barred(bundle, choice, fault);
}

}  // namespace

absl::Status JudgeParts(const Case& c, const Bundle& bundle) {
  const Demand& demand = c.problem.demands[c.demands.at(bundle.demand)];
  std::set<std::string> persons;
  for (Part kind : kAllParts) {
    const PartResult& part = bundle.part(kind);
    if (part.part != kind) return Fault(bundle.demand, "parts out of order");
    RETURN_IF_ERROR(JudgeStatus(demand, part));
    for (const Choice& choice : part.chosen) {
      RETURN_IF_ERROR(JudgeChoice(c, bundle, kind, choice));
      const bool person = kind == Part::kExpert || kind == Part::kTalents;
      if (person && !persons.insert(choice.resource).second) {
        return Barred(bundle, choice, "one person twice in a bundle");
      }
      const bool admitted =
          choice.score >= c.policy.admission[static_cast<int>(kind)] ||
          IsLocked(c, bundle.demand, kind, choice.resource);
      if (!admitted) return Barred(bundle, choice, "below the floor");
    }
  }
  return absl::OkStatus();
}

}  // namespace jiedui::matcher::engine::judging
