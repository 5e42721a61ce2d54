#include "services/matcher/domain/record_life.h"

namespace jiedui::matcher {
namespace {

constexpr const Verb* kServiceRecordVerbs[] = {
    &kOpenRecord,     &kCheckOut,        &kCheckOutLate,
    &kEnterLate,      &kApproveRecord,   &kRejectRecord,
    &kEnterCorrected, &kSupersedeRecord, &kVoidRecord};
constexpr const Verb* kCorrectionVerbs[] = {
    &kRequestCorrection, &kGrantCorrection, &kRefuseCorrection};
constexpr const Verb* kReadingVerbs[] = {
    &kAskBaseline,   &kSetBaseline, &kPlanReading,  &kAskReading,
    &kRecordReading, &kMissReading, &kCancelReading};
constexpr const Verb* kCertificateVerbs[] = {&kIssueCertificate,
                                             &kRevokeCertificate};

}  // namespace

std::span<const Verb* const> ServiceRecordVerbs() {
  return kServiceRecordVerbs;
}
std::span<const Verb* const> CorrectionVerbs() { return kCorrectionVerbs; }
std::span<const Verb* const> ReadingVerbs() { return kReadingVerbs; }
std::span<const Verb* const> CertificateVerbs() { return kCertificateVerbs; }

bool TakesTime(std::string_view record_state) {
  return record_state == "OPEN" || record_state == "PENDING" ||
         record_state == "CLOSED";
}

}  // namespace jiedui::matcher
