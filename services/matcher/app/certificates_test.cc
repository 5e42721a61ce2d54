#include "services/matcher/app/certificates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "services/matcher/app/served_pairing.h"
#include "services/matcher/domain/certificate_number.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using store::v1::ServiceCertificateRecord;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kIssuer[] = "高州市科学技术协会";

class CertificatesTest : public ServedPairing {
 protected:
  CertificatesTest() { ApproveAndAccept(); }

  absl::StatusOr<ServiceCertificateRecord> Issue(const std::string& volunteer,
                                                 std::string start = "",
                                                 std::string end = "",
                                                 std::string issuer = kIssuer,
                                                 std::string region = "") {
    return matcher_.Do([&](Transaction& txn) {
      return IssueCertificate(txn, {volunteer, issuer, region, start, end});
    });
  }
  absl::Status Revoke(const std::string& name, const std::string& note) {
    return matcher_.Run([&](Transaction& txn) {
      return RevokeCertificate(txn, {name, "", "", note}).status();
    });
  }
  absl::StatusOr<ServiceCertificateRecord> Check(const std::string& number) {
    return CertificateOfNumber(matcher_.store(), number);
  }
  static std::string NumberOf(const ServiceCertificateRecord& record) {
    const std::string& name = record.certificate().name();
    return name.substr(name.find('/') + 1);
  }
};

TEST_F(CertificatesTest, CertifiesWhatCountsWithANumberOfItsOwn) {
  const std::string measured = Serve(expert_, absl::Hours(2));
  matcher_.clock().Advance(absl::Hours(5));
  const std::string late =
      EnterLate(expert_, Ago(4, 1))->service_record().name();
  ASSERT_TRUE(ApproveLate(late).ok());
  ASSERT_TRUE(EnterLate(expert_, Ago(1, 0)).ok());  // nobody has approved it
  const std::string voided = Serve(expert_, absl::Hours(1));
  ASSERT_TRUE(Void(voided).ok());
  const auto issued = Issue(expert_);
  ASSERT_TRUE(issued.ok()) << issued.status();
  const event::v1::ServiceCertificate& facts = issued->certificate();
  EXPECT_EQ(NumberOf(*issued), CertificateNumber("440981", 2026, 1));
  EXPECT_EQ(facts.measured_minutes(), 120);
  EXPECT_EQ(facts.entered_minutes(), 180);
  EXPECT_EQ(facts.services(), 2);
  EXPECT_EQ(facts.demands(), 1);
  EXPECT_THAT(facts.records(), ElementsAre(measured, late));
  EXPECT_EQ(facts.start_date(), "2026-12-01");
  EXPECT_EQ(facts.end_date(), "2026-12-01");
  EXPECT_EQ(facts.region(), "440981000000");
  EXPECT_EQ(facts.state(), "VALID");
  EXPECT_EQ(facts.issued_by(), "tester");
  EXPECT_EQ(issued->holder_name(), "专家" + expert_.substr(11));
}

TEST_F(CertificatesTest, NumbersRunByRegionAndYear) {
  Serve(expert_, absl::Hours(1));
  ASSERT_TRUE(Issue(expert_).ok());
  EXPECT_EQ(NumberOf(*Issue(expert_)), CertificateNumber("440981", 2026, 2));
  EXPECT_EQ(NumberOf(*Issue(expert_, "", "", "广东省科学技术协会", "44")),
            CertificateNumber("440000", 2026, 1));
  EXPECT_EQ(
      Issue(expert_, "", "", kIssuer, "440981103")->certificate().region(),
      "440981000000")
      << "townships issue none";
  matcher_.clock().Advance(absl::Hours(24 * 40));
  EXPECT_EQ(NumberOf(*Issue(expert_)), CertificateNumber("440981", 2027, 1));
}

TEST_F(CertificatesTest, OnlyThePeriodAskedForIsCertified) {
  const std::string first = Serve(expert_, absl::Hours(1));
  matcher_.clock().Advance(absl::Hours(47));
  const std::string second = Serve(expert_, absl::Hours(2));  // on the third
  EXPECT_THAT(Issue(expert_, "2026-12-03")->certificate().records(),
              ElementsAre(second));
  EXPECT_THAT(Issue(expert_, "", "2026-12-02")->certificate().records(),
              ElementsAre(first));
  EXPECT_THAT(
      Issue(expert_, "2026-12-01", "2026-12-03")->certificate().records(),
      ElementsAre(first, second));
  EXPECT_TRUE(HasReason(Issue(expert_, "2026-12-02", "2026-12-02").status(),
                        Reason::kNothingToCertify));
}

TEST_F(CertificatesTest, WhoServedNothingGetsNone) {
  EXPECT_TRUE(HasReason(Issue(expert_).status(), Reason::kNothingToCertify));
  EXPECT_TRUE(HasReason(Issue("volunteers/V99").status(), Reason::kNotFound));
}

TEST_F(CertificatesTest, AWrongWishIsRefused) {
  Serve(expert_, absl::Hours(1));
  for (const auto& refused :
       {Issue(expert_, "", "", ""), Issue(expert_, "2026-12-02", "2026-12-01"),
        Issue(expert_, "", "2026-12-02"), Issue(expert_, "1 December"),
        Issue(expert_, "", "", kIssuer, "99")}) {
    EXPECT_TRUE(HasReason(refused.status(), Reason::kInvalidFields))
        << refused.status();
  }
}

TEST_F(CertificatesTest, TheSnapshotStaysWhateverBecomesOfItsRecords) {
  for (int day = 0; day < 4; ++day) Serve(expert_, absl::Hours(20));
  const std::string record = Serve(expert_, absl::Hours(21));
  const auto issued = Issue(expert_);
  ASSERT_TRUE(issued.ok());
  EXPECT_EQ(issued->certificate().grade(), 1);
  ASSERT_TRUE(Void(record).ok());
  const auto now = Check(NumberOf(*issued));
  ASSERT_TRUE(now.ok());
  EXPECT_EQ(now->certificate().measured_minutes(), 101 * 60);
  EXPECT_EQ(now->certificate().state(), "VALID");
}

TEST_F(CertificatesTest, ARevokedNumberKeepsBeingKnown) {
  Serve(expert_, absl::Hours(1));
  const auto issued = Issue(expert_);
  ASSERT_TRUE(issued.ok());
  const std::string& name = issued->certificate().name();
  EXPECT_TRUE(HasReason(Revoke(name, ""), Reason::kReasonRequired));
  ASSERT_TRUE(Revoke(name, "时长有误").ok());
  const auto now = Check(NumberOf(*issued));
  ASSERT_TRUE(now.ok());
  EXPECT_EQ(now->certificate().state(), "REVOKED");
  EXPECT_EQ(now->certificate().note(), "时长有误");
  EXPECT_TRUE(HasReason(Revoke(name, "再次"), Reason::kWrongState));
}

TEST_F(CertificatesTest, AMistypedNumberIsToldFromOneThatIsNotKnown) {
  Serve(expert_, absl::Hours(1));
  std::string number = NumberOf(*Issue(expert_));
  EXPECT_TRUE(Check(number).ok());
  number[10] = number[10] == '7' ? '8' : '7';
  EXPECT_TRUE(HasReason(Check(number).status(), Reason::kInvalidFields));
  EXPECT_TRUE(HasReason(Check(CertificateNumber("440981", 2026, 99)).status(),
                        Reason::kNotFound));
}

// What followers hear of a certificate says nothing of who its holder is.
TEST_F(CertificatesTest, TheHoldersNameIsNotTold) {
  Serve(expert_, absl::Hours(1));
  const auto issued = Issue(expert_);
  ASSERT_TRUE(issued.ok());
  EXPECT_THAT(issued->holder_name(), testing::Not(IsEmpty()));
  EXPECT_EQ(
      issued->certificate().SerializeAsString().find(issued->holder_name()),
      std::string::npos);
}

}  // namespace
}  // namespace jiedui::matcher
