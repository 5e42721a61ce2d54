// The weights and thresholds of a round. Everything a coordinator may argue
// about stands here, with the reason for its default; nothing elsewhere.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {

struct FeatureWeight {
  Feature feature;
  int32_t weight;  // ‰ of the part
};

struct Policy {
  std::string version = "2026-2";

  // ‰ of a bundle, by Part: expert, project, team, enterprise, talents,
  // industry; with the two synergies they sum to 1000.
  std::array<int32_t, kParts> bundle = {300, 180, 180, 40, 120, 80};
  int32_t expert_team = 50;  // the expert leads or joins the team
  int32_t expert_owns = 50;  // the expert owns the project

  // ‰ of each part, by Part; each sums to 1000. Subject leads because the
  // source's order is demand-led, right specialism, exact contact
  // (需求导向、专业对口、精准对接); way and availability can be arranged. Text
  // comes next: litchi and pomelo, prawn and crab have one subject and often
  // one industry, and only the words tell them apart. A team is first of all
  // the expert's own (带领一个团队). An enterprise at hand goes before a larger
  // one further off.
  std::array<std::vector<FeatureWeight>, kParts> features = {{
      {{Feature::kSubject, 370},
       {Feature::kText, 240},
       {Feature::kIndustry, 90},
       {Feature::kTitle, 60},
       {Feature::kGeo, 80},
       {Feature::kDialect, 30},
       {Feature::kTime, 40},
       {Feature::kRating, 40},
       {Feature::kAcceptance, 20},
       {Feature::kAction, 30}},
      {{Feature::kSubject, 300},
       {Feature::kText, 400},
       {Feature::kIndustry, 200},
       {Feature::kReadiness, 100}},
      {{Feature::kSubject, 450},
       {Feature::kNearTier, 130},
       {Feature::kGeo, 100},
       {Feature::kRating, 70},
       {Feature::kTogether, 250}},
      {{Feature::kIndustry, 650},
       {Feature::kLocality, 300},
       {Feature::kLeading, 50}},
      {{Feature::kSubject, 450},
       {Feature::kText, 200},
       {Feature::kIndustry, 100},
       {Feature::kNearTier, 75},
       {Feature::kGeo, 75},
       {Feature::kTime, 50},
       {Feature::kRating, 50}},
      {{Feature::kSpecialty, 1000}},
  }};

  // Score (micro) from which a tier "can serve": the expert of a lower tier is
  // preferred to one of a higher tier only when he reaches it. A township's
  // junior technician who knows the place but not the matter stays below; one
  // who knows both, above.
  int32_t floor = 700'000;
  // Scores (micro) below which one is no candidate at all, by Part: where those
  // begin who share no more than a discipline. Lower than `floor`: a demand is
  // better served by a fair match than by nobody, but by nobody, which sends it
  // upwards, than by a stranger to the matter.
  std::array<int32_t, kParts> admission = {520'000, 640'000, 360'000,
                                           600'000, 450'000, 1};

  // Micro-points that the second pairing of one volunteer in a round costs, the
  // third twice, all further three times: load is spread where quality hardly
  // differs, within a hundredth of it.
  int32_t load_step = 2'500;
  // ‰ of quality that may be given up to serve counties more evenly.
  int32_t fairness_band = 10;

  // Weight of the demand's first, second, … subject; the last for all further.
  std::vector<int32_t> subject_positions = {1000, 500, 300};

  // ‰; a specialty less near to the demand than this is another trade.
  int32_t specialty_nearness = 520;
  // ‰ that a subject's strength in an industry counts against having worked in
  // it. At 1000 nearly everyone of a field is at full marks.
  int32_t crosswalk_weight = 600;
  int32_t title_step = 350'000;  // f lost for each level below what is asked
  // Dialect f of one who shares none but speaks Mandarin.
  int32_t mandarin_f = 400'000;
  int32_t days_needed = 30;  // free days inside the window that earn full marks

  // Text: f = matched / (matched + anchor). The anchors are frozen here, not
  // taken from the corpus, so that one newcomer changes nobody's score.
  int32_t text_term_weight = 4;    // a term of the taxonomies
  int32_t text_bigram_weight = 1;  // a pair of Han characters, a word
  int32_t text_anchor = 6;

  // Smoothing of few observations towards the usual.
  int32_t rating_prior_stars = 400;  // × 100
  int32_t rating_prior_count = 5;
  int32_t acceptance_prior = 800;  // ‰
  int32_t acceptance_prior_count = 5;

  int32_t runners_up = 3;
};

// INVALID_FIELDS naming each field that is off: weights that do not sum to
// 1000, a feature named twice, a negative number, anchors not above zero.
absl::Status Validate(const Policy& policy);

// The bytes that stand for the policy in a round's identity.
std::string Canonical(const Policy& policy);

// What the n-th pairing of a volunteer in a round costs, n from 1, in
// micro-points: convex, so that the expert part stays a flow.
inline int32_t LoadCost(const Policy& policy, int32_t n) {
  constexpr int32_t kMostSteps = 3;
  return policy.load_step * (n - 1 < kMostSteps ? n - 1 : kMostSteps);
}

// The greatest number of points the wanted parts can earn, in micro-points.
int64_t PossiblePoints(const Policy& policy,
                       const std::array<Want, kParts>& want);

}  // namespace jiedui::matcher::engine
