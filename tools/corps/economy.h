// What each county lives on, and which subjects serve it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "common/codes/industries.h"
#include "common/codes/subjects.h"
#include "tools/corps/industry_words.h"
#include "tools/corps/places.h"
#include "tools/corps/random.h"
#include "tools/corps/weights.h"

namespace jiedui::corps {

// One of a county's industries.
struct Business {
  const IndustryWords* words;
  const codes::Industry* industry;
  std::string_view product;
  int weight;  // 1–100, how much of the county rests on it
};

// Immutable and thread-safe.
class Economy {
 public:
  // Gives every county kBusinesses industries, heaviest first: of those its
  // province has, the commoner the likelier, rural ones rather in counties and
  // others rather in districts.
  static constexpr size_t kBusinesses = 4;
  Economy(uint64_t seed, const Places& places);

  // `county` is a position in places.counties().
  std::span<const Business> BusinessesOf(size_t county) const;
  const Business& PickBusiness(size_t county, Random& random) const;

  // A subject that serves the industry, by Zipf's law: first those it names,
  // then those of the crosswalk from kServes up.
  static constexpr int kServes = 600'000;
  const codes::Subject& PickSubject(const IndustryWords& words,
                                    Random& random) const;
  // Any subject at all, by Zipf's law in an order that the seed decides; those
  // that serve no industry here come last.
  const codes::Subject& PickAnySubject(Random& random) const;

 private:
  struct Pool {
    std::vector<const codes::Subject*> subjects;
    Weights weights;
  };

  void DealBusinesses(uint64_t seed, const Places& places);
  void FindSubjects();
  void RankAllSubjects(uint64_t seed);

  std::vector<Business> businesses_;  // kBusinesses a county
  std::vector<Pool> pools_;           // by position in AllIndustryWords()
  Pool all_;
};

}  // namespace jiedui::corps
