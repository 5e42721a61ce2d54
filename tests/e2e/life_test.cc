// The main job end to end, once with all services in one process and once with
// a process each: demands and a corps go in, explained pairings come out, are
// approved, accepted, served and evaluated.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <utility>

#include "tests/e2e/client.h"

namespace jiedui::e2e {
namespace {

using demand::v1::Demand;
using matcher::v1::MatcherService;
using matcher::v1::Offer;
using matcher::v1::Pairing;
using type::v1::Part;

class LifeTest : public testing::TestWithParam<Layout> {
 protected:
  LifeTest()
      : folder_(testing::TempDir() + "/e2e life " + LayoutName(GetParam())),
        deployment_(GetParam(), Fresh(folder_)) {
    deployment_.Start();
    client_ = std::make_unique<Client>(deployment_);
  }

  static std::string Fresh(const std::string& folder) {
    std::filesystem::remove_all(folder);
    return folder;
  }

  template <typename Request, typename Response>
  void Do(grpc::Status (MatcherService::Stub::*method)(grpc::ClientContext*,
                                                       const Request&,
                                                       Response*),
          const Request& request, Response* response) {
    ASSERT_EQ(client_->Call(client_->matcher(), method, request, response), "");
  }

  const std::string folder_;
  Deployment deployment_;
  std::unique_ptr<Client> client_;
};

const Part& PartOf(const Pairing& pairing, type::v1::PartKind kind) {
  for (const Part& part : pairing.parts()) {
    if (part.kind() == kind) return part;
  }
  return Part::default_instance();
}

// All points of a pairing, from the features up.
int64_t PointsFromFeatures(const Pairing& pairing) {
  int64_t points = 0;
  for (const Part& part : pairing.parts()) {
    for (const auto& choice : part.choices()) {
      for (const auto& feature : choice.features()) points += feature.points();
    }
  }
  for (const auto& synergy : pairing.synergies()) points += synergy.points();
  return points;
}

void ExpectExplained(const Pairing& pairing) {
  ASSERT_EQ(pairing.parts_size(), 6) << pairing.name();
  int64_t parts_points = 0;
  for (const Part& part : pairing.parts()) {
    SCOPED_TRACE(pairing.name() + " " + part.ShortDebugString());
    parts_points += part.points();
    switch (part.status()) {
      case type::v1::PART_STATUS_FILLED:
      case type::v1::PART_STATUS_LOCKED:
        EXPECT_FALSE(part.choices().empty());
        break;
      case type::v1::PART_STATUS_GAP:
        EXPECT_NE(part.gap_reason(), type::v1::GAP_REASON_UNSPECIFIED);
        break;
      case type::v1::PART_STATUS_NOT_REQUIRED:
        EXPECT_TRUE(part.choices().empty());
        break;
      default:
        ADD_FAILURE() << "a part without a status";
    }
  }
  int64_t synergies = 0;
  for (const auto& synergy : pairing.synergies()) synergies += synergy.points();
  EXPECT_EQ(pairing.points(), parts_points + synergies);
  EXPECT_EQ(pairing.points(), PointsFromFeatures(pairing));
}

TEST_P(LifeTest, ASampleProvinceIsPairedAndOneDemandIsServedToTheEnd) {
  client_->ImportSample();
  const size_t open = client_->AllDemands("state = OPEN").size();
  EXPECT_GE(open, 240u);
  EXPECT_GE(client_->AllVolunteers().size(), 600u);

  const RoundResult first = client_->RunRoundUntilSettled();
  ASSERT_TRUE(first.status.ok())
      << first.status.error_message() << deployment_.Log();
  size_t with_expert = 0;
  for (const Pairing& pairing : first.pairings) {
    ExpectExplained(pairing);
    with_expert += PartOf(pairing, type::v1::PART_KIND_EXPERT).status() ==
                   type::v1::PART_STATUS_FILLED;
  }
  EXPECT_GE(with_expert * 10, open * 9);
  EXPECT_EQ(first.pairings.size() + first.round.unpaired_size(), open);
  for (const auto& unpaired : first.round.unpaired()) {
    EXPECT_NE(unpaired.part().gap_reason(), type::v1::GAP_REASON_UNSPECIFIED)
        << unpaired.ShortDebugString();
  }
  EXPECT_TRUE(first.round.certificate().exact());
  for (const auto& level : first.round.certificate().levels()) {
    EXPECT_EQ(level.value(), level.bound()) << level.name();
  }

  const RoundResult again = client_->RunRound();
  EXPECT_EQ(again.Bytes(), first.Bytes());
  EXPECT_TRUE(client_->Replay(first.round.name()).identical());

  const Pairing proposed = first.pairings.front();
  EXPECT_TRUE(client_->AwaitDemand(proposed.demand(), Demand::STATE_PROPOSED));

  matcher::v1::ApprovePairingRequest approve;
  approve.set_name(proposed.name());
  approve.set_etag(proposed.etag());
  Pairing pairing;
  Do(&MatcherService::Stub::ApprovePairing, approve, &pairing);
  EXPECT_EQ(pairing.state(), Pairing::STATE_OFFERED);
  EXPECT_TRUE(
      client_->AwaitDemand(proposed.demand(), Demand::STATE_DISPATCHED));

  const auto offers =
      client_->AllOffers("pairing = \"" + proposed.name() + "\"");
  ASSERT_FALSE(offers.empty());
  // Of an urgent demand, alternates are asked at the same time; they are told.
  for (const Offer& offer : offers) {
    if (offer.rank() > 0) continue;
    matcher::v1::AcceptOfferRequest accept;
    accept.set_name(offer.name());
    Offer accepted;
    Do(&MatcherService::Stub::AcceptOffer, accept, &accepted);
    EXPECT_EQ(accepted.state(), Offer::STATE_ACCEPTED);
  }
  for (const Offer& offer :
       client_->AllOffers("pairing = \"" + proposed.name() + "\"")) {
    EXPECT_EQ(offer.state(), offer.rank() == 0 ? Offer::STATE_ACCEPTED
                                               : Offer::STATE_WITHDRAWN);
  }
  EXPECT_EQ(client_->GetPairing(proposed.name()).state(),
            Pairing::STATE_ACCEPTED);

  matcher::v1::CheckInRequest check_in;
  check_in.set_pairing(proposed.name());
  matcher::v1::ServiceRecord record;
  Do(&MatcherService::Stub::CheckIn, check_in, &record);
  EXPECT_TRUE(
      client_->AwaitDemand(proposed.demand(), Demand::STATE_IN_SERVICE));
  matcher::v1::CheckOutRequest check_out;
  check_out.set_name(record.name());
  Do(&MatcherService::Stub::CheckOut, check_out, &record);
  EXPECT_EQ(record.state(), matcher::v1::ServiceRecord::STATE_CLOSED);

  matcher::v1::CompletePairingRequest complete;
  complete.set_name(proposed.name());
  complete.mutable_outcome()->set_reached(7.5);
  complete.mutable_outcome()->set_summary("损耗率降到 7.5 %");
  Do(&MatcherService::Stub::CompletePairing, complete, &pairing);
  EXPECT_TRUE(client_->AwaitDemand(proposed.demand(), Demand::STATE_DELIVERED));

  for (const auto side : {matcher::v1::Evaluation::SIDE_REQUESTER,
                          matcher::v1::Evaluation::SIDE_VOLUNTEER}) {
    matcher::v1::EvaluatePairingRequest evaluate;
    evaluate.set_name(proposed.name());
    evaluate.mutable_evaluation()->set_side(side);
    evaluate.mutable_evaluation()->set_stars(5);
    Do(&MatcherService::Stub::EvaluatePairing, evaluate, &pairing);
  }
  EXPECT_EQ(pairing.state(), Pairing::STATE_EVALUATED);
  EXPECT_TRUE(client_->AwaitDemand(proposed.demand(), Demand::STATE_EVALUATED));

  EXPECT_TRUE(deployment_.Stop()) << deployment_.Log();
  deployment_.Start();
  client_ = std::make_unique<Client>(deployment_);
  EXPECT_EQ(client_->GetDemand(proposed.demand()).state(),
            Demand::STATE_EVALUATED);
  EXPECT_EQ(client_->GetPairing(proposed.name()).SerializeAsString(),
            pairing.SerializeAsString());
  const auto replayed = client_->Replay(first.round.name());
  EXPECT_TRUE(replayed.identical()) << replayed.DebugString();
  EXPECT_EQ(replayed.proposals(), static_cast<int>(first.pairings.size()));
}

INSTANTIATE_TEST_SUITE_P(Layouts, LifeTest,
                         testing::Values(Layout::kAllInOne, Layout::kSeparate),
                         [](const auto& info) {
                           return LayoutName(info.param);
                         });

}  // namespace
}  // namespace jiedui::e2e
