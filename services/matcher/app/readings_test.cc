// The industry of a pairing, and the report of its completion.
#include "services/matcher/app/readings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "common/base/error.h"
#include "services/matcher/app/served_pairing.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using store::v1::ReadingRecord;
using testing::ElementsAre;

class ReadingsTest : public ServedPairing {
 protected:
  static demand::event::v1::Demand MeasuredDemand() {
    demand::event::v1::Demand demand = LitchiDemand();
    demand.mutable_metric()->set_name("采后腐烂率");
    demand.mutable_metric()->set_unit("%");
    demand.mutable_metric()->set_baseline(30);
    demand.mutable_metric()->set_target(5);
    return demand;
  }
  ReadingsTest() : ServedPairing(MeasuredDemand()) {}

  absl::StatusOr<ReadingRecord> SetBaseline(double value,
                                            std::string source = "镇统计站") {
    return matcher_.Do([&](Transaction& txn) {
      return SetIndustryBaseline(txn, {name_, "", "", ""},
                                 {value, "荔枝亩产值", "元", source});
    });
  }
  absl::StatusOr<ReadingRecord> Read(int months, double value) {
    return matcher_.Do([&](Transaction& txn) {
      return RecordReading(txn, {ReadingName(name_, months), "", "", ""},
                           {value, "", "", "合作社账本"});
    });
  }
  event::v1::Reading Of(int months) const {
    const auto record =
        Readings::Find(matcher_.store(), ReadingName(name_, months));
    return record ? record->reading() : event::v1::Reading();
  }
  std::vector<std::string> States() const {
    std::vector<std::string> states;
    for (const int months : {0, 3, 6, 12}) {
      states.push_back(Of(months).state());
    }
    return states;
  }
  void Pass(absl::Duration time) {
    matcher_.clock().Advance(time);
    matcher_.writer().FireDueTimers();
  }
  // With a baseline of 8,000.
  void ServeAndComplete() {
    ASSERT_TRUE(Approve().ok());
    ASSERT_TRUE(SetBaseline(8000).ok());
    ASSERT_TRUE(Accept().ok());
    Serve(expert_, absl::Hours(2));
    ASSERT_TRUE(Complete().ok());
  }
  static constexpr absl::Duration kDay = absl::Hours(24);
};

TEST_F(ReadingsTest, ApprovalAsksForABaseline) {
  EXPECT_THAT(States(), ElementsAre("", "", "", ""));
  ASSERT_TRUE(Approve().ok());
  EXPECT_THAT(States(), ElementsAre("ASKED", "", "", ""));
  EXPECT_EQ(Of(0).specialty(), "specialties/S1");
}

TEST_F(ReadingsTest, TheBaselineMayBeSetAnewUntilTheServiceBegins) {
  ASSERT_TRUE(Approve().ok());
  ASSERT_TRUE(SetBaseline(8000).ok());
  ASSERT_TRUE(Accept().ok());
  ASSERT_TRUE(SetBaseline(8500).ok());
  EXPECT_EQ(Of(0).value(), 8500);
  EXPECT_EQ(Of(0).state(), "DONE");
  Serve(expert_, absl::Hours(1));
  EXPECT_TRUE(HasReason(SetBaseline(9000).status(), Reason::kWrongState));
  EXPECT_EQ(Of(0).value(), 8500);
}

TEST_F(ReadingsTest, ABaselineIsAFiniteNumberWithASource) {
  ASSERT_TRUE(Approve().ok());
  EXPECT_TRUE(
      HasReason(SetBaseline(8000, "").status(), Reason::kInvalidFields));
  EXPECT_TRUE(
      HasReason(SetBaseline(std::numeric_limits<double>::infinity()).status(),
                Reason::kInvalidFields));
}

TEST_F(ReadingsTest, AServiceThatBeginsWithoutBaselineHasNothingToCompare) {
  ApproveAndAccept();
  Serve(expert_, absl::Hours(1));
  EXPECT_EQ(Of(0).state(), "OVERDUE");
  ASSERT_TRUE(Complete().ok());
  EXPECT_THAT(States(), ElementsAre("OVERDUE", "", "", ""));
}

TEST_F(ReadingsTest, AnEndWithoutServiceCancelsAndAnotherApprovalAsksAgain) {
  ASSERT_TRUE(Approve().ok());
  ASSERT_TRUE(SetBaseline(8000).ok());
  ASSERT_TRUE(
      matcher_
          .Run([&](Transaction& txn) {
            return CancelPairing(txn, {name_, "", "MISTAKE", ""}).status();
          })
          .ok());
  EXPECT_EQ(Of(0).state(), "CANCELLED");
  ASSERT_TRUE(matcher_.Round().ok());
  ASSERT_EQ(matcher_.LiveOf("demands/D1").pairing().name(), name_)
      << "the same problem gives the same name";
  ASSERT_TRUE(Approve().ok());
  EXPECT_EQ(Of(0).state(), "ASKED");
  EXPECT_EQ(Of(0).value(), 0);
}

TEST_F(ReadingsTest, ReadingsAreAskedForAfterThreeSixAndTwelveMonths) {
  ServeAndComplete();  // on 2026-12-01
  EXPECT_THAT(States(), ElementsAre("DONE", "PLANNED", "PLANNED", "PLANNED"));
  EXPECT_TRUE(HasReason(Read(3, 9000).status(), Reason::kWrongState));
  Pass(89 * kDay);
  EXPECT_EQ(Of(3).state(), "PLANNED");
  Pass(kDay);
  EXPECT_EQ(Of(3).state(), "ASKED");
  const auto read = Read(3, 9000);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(Of(3).change(), 1000);
  EXPECT_EQ(Of(3).indicator(), "荔枝亩产值");
  EXPECT_EQ(Of(3).unit(), "元");
  Pass(92 * kDay);
  EXPECT_THAT(States(), ElementsAre("DONE", "DONE", "ASKED", "PLANNED"));
  Pass(183 * kDay);
  EXPECT_THAT(States(), ElementsAre("DONE", "DONE", "OVERDUE", "ASKED"));
}

TEST_F(ReadingsTest, AnOverdueReadingMayStillCome) {
  ServeAndComplete();
  Pass(90 * kDay);
  Pass(30 * kDay);
  EXPECT_EQ(Of(3).state(), "OVERDUE");
  ASSERT_TRUE(Read(3, 7000).ok());
  EXPECT_EQ(Of(3).change(), -1000);
  EXPECT_TRUE(HasReason(Read(3, 7100).status(), Reason::kWrongState));
  EXPECT_TRUE(HasReason(Read(0, 7100).status(), Reason::kInvalidFields));
}

TEST_F(ReadingsTest, ATimerOfAnotherVersionChangesNothing) {
  ServeAndComplete();
  Pass(90 * kDay);
  const std::string stale = ReadingName(name_, 3) + "/1";
  ASSERT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    for (const char* rest : {"", "readings/none/1", "x"}) {
                      EXPECT_TRUE(OnReadingTimer(rest, txn).ok());
                    }
                    return OnReadingTimer(stale, txn);
                  })
                  .ok());
  EXPECT_EQ(Of(3).state(), "ASKED");
}

TEST_F(ReadingsTest, ReadingsSurviveARestart) {
  ServeAndComplete();
  matcher_.Restart();
  Pass(90 * kDay);
  EXPECT_EQ(Of(3).state(), "ASKED");
}

TEST_F(ReadingsTest, EvaluationsPlanNothingAnew) {
  ServeAndComplete();
  event::v1::Evaluation evaluation;
  evaluation.set_side(event::v1::Evaluation::SIDE_REQUESTER);
  evaluation.set_stars(5);
  ASSERT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    return EvaluatePairing(txn, {name_, "", "", ""}, evaluation)
                        .status();
                  })
                  .ok());
  EXPECT_EQ(Readings::Find(matcher_.store(), ReadingName(name_, 3))->version(),
            1);
}

TEST_F(ReadingsTest, CompletionReportsWhatWasReachedAndServed) {
  ApproveAndAccept();
  Serve(expert_, absl::Hours(2));
  Serve(talent_, absl::Hours(1));
  const auto late = EnterLate(talent_, Ago(6, 4));
  ASSERT_TRUE(ApproveLate(late->service_record().name()).ok());
  const auto completed = Complete(10);
  ASSERT_TRUE(completed.ok()) << completed.status();
  const auto& report = completed->pairing().outcome().report();
  EXPECT_EQ(report.metric().target(), 5);
  EXPECT_TRUE(report.reduction());
  EXPECT_EQ(report.share_per_mille(), 800);
  EXPECT_EQ(report.measured_minutes(), 180);
  EXPECT_EQ(report.entered_minutes(), 120);
  EXPECT_EQ(report.services(), 3);
  EXPECT_EQ(report.people(), 2);
}

TEST_F(ReadingsTest, TheReportIsASnapshotAndNobodyElsesToWrite) {
  ApproveAndAccept();
  const std::string record = Serve(expert_, absl::Hours(2));
  event::v1::Outcome outcome;
  outcome.set_reached(5);
  outcome.mutable_report()->set_people(99);
  ASSERT_TRUE(
      matcher_
          .Run([&](Transaction& txn) {
            return CompletePairing(txn, {name_, "", "", ""}, outcome).status();
          })
          .ok());
  ASSERT_TRUE(Void(record).ok());
  matcher_.Hear(LitchiDemand());
  EXPECT_EQ(Now().outcome().report().people(), 1);
  EXPECT_EQ(Now().outcome().report().share_per_mille(), 1000);
}

TEST_F(ReadingsTest, WhatWasReachedIsAFiniteNumber) {
  ApproveAndAccept();
  Serve(expert_, absl::Hours(2));
  EXPECT_TRUE(
      HasReason(Complete(std::numeric_limits<double>::quiet_NaN()).status(),
                Reason::kInvalidFields));
}

}  // namespace
}  // namespace jiedui::matcher
