#include "services/matcher/engine/solve/review.h"

#include <algorithm>
#include <random>

#include "common/base/error.h"
#include "gmock/gmock.h"
#include "services/matcher/engine/solve/cover_flow.h"
#include "services/matcher/engine/solve/test_instances.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

constexpr double kPoints = 1e9;  // of MIDL

// Every choice of reviewers for every paper, one paper after the other.
class BruteForce {
 public:
  explicit BruteForce(const ReviewInstance& instance)
      : instance_(instance), load_(instance.reviewers, 0) {
    Paper(0, 0, kNothing);
  }
  bool found() const { return found_; }
  int64_t utility() const { return utility_; }
  // Of the assignments with the best worst.
  int64_t fair_worst() const { return fair_worst_; }
  int64_t fair_utility() const { return fair_utility_; }

 private:
  static constexpr int64_t kNothing = INT64_MAX;

  void Paper(int32_t paper, int64_t utility, int64_t worst) {
    if (paper == instance_.papers) return Whole(utility, worst);
    Seats(paper, instance_.cover[paper], 0, 0, utility, worst);
  }
  void Seats(int32_t paper, int32_t open, int32_t from, int64_t sum,
             int64_t utility, int64_t worst) {
    if (open == 0) {
      if (instance_.cover[paper] > 0) worst = std::min(worst, sum);
      return Paper(paper + 1, utility + sum, worst);
    }
    for (int32_t i = from; i < instance_.reviewers; ++i) {
      if (load_[i] == instance_.most[i]) continue;
      ++load_[i];
      Seats(paper, open - 1, i + 1, sum + instance_.score(i, paper), utility,
            worst);
      --load_[i];
    }
  }
  void Whole(int64_t utility, int64_t worst) {
    for (int32_t i = 0; i < instance_.reviewers; ++i) {
      if (load_[i] < instance_.least[i]) return;
    }
    if (!found_ || utility > utility_) utility_ = utility;
    if (!found_ || worst > fair_worst_ ||
        (worst == fair_worst_ && utility > fair_utility_)) {
      fair_worst_ = worst;
      fair_utility_ = utility;
    }
    found_ = true;
  }

  const ReviewInstance& instance_;
  std::vector<int32_t> load_;
  bool found_ = false;
  int64_t utility_ = 0;
  int64_t fair_worst_ = 0;
  int64_t fair_utility_ = 0;
};

void ExpectSound(const ReviewInstance& instance, const ReviewResult& result) {
  std::vector<int32_t> load(instance.reviewers, 0);
  int64_t utility = 0;
  int64_t worst = INT64_MAX;
  ASSERT_EQ(result.reviewers.size(), static_cast<size_t>(instance.papers));
  for (int32_t paper = 0; paper < instance.papers; ++paper) {
    const std::vector<int32_t>& seats = result.reviewers[paper];
    ASSERT_EQ(seats.size(), static_cast<size_t>(instance.cover[paper]));
    int64_t sum = 0;
    for (size_t i = 0; i < seats.size(); ++i) {
      ASSERT_TRUE(i == 0 || seats[i - 1] < seats[i]);
      ++load[seats[i]];
      sum += instance.score(seats[i], paper);
    }
    utility += sum;
    if (!seats.empty()) worst = std::min(worst, sum);
  }
  for (int32_t i = 0; i < instance.reviewers; ++i) {
    ASSERT_LE(load[i], instance.most[i]);
    ASSERT_GE(load[i], instance.least[i]);
  }
  ASSERT_EQ(result.utility, utility);
  ASSERT_LE(result.worst, result.worst_bound);
  ASSERT_LE(result.utility, result.bound);
  ASSERT_TRUE(result.worst_paper < 0 || result.worst == worst);
}

TEST(UtilityTest, ReachesTheOptimumOfMidl) {
  const ReviewInstance instance = *ParseReview(MidlFiles());
  const ReviewResult result = *SolveUtility(instance);
  ExpectSound(instance, result);
  EXPECT_NEAR(result.utility / kPoints, 201.88488, 5e-6);
  EXPECT_NEAR(result.worst / kPoints, .90327, 5e-6);
  EXPECT_EQ(result.bound, result.utility);
}

TEST(UtilityTest, ReachesTheOptimumOfMidlWithLeastLoads) {
  ReviewFiles files = MidlFiles();
  files.least = ReadTestData("midl/loads-lb.npy");
  const ReviewInstance instance = *ParseReview(files);
  const ReviewResult result = *SolveUtility(instance);
  ExpectSound(instance, result);
  EXPECT_NEAR(result.utility / kPoints, 150.04313, 5e-6);
  EXPECT_EQ(result.bound, result.utility);
}

TEST(UtilityTest, EqualsBruteForce) {
  int solved = 0;
  for (uint32_t i = 0; i < 3000; ++i) {
    const ReviewInstance instance = RandomReview(i, i % 2);
    const BruteForce truth(instance);
    const auto result = SolveUtility(instance);
    ASSERT_EQ(result.ok(), truth.found()) << "case " << i;
    if (!result.ok()) {
      ASSERT_TRUE(base::HasReason(result.status(), Reason::kCoverImpossible) ||
                  base::HasReason(result.status(), Reason::kLoadImpossible));
      continue;
    }
    ++solved;
    ExpectSound(instance, *result);
    ASSERT_EQ(result->utility, truth.utility()) << "case " << i;
    ASSERT_EQ(result->bound, truth.utility()) << "case " << i;
  }
  EXPECT_GT(solved, 300);
}

TEST(FairTest, LiftsTheWorstPaperOfMidlToItsBound) {
  const ReviewInstance instance = *ParseReview(MidlFiles());
  const ReviewResult result = *SolveFair(instance);
  ExpectSound(instance, result);
  EXPECT_NEAR(result.worst / kPoints, .944839, 5e-7);
  EXPECT_EQ(result.worst_bound, result.worst);
  EXPECT_NEAR(result.utility / kPoints, 201.768732, 5e-7);
  EXPECT_EQ(result.bound, result.utility);
}

TEST(FairTest, EqualsBruteForce) {
  for (uint32_t i = 0; i < 3000; ++i) {
    const ReviewInstance instance = RandomReview(i, i % 2);
    const BruteForce truth(instance);
    const auto result = SolveFair(instance);
    ASSERT_EQ(result.ok(), truth.found()) << "case " << i;
    if (!result.ok()) continue;
    ExpectSound(instance, *result);
    ASSERT_EQ(result->utility, truth.fair_utility()) << "case " << i;
    ASSERT_EQ(result->bound, truth.fair_utility()) << "case " << i;
    if (result->worst_paper < 0) continue;
    ASSERT_EQ(result->worst, truth.fair_worst()) << "case " << i;
    ASSERT_EQ(result->worst_bound, truth.fair_worst()) << "case " << i;
  }
}

// A larger one: 60 papers of 3 reviewers, 40 reviewers of at most 5 papers.
ReviewInstance MiddleInstance(std::mt19937& random) {
  ReviewInstance instance;
  instance.reviewers = 40;
  instance.papers = 60;
  for (int i = 0; i < 40 * 60; ++i) {
    instance.scores.push_back(static_cast<int32_t>(random() % 1'000'000));
  }
  instance.most.assign(40, 5);
  instance.least.assign(40, 0);
  instance.cover.assign(60, 3);
  return instance;
}

TEST(CoverFlowTest, StaysOptimalWhileWeightsChangeAndPairsGo) {
  std::mt19937 random(5);
  for (int i = 0; i < 10; ++i) {
    ReviewInstance instance = MiddleInstance(random);
    instance.least.assign(40, i % 2 ? 3 : 0);
    CoverFlow flow(instance);
    for (int32_t p = 0; p < 60; ++p) ASSERT_EQ(flow.Fill(p), 0);
    for (int step = 0; step < 100; ++step) {
      const auto paper = static_cast<int32_t>(random() % 60);
      switch (random() % 3) {
        case 0:
          flow.SetWeight(paper, 1 + random() % 4000);
          break;
        case 1:
          ASSERT_TRUE(flow.Exclude(paper, random() % 40));
          break;
        default:
          flow.Keep(paper, flow.Seats(paper)[0]);
      }
      ASSERT_TRUE(flow.Value() == flow.Bound()) << i << " " << step;
    }
  }
}

// Loads are used up to the last, and papers compete for few reviewers.
TEST(FairTest, ContestedInstancesAreSoundAndBounded) {
  std::mt19937 random(9);
  for (int i = 0; i < 3; ++i) {
    ReviewInstance instance = MiddleInstance(random);
    instance.most.assign(40, i == 0 ? 6 : 5);
    for (int32_t& score : instance.scores) score = random() % 5 ? 0 : score;
    const auto utility = SolveUtility(instance);
    const auto fair = SolveFair(instance);
    ASSERT_TRUE(utility.ok() && fair.ok());
    ExpectSound(instance, *fair);
    EXPECT_GE(fair->worst, utility->worst);
    EXPECT_LE(fair->worst, fair->worst_bound);
    EXPECT_LE(fair->utility, fair->bound);
    EXPECT_LE(fair->bound, utility->utility);
    const auto again = SolveFair(instance);
    EXPECT_EQ(again->reviewers, fair->reviewers);
  }
}

TEST(FairTest, StopsWhenToldTo) {
  ReviewInstance instance = *ParseReview(MidlFiles());
  int calls = 0;
  const auto result = SolveFair(instance, [&](int64_t, int64_t total) {
    return total == 118 || ++calls < 1;
  });
  EXPECT_TRUE(base::HasReason(result.status(), Reason::kCancelled));
}

TEST(ParseReviewTest, ErrorsNameTheFile) {
  const auto broken = [](void (*spoil)(ReviewFiles&)) {
    ReviewFiles files{
        Npy("<f8", "(2, 3)", Bytes<double>({.1, .2, .3, .4, .5, .6})),
        Npy("<i8", "(2,)", Bytes<int64_t>({3, 3})), std::nullopt,
        Npy("<i8", "(3,)", Bytes<int64_t>({1, 2, 1}))};
    EXPECT_TRUE(ParseReview(files).ok());
    spoil(files);
    const auto instance = ParseReview(files);
    EXPECT_FALSE(instance.ok());
    return base::Message(instance.status(), base::Language::kEnglish);
  };
  using testing::HasSubstr;
  EXPECT_THAT(broken([](ReviewFiles& f) { f.scores = f.loads; }),
              HasSubstr("scores.npy"));
  EXPECT_THAT(broken([](ReviewFiles& f) { f.loads = f.covers; }),
              testing::AllOf(HasSubstr("loads.npy"), HasSubstr("(3)"),
                             HasSubstr("(2)")));
  EXPECT_THAT(broken([](ReviewFiles& f) { f.covers = ""; }),
              HasSubstr("covs.npy"));
  EXPECT_THAT(broken([](ReviewFiles& f) {
                f.loads = Npy("<i8", "(2,)", Bytes<int64_t>({3, -1}));
              }),
              HasSubstr("loads.npy [1] is -1"));
  EXPECT_THAT(broken([](ReviewFiles& f) {
                f.covers = Npy("<i8", "(3,)", Bytes<int64_t>({1, 3, 1}));
              }),
              HasSubstr("covs.npy [1] is 3"));
  EXPECT_THAT(broken([](ReviewFiles& f) {
                f.least = Npy("<f8", "(2,)", Bytes<double>({1, 1.5}));
              }),
              HasSubstr("loads-lb.npy [1] is 1.5"));
  EXPECT_THAT(
      broken([](ReviewFiles& f) {
        f.scores = Npy("<f8", "(2, 3)", Bytes<double>({0, 0, 0, 0, 1e7, 0}));
      }),
      HasSubstr("scores.npy [1, 1]"));
}

TEST(ParseReviewTest, LargeScoresAreCoarser) {
  const auto points = [](double largest) {
    return ParseReview({Npy("<f8", "(1, 1)", Bytes<double>({largest})),
                        Npy("<i8", "(1,)", Bytes<int64_t>({1})), std::nullopt,
                        Npy("<i8", "(1,)", Bytes<int64_t>({1}))})
        ->points_per_unit;
  };
  EXPECT_EQ(points(1), 1'000'000'000);
  EXPECT_EQ(points(5), 100'000'000);
  EXPECT_EQ(points(-1e6), 1000);
}

TEST(UtilityTest, APaperThatCannotBeCoveredIsNamed) {
  ReviewInstance instance;
  instance.reviewers = 2;
  instance.papers = 2;
  instance.scores = {1, 2, 3, 4};
  instance.most = {1, 1};
  instance.least = {0, 0};
  instance.cover = {1, 2};
  const auto info = *base::Info(SolveUtility(instance).status());
  EXPECT_EQ(info.reason, Reason::kCoverImpossible);
  EXPECT_THAT(info.args, testing::IsSupersetOf({base::ErrorArg("found", "2"),
                                                base::ErrorArg("expected", "3"),
                                                base::ErrorArg("paper", "1")}));
}

TEST(UtilityTest, StopsWhenToldTo) {
  ReviewInstance instance = *ParseReview(MidlFiles());
  const auto result =
      SolveUtility(instance, [](int64_t, int64_t) { return false; });
  EXPECT_TRUE(base::HasReason(result.status(), Reason::kCancelled));
}

}  // namespace
}  // namespace jiedui::matcher::engine
