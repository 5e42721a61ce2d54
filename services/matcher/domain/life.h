// The lives of pairings and offers as data: which verb starts from which
// states, where it leads, and which reasons it may be given. Those of what
// comes of services are in record_life.h.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jiedui::matcher {

// States are the short names of the API's enumerations, as stored.
struct Verb {
  std::string_view name;  // as in facts
  std::string_view zh;
  std::string_view en;
  // States it starts from, divided by bars; "NEW" is what is not there yet.
  std::string_view from;
  // Where it leads; empty: the state stays.
  std::string_view to;
  // Codes divided by bars, one of which must be given; empty: none is asked.
  std::string_view reason_codes = "";
};

// What can happen to a pairing. The same problem gives a pairing the same name
// again, so what ended without service can be proposed once more.
inline constexpr Verb kPropose = {"propose", "提议", "be proposed",
                                  "NEW|SUPERSEDED|CANCELLED|REJECTED|DECLINED",
                                  "PROPOSED"};
inline constexpr Verb kSupersede = {"supersede", "取代", "be superseded",
                                    "PROPOSED", "SUPERSEDED"};
inline constexpr Verb kApprove = {"approve", "批准", "be approved",
                                  "PROPOSED|OVERRIDDEN", "APPROVED"};
inline constexpr Verb kOffer = {"offer", "发出邀约", "be offered", "APPROVED",
                                "OFFERED"};
inline constexpr Verb kReject = {
    "reject",      "驳回",
    "be rejected", "PROPOSED|OVERRIDDEN",
    "REJECTED",    "WRONG_SPECIALISM|TOO_FAR|UNSUITABLE|DUPLICATE|OTHER"};
inline constexpr Verb kOverride = {
    "override",
    "改配",
    "be overridden",
    "PROPOSED",
    "OVERRIDDEN",
    "LOCAL_KNOWLEDGE|REQUESTED_BY_NAME|RECENT_CONTACT|BETTER_FIT|OTHER"};
inline constexpr Verb kLock = {"lock", "锁定", "be locked",
                               "PROPOSED|OVERRIDDEN", ""};
inline constexpr Verb kUnlock = {"unlock", "解锁", "be unlocked",
                                 "PROPOSED|OVERRIDDEN", ""};
// Time in which the matcher was away is given back to its coordinators.
inline constexpr Verb kExtendReview = {"extend-review", "延长审核期限",
                                       "have its review extended",
                                       "PROPOSED|OVERRIDDEN", ""};
// Nobody reviewed it in time: to the coordinators one tier up.
inline constexpr Verb kEscalateReview = {"escalate-review", "审核上交",
                                         "have its review go up",
                                         "PROPOSED|OVERRIDDEN", ""};
// There is nobody above them: they are reminded.
inline constexpr Verb kRemindReview = {"remind-review", "催办审核",
                                       "have its review reminded of",
                                       "PROPOSED|OVERRIDDEN", ""};
inline constexpr Verb kCancel = {
    "cancel",       "取消",
    "be cancelled", "PROPOSED|OVERRIDDEN|APPROVED|OFFERED|ACCEPTED|ACTIVE",
    "CANCELLED",    "DEMAND_CHANGED|VOLUNTEER_UNAVAILABLE|MISTAKE|OTHER"};
// The demand has gone; the reason is DEMAND_ and the demand's state.
inline constexpr Verb kCancelWithDemand = {
    "cancel",
    "取消",
    "be cancelled",
    "PROPOSED|OVERRIDDEN|APPROVED|OFFERED|ACCEPTED|ACTIVE",
    "CANCELLED",
    "DEMAND_WITHDRAWN|DEMAND_SUSPENDED|DEMAND_REJECTED|DEMAND_EXPIRED|"
    "DEMAND_CLOSED"};
// By the one it stands on: the expert, or the team where none is wanted.
inline constexpr Verb kAccept = {"accept", "接受", "be accepted", "OFFERED",
                                 "ACCEPTED"};
inline constexpr Verb kDecline = {"decline", "谢绝", "be declined",
                                  "OFFERED|ACCEPTED|ACTIVE", "DECLINED"};
// Somebody who accepted has a seat for good; an alternate's name and points
// replace those of whom the round chose.
inline constexpr Verb kTakeSeat = {"take-seat", "就位", "have a seat taken",
                                   "OFFERED|ACCEPTED|ACTIVE", ""};
// Whoever was chosen will not come, and the next in line is asked.
inline constexpr Verb kAskNext = {"ask-next", "询问候补",
                                  "ask the next in line",
                                  "OFFERED|ACCEPTED|ACTIVE", ""};
// Nobody is left to be asked for a seat it does not stand on: a gap.
inline constexpr Verb kLosePart = {"lose-part", "缺一方", "lose a part",
                                   "OFFERED|ACCEPTED|ACTIVE", ""};
inline constexpr Verb kCheckIn = {"check-in", "签到", "be served",
                                  "ACCEPTED|ACTIVE", "ACTIVE"};
inline constexpr Verb kComplete = {"complete", "完成", "be completed", "ACTIVE",
                                   "COMPLETED"};
inline constexpr Verb kEvaluate = {"evaluate", "评价", "be evaluated",
                                   "COMPLETED", ""};
// With the evaluation of the second side.
inline constexpr Verb kEvaluateLast = {"evaluate", "评价", "be evaluated",
                                       "COMPLETED", "EVALUATED"};

inline constexpr Verb kSendOffer = {"send", "发出", "be sent", "NEW",
                                    "PENDING"};
inline constexpr Verb kAcceptOffer = {"accept", "接受", "be accepted",
                                      "PENDING", "ACCEPTED"};
inline constexpr Verb kDeclineOffer = {
    "decline",
    "谢绝",
    "be declined",
    "PENDING",
    "DECLINED",
    "NO_TIME|WRONG_SPECIALISM|TOO_FAR|CONFLICT_OF_INTEREST|ILL|OTHER"};
// The service was away while an answer was awaited: more time.
inline constexpr Verb kExtendOffer = {"extend", "延期", "be extended",
                                      "PENDING", ""};
// Nobody answered in time.
inline constexpr Verb kExpireOffer = {"expire", "过期", "expire", "PENDING",
                                      "EXPIRED"};
// With its pairing.
inline constexpr Verb kWithdrawOffer = {
    "withdraw",     "撤回",
    "be withdrawn", "PENDING|ACCEPTED",
    "WITHDRAWN",    "PAIRING_CANCELLED|PAIRING_DECLINED|PAIRING_COMPLETED"};
// Somebody else was asked too and accepted first.
inline constexpr Verb kGiveWay = {"give-way", "让席",      "give way",
                                  "PENDING",  "WITHDRAWN", "SEAT_TAKEN"};
// By a coordinator.
inline constexpr Verb kRecallOffer = {
    "recall",           "收回",      "be recalled",
    "PENDING|ACCEPTED", "WITHDRAWN", "VOLUNTEER_UNAVAILABLE|MISTAKE|OTHER"};

// A dispatch: the search behind a demand.
// Also again, when a demand that was served comes back.
inline constexpr Verb kOpenDispatch = {"open", "立案", "be opened",
                                       "NEW|CLOSED|ACCEPTED", "SEARCHING"};
inline constexpr Verb kProposeFor = {"propose", "收到提议", "be proposed for",
                                     "SEARCHING|GAP", "PROPOSED"};
inline constexpr Verb kOfferFor = {"offer", "发出邀约", "have offers sent",
                                   "PROPOSED|GAP", "OFFERED"};
inline constexpr Verb kMeet = {"meet", "落实", "be met", "OFFERED|GAP",
                               "ACCEPTED"};
// The pairing has fallen: the search goes on.
inline constexpr Verb kLosePairing = {"lose", "失去结对", "lose its pairing",
                                      "PROPOSED|OFFERED|ACCEPTED|GAP",
                                      "SEARCHING"};
// Somebody declined, or did not answer.
inline constexpr Verb kCountDecline = {"count-decline", "记一次谢绝",
                                       "have a decline counted",
                                       "SEARCHING|PROPOSED|OFFERED|GAP", ""};
// To the next tier, and sideways to the societies beside it.
inline constexpr Verb kHop = {"hop",   "上交",
                              "go up", "SEARCHING|PROPOSED|OFFERED",
                              "",      "NO_CANDIDATE|DEADLINE|DECLINES"};
// There is no tier above.
inline constexpr Verb kGap = {"gap",      "列为缺口",
                              "be a gap", "SEARCHING|PROPOSED|OFFERED",
                              "GAP",      "NO_CANDIDATE|DEADLINE|DECLINES"};
// A review that nobody did has gone up; the handling tier stays.
inline constexpr Verb kReviewHop = {"review-overdue",
                                    "审核超期",
                                    "have its review go up",
                                    "SEARCHING|PROPOSED|OFFERED|ACCEPTED|GAP",
                                    "",
                                    "REVIEW_OVERDUE"};
// Somebody may have joined or come free since nobody was found.
inline constexpr Verb kSeekAgain = {"seek-again", "再次寻找", "be sought again",
                                    "GAP", ""};
// The demand's urgency, region or title has been changed.
inline constexpr Verb kRevise = {"revise", "随需求修订", "be revised",
                                 "SEARCHING|PROPOSED|OFFERED|GAP", ""};
// Looked at again, with nothing to change.
inline constexpr Verb kRest = {"rest", "复核无变化", "rest",
                               "SEARCHING|PROPOSED|OFFERED|ACCEPTED|GAP", ""};
// Time in which the matcher was away is given back to the tier.
inline constexpr Verb kExtendTier = {"extend", "延期", "be extended",
                                     "SEARCHING|PROPOSED|OFFERED", ""};
inline constexpr Verb kCloseDispatch = {
    "close", "结案", "be closed", "SEARCHING|PROPOSED|OFFERED|ACCEPTED|GAP",
    "CLOSED"};

inline constexpr Verb kPlanVisit = {"plan", "排定", "be planned", "NEW",
                                    "PLANNED"};
inline constexpr Verb kCancelVisit = {
    "cancel",  "取消",      "be cancelled",
    "PLANNED", "CANCELLED", "WEATHER|ILL|DEMAND_CHANGED|OTHER"};
// Its pairing has ended before it, or somebody who was to go has left that.
inline constexpr Verb kDropVisit = {
    "drop",    "随结对取消", "be dropped",
    "PLANNED", "CANCELLED",  "PAIRING_ENDED|PARTICIPANT_LEFT"};

// Every verb and every state of a kind, for the tests of the tables.
std::span<const Verb* const> PairingVerbs();
std::span<const Verb* const> OfferVerbs();
std::span<const Verb* const> DispatchVerbs();
std::span<const Verb* const> VisitVerbs();

// The state that `verb` leads `resource` to. Errors: kWrongState naming the
// states allowed; kReasonRequired, or a violation of reason_code naming the
// codes allowed.
absl::StatusOr<std::string> Step(const Verb& verb, std::string_view resource,
                                 std::string_view from,
                                 std::string_view reason_code = "");

// PROPOSED to ACTIVE: the demand is served or about to be.
bool Lives(std::string_view pairing_state);
// PROPOSED or OVERRIDDEN: a coordinator is to decide.
bool WaitsForReview(std::string_view pairing_state);
// APPROVED to ACTIVE: everybody in it is taken.
bool Books(std::string_view pairing_state);
// Whether a pairing of a demand in this state must be cancelled.
bool EndsPairing(std::string_view demand_state);

}  // namespace jiedui::matcher
