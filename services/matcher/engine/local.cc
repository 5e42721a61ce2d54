#include "services/matcher/engine/local.h"

#include <algorithm>
#include <utility>

#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {
namespace {

// Those of `rows` that reach the admission score, best first.
template <typename T>
std::vector<Choice> Choices(const Prepared& prepared, Part part, int32_t demand,
                            const std::vector<int32_t>& rows,
                            const FactsTable& table,
                            const std::vector<T>& resources) {
  const Policy& policy = prepared.policy();
  const DemandFacts& facts = prepared.demands()[static_cast<size_t>(demand)];
  const int32_t admission = policy.admission[static_cast<size_t>(part)];
  std::vector<Choice> choices;
  for (int32_t row : rows) {
    Choice choice = Assess(policy, part, facts, table[row]);
    if (choice.score < admission) continue;
    choice.resource = resources[static_cast<size_t>(row)].id;
    choices.push_back(std::move(choice));
  }
  std::sort(choices.begin(), choices.end(),
            [](const Choice& a, const Choice& b) {
              if (a.score != b.score) return a.score > b.score;
              return a.resource < b.resource;
            });
  return choices;
}

}  // namespace

std::vector<Choice> EnterpriseChoices(const Prepared& prepared,
                                      int32_t demand) {
  const DemandFacts& facts = prepared.demands()[static_cast<size_t>(demand)];
  if (facts.industry == kNoIndustry) return {};
  return Choices(prepared, Part::kEnterprise, demand,
                 prepared.EnterprisesOfCity(facts.place),
                 prepared.enterprises(), prepared.problem().enterprises);
}

std::vector<Choice> IndustryChoices(const Prepared& prepared, int32_t demand) {
  const DemandFacts& facts = prepared.demands()[static_cast<size_t>(demand)];
  return Choices(prepared, Part::kIndustry, demand,
                 prepared.SpecialtiesFor(facts.place), prepared.specialties(),
                 prepared.problem().specialties);
}

bool HelpsItself(const Demand& demand, const Draft& draft) {
  return draft.IsLocked(Part::kEnterprise)
             ? draft.requester_helped
             : demand.requester_kind == RequesterKind::kEnterprise;
}

}  // namespace jiedui::matcher::engine
