#include "services/matcher/domain/proposal.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/sha256.h"
#include "common/codes/tables.h"
#include "services/matcher/domain/dates.h"
#include "services/matcher/domain/words.h"
#include "services/matcher/engine/counterfactual.h"

namespace jiedui::matcher {
namespace {

using engine::Part;

constexpr size_t kRoundDigits = 16;
constexpr size_t kPairingDigits = 8;

type::v1::PartStatus ToStatus(engine::PartStatus status) {
  switch (status) {
    case engine::PartStatus::kFilled:
      return type::v1::PART_STATUS_FILLED;
    case engine::PartStatus::kLocked:
      return type::v1::PART_STATUS_LOCKED;
    case engine::PartStatus::kNotRequired:
      return type::v1::PART_STATUS_NOT_REQUIRED;
    case engine::PartStatus::kGap:
      return type::v1::PART_STATUS_GAP;
  }
  return type::v1::PART_STATUS_UNSPECIFIED;
}

type::v1::FeaturePoints ToFeaturePoints(const engine::Entry& entry,
                                        int32_t weight) {
  type::v1::FeaturePoints points;
  points.set_feature(std::string(FeatureName(entry.feature)));
  points.set_raw(RawInWords(entry.feature, entry.raw));
  points.set_value(entry.f);
  points.set_weight(weight);
  points.set_points(entry.points);
  return points;
}

// The requester helped may be unknown to the register of enterprises: the
// choice then has no resource.
type::v1::Choice ToChoice(const engine::Choice& choice,
                          const demand::event::v1::Demand& demand,
                          const CardOf& cards) {
  type::v1::Choice result;
  result.set_resource(choice.resource);
  if (choice.resource.empty()) {
    result.set_display_name(demand.requester().name());
    result.set_summary("需求方");
  } else {
    Card card = cards(choice.resource);
    result.set_display_name(std::move(card.display_name));
    result.set_summary(std::move(card.summary));
  }
  result.set_points(choice.points);
  for (const engine::Entry& entry : choice.entries) {
    *result.add_features() = ToFeaturePoints(entry, entry.weight);
  }
  return result;
}

type::v1::Alternative ToAlternative(const engine::RunnerUp& runner,
                                    const CardOf& cards) {
  type::v1::Alternative result;
  result.set_resource(runner.choice.resource);
  result.set_display_name(cards(runner.choice.resource).display_name);
  result.set_points(runner.choice.points);
  if (runner.lacks) {
    result.set_lacks_feature(std::string(FeatureName(*runner.lacks)));
    result.set_lacks_points(runner.shortfall);
  }
  result.set_serves_instead(runner.taken_by);
  return result;
}

type::v1::Excluded ToExcluded(const engine::Excluded& excluded,
                              const CardOf& cards) {
  type::v1::Excluded result;
  result.set_resource(excluded.choice.resource);
  result.set_display_name(cards(excluded.choice.resource).display_name);
  result.set_points(excluded.choice.points);
  for (engine::Constraint constraint : excluded.violated.ToVector()) {
    const type::v1::Constraint told = ToConstraint(constraint);
    const auto& so_far = result.constraints();
    if (std::find(so_far.begin(), so_far.end(), told) == so_far.end()) {
      result.add_constraints(told);
    }
  }
  return result;
}

// 缺 1 席 · 同领域 12 · 最接近：张三（容量已满）.
std::string GapInWords(const engine::Gap& gap, const type::v1::Part& part,
                       const CardOf& cards) {
  std::vector<std::string> words;
  if (part.seats() > 1)
    words.push_back(absl::StrCat("缺 ", gap.missing, " 席"));
  words.push_back(gap.candidates == 0
                      ? "库中没有同领域的"
                      : absl::StrCat("同领域 ", gap.candidates, " 个"));
  if (!gap.nearest.empty()) {
    std::vector<std::string> failed;
    for (int constraint : part.best_excluded().constraints()) {
      failed.push_back(std::string(
          ConstraintInWords(static_cast<type::v1::Constraint>(constraint))));
    }
    std::string nearest =
        absl::StrCat("最接近：", cards(gap.nearest).display_name);
    if (!failed.empty()) {
      absl::StrAppend(&nearest, "（", absl::StrJoin(failed, "、"), "）");
    }
    words.push_back(std::move(nearest));
  }
  return absl::StrJoin(words, " · ");
}

int32_t SeatsOf(const engine::PartResult& result,
                const demand::event::v1::Demand& demand) {
  if (result.status == engine::PartStatus::kNotRequired) return 0;
  return result.part == Part::kTalents ? demand.parts().talents_count() : 1;
}

// What the expert is worth, and what higher tiers would bring.
void AddOutlook(const engine::PartResult& result, const CardOf& cards,
                type::v1::Part& part) {
  if (result.marginal) {
    type::v1::Marginal& marginal = *part.mutable_marginal();
    for (int32_t unmet : result.marginal->loss.unmet) {
      marginal.set_unmet(marginal.unmet() + unmet);
    }
    marginal.set_tier_distance(result.marginal->loss.tier_distance);
    marginal.set_quality(result.marginal->loss.loss);
    marginal.set_instead(result.marginal->instead);
    marginal.set_next(result.marginal->next);
    if (!marginal.next().empty()) {
      marginal.set_next_display_name(cards(marginal.next()).display_name);
    }
  }
  if (result.opening) {
    type::v1::Opening& opening = *part.mutable_opening();
    opening.set_resource(result.opening->choice.resource);
    opening.set_display_name(cards(opening.resource()).display_name);
    opening.set_gain_points(result.opening->gain);
  }
}

void DropWords(type::v1::Part& part) {
  part.clear_gap_detail();
  for (auto& choice : *part.mutable_choices()) {
    choice.clear_display_name();
    choice.clear_summary();
  }
  for (auto& runner : *part.mutable_runners_up()) runner.clear_display_name();
  if (part.has_best_excluded()) {
    part.mutable_best_excluded()->clear_display_name();
  }
  if (part.has_marginal()) {
    part.mutable_marginal()->clear_next_display_name();
  }
  if (part.has_opening()) part.mutable_opening()->clear_display_name();
}

}  // namespace

std::string RoundIdentity(const engine::Problem& problem,
                          const engine::Policy& policy, absl::CivilDay as_of) {
  const std::string problem_bytes = engine::Canonical(problem);
  const std::string policy_bytes = engine::Canonical(policy);
  const std::string day = DayText(as_of);
  const std::string head = absl::StrCat(
      std::string(kEngineVersion), "\n", policy.version, "\n", day, "\n",
      std::string(codes::TablesHash()), "\n", policy_bytes.size(), "\n");
  return base::Hex(base::Sha256({head, policy_bytes, problem_bytes}));
}

std::string RoundName(std::string_view identity) {
  return absl::StrCat("rounds/", std::string(identity.substr(0, kRoundDigits)));
}

std::string PairingName(std::string_view demand, std::string_view identity) {
  const std::string id(demand.substr(demand.find('/') + 1));
  return absl::StrCat("pairings/", id, "-",
                      std::string(identity.substr(0, kPairingDigits)));
}

bool IsProposal(const engine::Bundle& bundle, const LockedParts& locked) {
  return !engine::AnchorOf(bundle).chosen.empty() || !locked.empty();
}

type::v1::Part ToPart(const engine::PartResult& result,
                      const demand::event::v1::Demand& demand,
                      const CardOf& cards) {
  type::v1::Part part;
  part.set_kind(ToKind(result.part));
  part.set_status(ToStatus(result.status));
  part.set_seats(SeatsOf(result, demand));
  for (const engine::Choice& choice : result.chosen) {
    *part.add_choices() = ToChoice(choice, demand, cards);
    part.set_points(part.points() + choice.points);
  }
  for (const engine::RunnerUp& runner : result.runners_up) {
    *part.add_runners_up() = ToAlternative(runner, cards);
  }
  if (result.excluded) {
    *part.mutable_best_excluded() = ToExcluded(*result.excluded, cards);
  }
  AddOutlook(result, cards, part);
  if (result.gap) {
    part.set_gap_reason(ToGapReason(result.gap->reason));
    part.set_gap_detail(GapInWords(*result.gap, part, cards));
  }
  return part;
}

type::v1::FeaturePoints ToSynergy(const engine::Entry& entry) {
  return ToFeaturePoints(entry, entry.bundle_weight);
}

event::v1::Pairing MakeProposal(const engine::Bundle& bundle,
                                const demand::event::v1::Demand& demand,
                                std::string_view identity,
                                const LockedParts& locked,
                                const CardOf& cards) {
  event::v1::Pairing pairing;
  pairing.set_name(PairingName(demand.name(), identity));
  pairing.set_demand(demand.name());
  pairing.set_demand_title(demand.title());
  pairing.set_region(demand.region());
  pairing.set_round(RoundName(identity));
  pairing.set_state("PROPOSED");
  for (const engine::PartResult& part : bundle.parts) {
    *pairing.add_parts() = ToPart(part, demand, cards);
  }
  for (Part part : locked) pairing.add_locked_parts(ToKind(part));
  pairing.set_points(bundle.total);
  pairing.set_attainable_points(bundle.possible);
  for (const engine::Entry& entry : bundle.synergies) {
    *pairing.add_synergies() = ToSynergy(entry);
  }
  return pairing;
}

event::v1::UnpairedDemand MakeUnpaired(const engine::Bundle& bundle,
                                       const demand::event::v1::Demand& demand,
                                       const CardOf& cards) {
  event::v1::UnpairedDemand unpaired;
  unpaired.set_demand(demand.name());
  unpaired.set_demand_title(demand.title());
  *unpaired.mutable_part() = ToPart(engine::AnchorOf(bundle), demand, cards);
  return unpaired;
}

event::v1::UnpairedDemand WindowOver(const demand::event::v1::Demand& demand) {
  event::v1::UnpairedDemand unpaired;
  unpaired.set_demand(demand.name());
  unpaired.set_demand_title(demand.title());
  type::v1::Part* part = unpaired.mutable_part();
  part->set_kind(type::v1::PART_KIND_EXPERT);
  part->set_status(type::v1::PART_STATUS_GAP);
  part->set_gap_reason(type::v1::GAP_REASON_WINDOW);
  part->set_gap_detail("需求的服务期已过");
  part->set_seats(1);
  return unpaired;
}

type::v1::PartKind ToKind(Part part) {
  return static_cast<type::v1::PartKind>(static_cast<int>(part) + 1);
}

std::vector<NamedLevel> LevelsOf(const engine::Objective& objective) {
  constexpr const char* kUnmet[engine::kUrgencyClasses] = {
      "unmet_critical", "unmet_high", "unmet_normal", "unmet_low"};
  std::vector<NamedLevel> levels = {
      {"unmet_mandatory", objective.mandatory_unmet}};
  for (int i = 0; i < engine::kUrgencyClasses; ++i) {
    levels.push_back({kUnmet[i], objective.unmet[i]});
  }
  levels.push_back({"tier_distance", objective.tier_distance});
  // Told as quality, of which more is better.
  levels.push_back({"quality", -objective.loss});
  return levels;
}

event::v1::Certificate ToCertificate(const engine::Certificate& certificate) {
  const std::vector<NamedLevel> values = LevelsOf(certificate.value);
  const std::vector<NamedLevel> bounds = LevelsOf(certificate.bound);
  event::v1::Certificate result;
  for (size_t i = 0; i < values.size(); ++i) {
    event::v1::Level* level = result.add_levels();
    level->set_name(values[i].name);
    level->set_value(values[i].value);
    level->set_bound(bounds[i].value);
  }
  const bool all = certificate.over == engine::BoundOver::kAllFeasiblePairs;
  result.set_exact(all && certificate.value == certificate.bound);
  result.set_scope(absl::StrCat(all ? "all eligible pairs" : "candidates", ": ",
                                certificate.demands, " demands, ",
                                certificate.pairs, " pairs"));
  return result;
}

std::string PlanSha256(
    const google::protobuf::RepeatedPtrField<event::v1::Pairing>& pairings,
    const google::protobuf::RepeatedPtrField<event::v1::UnpairedDemand>&
        unpaired) {
  std::string bytes;
  const auto append = [&bytes](const google::protobuf::MessageLite& message) {
    absl::StrAppend(&bytes, message.ByteSizeLong(), ":");
    message.AppendToString(&bytes);
  };
  for (event::v1::Pairing pairing : pairings) {
    pairing.clear_demand_title();
    for (type::v1::Part& part : *pairing.mutable_parts()) DropWords(part);
    append(pairing);
  }
  for (event::v1::UnpairedDemand demand : unpaired) {
    demand.clear_demand_title();
    DropWords(*demand.mutable_part());
    append(demand);
  }
  return base::Sha256(bytes);
}

}  // namespace jiedui::matcher
