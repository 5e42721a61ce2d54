// A pairing of the example province that all have accepted, for tests of
// what comes of services.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/records.h"
#include "services/matcher/app/review.h"
#include "services/matcher/app/service.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {

// V1, who leads the team, is expert of demands/D1; it is 9 o'clock. What the
// journal holds must make the rows that there are at the end of every test.
class ServedPairing : public testing::Test {
 protected:
  using ServiceRecordRecord = store::v1::ServiceRecordRecord;

  explicit ServedPairing(
      const demand::event::v1::Demand& demand = LitchiDemand()) {
    matcher_.HearOfSupply();
    matcher_.Hear(demand);
    EXPECT_TRUE(matcher_.Round().ok());
    name_ = matcher_.LiveOf(demand.name()).pairing().name();
    expert_ = AnchorResource(Now());
    talent_ = PartOf(Now(), type::v1::PART_KIND_TALENTS).choices(0).resource();
  }
  ~ServedPairing() override { EXPECT_EQ(matcher_.Rows(), matcher_.Replayed()); }

  absl::Status Approve() {
    return matcher_.Run([&](Transaction& txn) {
      return ApprovePairing(txn, {name_, "", "", ""}).status();
    });
  }
  // By everybody who is asked.
  absl::Status Accept() {
    return matcher_.Run([&](Transaction& txn) {
      for (const store::v1::OfferRecord& record : matcher_.OffersIn(name_)) {
        RETURN_IF_ERROR(AcceptOffer(txn, matcher_.policy(),
                                    {record.offer().name(), "", "", ""})
                            .status());
      }
      return absl::OkStatus();
    });
  }
  void ApproveAndAccept() {
    ASSERT_TRUE(Approve().ok());
    ASSERT_TRUE(Accept().ok());
  }
  absl::StatusOr<store::v1::PairingRecord> Complete(double reached = 5) {
    event::v1::Outcome outcome;
    outcome.set_reached(reached);
    return matcher_.Do([&](Transaction& txn) {
      return CompletePairing(txn, {name_, "", "", ""}, outcome);
    });
  }

  absl::StatusOr<ServiceRecordRecord> In(const std::string& volunteer) {
    return matcher_.Do([&](Transaction& txn) {
      return CheckIn(txn, {name_, "", "", ""}, volunteer);
    });
  }
  absl::StatusOr<ServiceRecordRecord> Out(const std::string& record,
                                          int32_t travel_minutes = 0) {
    return matcher_.Do([&](Transaction& txn) {
      return CheckOut(txn, {record, "", "", ""}, travel_minutes);
    });
  }
  // The name of a measured record that ends now.
  std::string Serve(const std::string& volunteer, absl::Duration time) {
    const auto in = In(volunteer);
    EXPECT_TRUE(in.ok()) << in.status();
    if (!in.ok()) return "";
    const std::string record = in->service_record().name();
    matcher_.clock().Advance(time);
    EXPECT_TRUE(Out(record).ok());
    return record;
  }
  absl::Status Void(const std::string& record) {
    return matcher_.Run([&](Transaction& txn) {
      return VoidServiceRecord(txn, {record, "", "", "误操作"}).status();
    });
  }

  // From so many hours ago to so many hours ago.
  Stay Ago(int from, int to, int32_t travel_minutes = 0) const {
    const absl::Time now = matcher_.now();
    return {now - absl::Hours(from), now - absl::Hours(to), travel_minutes};
  }
  absl::StatusOr<ServiceRecordRecord> EnterLate(
      const std::string& volunteer, const Stay& stay,
      std::vector<std::string> evidence = {"签到表.jpg"}) {
    return matcher_.Do([&](Transaction& txn) {
      return AddLateRecord(txn, {name_, "", "", "手机没电"},
                           {volunteer, stay, evidence});
    });
  }
  // As somebody else than who entered it.
  absl::StatusOr<ServiceRecordRecord> ApproveLate(const std::string& record) {
    matcher_.ActAs("coordinator");
    auto approved = matcher_.Do([&](Transaction& txn) {
      return ApproveRecord(txn, {record, "", "", ""});
    });
    matcher_.ActAs("tester");
    return approved;
  }
  absl::StatusOr<ServiceRecordRecord> Supersede(const std::string& record,
                                                const Stay& corrected) {
    return matcher_.Do([&](Transaction& txn) {
      return SupersedeRecord(txn, {record, "", "", "忘记签退"}, corrected);
    });
  }

  Pairing Now() const { return matcher_.Get(name_).pairing(); }
  event::v1::ServiceRecord RecordNow(const std::string& record) const {
    return ServiceRecords::Require(matcher_.store(), record)->service_record();
  }

  TestMatcher matcher_;
  std::string name_;
  std::string expert_;
  std::string talent_;
};

}  // namespace jiedui::matcher
