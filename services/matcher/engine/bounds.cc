#include "services/matcher/engine/bounds.h"

#include <algorithm>
#include <iterator>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int32_t kFullSimilarity = 1000;  // ‰

// Features that digests tell of.
constexpr Feature kTold[] = {Feature::kTitle, Feature::kAction,
                             Feature::kDialect, Feature::kRating};

bool LookedUp(Feature feature) {
  return feature == Feature::kSubject || feature == Feature::kText ||
         feature == Feature::kNearTier ||
         std::find(std::begin(kTold), std::end(kTold), feature) !=
             std::end(kTold);
}

// Nobody is together with an expert who is not chosen yet.
bool MayEarn(Feature feature, const DemandFacts& demand) {
  return feature != Feature::kTogether || demand.expert != kNobody;
}

bool ModesMeet(Mode wanted, Mode offered) {
  return wanted == Mode::kEither || offered == Mode::kEither ||
         wanted == offered;
}

}  // namespace

Bounds::Bounds(const Policy& policy, const Scorer& scorer,
               const DemandFacts& demand, const Postings& postings, bool people)
    : policy_(policy), demand_(demand) {
  const int32_t subject = scorer.WeightOf(Feature::kSubject);
  const int32_t text = scorer.WeightOf(Feature::kText);
  TabulateSubjects(demand, subject);
  TabulateText(policy, demand, postings, text);
  TabulateTraits(policy, scorer, demand, people);
  for (Feature feature : kTold) most_told_ += scorer.MostOf(feature);
  for (size_t i = 0; i < Scorer::kMostFeatures; ++i) {
    const auto feature = static_cast<Feature>(i);
    const int32_t most = scorer.MostOf(feature);
    if (most == 0 || LookedUp(feature) || !MayEarn(feature, demand)) continue;
    rest_ += most;
  }
  if (demand.mode == Mode::kOnSite) {
    geo_weight_ = scorer.WeightOf(Feature::kGeo);
  }
  if (demand.industry != kNoIndustry) {
    industry_weight_ = scorer.WeightOf(Feature::kIndustry);
  }
  acceptance_weight_ = scorer.WeightOf(Feature::kAcceptance);
  readiness_weight_ = scorer.WeightOf(Feature::kReadiness);
}

void Bounds::TabulateSubjects(const DemandFacts& demand, int32_t weight) {
  int64_t weights = 0;
  for (const DemandFacts::Asked& asked : demand.subjects) {
    weights += asked.weight;
  }
  if (weights == 0) return;
  // Of f = Σ w·(similarity·strength) / Σ w the weight earns a thousandth.
  constexpr int32_t kScale =
      (1 << kFractionBits) * (kFullMarks / kFullSimilarity / kStrengthLevels);
  for (size_t k = 0; k < demand.subjects.size(); ++k) {
    const int64_t whole =
        int64_t{demand.subjects[k].weight} * weight * kScale / 1000;
    const int64_t factor = whole / weights + 1;
    if (k >= kSubjects) {
      beyond_ += factor * kFullSimilarity * kStrengthLevels;
      continue;
    }
    factors_[k] = static_cast<int32_t>(factor);
    similarity_[kLast][k] = kFullSimilarity;
    for (DisciplineIndex discipline : demand.disciplines) {
      const auto [first, last] = SubjectsOf(discipline);
      for (size_t i = first; i <= last && i < kLast; ++i) {
        similarity_[i][k] =
            static_cast<int16_t>(demand.subjects[k].similarity[i]);
      }
    }
  }
}

void Bounds::TabulateText(const Policy& policy, const DemandFacts& demand,
                          const Postings& postings, int32_t weight) {
  int64_t known = 0;
  for (TokenId token : demand.tokens) {
    if (!postings.Knows(token)) continue;
    sieve_.Add(token, TextWeight(policy, token));
    known += TextWeight(policy, token);
  }
  const auto points = [&](int64_t matched) {
    return Scorer::Points(weight, TextMarks(policy, matched));
  };
  text_.fill(points(known));
  text_levels_ =
      static_cast<size_t>(std::min<int64_t>(known, TextSieve::kMost)) + 1;
  for (size_t i = 0; i + 1 < text_levels_; ++i) {
    text_[i] = points(static_cast<int64_t>(i));
  }
}

void Bounds::TabulateTraits(const Policy& policy, const Scorer& scorer,
                            const DemandFacts& demand, bool people) {
  for (uint32_t kind = 0; kind < Digest::kKinds; ++kind) {
    const Mode mode = Digest::ModeOf(kind);
    if (mode != Mode::kOnSite) {
      // As on site, but for whether he can serve.
      kinds_[kind] = kinds_[kind - static_cast<uint32_t>(mode)];
      fits_[kind] = fits_[kind - static_cast<uint32_t>(mode)];
      continue;
    }
    const Facts facts = Digest::FactsOfKind(kind);
    const bool never = people &&
                       demand.title_min == codes::Title::kAcademician &&
                       facts.title != codes::Title::kAcademician;
    kinds_[kind] = never ? kNever
                         : scorer.PointsFor(Feature::kTitle, facts) +
                               scorer.PointsFor(Feature::kAction, facts);
    fits_[kind] = ActionFeature(policy, demand, facts).f > 0;
  }
  for (uint32_t kind = 0; people && kind < Digest::kKinds; ++kind) {
    if (!ModesMeet(demand.mode, Digest::ModeOf(kind))) kinds_[kind] = kNever;
  }
  const bool required = people && demand.dialect_required;
  for (uint32_t i = 0; i < Digest::kDialectSets; ++i) {
    const Facts facts = Digest::FactsOfDialects(i);
    const bool never = required && demand.dialects != 0 &&
                       (demand.dialects & facts.dialects) == 0;
    dialects_[i] = never ? kNever : scorer.PointsFor(Feature::kDialect, facts);
  }
  for (uint32_t i = 0; i < Digest::kRatings; ++i) {
    ratings_[i] = scorer.PointsFor(Feature::kRating, Digest::FactsOfRating(i));
  }
  for (size_t i = 1; i < near_tier_.size(); ++i) {
    Facts facts;
    facts.tier = static_cast<codes::Tier>(i);
    near_tier_[i] = scorer.PointsFor(Feature::kNearTier, facts);
  }
}

uint32_t Bounds::LeastMatched(int32_t points) const {
  uint32_t matched = 0;
  while (matched < text_levels_ && text_[matched] < points) ++matched;
  return matched < text_levels_ ? matched : TextSieve::kMost + 1;
}

int32_t Bounds::Industry(const Postings::Cell& cell, Digest digest,
                         std::span<const IndustryIndex> industries) const {
  int32_t best = IndustryBySubject(policy_, demand_, cell.subject);
  for (uint32_t i = 0; i < Digest::kOthers; ++i) {
    const SubjectIndex subject = digest.subject(i);
    if (subject == Digest::kAnySubject) return kFullSimilarity;
    if (digest.strength(i) == 0) continue;
    best = std::max(best, IndustryBySubject(policy_, demand_, subject));
  }
  for (IndustryIndex industry : industries) {
    best = std::max<int32_t>(best, demand_.industry_similarity[industry]);
  }
  return best;
}

int32_t Bounds::Narrow(int32_t most, const Postings::Cell& cell, Digest digest,
                       const FactsTable::Glance& glance) const {
  const auto lose = [&](int32_t weight, int32_t f) {
    most -= Scorer::Points(weight, kFullMarks) - Scorer::Points(weight, f);
  };
  if (geo_weight_ != 0) {
    lose(geo_weight_, GeoMarks(Minutes(demand_.place, glance.place)));
  }
  if (industry_weight_ != 0) {
    lose(industry_weight_, Industry(cell, digest, glance.industries) *
                               (kFullMarks / kFullSimilarity));
  }
  if (acceptance_weight_ != 0) lose(acceptance_weight_, glance.acceptance_f);
  if (readiness_weight_ != 0) {
    lose(readiness_weight_, glance.readiness * kFullMarks / 9);
  }
  return most;
}

int32_t Bounds::Subject(const Postings::Cell& cell) const {
  const Lanes known =
      Known(std::min(cell.subject, Digest::kAnySubject), cell.strength);
  int16_t best = 0;
  for (size_t k = 0; k < kSubjects; ++k) best = std::max(best, known[k]);
  return SubjectPoints(Lanes{} + best);
}

int32_t Bounds::WithoutText(const Postings::Cell& cell, Digest digest) const {
  Lanes best =
      Known(std::min(cell.subject, Digest::kAnySubject), cell.strength);
  for (uint32_t i = 0; i < Digest::kOthers; ++i) {
    const Lanes other = Known(digest.subject(i), digest.strength(i));
    best = best > other ? best : other;
  }
  return SubjectPoints(best) + near_tier_[cell.tier] + rest_ +
         kinds_[digest.kind()] + dialects_[digest.dialects()] +
         ratings_[digest.rating()];
}

}  // namespace jiedui::matcher::engine
