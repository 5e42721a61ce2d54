// The features of the score, one a file, all of one shape: how well a resource
// meets a demand in one respect, as an integer, with the raw value behind it.
// Pure and thread-safe. plan.h says what each raw value is.
#pragma once

#include <cstdint>

#include "services/matcher/engine/facts.h"

namespace jiedui::matcher::engine {

struct FeatureValue {
  int64_t raw = 0;
  int32_t f = 0;  // 0 … kFullMarks
};

using FeatureFunction = FeatureValue (*)(const Context&, const DemandFacts&,
                                         const Facts&);

FeatureValue SubjectFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue IndustryFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue TextFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue TitleFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue GeoFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue DialectFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue TimeFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue RatingFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue AcceptanceFeature(const Context&, const DemandFacts&,
                               const Facts&);
FeatureValue ActionFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue ReadinessFeature(const Context&, const DemandFacts&, const Facts&);
// Also the synergy kExpertTeam.
FeatureValue TogetherFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue LocalityFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue SpecialtyFeature(const Context&, const DemandFacts&, const Facts&);
FeatureValue LeadingFeature(const Context&, const DemandFacts&, const Facts&);
// The synergy kExpertOwns.
FeatureValue OwnerFeature(const Context&, const DemandFacts&, const Facts&);

// Whether the action is about who comes (院士专家地市行, 港澳科技专家广东行),
// so that the tier they come from does not count.
bool IsAboutWhoComes(codes::Action action);

// The function of a feature; null for kRequester, which needs none.
FeatureFunction FunctionOf(Feature feature);

}  // namespace jiedui::matcher::engine
