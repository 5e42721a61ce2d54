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

using FeatureFunction = FeatureValue (*)(const Policy&, const DemandFacts&,
                                         const Facts&);

FeatureValue SubjectFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue IndustryFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue TextFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue TitleFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue GeoFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue DialectFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue TimeFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue RatingFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue AcceptanceFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue ActionFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue NearTierFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue ReadinessFeature(const Policy&, const DemandFacts&, const Facts&);
// Also the synergy kExpertTeam.
FeatureValue TogetherFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue LocalityFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue SpecialtyFeature(const Policy&, const DemandFacts&, const Facts&);
FeatureValue LeadingFeature(const Policy&, const DemandFacts&, const Facts&);
// The synergy kExpertOwns.
FeatureValue OwnerFeature(const Policy&, const DemandFacts&, const Facts&);

// What the two features below are of; computed once a volunteer or team, when
// it is added. 0 … kFullMarks.
int32_t SmoothedRating(const Policy& policy, const Rating& rating);
int32_t SmoothedAcceptance(const Policy& policy, int32_t accepted,
                           int32_t offered);

// What a shared token counts, and the text feature's f by the sum of these.
int32_t TextWeight(const Policy& policy, TokenId token);
int32_t TextMarks(const Policy& policy, int64_t matched);
// The geo feature's f by minutes on the way, where one must come.
int32_t GeoMarks(int32_t minutes);
// How well one who knows the subject knows the demand's industry, ‰.
// REQUIRES: the demand has an industry.
int32_t IndustryBySubject(const Policy& policy, const DemandFacts& demand,
                          SubjectIndex subject);
// The text feature's f of anybody at most.
int32_t MostText(const Policy& policy, const DemandFacts& demand);

// Whether the action is about who comes (院士专家地市行, 港澳科技专家广东行),
// so that the tier they come from does not count.
bool IsAboutWhoComes(codes::Action action);

// The function of a feature; null for kRequester, which needs none.
FeatureFunction FunctionOf(Feature feature);

}  // namespace jiedui::matcher::engine
