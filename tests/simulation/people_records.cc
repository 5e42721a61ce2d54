// What people ask about service records and what comes of services.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/matcher/app/certificates.h"
#include "services/matcher/app/corrections.h"
#include "services/matcher/app/readings.h"
#include "services/matcher/app/records.h"
#include "tests/simulation/asking.h"
#include "tests/simulation/people.h"

namespace jiedui::simulation {
namespace {

using runtime::Transaction;
using Kind = Action::Kind;

// Up to three hours, up to two days ago.
matcher::Stay StayBefore(absl::Time now, uint32_t how) {
  matcher::Stay stay;
  stay.start = absl::FromUnixSeconds(absl::ToUnixSeconds(now)) -
               absl::Hours(3 + how / 2 % 45);
  stay.end = stay.start + absl::Minutes(20 * (1 + how / 128 % 9));
  return stay;
}

matcher::Figure FigureOf(uint32_t how) {
  return {static_cast<double>(how % 100), "亩产", "公斤", "县农业农村局"};
}

}  // namespace

std::optional<Request> People::Keep(const Action& action) const {
  const uint32_t how = action.how;
  auto ask = [&](std::string_view collection, std::string_view states,
                 std::string_view verb, std::string actor, auto command) {
    return AskMatcher(matcher_, *catalog_, action.pick, how, verb,
                      {collection, states, "", std::move(actor)}, command);
  };
  switch (action.kind) {
    case Kind::kEnterLate:
      return ask("pairings", "ACCEPTED|ACTIVE|COMPLETED|EVALUATED",
                 absl::StrCat("enter late ", how), "clerk",
                 [how](Transaction& txn, const matcher::Ask& ask) {
                   return matcher::AddLateRecord(
                       txn, ask,
                       {SomebodyIn(txn, ask.name, how),
                        StayBefore(txn.now(), how),
                        {"签到表.jpg"}});
                 });
    case Kind::kApproveRecord:
      return ask("serviceRecords", "PENDING", "approve",
                 how % 8 == 0 ? "clerk" : "coordinator",
                 matcher::ApproveRecord);
    case Kind::kRejectRecord:
      return ask("serviceRecords", "PENDING", "reject", "coordinator",
                 matcher::RejectRecord);
    case Kind::kSupersede:
      return ask("serviceRecords", "CLOSED", absl::StrCat("supersede ", how),
                 "coordinator",
                 [how](Transaction& txn, const matcher::Ask& ask) {
                   return matcher::SupersedeRecord(txn, ask,
                                                   StayBefore(txn.now(), how));
                 });
    case Kind::kRequestCorrection:
      return ask("serviceRecords", "CLOSED", absl::StrCat("correct ", how), "",
                 [how](Transaction& txn, const matcher::Ask& ask) {
                   return matcher::RequestCorrection(
                       txn, ask, "多做了一小时", StayBefore(txn.now(), how));
                 });
    case Kind::kGrantCorrection:
      return ask("corrections", "REQUESTED", "grant", "coordinator",
                 [](Transaction& txn, const matcher::Ask& ask) {
                   return matcher::GrantCorrection(txn, ask, {});
                 });
    case Kind::kRefuseCorrection:
      return ask("corrections", "REQUESTED", "refuse", "coordinator",
                 matcher::RefuseCorrection);
    case Kind::kSetBaseline:
      return ask("pairings", "OFFERED|ACCEPTED", absl::StrCat("baseline ", how),
                 "coordinator",
                 [how](Transaction& txn, const matcher::Ask& ask) {
                   return matcher::SetIndustryBaseline(
                       txn, {ask.name, "", "", ask.note}, FigureOf(how));
                 });
    case Kind::kRecordReading:
      return ask("readings", "ASKED|OVERDUE", absl::StrCat("reading ", how),
                 "coordinator",
                 [how](Transaction& txn, const matcher::Ask& ask) {
                   return matcher::RecordReading(txn, ask, FigureOf(how));
                 });
    case Kind::kCertify:
      return ask(
          "serviceRecords", "CLOSED", "certify", "issuer",
          [catalog = catalog_](Transaction& txn, const matcher::Ask& ask) {
            const Thing* record = catalog->Find(ask.name);
            return matcher::IssueCertificate(
                txn, {record->person, "高州市科学技术协会", "", "", ""});
          });
    default:
      return std::nullopt;
  }
}

}  // namespace jiedui::simulation
