#include "services/matcher/engine/explain.h"

#include <algorithm>
#include <utility>

#include "services/matcher/engine/local.h"
#include "services/matcher/engine/pool.h"
#include "services/matcher/engine/scorer.h"
#include "services/matcher/engine/survey.h"

namespace jiedui::matcher::engine {
namespace {

PartResult MakePart(Part part, PartStatus status) {
  PartResult result;
  result.part = part;
  result.status = status;
  return result;
}

PartStatus StatusOf(const Draft& draft, Part part) {
  return draft.IsLocked(part) ? PartStatus::kLocked : PartStatus::kFilled;
}

// What the runner-up lacks most, feature by feature.
RunnerUp Compare(Choice choice, const Choice* chosen) {
  RunnerUp runner;
  runner.choice = std::move(choice);
  if (chosen == nullptr) return runner;
  for (size_t i = 0; i < runner.choice.entries.size(); ++i) {
    if (i >= chosen->entries.size() ||
        chosen->entries[i].feature != runner.choice.entries[i].feature) {
      return runner;  // the chosen one is there for another reason
    }
    const int64_t shortfall =
        chosen->entries[i].points - runner.choice.entries[i].points;
    if (shortfall > runner.shortfall) {
      runner.shortfall = shortfall;
      runner.lacks = chosen->entries[i].feature;
    }
  }
  return runner;
}

}  // namespace

Explainer::Explainer(const Prepared& prepared, const Matching& matching)
    : Explainer(prepared, matching.drafts, matching.remaining,
                matching.marginals, own_usage_) {
  for (size_t i = 0; i < drafts_.size(); ++i) {
    own_usage_.Add(static_cast<int32_t>(i), drafts_[i]);
  }
}

Explainer::Explainer(const Prepared& prepared, const std::vector<Draft>& drafts,
                     const Remaining& remaining,
                     const std::vector<MarginalWorth>& marginals,
                     const Usage& usage)
    : prepared_(prepared),
      drafts_(drafts),
      remaining_(remaining),
      marginals_(marginals),
      usage_(usage),
      people_(prepared, Part::kExpert),
      teams_(prepared, Part::kTeam),
      projects_(prepared, Part::kProject) {}

Bundle Explainer::Explain(int32_t demand) const {
  Bundle bundle;
  bundle.demand = prepared_.problem().demands[demand].id;
  for (Part part : {Part::kExpert, Part::kProject, Part::kTeam}) {
    bundle.part(part) = ExplainRival(part, demand);
  }
  AddMarginal(demand, bundle.part(Part::kExpert));
  AddOpening(demand, bundle.part(Part::kExpert));
  bundle.part(Part::kTalents) = ExplainTalents(demand);
  bundle.part(Part::kEnterprise) = ExplainEnterprise(demand);
  bundle.part(Part::kIndustry) = ExplainIndustry(demand);
  AddSynergies(FactsWithExpert(prepared_, demand, drafts_[demand]), bundle);
  for (const PartResult& part : bundle.parts) {
    for (const Choice& choice : part.chosen) bundle.total += choice.points;
  }
  for (const Entry& entry : bundle.synergies) bundle.total += entry.points;
  bundle.possible = PossiblePoints(prepared_.policy(),
                                   prepared_.problem().demands[demand].want);
  return bundle;
}

const Specialists& Explainer::SpecialistsOf(Part part) const {
  if (part == Part::kTeam) return teams_;
  return part == Part::kProject ? projects_ : people_;
}

PartResult Explainer::ExplainRival(Part part, int32_t demand) const {
  const Draft& draft = drafts_[demand];
  if (prepared_.problem().demands[demand].wants(part) == Want::kNone) {
    return MakePart(part, PartStatus::kNotRequired);
  }
  const Pool pool(prepared_, part);
  const DemandFacts facts = part == Part::kExpert
                                ? prepared_.demands()[demand]
                                : FactsWithExpert(prepared_, demand, draft);
  const int32_t resource = draft.at(part);
  PartResult result = MakePart(
      part, resource == kNobody ? PartStatus::kGap : StatusOf(draft, part));
  if (resource != kNobody) {
    result.chosen.push_back(pool.MakeChoice(facts, resource, 1));
  }
  if (!draft.IsLocked(part)) {
    result.runners_up =
        RunnersUp(part, facts, 1,
                  result.chosen.empty() ? nullptr : &result.chosen.front());
  }
  const Survey survey = SurveyPart(prepared_, part, SpecialistsOf(part), facts);
  if (survey.barred != kNobody) {
    result.excluded =
        Excluded{pool.MakeChoice(facts, survey.barred, 1), survey.violated};
  }
  if (result.status == PartStatus::kGap) {
    result.gap = Gap{ReasonOf(survey, facts), 1, survey.near,
                     result.excluded ? result.excluded->choice.resource : ""};
  }
  return result;
}

void Explainer::AddMarginal(int32_t demand, PartResult& expert) const {
  if (expert.status != PartStatus::kFilled) return;
  const MarginalWorth& worth = marginals_[static_cast<size_t>(demand)];
  Marginal& marginal = expert.marginal.emplace();
  marginal.loss = worth.loss;
  if (worth.next != kNobody) marginal.next = prepared_.corps().id(worth.next);
  if (worth.instead != kNobody) {
    marginal.instead =
        prepared_.problem().demands[static_cast<size_t>(worth.instead)].id;
  }
}

void Explainer::AddOpening(int32_t demand, PartResult& expert) const {
  DemandFacts facts = prepared_.demands()[static_cast<size_t>(demand)];
  if (facts.opened == codes::Tier::kProvince ||
      expert.status == PartStatus::kNotRequired ||
      expert.status == PartStatus::kLocked) {
    return;
  }
  const codes::Tier opened = facts.opened;
  facts.opened = codes::Tier::kProvince;
  const Pool pool(prepared_, Part::kExpert);
  std::optional<Choice> best;
  constexpr int32_t kLookedAt = 24;
  for (int32_t volunteer : pool.Best(facts, kLookedAt)) {
    const bool closed = prepared_.corps().tier(volunteer) < opened;
    if (!closed || remaining_.volunteers[static_cast<size_t>(volunteer)] == 0) {
      continue;
    }
    Choice choice = pool.MakeChoice(facts, volunteer, 1);
    if (!best || choice.points > best->points) best = std::move(choice);
  }
  if (!best) return;
  const int64_t now = expert.chosen.empty() ? 0 : expert.chosen.front().points;
  if (best->points <= now) return;
  const int64_t gain = best->points - now;
  expert.opening = Opening{*std::move(best), gain};
}

PartResult Explainer::ExplainTalents(int32_t demand) const {
  const Demand& wish = prepared_.problem().demands[demand];
  const Draft& draft = drafts_[demand];
  if (wish.wants(Part::kTalents) == Want::kNone || draft.talents.empty()) {
    return MakePart(Part::kTalents, PartStatus::kNotRequired);
  }
  const Pool pool(prepared_, Part::kTalents);
  const auto seats = static_cast<int32_t>(draft.talents.size());
  PartResult result = MakePart(Part::kTalents, PartStatus::kFilled);
  int32_t open = kNobody;
  int32_t missing = 0;
  for (int32_t seat = 0; seat < seats; ++seat) {
    const int32_t talent = draft.talents[seat];
    if (talent == kNobody) {
      ++missing;
      if (open == kNobody) open = seat;
      continue;
    }
    result.chosen.push_back(
        pool.MakeChoice(prepared_.Seat(demand, seat), talent, seats));
  }
  if (draft.locked_talents == seats) result.status = PartStatus::kLocked;
  // Of the first seat that is not locked.
  if (const int32_t shown = draft.locked_talents; shown < seats) {
    const bool filled = draft.talents[shown] != kNobody;
    result.runners_up =
        RunnersUp(Part::kTalents, prepared_.Seat(demand, shown), seats,
                  filled ? &result.chosen[shown] : nullptr);
  }
  if (missing > 0) {
    const DemandFacts seat = prepared_.Seat(demand, open);
    const Survey survey = SurveyPart(prepared_, Part::kTalents, people_, seat);
    result.status = PartStatus::kGap;
    result.gap = Gap{ReasonOf(survey, seat), missing, survey.near,
                     survey.barred == kNobody ? "" : pool.id(survey.barred)};
  }
  return result;
}

PartResult Explainer::ExplainEnterprise(int32_t demand) const {
  const Demand& wish = prepared_.problem().demands[demand];
  const Draft& draft = drafts_[demand];
  if (wish.wants(Part::kEnterprise) == Want::kNone) {
    return MakePart(Part::kEnterprise, PartStatus::kNotRequired);
  }
  const Policy& policy = prepared_.policy();
  if (HelpsItself(wish, draft)) {
    PartResult result =
        MakePart(Part::kEnterprise, StatusOf(draft, Part::kEnterprise));
    result.chosen.push_back(AssessRequester(policy));
    result.chosen.back().resource = prepared_.RequesterAsEnterprise(demand);
    return result;
  }
  if (draft.IsLocked(Part::kEnterprise)) {
    const int32_t index = draft.at(Part::kEnterprise);
    PartResult result = MakePart(Part::kEnterprise, PartStatus::kLocked);
    result.chosen.push_back(Assess(policy, Part::kEnterprise,
                                   prepared_.demands()[demand],
                                   prepared_.enterprises()[index]));
    result.chosen.back().resource = prepared_.problem().enterprises[index].id;
    return result;
  }
  return BestOf(Part::kEnterprise, EnterpriseChoices(prepared_, demand), wish);
}

PartResult Explainer::ExplainIndustry(int32_t demand) const {
  const Demand& wish = prepared_.problem().demands[demand];
  const Draft& draft = drafts_[demand];
  if (wish.wants(Part::kIndustry) == Want::kNone) {
    return MakePart(Part::kIndustry, PartStatus::kNotRequired);
  }
  if (draft.IsLocked(Part::kIndustry)) {
    const int32_t index = draft.at(Part::kIndustry);
    PartResult result = MakePart(Part::kIndustry, PartStatus::kLocked);
    result.chosen.push_back(Assess(prepared_.policy(), Part::kIndustry,
                                   prepared_.demands()[demand],
                                   prepared_.specialties()[index]));
    result.chosen.back().resource = prepared_.problem().specialties[index].id;
    return result;
  }
  return BestOf(Part::kIndustry, IndustryChoices(prepared_, demand), wish);
}

// Nobody competes for these: the first is chosen, the next are runners-up.
PartResult Explainer::BestOf(Part part, std::vector<Choice> choices,
                             const Demand& demand) const {
  if (choices.empty()) {
    PartResult result = MakePart(part, PartStatus::kGap);
    result.gap = Gap{demand.industry.empty() ? GapReason::kDataMissing
                                             : GapReason::kNoCandidate,
                     1, 0, ""};
    return result;
  }
  PartResult result = MakePart(part, PartStatus::kFilled);
  result.chosen.push_back(std::move(choices.front()));
  const size_t shown = std::min<size_t>(
      choices.size() - 1, static_cast<size_t>(prepared_.policy().runners_up));
  for (size_t i = 1; i <= shown; ++i) {
    result.runners_up.push_back(
        Compare(std::move(choices[i]), &result.chosen.front()));
  }
  return result;
}

void Explainer::AddSynergies(const DemandFacts& facts, Bundle& bundle) const {
  const Draft& draft = drafts_[facts.index];
  const Policy& policy = prepared_.policy();
  const auto add = [&](Feature feature, int32_t weight, const Facts& resource) {
    const Entry entry = AssessSynergy(policy, feature, weight, facts, resource);
    if (entry.points > 0) bundle.synergies.push_back(entry);
  };
  if (const int32_t team = draft.at(Part::kTeam); team != kNobody) {
    add(Feature::kExpertTeam, policy.expert_team, prepared_.teams()[team]);
  }
  if (const int32_t project = draft.at(Part::kProject); project != kNobody) {
    add(Feature::kExpertOwns, policy.expert_owns,
        prepared_.projects()[project]);
  }
}

std::vector<RunnerUp> Explainer::RunnersUp(Part part, const DemandFacts& facts,
                                           int32_t seats,
                                           const Choice* chosen) const {
  const Pool pool(prepared_, part);
  const Draft& draft = drafts_[facts.index];
  const auto in_use = static_cast<int32_t>(draft.talents.size()) + 1;
  const int32_t wanted = prepared_.policy().runners_up;
  std::vector<RunnerUp> runners;
  for (int32_t resource : pool.Best(facts, wanted + in_use)) {
    if (static_cast<int32_t>(runners.size()) == wanted) break;
    if (InUse(part, resource, facts.index)) continue;
    runners.push_back(Compare(pool.MakeChoice(facts, resource, seats), chosen));
    runners.back().taken_by = TakenBy(part, resource, facts.index);
  }
  return runners;
}

bool Explainer::InUse(Part part, int32_t resource, int32_t demand) const {
  const Draft& draft = drafts_[demand];
  if (part == Part::kExpert || part == Part::kTalents) {
    return draft.HasPerson(resource);
  }
  return draft.at(part) == resource;
}

std::string Explainer::TakenBy(Part part, int32_t resource,
                               int32_t demand) const {
  const std::vector<int32_t>& left = part == Part::kTeam ? remaining_.teams
                                     : part == Part::kProject
                                         ? remaining_.projects
                                         : remaining_.volunteers;
  const std::span<const int32_t> holders = usage_.Of(part, resource);
  if (left[resource] > 0 || holders.empty() || holders.front() == demand) {
    return "";
  }
  return prepared_.problem().demands[holders.front()].id;
}

}  // namespace jiedui::matcher::engine
