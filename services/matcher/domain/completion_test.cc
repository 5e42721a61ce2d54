#include "services/matcher/domain/completion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace jiedui::matcher {
namespace {

event::v1::CompletionReport Reached(double baseline, double target,
                                    double reached) {
  type::v1::Metric metric;
  metric.set_name("采后腐烂率");
  metric.set_unit("%");
  metric.set_baseline(baseline);
  metric.set_target(target);
  event::v1::CompletionReport report;
  MeasureAgainst(metric, reached, report);
  return report;
}

TEST(CompletionTest, AShareIsOfTheWayFromBaselineToTarget) {
  EXPECT_EQ(Reached(10, 20, 15).share_per_mille(), 500);
  EXPECT_EQ(Reached(10, 20, 20).share_per_mille(), 1000);
  EXPECT_EQ(Reached(10, 20, 25).share_per_mille(), 1500);
  EXPECT_EQ(Reached(10, 20, 10).share_per_mille(), 0);
  EXPECT_EQ(Reached(10, 20, 8).share_per_mille(), -200);
  EXPECT_FALSE(Reached(10, 20, 15).reduction());
}

TEST(CompletionTest, ATargetBelowTheBaselineIsAReduction) {
  EXPECT_EQ(Reached(30, 5, 10).share_per_mille(), 800);
  EXPECT_EQ(Reached(30, 5, 5).share_per_mille(), 1000);
  EXPECT_EQ(Reached(30, 5, 35).share_per_mille(), -200);
  EXPECT_TRUE(Reached(30, 5, 10).reduction());
}

TEST(CompletionTest, WhatIsToBeKeptIsKeptOrNot) {
  EXPECT_EQ(Reached(5, 5, 5).share_per_mille(), 1000);
  EXPECT_EQ(Reached(5, 5, 4).share_per_mille(), 0);
}

TEST(CompletionTest, SharesOfTinyWaysAreBounded) {
  EXPECT_EQ(Reached(0, 1e-300, 1e300).share_per_mille(), 1'000'000);
  EXPECT_EQ(Reached(0, 1e-300, -1e300).share_per_mille(), -1'000'000);
}

TEST(CompletionTest, WithoutAMetricThereIsNothingToMeasureAgainst) {
  event::v1::CompletionReport report;
  MeasureAgainst(type::v1::Metric(), 3, report);
  EXPECT_FALSE(report.has_metric());
  EXPECT_EQ(report.share_per_mille(), 0);
}

TEST(CompletionTest, AFigureIsFinite) {
  for (const double value :
       {std::nan(""), std::numeric_limits<double>::infinity()}) {
    base::Violations violations;
    CheckFigure("value", value, violations);
    EXPECT_FALSE(violations.empty());
  }
  base::Violations violations;
  CheckFigure("value", -3.5, violations);
  EXPECT_TRUE(violations.empty());
}

}  // namespace
}  // namespace jiedui::matcher
