// Only who has taken a seat serves, is evaluated, and is named to the others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/notices.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/pairing_view.h"
#include "services/matcher/app/records.h"
#include "services/matcher/app/review.h"
#include "services/matcher/app/service.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using store::v1::OfferRecord;
using testing::ElementsAre;
using testing::IsEmpty;
using type::v1::PART_KIND_TALENTS;
using type::v1::PART_KIND_TEAM;
using View = v1::ViewPairingResponse;

constexpr char kRequester[] = "根子镇柏桥村";
constexpr char kExpert[] = "volunteers/V1";
constexpr char kLeader[] = "volunteers/V6";
constexpr char kMember[] = "volunteers/M1";
constexpr char kTeam[] = "teams/T1";

// V1, the expert, has accepted; the team, which V6 leads and M1 is in, and the
// talent have not answered yet.
class ServingTest : public testing::Test {
 protected:
  ServingTest() {
    matcher_.HearOfSupply();
    auto leader = FruitExpert("V6", /*proficiency=*/1);
    leader.set_capacity(0);  // leads the team, and nothing else
    matcher_.Hear(leader);
    matcher_.Hear(FruitTeam("V6"));
    demand::event::v1::Demand demand = LitchiDemand();
    demand.mutable_parts()->set_talents_count(1);
    matcher_.Hear(demand);
    EXPECT_TRUE(matcher_.Round().ok());
    auto member = FruitExpert("M1");
    member.add_memberships()->set_team(kTeam);
    matcher_.Hear(member);
    name_ = matcher_.LiveOf("demands/D1").pairing().name();
    talent_ = PartOf(Now(), PART_KIND_TALENTS).choices(0).resource();
    EXPECT_EQ(PartOf(Now(), PART_KIND_TEAM).choices(0).resource(), kTeam);
    EXPECT_TRUE(matcher_
                    .Do([&](Transaction& txn) {
                      return ApprovePairing(txn, {name_, "", "", ""});
                    })
                    .ok());
    Accept(kExpert);
  }
  ~ServingTest() override { EXPECT_EQ(matcher_.Rows(), matcher_.Replayed()); }

  void Accept(const std::string& volunteer) {
    const std::string offer = matcher_.OfferTo(name_, volunteer).offer().name();
    const auto accepted = matcher_.Do([&](Transaction& txn) {
      return AcceptOffer(txn, matcher_.policy(), {offer, "", "", ""});
    });
    EXPECT_TRUE(accepted.ok()) << accepted.status();
  }
  absl::StatusOr<store::v1::ServiceRecordRecord> In(
      const std::string& volunteer) {
    return matcher_.Do([&](Transaction& txn) {
      return CheckIn(txn, {name_, "", "", ""}, volunteer);
    });
  }
  void Serve(const std::string& volunteer) {
    const auto in = In(volunteer);
    ASSERT_TRUE(in.ok()) << in.status();
    matcher_.clock().Advance(absl::Hours(1));
    const auto out = matcher_.Do([&](Transaction& txn) {
      return CheckOut(txn, {in->service_record().name(), "", "", ""}, 0);
    });
    ASSERT_TRUE(out.ok()) << out.status();
  }
  absl::Status EnterLate(const std::string& volunteer) {
    const Stay stay = {matcher_.now() - absl::Hours(2),
                       matcher_.now() - absl::Hours(1), 0};
    return matcher_
        .Do([&](Transaction& txn) {
          return AddLateRecord(txn, {name_, "", "", "手机没电"},
                               {volunteer, stay, {"签到表.jpg"}});
        })
        .status();
  }
  void Complete() {
    event::v1::Outcome outcome;
    outcome.set_reached(5);
    const auto done = matcher_.Do([&](Transaction& txn) {
      return CompletePairing(txn, {name_, "", "", ""}, outcome);
    });
    ASSERT_TRUE(done.ok()) << done.status();
  }
  void Evaluate(int stars) {
    event::v1::Evaluation evaluation;
    evaluation.set_side(event::v1::Evaluation::SIDE_REQUESTER);
    evaluation.set_stars(stars);
    ASSERT_TRUE(
        matcher_
            .Do([&](Transaction& txn) {
              return EvaluatePairing(txn, {name_, "", "", ""}, evaluation);
            })
            .ok());
  }

  Pairing Now() const { return matcher_.Get(name_).pairing(); }
  View SeenBy(const std::string& viewer) const {
    return *ViewPairing(matcher_.store(), name_, viewer, matcher_.today());
  }
  // Of those whose names are told.
  static std::vector<std::string> Named(const View& view) {
    std::vector<std::string> named;
    for (const View::Person& person : view.people()) {
      if (!person.resource().empty()) named.push_back(person.resource());
    }
    return named;
  }
  bool AskedToEvaluate(const std::string& recipient) const {
    for (const store::v1::NoticeRecord& record :
         NoticesAfter(matcher_.store(), recipient, 0, false, 100)) {
      if (record.notice().kind() == "SERVICE_COMPLETED") return true;
    }
    return false;
  }
  int StarsOf(const std::string& resource) const {
    return static_cast<int>(TallyOf(matcher_.store(), resource).stars());
  }

  TestMatcher matcher_;
  std::string name_;
  std::string talent_;
};

TEST_F(ServingTest, WhoHasNotAcceptedIsNotNamedToTheOthers) {
  const View view = SeenBy("county");
  EXPECT_THAT(Named(view), ElementsAre(kExpert));
  ASSERT_EQ(view.people_size(), 3);
  EXPECT_EQ(view.people(0).display_name(), "专家V1");
  for (int i : {1, 2}) EXPECT_EQ(view.people(i).display_name(), "专老师");
  Accept(talent_);
  EXPECT_THAT(Named(SeenBy("county")), ElementsAre(kExpert, talent_));
  Accept(kLeader);
  EXPECT_THAT(Named(SeenBy("county")), ElementsAre(kExpert, kTeam, talent_));
}

TEST_F(ServingTest, WhoHasNotAcceptedIsToldNoNames) {
  for (const std::string& viewer :
       {talent_, std::string(kLeader), std::string(kMember)}) {
    const View view = SeenBy(viewer);
    EXPECT_FALSE(view.disclosed()) << viewer;
    EXPECT_EQ(view.requester(), "") << viewer;
    EXPECT_NE(view.headline(), "");
    EXPECT_THAT(Named(view), IsEmpty()) << viewer;
  }
  EXPECT_EQ(SeenBy(kExpert).requester(), kRequester);
  EXPECT_THAT(Named(SeenBy(kExpert)), ElementsAre(kExpert));
  Accept(talent_);
  EXPECT_EQ(SeenBy(talent_).requester(), kRequester);
  EXPECT_EQ(SeenBy(kMember).requester(), "");
  Accept(kLeader);
  EXPECT_EQ(SeenBy(kMember).requester(), kRequester);
}

TEST_F(ServingTest, WhoHasNotAcceptedCannotServe) {
  for (const std::string& volunteer :
       {talent_, std::string(kLeader), std::string(kMember)}) {
    EXPECT_TRUE(HasReason(In(volunteer).status(), Reason::kNotInPairing))
        << volunteer;
    EXPECT_TRUE(HasReason(EnterLate(volunteer), Reason::kNotInPairing))
        << volunteer;
  }
  Serve("");  // the expert, whom it stands on
  Accept(kLeader);
  const auto member = In(kMember);
  ASSERT_TRUE(member.ok()) << member.status();
  EXPECT_EQ(member->service_record().team(), kTeam);
  EXPECT_TRUE(HasReason(In(talent_).status(), Reason::kNotInPairing));
}

TEST_F(ServingTest, WhoHasNotAcceptedIsNeitherAskedToEvaluateNorEvaluated) {
  Accept(talent_);
  Serve(kExpert);
  Complete();
  Evaluate(5);
  EXPECT_TRUE(AskedToEvaluate(kExpert));
  EXPECT_TRUE(AskedToEvaluate(talent_));
  EXPECT_FALSE(AskedToEvaluate(kLeader));
  EXPECT_EQ(StarsOf(kExpert), 5);
  EXPECT_EQ(StarsOf(talent_), 5);
  EXPECT_EQ(StarsOf(kTeam), 0);
}

TEST_F(ServingTest, ACompletedPairingIsOfThoseWhoHadAccepted) {
  Accept(talent_);
  Serve(kExpert);
  Complete();
  Pairing now = Now();
  EXPECT_THAT(PartOf(now, PART_KIND_TEAM).choices(), IsEmpty());
  EXPECT_EQ(PartOf(now, PART_KIND_TEAM).status(), type::v1::PART_STATUS_GAP);
  EXPECT_EQ(PartOf(now, PART_KIND_TALENTS).choices(0).resource(), talent_);
  const int64_t told = now.points();
  AddUp(now);
  EXPECT_EQ(now.points(), told);
  EXPECT_EQ(matcher_.OfferTo(name_, kLeader).offer().state(), "WITHDRAWN");
}

}  // namespace
}  // namespace jiedui::matcher
