// Certificates of service: a number, a snapshot of what was served, and whether
// it still holds. Later changes of the records leave a certificate as it is;
// one that no longer tells the truth is revoked.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

struct CertificateWish {
  std::string volunteer;
  std::string issuer;      // full name of the unit
  std::string region;      // of the unit; empty: the volunteer's county
  std::string start_date;  // empty: from the first service
  std::string end_date;    // empty: today
};

// Certifies the records that count whose check-in lies in the period. Errors:
// kNotFound for the volunteer; violations of issuer, region, start_date and
// end_date; kNothingToCertify.
absl::StatusOr<store::v1::ServiceCertificateRecord> IssueCertificate(
    Transaction& txn, const CertificateWish& wish);

// VALID → REVOKED. Errors: kReasonRequired without a note.
absl::StatusOr<store::v1::ServiceCertificateRecord> RevokeCertificate(
    Transaction& txn, const Ask& ask);

// By the number alone, as somebody typed it. Errors: a violation of number when
// it is mistyped; kNotFound.
absl::StatusOr<store::v1::ServiceCertificateRecord> CertificateOfNumber(
    const Reader& state, const std::string& number);

}  // namespace jiedui::matcher
