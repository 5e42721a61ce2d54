#include "tools/corps/economy.h"

#include <algorithm>
#include <string>

#include "common/codes/crosswalk.h"
#include "tools/corps/troubles.h"

namespace jiedui::corps {
namespace {

using codes::Subject;

// How flat the top of Zipf's law is among the industries, among the subjects of
// one, and among all subjects.
constexpr uint64_t kIndustryHead = 12;
constexpr uint64_t kSubjectHead = 2;
constexpr uint64_t kAllSubjectsHead = 2;
constexpr uint64_t kAtHome = 6;  // times likelier

bool IsFoundIn(const IndustryWords& words, std::string_view province) {
  return words.provinces.empty() ||
         words.provinces.find(province) != std::string_view::npos;
}

// What an industry weighs among the choices of a county.
std::vector<uint64_t> IndustryWeights(const County& county) {
  const std::string province = county.region->CodeText().substr(0, 2);
  std::vector<uint64_t> weights;
  size_t rank = 0;
  for (const IndustryWords& words : AllIndustryWords()) {
    const uint64_t home = words.is_rural != county.is_urban ? kAtHome : 1;
    weights.push_back(IsFoundIn(words, province)
                          ? home * ZipfWeight(rank, kIndustryHead)
                          : 0);
    ++rank;
  }
  return weights;
}

// Second and third level, without “other subjects of …” and histories.
bool IsSkill(const Subject& subject) {
  return subject.code.size() >= 5 && !subject.name.ends_with("其他学科") &&
         !subject.name.ends_with("史");
}

}  // namespace

Economy::Economy(uint64_t seed, const Places& places) {
  DealBusinesses(seed, places);
  FindSubjects();
  RankAllSubjects(seed);
}

void Economy::DealBusinesses(uint64_t seed, const Places& places) {
  businesses_.reserve(places.counties().size() * kBusinesses);
  for (const County& county : places.counties()) {
    Random random(seed, kStreamEconomy, county.region->code());
    std::vector<uint64_t> weights = IndustryWeights(county);
    int weight = random.Between(60, 90);
    for (size_t i = 0; i < kBusinesses; ++i) {
      const size_t choice = Weights(weights).Pick(random);
      weights[choice] = 0;
      const IndustryWords& words = AllIndustryWords()[choice];
      businesses_.push_back({&words, codes::FindIndustry(words.industry),
                             PartOf(words.products, random.Next()), weight});
      weight = weight * random.Between(40, 75) / 100;
    }
  }
}

void Economy::FindSubjects() {
  for (const IndustryWords& words : AllIndustryWords()) {
    std::vector<const Subject*> named;
    for (std::string_view rest = words.subjects; !rest.empty();) {
      const std::string_view code = rest.substr(0, rest.find('|'));
      rest.remove_prefix(std::min(rest.size(), code.size() + 1));
      named.push_back(codes::FindSubject(code));
    }
    std::vector<const Subject*> subjects = named;
    for (const Subject& subject : codes::AllSubjects()) {
      if (IsSkill(subject) &&
          std::find(named.begin(), named.end(), &subject) == named.end() &&
          codes::CrosswalkStrength(subject.code, words.industry) >= kServes) {
        subjects.push_back(&subject);
      }
    }
    std::stable_sort(
        subjects.begin() + static_cast<std::ptrdiff_t>(named.size()),
        subjects.end(), [&words](const Subject* a, const Subject* b) {
          return codes::CrosswalkStrength(a->code, words.industry) >
                 codes::CrosswalkStrength(b->code, words.industry);
        });
    Weights weights = Zipf(subjects.size(), kSubjectHead);
    pools_.push_back({std::move(subjects), std::move(weights)});
  }
}

void Economy::RankAllSubjects(uint64_t seed) {
  std::vector<const Subject*> serving;
  for (const Pool& pool : pools_) {
    serving.insert(serving.end(), pool.subjects.begin(), pool.subjects.end());
  }
  std::sort(serving.begin(), serving.end());
  serving.erase(std::unique(serving.begin(), serving.end()), serving.end());
  std::vector<const Subject*> others;
  for (const Subject& subject : codes::AllSubjects()) {
    if (IsSkill(subject) &&
        !std::binary_search(serving.begin(), serving.end(), &subject)) {
      others.push_back(&subject);
    }
  }
  Random random(seed, kStreamSubjects, 0);
  for (const auto* part : {&serving, &others}) {
    for (const uint32_t i : Shuffled(part->size(), random)) {
      all_.subjects.push_back((*part)[i]);
    }
  }
  all_.weights = Zipf(all_.subjects.size(), kAllSubjectsHead);
}

std::span<const Business> Economy::BusinessesOf(size_t county) const {
  return std::span(businesses_).subspan(county * kBusinesses, kBusinesses);
}

const Business& Economy::PickBusiness(size_t county, Random& random) const {
  static const Weights kShares = {50, 27, 15, 8};
  static_assert(kBusinesses == 4);
  return BusinessesOf(county)[kShares.Pick(random)];
}

const Subject& Economy::PickSubject(const IndustryWords& words,
                                    Random& random) const {
  const auto position = static_cast<size_t>(&words - AllIndustryWords().data());
  const Pool& pool = pools_[position];
  return *pool.subjects[pool.weights.Pick(random)];
}

const Subject& Economy::PickAnySubject(Random& random) const {
  return *all_.subjects[all_.weights.Pick(random)];
}

}  // namespace jiedui::corps
