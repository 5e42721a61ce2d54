// The table of the PostgreSQL peer and the statement that is measured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "common/codes/corps.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::bench {

// How the rows of a region and a discipline are found.
enum class PostgresIndices {
  // GIN on the disciplines of the skills, B-tree on the region served.
  kSkillsAndRegion,
  // GIN on (region served, discipline) pairs: one look-up finds both.
  kPairs,
};

// Several statements. Columns, in the order of COPY:
//   id        the row's number
//   served    the region served: its position in codes::AllRegions()
//   village, town, hub
//             of the base; 0 where it is wider; hubs are counties, numbered
//             from 1
//   tier, mode, capacity
//   kind      title, category and dialects in one number: KindOf()
//   fixed     points for rating and acceptance
//   s1 … s4   subjects, from 1; the last number is “none”
//   p1 … p4   strength, ‰; 0 for none
//   e1 … e4   first day the skill no longer counts
//   i1 … i4   industries, from 1; the last number is “none”
//   f1 … f4, t1 … t4
//             free from, to (not included); 0, 0 for none
//   disciplines, avoided, terms, others
//             sorted numbers: of skills, of names and credit codes not to be
//             served, of words
//   pairs     of served and discipline: PairOf()
std::string CreateTable();

// Once the table is full: rows in order of region, indices, statistics.
std::string CreateIndices(PostgresIndices indices);

// The best `k` of the rows that break no hard constraint and reach the expert
// part's admission score: id, score, distance. Parameters:
//   $1   regions that have the demand's place in them
//   $2   disciplines asked for
//   $3   pairs of the two
//   $4   opened, $5 mode that does not do
//   $6, $7   window
//   $8   numbers of the requester's name and credit code
//   $9   points by kind; −1 for one that will not do
//   $10, $11 terms and other words of the text
//   $12  points by weight of words shared
//   $13  points by free days
//   $14, $15 village, town
//   $16, $17 points in the same village, in the same town
//   $18  points by hub
//   $19  ‰ by industry
//   $20  ‰ by subject, for the industry
//   $21, $22 distance by kind and tier, of one who reaches the floor, and of
//        one who does not
//   $23 …    ‰ by subject, for each subject asked for
// REQUIRES: subjects > 0.
std::string SelectBest(const matcher::engine::Policy& policy, size_t subjects,
                       int k, PostgresIndices indices);

// ‰ the feature counts in the expert part; 0 when it does not.
int32_t ExpertWeight(const matcher::engine::Policy& policy,
                     matcher::engine::Feature feature);

inline constexpr int kTitles = 6;
inline constexpr int kCategories = 5;
inline constexpr int kDialectMasks = 16;
inline constexpr int kKinds = kTitles * kCategories * kDialectMasks;

// From 0. `dialects` as bits from codes::Dialect - 1.
constexpr int32_t KindOf(codes::Title title, matcher::engine::Category category,
                         uint32_t dialects) {
  const int32_t title_number = static_cast<int32_t>(title) - 1;
  const auto category_number = static_cast<int32_t>(category);
  return (title_number * kCategories + category_number) * kDialectMasks +
         static_cast<int32_t>(dialects);
}

constexpr int32_t PairOf(int32_t served, int32_t discipline) {
  constexpr int32_t kDisciplines = 100;
  return served * kDisciplines + discipline;
}

}  // namespace jiedui::bench
