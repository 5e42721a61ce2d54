#include "tests/bench/engine/peer_avx2.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "tools/corps/random.h"

namespace jiedui::bench {
namespace {

using corps::Random;
using testing::ElementsAre;
using testing::IsEmpty;

struct Table {
  std::vector<uint16_t> served, traits;
  std::vector<int16_t> from, to;
  std::array<std::vector<uint16_t>, kDisciplineWords> words;

  SieveColumns columns() const {
    return {served, traits, from, to, {words[0], words[1], words[2], words[3]}};
  }
};

Table RandomTable(size_t rows, Random& random) {
  Table table;
  for (size_t i = 0; i < rows; ++i) {
    table.served.push_back(static_cast<uint16_t>(random.Below(20)));
    table.traits.push_back(static_cast<uint16_t>(random.Next()));
    const int from = random.Between(20'000, 20'400);
    table.from.push_back(static_cast<int16_t>(from));
    table.to.push_back(static_cast<int16_t>(from + random.Between(1, 90)));
    for (auto& word : table.words) {
      word.push_back(static_cast<uint16_t>(1u << random.Below(16)));
    }
  }
  return table;
}

Sieve RandomSieve(Random& random) {
  Sieve sieve;
  for (int i = random.Between(0, 6); i > 0; --i) {
    sieve.regions.push_back(static_cast<uint16_t>(random.Below(20)));
  }
  sieve.all_traits = static_cast<uint16_t>(1u << random.Below(16));
  if (random.Percent(30)) {
    sieve.any_trait = static_cast<uint16_t>(random.Below(16) << 4);
  }
  sieve.start = static_cast<int16_t>(random.Between(20'000, 20'400));
  sieve.end = static_cast<int16_t>(sieve.start + random.Between(1, 120));
  for (int i = random.Between(1, 3); i > 0; --i) {
    sieve.disciplines[random.Below(kDisciplineWords)] |=
        static_cast<uint16_t>(random.Next());
  }
  return sieve;
}

// Few scores, so that many are equal; some are no candidates.
bool RankRow(Ranked& ranked) {
  ranked.distance = ranked.row % 3;
  ranked.score = ranked.row * 7919 % 23;
  return ranked.score > 1;
}

bool Passes(const Table& table, const Sieve& sieve, size_t row) {
  const bool served = std::count(sieve.regions.begin(), sieve.regions.end(),
                                 table.served[row]) > 0;
  const bool traits =
      (table.traits[row] & sieve.all_traits) == sieve.all_traits &&
      (sieve.any_trait == 0 || (table.traits[row] & sieve.any_trait) != 0);
  const bool free = table.from[row] < sieve.end && table.to[row] > sieve.start;
  bool shares = false;
  for (size_t i = 0; i < kDisciplineWords; ++i) {
    shares = shares || (table.words[i][row] & sieve.disciplines[i]) != 0;
  }
  return served && traits && free && shares;
}

TEST(BestByBruteForceTest, IsWhatSortingAllGivesWithAndWithoutAvx2) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Random random(seed, 0, 0);
    const Table table = RandomTable(random.Below(10'000), random);
    const Sieve sieve = RandomSieve(random);
    const int k = random.Between(1, 80);
    std::vector<Ranked> expected;
    for (size_t row = 0; row < table.served.size(); ++row) {
      Ranked ranked = {.row = static_cast<int32_t>(row)};
      if (Passes(table, sieve, row) && RankRow(ranked)) {
        expected.push_back(ranked);
      }
    }
    std::sort(expected.begin(), expected.end());
    if (expected.size() > static_cast<size_t>(k)) {
      expected.resize(static_cast<size_t>(k));
    }
    EXPECT_EQ(BestByBruteForce(table.columns(), sieve, k, RankRow,
                               Instructions::kScalar),
              expected);
    EXPECT_EQ(BestByBruteForce(table.columns(), sieve, k, RankRow,
                               Instructions::kBest),
              expected);
  }
}

TEST(BestByBruteForceTest, EquallyGoodOnesGoToTheSmallerRow) {
  Random random(1, 0, 0);
  Table table = RandomTable(100, random);
  Sieve sieve;
  sieve.regions = {3};
  sieve.start = 0;
  sieve.end = 32'000;
  sieve.disciplines = {0xffff, 0, 0, 0};
  std::fill(table.served.begin(), table.served.end(), 3);
  const auto same = [](Ranked&) { return true; };
  EXPECT_THAT(
      BestByBruteForce(table.columns(), sieve, 3, same, Instructions::kBest),
      ElementsAre(Ranked{.row = 0}, Ranked{.row = 1}, Ranked{.row = 2}));
}

TEST(BestByBruteForceTest, NoRowsGiveNothing) {
  const Table table;
  EXPECT_THAT(BestByBruteForce(table.columns(), Sieve{}, 3, RankRow,
                               Instructions::kBest),
              IsEmpty());
}

}  // namespace
}  // namespace jiedui::bench
