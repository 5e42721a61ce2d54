// What each demand may take in its bundle: the experts whose change leaves all
// levels above quality as they are, and the best few of the other parts.
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/bundles/bundle_problem.h"
#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/experts.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

// Points added to the value of filling a part that is required: more than any
// bundle earns, so that required parts come before desired ones.
inline constexpr int32_t kRequiredReward = 1'000'000;

// The levels above quality.
inline Objective Upper(Objective cost) {
  cost.loss = 0;
  return cost;
}

// By positions in Prepared; values in micro-points, with rewards.
struct Menu {
  // False: its expert is wanted, nobody can be, and nothing is locked.
  bool takes_part = true;
  bundles::ExpertRule rule = bundles::ExpertRule::kUnwanted;
  std::vector<bundles::Option> experts;
  std::vector<bundles::Option> teams;
  std::vector<bundles::Option> projects;
  std::vector<std::vector<bundles::Option>> talents;  // lists seats share
  std::vector<int32_t> list_of_seat;
};

// Where a model's start has its experts from.
enum class StartFrom : uint8_t {
  kFlow,   // nothing is chosen yet; drafts hold locks only
  kDrafts  // all is: a menu has at least what the draft holds
};

// The demand's expert to start from; kNobody when there is none.
int32_t StartExpert(const ExpertFlow& experts, const std::vector<Draft>& drafts,
                    int32_t demand, StartFrom from);

// From drafts, a demand that has an expert keeps one, and one that has none
// gets none; one that the flow knows nothing of, as its expert was held, may
// have others that climb no more tiers. Thread-safe; time is that of the
// searches (candidates.h).
Menu MakeMenu(const Prepared& prepared, const std::vector<Draft>& drafts,
              const ExpertFlow& experts, int32_t demand,
              StartFrom from = StartFrom::kFlow);

}  // namespace jiedui::matcher::engine
