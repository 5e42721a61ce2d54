#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureFunction FunctionOf(Feature feature) {
  switch (feature) {
    case Feature::kSubject:
      return SubjectFeature;
    case Feature::kIndustry:
      return IndustryFeature;
    case Feature::kText:
      return TextFeature;
    case Feature::kTitle:
      return TitleFeature;
    case Feature::kGeo:
      return GeoFeature;
    case Feature::kDialect:
      return DialectFeature;
    case Feature::kTime:
      return TimeFeature;
    case Feature::kRating:
      return RatingFeature;
    case Feature::kAcceptance:
      return AcceptanceFeature;
    case Feature::kAction:
      return ActionFeature;
    case Feature::kNearTier:
      return NearTierFeature;
    case Feature::kReadiness:
      return ReadinessFeature;
    case Feature::kTogether:
    case Feature::kExpertTeam:
      return TogetherFeature;
    case Feature::kLocality:
      return LocalityFeature;
    case Feature::kSpecialty:
      return SpecialtyFeature;
    case Feature::kLeading:
      return LeadingFeature;
    case Feature::kRequester:
      break;  // a fact, not a feature: AssessRequester
    case Feature::kExpertOwns:
      return OwnerFeature;
  }
  return nullptr;
}

}  // namespace jiedui::matcher::engine
