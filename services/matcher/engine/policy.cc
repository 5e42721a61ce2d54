#include "services/matcher/engine/policy.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/matcher/engine/canonical.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int32_t kWhole = 1000;
constexpr int32_t kFull = 1'000'000;

using base::Reason;
using base::Violations;

void CheckRange(const std::string& field, int64_t value, int64_t min,
                int64_t max, Violations& violations) {
  if (value >= min && value <= max) return;
  violations.Add(field, Reason::kValueOutOfRange,
                 {{"value", absl::StrCat(value)},
                  {"min", absl::StrCat(min)},
                  {"max", absl::StrCat(max)}});
}

void CheckSum(const std::string& field, int64_t sum, Violations& violations) {
  if (sum == kWhole) return;
  violations.Add(field, Reason::kWeightsDoNotSum,
                 {{"sum", absl::StrCat(sum)}, {"whole", absl::StrCat(kWhole)}});
}

void CheckBundle(const Policy& policy, Violations& violations) {
  int64_t sum = policy.expert_team + policy.expert_owns;
  for (int i = 0; i < kParts; ++i) {
    CheckRange(absl::StrCat("bundle[", i, "]"), policy.bundle[i], 0, kWhole,
               violations);
    sum += policy.bundle[i];
  }
  CheckRange("expert_team", policy.expert_team, 0, kWhole, violations);
  CheckRange("expert_owns", policy.expert_owns, 0, kWhole, violations);
  CheckSum("bundle", sum, violations);
}

void CheckFeatures(const Policy& policy, Violations& violations) {
  for (int i = 0; i < kParts; ++i) {
    const std::string field = absl::StrCat("features[", i, "]");
    std::set<Feature> seen;
    int64_t sum = 0;
    for (const FeatureWeight& feature : policy.features[i]) {
      if (feature.feature == Feature::kRequester) {
        violations.Add(field, Reason::kUnknownValue,
                       {{"value", "REQUESTER"}, {"allowed", "features"}});
      }
      CheckRange(field, feature.weight, 0, kWhole, violations);
      sum += feature.weight;
      if (!seen.insert(feature.feature).second) {
        violations.Add(
            field, Reason::kDuplicateId,
            {{"id", absl::StrCat(static_cast<int>(feature.feature))}});
      }
    }
    CheckSum(field, sum, violations);
  }
}

void CheckThresholds(const Policy& policy, Violations& violations) {
  CheckRange("floor", policy.floor, 0, kFull, violations);
  for (int i = 0; i < kParts; ++i) {
    CheckRange(absl::StrCat("admission[", i, "]"), policy.admission[i], 0,
               kFull, violations);
  }
  CheckRange("subject_positions", policy.subject_positions.size(), 1, 16,
             violations);
  for (int32_t position : policy.subject_positions) {
    CheckRange("subject_positions", position, 1, kFull, violations);
  }
  CheckRange("specialty_nearness", policy.specialty_nearness, 0, kWhole,
             violations);
  CheckRange("crosswalk_weight", policy.crosswalk_weight, 0, kWhole,
             violations);
  CheckRange("load_step", policy.load_step, 0, kFull / 300, violations);
  CheckRange("fairness_band", policy.fairness_band, 0, kWhole, violations);
  CheckRange("title_step", policy.title_step, 0, kFull, violations);
  CheckRange("mandarin_f", policy.mandarin_f, 0, kFull, violations);
  CheckRange("days_needed", policy.days_needed, 1, 366, violations);
  CheckRange("text_term_weight", policy.text_term_weight, 0, kWhole,
             violations);
  CheckRange("text_bigram_weight", policy.text_bigram_weight, 0, kWhole,
             violations);
  CheckRange("text_anchor", policy.text_anchor, 1, kFull, violations);
  CheckRange("rating_prior_stars", policy.rating_prior_stars, 100, 500,
             violations);
  CheckRange("rating_prior_count", policy.rating_prior_count, 1, kWhole,
             violations);
  CheckRange("acceptance_prior", policy.acceptance_prior, 0, kWhole,
             violations);
  CheckRange("acceptance_prior_count", policy.acceptance_prior_count, 1, kWhole,
             violations);
  CheckRange("runners_up", policy.runners_up, 0, 16, violations);
}

}  // namespace

absl::Status Validate(const Policy& policy) {
  Violations violations;
  CheckBundle(policy, violations);
  CheckFeatures(policy, violations);
  CheckThresholds(policy, violations);
  return violations.ToStatus();
}

std::string Canonical(const Policy& policy) {
  CanonicalWriter writer;
  writer.Put(policy.version);
  for (int i = 0; i < kParts; ++i) {
    writer.Put(policy.bundle[i]);
    writer.Put(policy.admission[i]);
    writer.PutList(policy.features[i], [&](const FeatureWeight& feature) {
      writer.PutEnum(feature.feature);
      writer.Put(feature.weight);
    });
  }
  writer.PutList(policy.subject_positions,
                 [&](int32_t position) { writer.Put(position); });
  for (int32_t value :
       {policy.specialty_nearness, policy.crosswalk_weight, policy.expert_team,
        policy.expert_owns, policy.floor, policy.load_step,
        policy.fairness_band, policy.title_step, policy.mandarin_f,
        policy.days_needed, policy.text_term_weight, policy.text_bigram_weight,
        policy.text_anchor, policy.rating_prior_stars,
        policy.rating_prior_count, policy.acceptance_prior,
        policy.acceptance_prior_count, policy.runners_up}) {
    writer.Put(value);
  }
  return writer.Take();
}

int64_t PossiblePoints(const Policy& policy,
                       const std::array<Want, kParts>& want) {
  const auto wanted = [&](Part part) {
    return want[static_cast<int>(part)] != Want::kNone;
  };
  int64_t whole = 0;
  for (Part part : kAllParts) {
    if (wanted(part)) whole += policy.bundle[static_cast<int>(part)];
  }
  if (wanted(Part::kExpert) && wanted(Part::kTeam)) whole += policy.expert_team;
  if (wanted(Part::kExpert) && wanted(Part::kProject)) {
    whole += policy.expert_owns;
  }
  return whole * (kFull / kWhole);
}

}  // namespace jiedui::matcher::engine
