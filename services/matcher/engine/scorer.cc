#include "services/matcher/engine/scorer.h"

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int32_t kWhole = 1000;  // ‰

Entry MakeEntry(Feature feature, const FeatureValue& value,
                int32_t bundle_weight, int32_t weight, int32_t seats) {
  Entry entry;
  entry.feature = feature;
  entry.raw = value.raw;
  entry.f = value.f;
  entry.bundle_weight = bundle_weight;
  entry.weight = weight;
  entry.seats = seats;
  entry.points =
      int64_t{bundle_weight} * weight * value.f / (int64_t{kFullMarks} * seats);
  return entry;
}

int32_t PartPoints(int32_t weight, int32_t f) {
  return static_cast<int32_t>(int64_t{weight} * f / kWhole);
}

}  // namespace

int32_t Score(const Context& context, Part part, const DemandFacts& demand,
              const Facts& candidate) {
  int32_t score = 0;
  for (const auto& [feature, weight] :
       context.policy.features[static_cast<int>(part)]) {
    score +=
        PartPoints(weight, FunctionOf(feature)(context, demand, candidate).f);
  }
  return score;
}

Choice Assess(const Context& context, Part part, const DemandFacts& demand,
              const Facts& candidate, int32_t seats) {
  const int index = static_cast<int>(part);
  Choice choice;
  for (const auto& [feature, weight] : context.policy.features[index]) {
    const FeatureValue value = FunctionOf(feature)(context, demand, candidate);
    choice.entries.push_back(
        MakeEntry(feature, value, context.policy.bundle[index], weight, seats));
    choice.score += PartPoints(weight, value.f);
    choice.points += choice.entries.back().points;
  }
  return choice;
}

Choice AssessRequester(const Context& context) {
  const int32_t bundle =
      context.policy.bundle[static_cast<int>(Part::kEnterprise)];
  Choice choice;
  choice.entries.push_back(
      MakeEntry(Feature::kRequester, {1, kFullMarks}, bundle, kWhole, 1));
  choice.score = kFullMarks;
  choice.points = choice.entries.back().points;
  return choice;
}

Entry AssessSynergy(const Context& context, Feature feature, int32_t weight,
                    const DemandFacts& demand, const Facts& candidate) {
  return MakeEntry(feature, FunctionOf(feature)(context, demand, candidate),
                   weight, kWhole, 1);
}

}  // namespace jiedui::matcher::engine
