// ParseReview: the four arrays, checked against one another.
#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/solve/npy.h"
#include "services/matcher/engine/solve/review.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

constexpr int64_t kMostPairs = 1 << 28;
constexpr double kMostScore = 1e6;
constexpr double kMostPoints = 1 << 30;
constexpr int32_t kFinestPoints = 1'000'000'000;
constexpr double kMostLoad = 1e6;

constexpr char kScores[] = "scores.npy";
constexpr char kLoads[] = "loads.npy";
constexpr char kLeast[] = "loads-lb.npy";
constexpr char kCovers[] = "covs.npy";

absl::Status BadShape(const char* file, const NpyArray& array,
                      const std::string& expected) {
  return base::MakeError(
      Reason::kArrayMalformed,
      {{"file", file},
       {"what", "shape"},
       {"found", absl::StrCat("(", absl::StrJoin(array.shape, ", "), ")")},
       {"expected", expected}});
}

absl::Status BadValue(std::string field, double value, double min, double max) {
  return base::MakeError(Reason::kValueOutOfRange,
                         {{"field", std::move(field)},
                          {"value", absl::StrCat(value)},
                          {"min", absl::StrCat(min)},
                          {"max", absl::StrCat(max)}});
}

// One whole number each for `count` reviewers or papers.
absl::StatusOr<std::vector<int32_t>> Counts(const std::string& bytes,
                                            const char* file, int32_t count,
                                            double max) {
  ASSIGN_OR_RETURN(const NpyArray array, ParseNpy(bytes, file));
  const bool column = array.shape.size() == 2 && array.shape[1] == 1;
  if ((array.shape.size() != 1 && !column) || array.shape[0] != count) {
    return BadShape(file, array, absl::StrCat("(", count, ")"));
  }
  std::vector<int32_t> counts;
  for (int32_t i = 0; i < count; ++i) {
    const double value = array.values[i];
    if (value < 0 || value > max || value != std::floor(value)) {
      return BadValue(absl::StrCat(file, " [", i, "]"), value, 0, max);
    }
    counts.push_back(static_cast<int32_t>(value));
  }
  return counts;
}

// The finest power of ten that keeps all scores within the points there are.
int32_t PointsPerUnit(double largest) {
  int32_t points = kFinestPoints;
  while (points > 1 && largest * points > kMostPoints) points /= 10;
  return points;
}

absl::Status ReadScores(const std::string& bytes, ReviewInstance& instance) {
  ASSIGN_OR_RETURN(const NpyArray array, ParseNpy(bytes, kScores));
  if (array.shape.size() != 2 || array.shape[0] < 1 || array.shape[1] < 1) {
    return BadShape(kScores, array, "(reviewers, papers)");
  }
  if (array.shape[0] > kMostPairs / array.shape[1]) {
    return base::MakeError(
        Reason::kTooLarge,
        {{"what", kScores},
         {"size", absl::StrCat(array.shape[0], " x ", array.shape[1])},
         {"limit", absl::StrCat(kMostPairs)}});
  }
  instance.reviewers = static_cast<int32_t>(array.shape[0]);
  instance.papers = static_cast<int32_t>(array.shape[1]);
  double largest = 0;
  for (size_t i = 0; i < array.values.size(); ++i) {
    const double value = array.values[i];
    if (std::abs(value) > kMostScore) {
      return BadValue(absl::StrCat(kScores, " [", i / instance.papers, ", ",
                                   i % instance.papers, "]"),
                      value, -kMostScore, kMostScore);
    }
    largest = std::max(largest, std::abs(value));
  }
  instance.points_per_unit = PointsPerUnit(largest);
  instance.scores.reserve(array.values.size());
  for (double value : array.values) {
    instance.scores.push_back(
        static_cast<int32_t>(std::llround(value * instance.points_per_unit)));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ReviewInstance> ParseReview(const ReviewFiles& files) {
  ReviewInstance instance;
  RETURN_IF_ERROR(ReadScores(files.scores, instance));
  ASSIGN_OR_RETURN(instance.most,
                   Counts(files.loads, kLoads, instance.reviewers, kMostLoad));
  for (int32_t& most : instance.most) most = std::min(most, instance.papers);
  ASSIGN_OR_RETURN(instance.cover, Counts(files.covers, kCovers,
                                          instance.papers, instance.reviewers));
  instance.least.assign(instance.reviewers, 0);
  if (!files.least) return instance;
  ASSIGN_OR_RETURN(instance.least,
                   Counts(*files.least, kLeast, instance.reviewers, kMostLoad));
  for (int32_t i = 0; i < instance.reviewers; ++i) {
    if (instance.least[i] > instance.most[i]) {
      return BadValue(absl::StrCat(kLeast, " [", i, "]"), instance.least[i], 0,
                      instance.most[i]);
    }
  }
  return instance;
}

}  // namespace jiedui::matcher::engine
