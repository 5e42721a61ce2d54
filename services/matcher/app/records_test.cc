// Records entered by hand, and corrections.
#include "services/matcher/app/records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "services/matcher/app/corrections.h"
#include "services/matcher/app/hours.h"
#include "services/matcher/app/served_pairing.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using store::v1::CorrectionRecord;
using testing::ElementsAre;

class RecordsTest : public ServedPairing {
 protected:
  RecordsTest() { ApproveAndAccept(); }

  absl::Status Reject(const std::string& record, const std::string& note) {
    return matcher_.Run([&](Transaction& txn) {
      return RejectRecord(txn, {record, "", "", note}).status();
    });
  }
  absl::StatusOr<CorrectionRecord> Request(const std::string& record,
                                           const Stay& wished,
                                           const std::string& text = "来早了") {
    return matcher_.Do([&](Transaction& txn) {
      return RequestCorrection(txn, {record, "", "", ""}, text, wished);
    });
  }
  absl::StatusOr<CorrectionRecord> Grant(const std::string& correction,
                                         const Stay& given = {}) {
    return matcher_.Do([&](Transaction& txn) {
      return GrantCorrection(txn, {correction, "", "", "属实"}, given);
    });
  }
  absl::StatusOr<CorrectionRecord> Refuse(const std::string& correction,
                                          const std::string& note) {
    return matcher_.Do([&](Transaction& txn) {
      return RefuseCorrection(txn, {correction, "", "", note});
    });
  }
};

TEST_F(RecordsTest, TravelOfAMeasuredStayDoesNotCount) {
  const std::string record = In(expert_)->service_record().name();
  matcher_.clock().Advance(absl::Hours(3));
  EXPECT_FALSE(Out(record, -1).ok());
  ASSERT_TRUE(Out(record, 50).ok());
  EXPECT_EQ(RecordNow(record).minutes(), 130);
  EXPECT_EQ(RecordNow(record).kind(), "MEASURED");
}

TEST_F(RecordsTest, AStayOfMoreThanADayCountsOnceSomebodyHasLookedAtIt) {
  const std::string day = Serve(expert_, absl::Hours(24));
  EXPECT_EQ(RecordNow(day).state(), "CLOSED");
  const std::string record = Serve(expert_, absl::Hours(24 * 10));
  EXPECT_EQ(RecordNow(record).state(), "PENDING");
  EXPECT_EQ(HoursOf(matcher_.store(), expert_).measured_minutes(), 24 * 60);
  ASSERT_TRUE(In(expert_).ok()) << "nobody is kept out by it";
  ASSERT_TRUE(ApproveLate(record).ok());
  EXPECT_EQ(HoursOf(matcher_.store(), expert_).measured_minutes(),
            24 * 11 * 60);
}

TEST_F(RecordsTest, NobodyCorrectsWhatIsHisOwnOrHeEntered) {
  const std::string measured = Serve(expert_, absl::Minutes(1));
  matcher_.clock().Advance(absl::Hours(30));
  matcher_.ActAs(expert_);
  EXPECT_TRUE(
      HasReason(Supersede(measured, Ago(24, 0)).status(), Reason::kSameActor));
  matcher_.ActAs("tester");
  const std::string late =
      EnterLate(expert_, Ago(5, 2))->service_record().name();
  ASSERT_TRUE(ApproveLate(late).ok());
  EXPECT_TRUE(
      HasReason(Supersede(late, Ago(5, 1)).status(), Reason::kSameActor));
  matcher_.ActAs("coordinator");
  EXPECT_TRUE(Supersede(late, Ago(5, 1)).ok());
}

TEST_F(RecordsTest, ALateEntryCountsOnceSomebodyElseApprovesIt) {
  const auto entered = EnterLate(expert_, Ago(5, 2, 30));
  ASSERT_TRUE(entered.ok()) << entered.status();
  const std::string record = entered->service_record().name();
  EXPECT_EQ(RecordNow(record).state(), "PENDING");
  EXPECT_EQ(RecordNow(record).minutes(), 150);
  EXPECT_EQ(RecordNow(record).kind(), "LATE");
  EXPECT_THAT(RecordNow(record).evidence(), ElementsAre("签到表.jpg"));
  EXPECT_EQ(Now().state(), "ACCEPTED");
  const absl::Status same = matcher_.Run([&](Transaction& txn) {
    return ApproveRecord(txn, {record, "", "", ""}).status();
  });
  EXPECT_TRUE(HasReason(same, Reason::kSameActor)) << same;
  ASSERT_TRUE(ApproveLate(record).ok());
  EXPECT_EQ(RecordNow(record).state(), "CLOSED");
  EXPECT_EQ(RecordNow(record).entered_by(), "tester");
  EXPECT_EQ(RecordNow(record).reviewed_by(), "coordinator");
  EXPECT_EQ(Now().state(), "ACTIVE");
}

TEST_F(RecordsTest, ALateEntryIsRejectedWithAReasonAndFreesTheTime) {
  const std::string record =
      EnterLate(expert_, Ago(5, 2))->service_record().name();
  matcher_.ActAs("coordinator");
  EXPECT_TRUE(HasReason(Reject(record, ""), Reason::kReasonRequired));
  ASSERT_TRUE(Reject(record, "照片看不清").ok());
  EXPECT_EQ(RecordNow(record).state(), "REJECTED");
  EXPECT_TRUE(HasReason(ApproveLate(record).status(), Reason::kWrongState));
  EXPECT_TRUE(EnterLate(expert_, Ago(5, 2)).ok());
}

TEST_F(RecordsTest, LateEntriesNeedEvidenceAndAPlaceInThePairing) {
  EXPECT_TRUE(HasReason(EnterLate(expert_, Ago(5, 2), {}).status(),
                        Reason::kInvalidFields));
  EXPECT_TRUE(HasReason(EnterLate("volunteers/V99", Ago(5, 2)).status(),
                        Reason::kNotInPairing));
  EXPECT_TRUE(HasReason(EnterLate(expert_, Ago(31 * 24 + 2, 31 * 24)).status(),
                        Reason::kInvalidFields));
}

TEST_F(RecordsTest, NothingIsEnteredLateForAPairingNobodyAccepted) {
  ASSERT_TRUE(
      matcher_
          .Run([&](Transaction& txn) {
            return CancelPairing(txn, {name_, "", "OTHER", ""}).status();
          })
          .ok());
  EXPECT_TRUE(
      HasReason(EnterLate(expert_, Ago(5, 2)).status(), Reason::kWrongState));
}

TEST_F(RecordsTest, WithoutNameTheLateEntryIsOfWhomThePairingStandsOn) {
  EXPECT_EQ(EnterLate("", Ago(5, 2))->service_record().volunteer(), expert_);
}

TEST_F(RecordsTest, NobodyServesTwiceAtATime) {
  Serve(expert_, absl::Hours(2));
  const std::string late =
      EnterLate(talent_, Ago(1, 0))->service_record().name();
  EXPECT_TRUE(HasReason(EnterLate(expert_, Ago(3, 1)).status(),
                        Reason::kRecordOverlaps));
  EXPECT_TRUE(HasReason(EnterLate(talent_, Ago(2, 0)).status(),
                        Reason::kRecordOverlaps))
      << "with one that is not approved yet";
  EXPECT_TRUE(EnterLate(expert_, Ago(4, 2)).ok()) << "end to end";
  ASSERT_TRUE(In(expert_).ok());
  matcher_.clock().Advance(absl::Hours(2));
  EXPECT_TRUE(HasReason(EnterLate(expert_, Ago(1, 0)).status(),
                        Reason::kRecordOverlaps))
      << "with one that is still open";
  ASSERT_TRUE(Void(late).ok());
  EXPECT_TRUE(EnterLate(talent_, Ago(3, 2)).ok());
}

TEST_F(RecordsTest, ACorrectedRecordNamesTheOldOneWhichStaysAsItWas) {
  const std::string old = Serve(expert_, absl::Hours(6));
  const auto before = RecordNow(old);
  const auto corrected = Supersede(old, Ago(6, 4, 20));
  ASSERT_TRUE(corrected.ok()) << corrected.status();
  const event::v1::ServiceRecord& now = corrected->service_record();
  EXPECT_EQ(now.supersedes(), old);
  EXPECT_EQ(now.kind(), "CORRECTED");
  EXPECT_EQ(now.state(), "CLOSED");
  EXPECT_EQ(now.minutes(), 100);
  EXPECT_EQ(now.volunteer(), expert_);
  EXPECT_EQ(RecordNow(old).state(), "SUPERSEDED");
  EXPECT_EQ(RecordNow(old).superseded_by(), now.name());
  EXPECT_EQ(RecordNow(old).minutes(), before.minutes());
  EXPECT_EQ(RecordNow(old).check_out_time().seconds(),
            before.check_out_time().seconds());
  EXPECT_TRUE(
      HasReason(Supersede(old, Ago(6, 5)).status(), Reason::kWrongState));
}

TEST_F(RecordsTest, ACorrectionMayOverlapTheOldRecordButNoOther) {
  const std::string first = Serve(expert_, absl::Hours(2));
  matcher_.clock().Advance(absl::Hours(2));
  const std::string second = Serve(expert_, absl::Hours(2));
  EXPECT_TRUE(HasReason(Supersede(second, Ago(5, 0)).status(),
                        Reason::kRecordOverlaps));
  EXPECT_EQ(RecordNow(second).state(), "CLOSED") << "nothing is half done";
  EXPECT_TRUE(Supersede(second, Ago(4, 0)).ok());
  EXPECT_EQ(RecordNow(first).state(), "CLOSED");
}

TEST_F(RecordsTest, AGrantedRequestSupersedesTheRecord) {
  const std::string record = Serve(expert_, absl::Hours(2));
  const auto requested = Request(record, Ago(3, 0));
  ASSERT_TRUE(requested.ok()) << requested.status();
  const std::string correction = requested->correction().name();
  EXPECT_EQ(requested->correction().volunteer(), expert_);
  EXPECT_TRUE(
      HasReason(Request(record, Ago(3, 0)).status(), Reason::kCorrectionOpen));
  EXPECT_TRUE(HasReason(Grant(correction).status(), Reason::kSameActor));
  matcher_.ActAs("coordinator");
  const auto granted = Grant(correction);
  ASSERT_TRUE(granted.ok()) << granted.status();
  EXPECT_EQ(granted->correction().state(), "GRANTED");
  EXPECT_EQ(granted->correction().answered_by(), "coordinator");
  EXPECT_EQ(RecordNow(record).state(), "SUPERSEDED");
  EXPECT_EQ(RecordNow(granted->correction().new_record()).minutes(), 180);
  EXPECT_TRUE(HasReason(Grant(correction).status(), Reason::kWrongState));
}

TEST_F(RecordsTest, TheCoordinatorMayGrantOtherTimesThanThoseWished) {
  const std::string record = Serve(expert_, absl::Hours(2));
  const std::string correction = Request(record, {})->correction().name();
  matcher_.ActAs("coordinator");
  EXPECT_TRUE(HasReason(Grant(correction).status(), Reason::kInvalidFields))
      << "neither wished nor given";
  const auto granted = Grant(correction, Ago(2, 1));
  ASSERT_TRUE(granted.ok()) << granted.status();
  EXPECT_EQ(RecordNow(granted->correction().new_record()).minutes(), 60);
}

TEST_F(RecordsTest, ARefusedRequestLeavesTheRecordAndMayBeMadeAgain) {
  const std::string record = Serve(expert_, absl::Hours(2));
  const std::string correction =
      Request(record, Ago(3, 0))->correction().name();
  matcher_.ActAs("coordinator");
  EXPECT_TRUE(
      HasReason(Refuse(correction, "").status(), Reason::kReasonRequired));
  const auto refused = Refuse(correction, "签到表上没有");
  ASSERT_TRUE(refused.ok()) << refused.status();
  EXPECT_EQ(refused->correction().state(), "REFUSED");
  EXPECT_EQ(refused->correction().note(), "签到表上没有");
  EXPECT_EQ(RecordNow(record).state(), "CLOSED");
  EXPECT_TRUE(Request(record, Ago(3, 0)).ok());
}

TEST_F(RecordsTest, OnlyARecordThatCountsCanBeCorrected) {
  const std::string record = Serve(expert_, absl::Hours(2));
  EXPECT_TRUE(HasReason(Request(record, Ago(3, 0), "").status(),
                        Reason::kInvalidFields));
  const std::string correction =
      Request(record, Ago(3, 0))->correction().name();
  ASSERT_TRUE(Void(record).ok());
  matcher_.ActAs("coordinator");
  EXPECT_TRUE(HasReason(Grant(correction).status(), Reason::kWrongState));
  EXPECT_TRUE(Refuse(correction, "已作废").ok());
  EXPECT_TRUE(
      HasReason(Request(record, Ago(3, 0)).status(), Reason::kWrongState));
}

}  // namespace
}  // namespace jiedui::matcher
