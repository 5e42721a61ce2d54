#include "services/demand/domain/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace jiedui::demand {
namespace {

using base::Reason;
using store::v1::DemandRecord;

DemandRecord Good() {
  DemandRecord record;
  auto& demand = *record.mutable_demand();
  demand.set_title("荔枝采后保鲜期太短");
  demand.set_library(type::v1::LIBRARY_PROBLEM);
  demand.set_action(type::v1::ACTION_RURAL_REVITALISATION);
  demand.mutable_requester()->set_name("根子镇柏桥村");
  demand.mutable_requester()->set_kind(type::v1::REQUESTER_KIND_VILLAGE);
  demand.set_region("440981");
  demand.add_subjects("21040");
  demand.mutable_window()->set_start_date("2026-12-01");
  demand.mutable_window()->set_end_date("2027-06-30");
  Complete(record);
  return record;
}

TEST(ValidateTest, ACompletedGoodDemandHasNothingWrong) {
  const DemandRecord record = Good();
  EXPECT_TRUE(Validate(record).empty()) << Validate(record).ToStatus();
  EXPECT_EQ(record.demand().region(), "440981000000");
  EXPECT_EQ(record.demand().urgency(), type::v1::URGENCY_NORMAL);
  EXPECT_EQ(record.demand().parts().expert(), type::v1::WANT_REQUIRED);
  EXPECT_EQ(record.demand().parts().talents(), type::v1::WANT_NONE);
}

struct Case {
  const char* name;
  std::function<void(DemandRecord&)> spoil;
  const char* field;
  Reason reason;
};

class SpoiledTest : public testing::TestWithParam<Case> {};

TEST_P(SpoiledTest, NamesTheFieldAndTheReason) {
  DemandRecord record = Good();
  GetParam().spoil(record);
  const base::Violations found = Validate(record);
  ASSERT_EQ(found.list().size(), 1u) << found.ToStatus();
  EXPECT_EQ(found.list()[0].field, GetParam().field);
  EXPECT_EQ(found.list()[0].reason, GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    All, SpoiledTest,
    testing::Values(
        Case{"Title", [](auto& r) { r.mutable_demand()->set_title(" "); },
             "title", Reason::kFieldRequired},
        Case{"LongTitle",
             [](auto& r) {
               r.mutable_demand()->set_title(std::string(101, 'a'));
             },
             "title", Reason::kFieldTooLong},
        Case{"Library",
             [](auto& r) {
               r.mutable_demand()->set_library(type::v1::LIBRARY_UNSPECIFIED);
             },
             "library", Reason::kFieldRequired},
        Case{"Action",
             [](auto& r) {
               r.mutable_demand()->set_action(
                   static_cast<type::v1::Action>(99));
             },
             "action", Reason::kUnknownValue},
        Case{"Region", [](auto& r) { r.mutable_demand()->set_region("99"); },
             "region", Reason::kUnknownCode},
        Case{"Province", [](auto& r) { r.mutable_demand()->set_region("44"); },
             "region", Reason::kFieldMalformed},
        Case{"NoSubject", [](auto& r) { r.mutable_demand()->clear_subjects(); },
             "subjects", Reason::kFieldRequired},
        Case{"Subject",
             [](auto& r) { r.mutable_demand()->add_subjects("99999"); },
             "subjects", Reason::kUnknownCode},
        Case{"Industry",
             [](auto& r) { r.mutable_demand()->set_industry("Z9"); },
             "industry", Reason::kUnknownCode},
        Case{"CreditCode",
             [](auto& r) {
               r.mutable_demand()->mutable_requester()->set_credit_code(
                   "91440101MA5CJKQ00X");
             },
             "requester.credit_code", Reason::kBadCreditCode},
        Case{"EnterpriseWithoutCode",
             [](auto& r) {
               r.mutable_demand()->mutable_requester()->set_kind(
                   type::v1::REQUESTER_KIND_ENTERPRISE);
             },
             "requester.credit_code", Reason::kFieldRequired},
        Case{"Date",
             [](auto& r) {
               r.mutable_demand()->mutable_window()->set_end_date("2027-13-45");
             },
             "window.end_date", Reason::kFieldMalformed},
        Case{"Window",
             [](auto& r) {
               r.mutable_demand()->mutable_window()->set_end_date("2026-11-30");
             },
             "window.end_date", Reason::kWindowReversed},
        Case{"Dialect",
             [](auto& r) { r.mutable_demand()->set_dialect_required(true); },
             "dialects", Reason::kFieldRequired},
        Case{"Talents",
             [](auto& r) {
               r.mutable_demand()->mutable_parts()->set_talents(
                   type::v1::WANT_REQUIRED);
             },
             "parts.talents_count", Reason::kValueOutOfRange},
        Case{"NobodyWanted",
             [](auto& r) {
               auto& parts = *r.mutable_demand()->mutable_parts();
               parts.set_expert(type::v1::WANT_NONE);
               parts.set_team(type::v1::WANT_NONE);
             },
             "parts.expert", Reason::kFieldMalformed},
        Case{"Phone",
             [](auto& r) { r.mutable_contact()->set_phone("139-0000"); },
             "contact.phone", Reason::kFieldMalformed}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace jiedui::demand
