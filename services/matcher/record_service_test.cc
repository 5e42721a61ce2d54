// Records, hours, readings and certificates through the public API.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "common/query/convert.h"
#include "jiedui/matcher/store/v1/record_store.pb.h"
#include "jiedui/matcher/v1/matcher_service.grpc.pb.h"
#include "jiedui/matcher/v1/record_service.grpc.pb.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/bind.h"
#include "services/matcher/telling_registry.h"

namespace jiedui::matcher {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using Matcher = v1::MatcherService::Stub;
using Records = v1::RecordService::Stub;

class RecordServiceTest : public testing::Test {
 protected:
  RecordServiceTest() {
    std::filesystem::remove_all(folder_);
    host_ = std::make_unique<rpc::Host>(&base::Clock::System());
    auto demand =
        std::make_unique<TellingRegistry>("demand", &base::Clock::System());
    auto volunteer =
        std::make_unique<TellingRegistry>("volunteer", &base::Clock::System());
    TellingRegistry& tell_demand = *demand;
    TellingRegistry& tell_volunteer = *volunteer;
    host_->Add(std::move(demand));
    host_->Add(std::move(volunteer));
    auto matcher = OpenMatcher(host_->environment(), folder_, {});
    EXPECT_TRUE(matcher.ok()) << matcher.status();
    host_->Add(*std::move(matcher));
    rpc::HostOptions options;
    options.server.port = -1;
    EXPECT_TRUE(host_->Start(options).ok());
    matcher_ = v1::MatcherService::NewStub(host_->channel());
    records_ = v1::RecordService::NewStub(host_->channel());
    for (const char* id : {"V1", "V2", "V3"}) {
      tell_volunteer.Tell(FruitExpert(id));
    }
    tell_volunteer.Tell(FruitTeam("V1"));
    tell_volunteer.Tell(GaozhouLitchi());
    tell_demand.Tell(LitchiDemand());
  }

  // As `actor`.
  template <typename Stub, typename Request, typename Response>
  grpc::Status CallAs(const std::string& actor, Stub& stub,
                      grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                   const Request&, Response*),
                      const Request& request, Response* response) {
    grpc::ClientContext context;
    context.AddMetadata("x-jiedui-actor", actor);
    return (stub.*method)(&context, request, response);
  }
  template <typename Stub, typename Request, typename Response>
  Response Do(Stub& stub,
              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                           Response*),
              const Request& request, const std::string& actor = "county") {
    Response response;
    const grpc::Status status = CallAs(actor, stub, method, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  // A pairing that whom it stands on has accepted.
  v1::Pairing Accepted() {
    grpc::ClientContext context;
    const auto reader = matcher_->RunRound(&context, v1::RunRoundRequest());
    v1::RunRoundResponse response;
    v1::Pairing pairing;
    while (reader->Read(&response)) {
      if (response.has_pairing()) pairing = response.pairing();
    }
    EXPECT_TRUE(reader->Finish().ok());
    v1::ApprovePairingRequest approve;
    approve.set_name(pairing.name());
    Do(*matcher_, &Matcher::ApprovePairing, approve);
    const v1::ListOffersResponse offers =
        Do(*matcher_, &Matcher::ListOffers, v1::ListOffersRequest());
    for (const v1::Offer& offer : offers.offers()) {
      if (offer.part() != type::v1::PART_KIND_EXPERT) continue;
      v1::AcceptOfferRequest accept;
      accept.set_name(offer.name());
      Do(*matcher_, &Matcher::AcceptOffer, accept);
    }
    return pairing;
  }

  // Two hours that ended an hour ago.
  template <typename Request>
  static void SetTimes(Request& request) {
    const int64_t now = absl::ToUnixSeconds(base::Clock::System().Now());
    request.mutable_start_time()->set_seconds(now - 3 * 3600);
    request.mutable_end_time()->set_seconds(now - 3600);
  }

  // A late entry of the expert that counts.
  v1::ServiceRecord Late(const std::string& pairing) {
    v1::AddLateRecordRequest late;
    late.set_pairing(pairing);
    late.add_evidence("签到表.jpg");
    SetTimes(late);
    const v1::ServiceRecord entered =
        Do(*records_, &Records::AddLateRecord, late);
    EXPECT_EQ(entered.state(), v1::ServiceRecord::STATE_PENDING);
    v1::ApproveRecordRequest approve;
    approve.set_name(entered.name());
    return Do(*records_, &Records::ApproveRecord, approve, "city");
  }

  const std::string folder_ = testing::TempDir() + "/record_service_test";
  std::unique_ptr<rpc::Host> host_;
  std::unique_ptr<Matcher> matcher_;
  std::unique_ptr<Records> records_;
};

TEST_F(RecordServiceTest, ALateEntryIsApprovedCorrectedAndSummed) {
  const v1::Pairing pairing = Accepted();
  const v1::ServiceRecord counted = Late(pairing.name());
  EXPECT_EQ(counted.state(), v1::ServiceRecord::STATE_CLOSED);
  EXPECT_EQ(counted.kind(), v1::ServiceRecord::KIND_LATE);
  EXPECT_EQ(counted.reviewed_by(), "city");
  EXPECT_THAT(counted.evidence(), ElementsAre("签到表.jpg"));

  v1::RequestCorrectionRequest ask;
  ask.set_name(counted.name());
  ask.set_text("其中半小时在路上");
  SetTimes(ask);
  ask.set_travel_minutes(30);
  const v1::Correction asked =
      Do(*records_, &Records::RequestCorrection, ask, "volunteer");
  v1::GrantCorrectionRequest grant;
  grant.set_name(asked.name());
  grant.set_etag(asked.etag());
  const v1::Correction granted =
      Do(*records_, &Records::GrantCorrection, grant, "city");
  EXPECT_EQ(granted.state(), v1::Correction::STATE_GRANTED);
  v1::ListCorrectionsRequest list;
  list.set_filter("state = GRANTED");
  EXPECT_THAT(Do(*records_, &Records::ListCorrections, list).corrections(),
              SizeIs(1));

  v1::GetHoursRequest get;
  get.set_subject(counted.volunteer());
  const v1::Hours hours = Do(*records_, &Records::GetHours, get);
  EXPECT_EQ(hours.entered_minutes(), 90);
  EXPECT_EQ(hours.measured_minutes(), 0);
  EXPECT_EQ(hours.services(), 1);
  EXPECT_EQ(hours.grade(), 0);
  EXPECT_EQ(hours.next_grade_minutes(), 6000);
  EXPECT_THAT(hours.display_name(), HasSubstr("专家"));
}

TEST_F(RecordServiceTest, WhoEnteredARecordCannotApproveIt) {
  v1::AddLateRecordRequest late;
  late.set_pairing(Accepted().name());
  late.add_evidence("签到表.jpg");
  SetTimes(late);
  v1::ApproveRecordRequest approve;
  approve.set_name(Do(*records_, &Records::AddLateRecord, late).name());
  v1::ServiceRecord record;
  EXPECT_EQ(
      CallAs("county", *records_, &Records::ApproveRecord, approve, &record)
          .error_code(),
      grpc::StatusCode::FAILED_PRECONDITION);
}

TEST_F(RecordServiceTest, ABaselineIsAskedForAndSet) {
  const v1::Pairing pairing = Accepted();
  v1::ListReadingsRequest list;
  list.set_filter("state = ASKED");
  EXPECT_THAT(Do(*records_, &Records::ListReadings, list).readings(),
              SizeIs(1));
  v1::SetIndustryBaselineRequest set;
  set.set_pairing(pairing.name());
  set.set_indicator("荔枝亩产值");
  set.set_unit("元");
  set.set_value(8000);
  set.set_source("镇统计站");
  const v1::Reading baseline =
      Do(*records_, &Records::SetIndustryBaseline, set);
  EXPECT_EQ(baseline.state(), v1::Reading::STATE_DONE);
  EXPECT_EQ(baseline.specialty(), "specialties/S1");
  EXPECT_EQ(baseline.value(), 8000);
}

TEST_F(RecordServiceTest, ACertificateIsIssuedCheckedPrintedAndRevoked) {
  const v1::ServiceRecord served = Late(Accepted().name());
  v1::IssueCertificateRequest issue;
  issue.set_volunteer(served.volunteer());
  issue.set_issuer("高州市科学技术协会");
  const v1::ServiceCertificate certificate =
      Do(*records_, &Records::IssueCertificate, issue);
  EXPECT_THAT(certificate.records(), ElementsAre(served.name()));
  EXPECT_THAT(certificate.holder_name(), HasSubstr("专家"));

  v1::RenderCertificateRequest render;
  render.set_name(certificate.name());
  EXPECT_THAT(Do(*records_, &Records::RenderCertificate, render).html(),
              HasSubstr(certificate.holder_name()));

  v1::RevokeCertificateRequest revoke;
  revoke.set_name(certificate.name());
  revoke.set_note("时长有误");
  Do(*records_, &Records::RevokeCertificate, revoke);
  v1::CheckCertificateRequest check;
  check.set_number(certificate.name().substr(sizeof("certificates/") - 1));
  const v1::CheckCertificateResponse answer =
      Do(*records_, &Records::CheckCertificate, check, "");
  EXPECT_EQ(answer.state(), v1::ServiceCertificate::STATE_REVOKED);
  EXPECT_EQ(answer.minutes(), 120);
  EXPECT_EQ(answer.issuer(), "高州市科学技术协会");
  EXPECT_EQ(answer.masked_name(), "专**");
  EXPECT_THAT(answer.SerializeAsString(),
              Not(HasSubstr(certificate.holder_name())));
  EXPECT_THAT(answer.SerializeAsString(), Not(HasSubstr("volunteers/")));
}

TEST_F(RecordServiceTest, EveryFieldOfTheApiIsFilledFromTheRecord) {
  EXPECT_THAT(query::NotCarried(*event::v1::ServiceCertificate::descriptor(),
                                *v1::ServiceCertificate::descriptor()),
              IsEmpty());
  EXPECT_THAT(query::NotCarried(*event::v1::Correction::descriptor(),
                                *v1::Correction::descriptor()),
              IsEmpty());
  EXPECT_THAT(query::NotCarried(*event::v1::Reading::descriptor(),
                                *v1::Reading::descriptor()),
              IsEmpty());
  EXPECT_THAT(query::NotCarried(*event::v1::CompletionReport::descriptor(),
                                *v1::CompletionReport::descriptor()),
              IsEmpty());
  EXPECT_THAT(query::NotCarried(*store::v1::HoursSum::descriptor(),
                                *v1::Hours::descriptor()),
              IsEmpty());
}

}  // namespace
}  // namespace jiedui::matcher
