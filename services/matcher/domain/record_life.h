// The lives of service records, corrections, readings and certificates as data,
// as life.h has those of pairings and offers.
#pragma once

#include "services/matcher/domain/life.h"

namespace jiedui::matcher {

// A record counts while it is CLOSED. It takes up its person's time from the
// beginning until it is closed, and after that unless it counts no more.
inline constexpr Verb kOpenRecord = {"check-in", "签到", "be opened", "NEW",
                                     "OPEN"};
inline constexpr Verb kCheckOut = {"check-out", "签退", "be checked out",
                                   "OPEN", "CLOSED"};
// After so long that somebody must look at it.
inline constexpr Verb kCheckOutLate = {"check-out-late", "超时签退",
                                       "be checked out", "OPEN", "PENDING"};
inline constexpr Verb kEnterLate = {"enter-late", "补录", "be entered late",
                                    "NEW", "PENDING"};
inline constexpr Verb kApproveRecord = {"approve", "审核通过", "be approved",
                                        "PENDING", "CLOSED"};
inline constexpr Verb kRejectRecord = {"reject", "审核不通过", "be rejected",
                                       "PENDING", "REJECTED"};
// What is entered in place of another.
inline constexpr Verb kEnterCorrected = {
    "correct", "更正", "be entered as a correction", "NEW", "CLOSED"};
inline constexpr Verb kSupersedeRecord = {
    "give-place", "被更正", "be superseded", "CLOSED", "SUPERSEDED"};
inline constexpr Verb kVoidRecord = {"void", "作废", "be voided",
                                     "OPEN|PENDING|CLOSED", "VOIDED"};

inline constexpr Verb kRequestCorrection = {"request", "申请更正",
                                            "be requested", "NEW", "REQUESTED"};
inline constexpr Verb kGrantCorrection = {"grant", "采纳", "be granted",
                                          "REQUESTED", "GRANTED"};
inline constexpr Verb kRefuseCorrection = {"refuse", "不采纳", "be refused",
                                           "REQUESTED", "REFUSED"};

// The baseline of an industry: asked for when the pairing is approved, overdue
// when the service begins without it.
inline constexpr Verb kAskBaseline = {"ask-baseline", "请报基线",
                                      "be asked for", "NEW|CANCELLED", "ASKED"};
inline constexpr Verb kSetBaseline = {"set-baseline", "填报基线", "be set",
                                      "ASKED|DONE", "DONE"};
// The readings after it.
inline constexpr Verb kPlanReading = {"plan", "安排", "be planned",
                                      "NEW|CANCELLED", "PLANNED"};
inline constexpr Verb kAskReading = {"ask", "请填报", "be asked for", "PLANNED",
                                     "ASKED"};
inline constexpr Verb kRecordReading = {"record", "填报", "be recorded",
                                        "ASKED|OVERDUE", "DONE"};
inline constexpr Verb kMissReading = {"miss", "逾期", "become overdue", "ASKED",
                                      "OVERDUE"};
// The pairing ended without service.
inline constexpr Verb kCancelReading = {"cancel", "取消", "be cancelled",
                                        "ASKED|DONE", "CANCELLED"};

inline constexpr Verb kIssueCertificate = {"issue", "出具", "be issued", "NEW",
                                           "VALID"};
inline constexpr Verb kRevokeCertificate = {"revoke", "撤销", "be revoked",
                                            "VALID", "REVOKED"};

// What a pairing must be for a stay in it to be entered afterwards, or for its
// baseline to be set; what a record must be for a correction of it to be asked
// for.
inline constexpr Verb kTakeLateEntry = {
    "take-late-entry", "补录服务", "take late entries",
    "ACCEPTED|ACTIVE|COMPLETED|EVALUATED", ""};
inline constexpr Verb kTakeBaseline = {"take-baseline", "填报基线",
                                       "be given a baseline",
                                       "APPROVED|OFFERED|ACCEPTED", ""};
inline constexpr Verb kTakeCorrection = {"take-correction", "申请更正",
                                         "be corrected", "CLOSED", ""};

std::span<const Verb* const> ServiceRecordVerbs();
std::span<const Verb* const> CorrectionVerbs();
std::span<const Verb* const> ReadingVerbs();
std::span<const Verb* const> CertificateVerbs();

// The time from beginning to end belongs to the record's person.
bool TakesTime(std::string_view record_state);

}  // namespace jiedui::matcher
