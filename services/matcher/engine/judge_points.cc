#include "common/base/status_macros.h"
#include "services/matcher/engine/judge_internal.h"

namespace jiedui::matcher::engine::judging {
namespace {

constexpr int32_t kWhole = 1000;
constexpr int64_t kMillion = 1'000'000;

absl::Status JudgeEntry(const Bundle& bundle, const Entry& entry,
                        int32_t bundle_weight, int32_t weight, int32_t seats) {
  if (entry.f < 0 || entry.f > kMillion) {
    return Fault(bundle.demand, "a feature is outside 0 … 1,000,000");
  }
  if (entry.bundle_weight != bundle_weight || entry.weight != weight ||
      entry.seats != seats) {
    return Fault(bundle.demand, "a weight is not the policy's");
  }
  const int64_t exact = int64_t{bundle_weight} * weight * entry.f;
  if (entry.points != exact / (kMillion * seats)) {
    return Fault(bundle.demand, "points do not follow from weight and f");
  }
  return absl::OkStatus();
}

absl::Status JudgeRequester(const Case& c, const Bundle& bundle,
                            const Choice& choice) {
  const int32_t weight = c.policy.bundle[static_cast<int>(Part::kEnterprise)];
  RETURN_IF_ERROR(JudgeEntry(bundle, choice.entries[0], weight, kWhole, 1));
  if (choice.points != choice.entries[0].points || choice.score != kMillion) {
    return Fault(bundle.demand, "entries do not add up to the choice");
  }
  return absl::OkStatus();
}

absl::Status JudgeChoicePoints(const Case& c, const Bundle& bundle, Part part,
                               const Choice& choice, int32_t seats) {
  if (part == Part::kEnterprise && choice.entries.size() == 1 &&
      choice.entries[0].feature == Feature::kRequester) {
    return JudgeRequester(c, bundle, choice);
  }
  const int index = static_cast<int>(part);
  const std::vector<FeatureWeight>& features = c.policy.features[index];
  if (choice.entries.size() != features.size()) {
    return Fault(bundle.demand, "entries are not the policy's features");
  }
  int64_t points = 0;
  int64_t score = 0;
  for (size_t i = 0; i < features.size(); ++i) {
    const Entry& entry = choice.entries[i];
    if (entry.feature != features[i].feature) {
      return Fault(bundle.demand, "entries are not the policy's features");
    }
    RETURN_IF_ERROR(JudgeEntry(bundle, entry, c.policy.bundle[index],
                               features[i].weight, seats));
    points += entry.points;
    score += int64_t{entry.weight} * entry.f / kWhole;
  }
  if (points != choice.points || score != choice.score) {
    return Fault(bundle.demand, "entries do not add up to the choice");
  }
  return absl::OkStatus();
}

int64_t PossibleOf(const Policy& policy, const Demand& demand) {
  const auto wants = [&](Part part) {
    return demand.wants(part) != Want::kNone;
  };
  int64_t whole = 0;
  for (Part part : kAllParts) {
    whole += wants(part) ? policy.bundle[static_cast<int>(part)] : 0;
  }
  if (wants(Part::kExpert)) {
    whole += wants(Part::kTeam) ? policy.expert_team : 0;
    whole += wants(Part::kProject) ? policy.expert_owns : 0;
  }
  return whole * kMillion / kWhole;
}

// A synergy is earned when, and only when, the raw fields say so.
absl::Status JudgeSynergies(const Case& c, const Bundle& bundle) {
  const auto chosen = [&](Part part) {
    const std::vector<Choice>& list = bundle.part(part).chosen;
    return list.empty() ? std::string() : list[0].resource;
  };
  const std::string expert = chosen(Part::kExpert);
  bool leads = false;
  bool owns = false;
  if (const std::string id = chosen(Part::kTeam); !id.empty()) {
    const Team& team = c.problem.teams[c.teams.at(id)];
    leads = !expert.empty() && team.leader == expert;
    for (const std::string& member : team.members) leads |= member == expert;
  }
  if (const std::string id = chosen(Part::kProject); !id.empty()) {
    owns = !expert.empty() &&
           c.problem.projects[c.projects.at(id)].owner == expert;
  }
  int32_t told = 0;
  for (const Entry& entry : bundle.synergies) {
    const bool team = entry.feature == Feature::kExpertTeam;
    const bool earned = team ? leads : owns;
    if (!earned || (!team && entry.feature != Feature::kExpertOwns)) {
      return Fault(bundle.demand, "a synergy that is not earned");
    }
    RETURN_IF_ERROR(JudgeEntry(
        bundle, entry, team ? c.policy.expert_team : c.policy.expert_owns,
        kWhole, 1));
    ++told;
  }
  const int32_t due =
      (leads && c.policy.expert_team > 0) + (owns && c.policy.expert_owns > 0);
  if (told != due) return Fault(bundle.demand, "a synergy is left out");
  return absl::OkStatus();
}

}  // namespace

absl::Status JudgePoints(const Case& c, const Bundle& bundle) {
  const Demand& demand = c.problem.demands[c.demands.at(bundle.demand)];
  int64_t total = 0;
  for (Part part : kAllParts) {
    const int32_t seats = part == Part::kTalents ? demand.talents_count : 1;
    for (const Choice& choice : bundle.part(part).chosen) {
      RETURN_IF_ERROR(JudgeChoicePoints(c, bundle, part, choice, seats));
      total += choice.points;
    }
  }
  RETURN_IF_ERROR(JudgeSynergies(c, bundle));
  for (const Entry& entry : bundle.synergies) total += entry.points;
  if (total != bundle.total) {
    return Fault(bundle.demand, "points do not add up to the bundle");
  }
  if (bundle.possible != PossibleOf(c.policy, demand)) {
    return Fault(bundle.demand, "the points possible are wrong");
  }
  return absl::OkStatus();
}

}  // namespace jiedui::matcher::engine::judging
