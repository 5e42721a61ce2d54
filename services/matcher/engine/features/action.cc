// Two of the five actions are about who comes: 院士专家地市行 (academicians and
// experts to the prefectures) and 港澳科技专家广东行 (Hong Kong and Macao
// experts in Guangdong). The others ask nothing.
#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {
namespace {

bool Fits(codes::Action action, const Facts& candidate) {
  switch (action) {
    case codes::Action::kAcademiciansToPrefectures:
      return candidate.category == Category::kAcademician ||
             candidate.title >= codes::Title::kSenior;
    case codes::Action::kHongKongMacaoExperts:
      return candidate.category == Category::kHongKongMacao;
    default:
      return true;
  }
}

}  // namespace

bool IsAboutWhoComes(codes::Action action) {
  return action == codes::Action::kAcademiciansToPrefectures ||
         action == codes::Action::kHongKongMacaoExperts;
}

FeatureValue ActionFeature(const Policy& policy, const DemandFacts& demand,
                           const Facts& candidate) {
  const bool fits = Fits(demand.action, candidate);
  return {fits, fits ? kFullMarks : 0};
}

}  // namespace jiedui::matcher::engine
