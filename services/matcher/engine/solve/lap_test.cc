#include "services/matcher/engine/solve/lap.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "gmock/gmock.h"
#include "services/matcher/engine/solve/test_instances.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;
using testing::ElementsAre;

absl::StatusOr<LapResult> SolveText(const std::string& text) {
  const auto instance = ParseLap(text, "x.txt");
  if (!instance.ok()) return instance.status();
  return SolveLap(*instance);
}

// The least cost over all permutations; nothing where none is complete.
std::optional<int64_t> BruteForce(
    int n, const std::map<std::pair<int, int>, int>& costs) {
  std::vector<int> columns(n);
  std::iota(columns.begin(), columns.end(), 0);
  std::optional<int64_t> best;
  do {
    int64_t sum = 0;
    bool complete = true;
    for (int row = 0; row < n; ++row) {
      const auto it = costs.find({row, columns[row]});
      complete &= it != costs.end();
      if (it != costs.end()) sum += it->second;
    }
    if (complete && (!best || sum < *best)) best = sum;
  } while (std::next_permutation(columns.begin(), columns.end()));
  return best;
}

TEST(LapTest, ReachesThePublishedOptimum) {
  const LapResult result = *SolveText(ReadTestData("assign100.txt"));
  EXPECT_EQ(result.objective, 305);
  EXPECT_EQ(result.bound, 305);
  std::vector<int32_t> columns = result.column;
  std::sort(columns.begin(), columns.end());
  for (int32_t i = 0; i < 100; ++i) ASSERT_EQ(columns[i], i);
}

TEST(LapTest, EqualsBruteForceInBothFormats) {
  std::mt19937 random(305);
  int impossible = 0;
  for (int i = 0; i < 500; ++i) {
    const int n = 2 + static_cast<int>(random() % 5);
    const bool sparse = i % 2;
    std::map<std::pair<int, int>, int> costs;
    std::string text = absl::StrCat(n, "\n");
    for (int row = 0; row < n; ++row) {
      for (int column = 0; column < n; ++column) {
        if (sparse && random() % 3 == 0) continue;
        const int cost = static_cast<int>(random() % 40) - 10;
        costs[{row, column}] = cost;
        if (sparse) absl::StrAppend(&text, row + 1, " ", column + 1, " ");
        absl::StrAppend(&text, cost, random() % 4 ? " " : "\r\n");
      }
    }
    if (sparse && costs.size() * 3 == static_cast<size_t>(n) * n) continue;
    const std::optional<int64_t> best = BruteForce(n, costs);
    const auto result = SolveText(text);
    if (best) {
      ASSERT_TRUE(result.ok()) << result.status();
      ASSERT_EQ(result->objective, *best);
      ASSERT_EQ(result->bound, *best);
    } else {
      ++impossible;
      ASSERT_TRUE(base::HasReason(result.status(), Reason::kNoAssignment) ||
                  base::HasReason(result.status(), Reason::kNumbersMissing));
    }
  }
  EXPECT_GT(impossible, 10);
}

TEST(LapTest, TheWorstIsTheDearestRow) {
  const LapResult result = *SolveText("2  5 90  1 30");
  EXPECT_EQ(result.objective, 35);
  EXPECT_EQ(result.worst, 30);
  EXPECT_THAT(result.column, ElementsAre(0, 1));
}

TEST(LapTest, ErrorsNameFileAndLine) {
  const auto error = [](const std::string& text) {
    return *base::Info(SolveText(text).status());
  };
  const base::ErrorInfo bad = error("2\n1 2\n3 x\n");
  EXPECT_EQ(bad.reason, Reason::kNumberMalformed);
  EXPECT_THAT(bad.args, testing::IsSupersetOf({base::ErrorArg("file", "x.txt"),
                                               base::ErrorArg("line", "3"),
                                               base::ErrorArg("value", "x")}));
  EXPECT_EQ(error("").reason, Reason::kNumbersMissing);
  EXPECT_EQ(error("3\n1 2 3\n4 5").reason, Reason::kNumbersMissing);
  EXPECT_EQ(error("0").reason, Reason::kNumberMalformed);
  EXPECT_EQ(error("99999999999999999999").reason, Reason::kNumberMalformed);
  EXPECT_EQ(error("2\n1 2\n3 1e9\n").reason, Reason::kNumberMalformed);
  EXPECT_EQ(error("2  1 1 5  2 1 5").reason, Reason::kNoAssignment);
  EXPECT_EQ(error("2  1 1 5  2 3 5").reason, Reason::kNumberMalformed);
}

TEST(LapTest, StopsWhenToldTo) {
  const LapInstance instance = *ParseLap("2 1 2 3 4", "x.txt");
  const auto result =
      SolveLap(instance, [](int64_t, int64_t) { return false; });
  EXPECT_TRUE(base::HasReason(result.status(), Reason::kCancelled));
}

}  // namespace
}  // namespace jiedui::matcher::engine
