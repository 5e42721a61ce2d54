// Who is told of what comes of services.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/matcher/app/certificates.h"
#include "services/matcher/app/corrections.h"
#include "services/matcher/app/digest.h"
#include "services/matcher/app/notices.h"
#include "services/matcher/app/readings.h"
#include "services/matcher/app/served_pairing.h"

namespace jiedui::matcher {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kCounty[] = "coordinators/440981000000";

class ServiceNoticesTest : public ServedPairing {
 protected:
  std::vector<event::v1::Notice> Inbox(const std::string& recipient) const {
    std::vector<event::v1::Notice> inbox;
    for (const store::v1::NoticeRecord& record :
         NoticesAfter(matcher_.store(), recipient, 0, false, 100)) {
      inbox.push_back(record.notice());
    }
    return inbox;
  }
  // The last notice of that kind; one without state when there is none.
  event::v1::Notice Last(const std::string& recipient,
                         const std::string& kind) const {
    event::v1::Notice last;
    for (const event::v1::Notice& notice : Inbox(recipient)) {
      if (notice.kind() == kind) last = notice;
    }
    return last;
  }
};

TEST_F(ServiceNoticesTest, ALateEntryWaitsForTheCountyAndItsAnswerIsTold) {
  ApproveAndAccept();
  const std::string record =
      EnterLate(talent_, Ago(3, 1))->service_record().name();
  EXPECT_EQ(Last(kCounty, "RECORD_TO_REVIEW").subject(), record);
  EXPECT_EQ(Last(kCounty, "RECORD_TO_REVIEW").state(), "UNREAD");
  ASSERT_TRUE(ApproveLate(record).ok());
  EXPECT_EQ(Last(kCounty, "RECORD_TO_REVIEW").state(), "SETTLED");
  EXPECT_THAT(Last(talent_, "RECORD_APPROVED").zh().body(),
              HasSubstr("120 分钟"));
}

TEST_F(ServiceNoticesTest, WhoForgetsToCheckOutIsRemindedOnce) {
  ApproveAndAccept();
  const std::string record = In(expert_)->service_record().name();
  const auto pass = [this](absl::Duration time) {
    matcher_.clock().Advance(time);
    matcher_.writer().FireDueTimers();
  };
  pass(absl::Hours(12) - absl::Seconds(1));
  EXPECT_EQ(Last(expert_, "CHECK_OUT_REMINDER").state(), "");
  pass(absl::Seconds(1));
  EXPECT_EQ(Last(expert_, "CHECK_OUT_REMINDER").subject(), record);
  const size_t told = Inbox(expert_).size();
  pass(absl::Hours(11));
  EXPECT_EQ(Inbox(expert_).size(), told);
  ASSERT_TRUE(Out(record).ok());
  EXPECT_EQ(Last(expert_, "CHECK_OUT_REMINDER").state(), "SETTLED");
}

TEST_F(ServiceNoticesTest, ACorrectionIsAskedForAndTheVolunteerHearsOfIt) {
  ApproveAndAccept();
  const std::string record = Serve(talent_, absl::Hours(2));
  const auto asked = matcher_.Do([&](Transaction& txn) {
    return RequestCorrection(txn, {record, "", "", ""}, "来早了", Ago(3, 0));
  });
  ASSERT_TRUE(asked.ok());
  EXPECT_THAT(
      Last(kCounty, "CORRECTION_ASKED").zh().body(),
      AllOf(HasSubstr(asked->correction().name()), Not(HasSubstr("来早了"))));
  matcher_.ActAs("coordinator");
  ASSERT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    return GrantCorrection(
                               txn, {asked->correction().name(), "", "", ""},
                               {})
                        .status();
                  })
                  .ok());
  EXPECT_EQ(Last(kCounty, "CORRECTION_ASKED").state(), "SETTLED");
  EXPECT_THAT(Last(talent_, "RECORD_CORRECTED").zh().body(),
              HasSubstr("180 分钟"));
}

TEST_F(ServiceNoticesTest, AnApprovalAsksTheCountyForTheBaseline) {
  ASSERT_TRUE(Approve().ok());
  EXPECT_EQ(Last(kCounty, "BASELINE_ASKED").state(), "UNREAD");
  ASSERT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    return SetIndustryBaseline(txn, {name_, "", "", ""},
                                               {1, "亩产值", "元", "统计站"})
                        .status();
                  })
                  .ok());
  EXPECT_EQ(Last(kCounty, "BASELINE_ASKED").state(), "SETTLED");
}

TEST_F(ServiceNoticesTest, AReadingThatIsOverdueStandsInTheDigest) {
  ASSERT_TRUE(Approve().ok());
  ASSERT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    return SetIndustryBaseline(txn, {name_, "", "", ""},
                                               {1, "亩产值", "元", "统计站"})
                        .status();
                  })
                  .ok());
  ASSERT_TRUE(Accept().ok());
  Serve(expert_, absl::Hours(1));
  ASSERT_TRUE(Complete().ok());
  matcher_.clock().Advance(absl::Hours(24 * 90));
  matcher_.writer().FireDueTimers();
  EXPECT_EQ(Last(kCounty, "READING_ASKED").state(), "UNREAD");
  matcher_.clock().Advance(absl::Hours(24 * 40));
  matcher_.writer().FireDueTimers();
  matcher_.clock().Advance(absl::Hours(24 * 7));
  matcher_.writer().FireDueTimers();
  EXPECT_THAT(Last(kCounty, "DIGEST").zh().body(), HasSubstr("逾期指标 1 件"));
}

TEST_F(ServiceNoticesTest, ACertificateIsToldToItsHolder) {
  ApproveAndAccept();
  Serve(talent_, absl::Hours(1));
  const auto issued = matcher_.Do([&](Transaction& txn) {
    return IssueCertificate(txn, {talent_, "高州市科协", "", "", ""});
  });
  ASSERT_TRUE(issued.ok());
  EXPECT_THAT(Last(talent_, "CERTIFICATE_ISSUED").en().body(),
              HasSubstr("JD-440981-2026-000001-"));
}

}  // namespace
}  // namespace jiedui::matcher
