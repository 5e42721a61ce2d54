#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int32_t kWhole = 1000;  // ‰

int64_t BundlePoints(int32_t bundle_weight, int32_t weight, int32_t f,
                     int32_t seats) {
  return int64_t{bundle_weight} * weight * f / (int64_t{kFullMarks} * seats);
}

Entry MakeEntry(Feature feature, const FeatureValue& value,
                int32_t bundle_weight, int32_t weight, int32_t seats) {
  Entry entry;
  entry.feature = feature;
  entry.raw = value.raw;
  entry.f = value.f;
  entry.bundle_weight = bundle_weight;
  entry.weight = weight;
  entry.seats = seats;
  entry.points = BundlePoints(bundle_weight, weight, value.f, seats);
  return entry;
}

}  // namespace

Scorer::Scorer(const Policy& policy, Part part, const DemandFacts& demand)
    : policy_(policy), demand_(demand) {
  for (const FeatureWeight& feature :
       policy.features[static_cast<size_t>(part)]) {
    weights_[static_cast<size_t>(feature.feature)] = feature.weight;
    if (feature.feature == Feature::kText) {
      most_text_ = Points(feature.weight, MostText(policy, demand));
      continue;
    }
    terms_[count_++] = {FunctionOf(feature.feature), feature.weight, 0};
  }
  int32_t rest = 0;
  for (size_t i = count_; i-- > 0;) {
    terms_[i].rest = rest;
    rest += Points(terms_[i].weight, kFullMarks);
  }
}

int32_t Scorer::WithoutText(const Facts& candidate, int32_t least) const {
  int32_t score = 0;
  for (size_t i = 0; i < count_; ++i) {
    const Term& term = terms_[i];
    score += Points(term.weight, term.function(policy_, demand_, candidate).f);
    if (score + term.rest < least) return score;
  }
  return score;
}

int32_t Scorer::TextOf(const Facts& candidate) const {
  return PointsFor(Feature::kText, candidate);
}

int32_t Scorer::PointsFor(Feature feature, const Facts& candidate) const {
  const int32_t weight = WeightOf(feature);
  if (weight == 0) return 0;
  return Points(weight, FunctionOf(feature)(policy_, demand_, candidate).f);
}

Choice Assess(const Policy& policy, Part part, const DemandFacts& demand,
              const Facts& candidate, int32_t seats) {
  const int index = static_cast<int>(part);
  Choice choice;
  for (const auto& [feature, weight] : policy.features[index]) {
    const FeatureValue value = FunctionOf(feature)(policy, demand, candidate);
    choice.entries.push_back(
        MakeEntry(feature, value, policy.bundle[index], weight, seats));
    choice.score += Scorer::Points(weight, value.f);
    choice.points += choice.entries.back().points;
  }
  return choice;
}

int64_t PointsOf(const Policy& policy, Part part, const DemandFacts& demand,
                 const Facts& candidate, int32_t seats) {
  const int index = static_cast<int>(part);
  int64_t points = 0;
  for (const auto& [feature, weight] : policy.features[index]) {
    points +=
        BundlePoints(policy.bundle[index], weight,
                     FunctionOf(feature)(policy, demand, candidate).f, seats);
  }
  return points;
}

Choice AssessRequester(const Policy& policy) {
  const int32_t bundle = policy.bundle[static_cast<int>(Part::kEnterprise)];
  Choice choice;
  choice.entries.push_back(
      MakeEntry(Feature::kRequester, {1, kFullMarks}, bundle, kWhole, 1));
  choice.score = kFullMarks;
  choice.points = choice.entries.back().points;
  return choice;
}

Entry AssessSynergy(const Policy& policy, Feature feature, int32_t weight,
                    const DemandFacts& demand, const Facts& candidate) {
  return MakeEntry(feature, FunctionOf(feature)(policy, demand, candidate),
                   weight, kWhole, 1);
}

}  // namespace jiedui::matcher::engine
