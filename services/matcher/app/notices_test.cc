// Notices, through the real writer: who is told of what, once, and when.
#include "services/matcher/app/notices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/notice_rules.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/review.h"
#include "services/matcher/app/service.h"

namespace jiedui::matcher {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr char kExpert[] = "volunteers/V1";
constexpr char kRequester[] = "requesters/D1";
constexpr char kCounty[] = "coordinators/440981000000";

class NoticesTest : public testing::Test {
 protected:
  NoticesTest() { matcher_.HearOfSupply(); }
  ~NoticesTest() override { EXPECT_EQ(matcher_.Rows(), matcher_.Replayed()); }

  void Propose(type::v1::Urgency urgency = type::v1::URGENCY_NORMAL) {
    demand::event::v1::Demand demand = LitchiDemand();
    demand.set_urgency(urgency);
    matcher_.Hear(demand);
    ASSERT_TRUE(matcher_.Round().ok());
    name_ = matcher_.LiveOf("demands/D1").pairing().name();
  }
  void Approve() {
    ASSERT_TRUE(matcher_
                    .Do([&](Transaction& txn) {
                      return ApprovePairing(txn, {name_, "", "", ""});
                    })
                    .ok());
  }
  Ask OfferOf(const std::string& volunteer, std::string reason = "") {
    return {matcher_.OfferTo(name_, volunteer).offer().name(), "",
            std::move(reason), ""};
  }
  void Accept(const std::string& volunteer) {
    ASSERT_TRUE(matcher_
                    .Do([&](Transaction& txn) {
                      return AcceptOffer(txn, matcher_.policy(),
                                         OfferOf(volunteer));
                    })
                    .ok());
  }
  void Decline(const std::string& volunteer) {
    ASSERT_TRUE(matcher_
                    .Do([&](Transaction& txn) {
                      return DeclineOffer(txn, OfferOf(volunteer, "NO_TIME"));
                    })
                    .ok());
  }
  absl::StatusOr<Marked> Read(const std::string& notice, int64_t up_to = 0,
                              const std::string& recipient = kExpert) {
    absl::StatusOr<Marked> result = absl::UnknownError("not run");
    const absl::Status status = matcher_.Run([&](Transaction& txn) {
      result = MarkRead(txn, recipient, notice, up_to);
      return result.status();
    });
    if (!status.ok()) return status;
    return result;
  }
  std::vector<event::v1::Notice> Inbox(const std::string& recipient) {
    std::vector<event::v1::Notice> notices;
    for (const auto& record :
         NoticesAfter(matcher_.store(), recipient, 0, false, 1000)) {
      notices.push_back(record.notice());
    }
    return notices;
  }
  std::vector<std::string> KindsIn(const std::string& recipient) {
    std::vector<std::string> kinds;
    for (const auto& notice : Inbox(recipient)) kinds.push_back(notice.kind());
    return kinds;
  }

  TestMatcher matcher_;
  std::string name_;
};

TEST_F(NoticesTest, EveryPlaceholderOfARuleIsFilled) {
  for (const NoticeRules& kind : AllNoticeRules()) {
    std::vector<std::string> filled;
    for (const NoticeArg& arg : kind.args()) filled.push_back(arg.name);
    for (const NoticeRule& rule : kind.rules) {
      const NoticeTemplate& words = TemplateOf(rule.notice);
      for (std::string_view text :
           {words.zh_title, words.zh_body, words.en_title, words.en_body}) {
        for (const std::string& name : Placeholders(text)) {
          EXPECT_THAT(filled, Contains(name)) << words.name;
        }
      }
    }
  }
}

std::vector<std::span<const Verb* const>> AllVerbs() {
  return {OfferVerbs(),   PairingVerbs(),       DispatchVerbs(),
          VisitVerbs(),   ServiceRecordVerbs(), CorrectionVerbs(),
          ReadingVerbs(), CertificateVerbs()};
}

TEST_F(NoticesTest, EveryVerbOfARuleIsOneOfTheTables) {
  std::set<std::string_view> verbs;
  for (const auto table : AllVerbs()) {
    for (const Verb* verb : table) verbs.insert(verb->name);
  }
  for (const NoticeRules& kind : AllNoticeRules()) {
    for (const NoticeRule& rule : kind.rules) {
      EXPECT_THAT(verbs, Contains(rule.verb));
    }
  }
}

bool TellsTheReason(const Verb& verb) {
  for (const NoticeRules& kind : AllNoticeRules()) {
    for (const NoticeRule& rule : kind.rules) {
      const std::string_view body = TemplateOf(rule.notice).en_body;
      if (rule.verb == verb.name && body.find("{reason}") != body.npos) {
        return true;
      }
    }
  }
  return false;
}

TEST_F(NoticesTest, EveryReasonThatIsToldHasWords) {
  for (const auto verbs : AllVerbs()) {
    for (const Verb* verb : verbs) {
      if (verb->reason_codes.empty() || !TellsTheReason(*verb)) continue;
      const std::vector<std::string> codes =
          absl::StrSplit(verb->reason_codes.data(), '|');
      for (const std::string& code : codes) {
        EXPECT_NE(CodeArg("reason", code).zh, code);
      }
    }
  }
}

TEST_F(NoticesTest, AnApprovalTellsThoseInvitedAndTheRequester) {
  Propose();
  EXPECT_THAT(Inbox(kCounty), IsEmpty()) << "the digest tells of it";
  Approve();
  EXPECT_THAT(KindsIn(kExpert), ElementsAre("OFFER_RECEIVED"));
  EXPECT_THAT(KindsIn(kRequester), ElementsAre("PAIRING_APPROVED"));
  const event::v1::Notice notice = Inbox(kExpert).front();
  EXPECT_EQ(notice.zh().title(), "邀约：荔枝采后三天褐变 · 茂名高州");
  EXPECT_EQ(notice.en().title(), "Invitation: 荔枝采后三天褐变 · 茂名高州");
  EXPECT_EQ(notice.subject(), matcher_.OfferTo(name_, kExpert).offer().name());
  EXPECT_EQ(notice.sequence(), 1);
  EXPECT_TRUE(notice.asks());
}

TEST_F(NoticesTest, AnUrgentProposalAndItsOffersAreToldAtOnce) {
  matcher_.clock().Advance(absl::Hours(13));  // 22:00
  Propose(type::v1::URGENCY_CRITICAL);
  ASSERT_THAT(KindsIn(kCounty), ElementsAre("REVIEW_URGENT"));
  Approve();
  EXPECT_THAT(KindsIn(kExpert), ElementsAre("OFFER_RECEIVED_URGENT"));
  EXPECT_EQ(Inbox(kExpert).front().deliver_time().seconds(),
            absl::ToUnixSeconds(matcher_.clock().Now()));
  EXPECT_EQ(Inbox(kCounty).front().state(), "SETTLED");
}

TEST_F(NoticesTest, WhoeverTheDemandHasComeToHearsOfItAndIsRemindedToReview) {
  demand::event::v1::Demand demand = LitchiDemand();
  demand.set_urgency(type::v1::URGENCY_CRITICAL);
  matcher_.Hear(demand);
  for (const int hours : {4, 8, 12}) {  // up to the province
    matcher_.clock().Advance(absl::Hours(hours));
    matcher_.writer().FireDueTimers();
  }
  Propose(type::v1::URGENCY_CRITICAL);
  matcher_.clock().Advance(absl::Hours(2));
  matcher_.writer().FireDueTimers();
  EXPECT_THAT(KindsIn("coordinators/440000000000"),
              Contains("REVIEW_REMINDER"));
  Approve();
  Decline(kExpert);
  EXPECT_THAT(KindsIn("coordinators/440000000000"), Contains("OFFER_DECLINED"));
  EXPECT_THAT(KindsIn(kCounty), Not(Contains("OFFER_DECLINED")));
}

TEST_F(NoticesTest, WhatIsNotUrgentWaitsForTheEndOfTheQuietHours) {
  Propose();
  matcher_.clock().Advance(absl::Hours(13));  // 22:00
  Approve();
  EXPECT_EQ(Inbox(kExpert).front().deliver_time().seconds(),
            absl::ToUnixSeconds(matcher_.clock().Now() + absl::Hours(10)));
}

TEST_F(NoticesTest, AnAnswerSettlesTheInvitation) {
  Propose();
  Approve();
  Accept(kExpert);
  EXPECT_EQ(Inbox(kExpert).front().state(), "SETTLED");
  EXPECT_THAT(KindsIn(kCounty),
              ElementsAre("BASELINE_ASKED", "OFFER_ACCEPTED"));
  EXPECT_THAT(KindsIn(kRequester),
              ElementsAre("PAIRING_APPROVED", "PAIRING_ACCEPTED"));
}

TEST_F(NoticesTest, ThoseWhoHadAcceptedAreToldWhenThePairingIsLost) {
  Propose();
  Approve();
  Accept("volunteers/V2");
  Decline(kExpert);
  // So do all who are asked in his place.
  for (bool asked = true; asked;) {
    asked = false;
    for (const auto& record : matcher_.OffersIn(name_)) {
      asked = record.offer().state() == "PENDING" &&
              record.offer().part() == type::v1::PART_KIND_EXPERT;
      if (asked) Decline(record.offer().addressee());
    }
  }
  EXPECT_THAT(KindsIn("volunteers/V2"),
              ElementsAre("OFFER_RECEIVED", "OFFER_WITHDRAWN"));
  EXPECT_EQ(Inbox("volunteers/V2").back().state(), "UNREAD");
  EXPECT_THAT(KindsIn(kRequester), Contains("PAIRING_STARTS_AGAIN"));
  EXPECT_THAT(KindsIn(kCounty), Contains("PAIRING_LOST"));
  EXPECT_THAT(KindsIn(kExpert), Not(Contains("OFFER_WITHDRAWN")));
}

// An offer sent at 09:00 with one working day to answer.
TEST_F(NoticesTest, AtHalfItsTimeAnOfferIsRemindedOfOnce) {
  Propose();
  Approve();
  matcher_.clock().Advance(absl::Hours(12) - absl::Seconds(1));
  matcher_.writer().FireDueTimers();
  EXPECT_THAT(KindsIn(kExpert), ElementsAre("OFFER_RECEIVED"));
  matcher_.clock().Advance(absl::Seconds(1));
  matcher_.writer().FireDueTimers();
  EXPECT_THAT(KindsIn(kExpert),
              ElementsAre("OFFER_RECEIVED", "OFFER_REMINDER"));
  EXPECT_EQ(Inbox(kExpert).back().zh().body(),
            "“荔枝采后三天褐变 · 茂名高州”的邀约还在等您答复，截止 2026-12-02 "
            "09:00。");
}

TEST_F(NoticesTest, WhatHasBeenAnsweredIsNotRemindedOf) {
  Propose();
  Approve();
  Accept(kExpert);
  matcher_.clock().Advance(absl::Hours(13));
  matcher_.writer().FireDueTimers();
  EXPECT_THAT(KindsIn(kExpert), ElementsAre("OFFER_RECEIVED"));
}

TEST_F(NoticesTest, AnOfferThatExpiresIsToldKindly) {
  Propose();
  Approve();
  const std::string offer = OfferOf(kExpert).name;
  // In steps, so that the matcher is not taken to have been away.
  for (int hour = 0; hour < 25; ++hour) {
    matcher_.clock().Advance(absl::Hours(1));
    matcher_.writer().FireDueTimers();
  }
  ASSERT_EQ(Offers::Find(matcher_.store(), offer)->offer().state(), "EXPIRED");
  EXPECT_THAT(KindsIn(kExpert),
              ElementsAre("OFFER_RECEIVED", "OFFER_REMINDER", "OFFER_EXPIRED"));
  EXPECT_EQ(Inbox(kExpert)[1].state(), "SETTLED");
  EXPECT_THAT(KindsIn(kCounty), Contains("OFFER_UNANSWERED"));
}

TEST_F(NoticesTest, AProposalThatIsWithdrawnUnseenIsNobodysBusiness) {
  Propose();
  demand::event::v1::Demand demand = LitchiDemand();
  demand.set_state("WITHDRAWN");
  matcher_.Hear(demand);
  EXPECT_THAT(Inbox(kRequester), IsEmpty());
}

// Nobody in the province can serve it: up the line, to the gap at its end.
TEST_F(NoticesTest, EachTierIsToldWhenADemandIsHandedUpToIt) {
  TestMatcher empty;
  empty.Hear(LitchiDemand());
  const auto kinds = [&](const std::string& recipient) {
    std::vector<std::string> all;
    for (const auto& record :
         NoticesAfter(empty.store(), recipient, 0, false, 100)) {
      all.push_back(record.notice().kind());
    }
    return all;
  };
  for (int day = 0; day < 30; ++day) {
    for (int hour = 0; hour < 24; ++hour) {
      empty.clock().Advance(absl::Hours(1));
      empty.writer().FireDueTimers();
    }
  }
  EXPECT_THAT(kinds("coordinators/440900000000"), Contains("HANDED_UP"));
  EXPECT_THAT(kinds("societies/440900000000"), Contains("HANDED_UP"));
  for (const auto& record : NoticesAfter(
           empty.store(), "coordinators/440900000000", 0, false, 100)) {
    EXPECT_EQ(record.notice().state(), "SETTLED") << "it has gone on";
  }
  EXPECT_THAT(
      kinds("coordinators/440000000000"),
      AllOf(Contains("HANDED_UP"), Contains("GAP_LISTED"), Contains("DIGEST")));
  EXPECT_THAT(kinds(kRequester), ElementsAre("NOBODY_FOUND"));
  EXPECT_EQ(empty.Rows(), empty.Replayed());
}

TEST_F(NoticesTest, TheSameIsToldOnce) {
  const NewNotice notice{NoticeKind::kPartLost, kCounty, "pairings/P1", 3,
                         "440981103000",        {}};
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(matcher_
                    .Run([&](Transaction& txn) {
                      Notify(txn, notice);
                      Notify(txn, notice);
                      return absl::OkStatus();
                    })
                    .ok());
  }
  ASSERT_THAT(KindsIn(kCounty), ElementsAre("PART_LOST"));
  EXPECT_EQ(Inbox(kCounty).front().key(),
            "PART_LOST/pairings/P1/3/coordinators/440981000000");
}

TEST_F(NoticesTest, AFailedCommandTellsNobody) {
  EXPECT_FALSE(matcher_
                   .Run([&](Transaction& txn) {
                     Notify(txn, {NoticeKind::kPartLost, kCounty, "x", 1});
                     return absl::AbortedError("no");
                   })
                   .ok());
  EXPECT_THAT(Inbox(kCounty), IsEmpty());
}

TEST_F(NoticesTest, ReadingOneOrAllCountsWhatIsLeft) {
  for (uint64_t version = 1; version <= 3; ++version) {
    ASSERT_TRUE(matcher_
                    .Run([&](Transaction& txn) {
                      Notify(txn, {NoticeKind::kOfferExpired, kExpert,
                                   "offers/O1", version});
                      return absl::OkStatus();
                    })
                    .ok());
  }
  const std::string second = Inbox(kExpert)[1].name();
  auto marked = Read(second);
  ASSERT_TRUE(marked.ok());
  EXPECT_EQ(marked->marked, 1);
  EXPECT_EQ(marked->unread, 2);
  EXPECT_EQ(Read(second)->marked, 0) << "it is read already";
  EXPECT_EQ(NoticesAfter(matcher_.store(), kExpert, 0, true, 10).size(), 2u);
  EXPECT_EQ(NoticesAfter(matcher_.store(), kExpert, 2, false, 10).size(), 1u);
  EXPECT_EQ(Read("", 2)->marked, 1);
  EXPECT_EQ(InboxOf(matcher_.store(), kExpert).unread(), 1);
}

TEST_F(NoticesTest, AnotherInboxIsNotRead) {
  Propose();
  Approve();
  const std::string notice = Inbox(kExpert).front().name();
  EXPECT_TRUE(base::HasReason(Read(notice, 0, kRequester).status(),
                              base::Reason::kNotFound));
  EXPECT_TRUE(base::HasReason(Read("", 9, "somebody").status(),
                              base::Reason::kInvalidFields));
}

}  // namespace
}  // namespace jiedui::matcher
