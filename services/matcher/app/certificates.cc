#include "services/matcher/app/certificates.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "common/codes/regions.h"
#include "common/fields/checks.h"
#include "services/matcher/app/hours.h"
#include "services/matcher/app/records.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/app/stays.h"
#include "services/matcher/domain/certificate_number.h"
#include "services/matcher/domain/dates.h"
#include "services/matcher/domain/grades.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using event::v1::ServiceCertificate;
using event::v1::ServiceRecord;
using store::v1::ServiceCertificateRecord;
using volunteer::event::v1::Volunteer;

constexpr int kMaxIssuer = 100;  // characters
constexpr size_t kRegionDigits = 6;

absl::Status Check(const CertificateWish& wish, absl::CivilDay today) {
  base::Violations violations;
  fields::CheckText("issuer", wish.issuer, fields::Need::kRequired, kMaxIssuer,
                    violations);
  fields::CheckRegion("region", wish.region, violations);
  fields::CheckSpan("end_date", wish.start_date, wish.end_date, violations);
  const auto end = ParseDay(wish.end_date);
  if (end && *end > today) {
    violations.Add("end_date", Reason::kValueOutOfRange,
                   {{"value", wish.end_date},
                    {"min", wish.start_date},
                    {"max", DayText(today)}});
  }
  return violations.ToStatus();
}

// Adds up the records that count of the period, by time.
void CountRecords(const Reader& state, ServiceCertificate& certificate) {
  std::set<std::string> demands;
  std::string first_day;
  VisitStays(
      state, certificate.volunteer(),
      [&](absl::Time start, absl::Time, std::string_view name) {
        const absl::CivilDay day = base::ChinaDay(start);
        const auto record = ServiceRecords::Find(state, name);
        if (record->service_record().state() != "CLOSED" ||
            !Within(day, certificate.start_date(), certificate.end_date())) {
          return;
        }
        const ServiceRecord& served = record->service_record();
        if (IsMeasured(served)) {
          certificate.set_measured_minutes(certificate.measured_minutes() +
                                           served.minutes());
        } else {
          certificate.set_entered_minutes(certificate.entered_minutes() +
                                          served.minutes());
        }
        certificate.add_records(served.name());
        demands.insert(served.demand());
        if (first_day.empty()) first_day = DayText(day);
      });
  if (certificate.start_date().empty()) certificate.set_start_date(first_day);
  certificate.set_services(certificate.records_size());
  certificate.set_demands(static_cast<int32_t>(demands.size()));
}

// Where a unit issues certificates: a county, or a region above. REQUIRES: the
// code is known.
std::string UnitRegion(const std::string& code) {
  const codes::Region* region = codes::FindRegion(code);
  const codes::Region* county = region->AncestorAt(codes::RegionLevel::kCounty);
  return (county == nullptr ? region : county)->CodeText();
}

std::string NextNumber(Transaction& txn, const std::string& region) {
  const int64_t year = base::ChinaDay(txn.now()).year();
  const std::string series =
      absl::StrCat("certificates/", region.substr(0, kRegionDigits), "/", year);
  return CertificateNumber(region, year, txn.TakeNumber(series));
}

}  // namespace

absl::StatusOr<ServiceCertificateRecord> IssueCertificate(
    Transaction& txn, const CertificateWish& wish) {
  const auto person = FindReplica<Volunteer>(txn, wish.volunteer);
  if (!person) {
    return base::MakeError(Reason::kNotFound, {{"resource", wish.volunteer}});
  }
  const absl::CivilDay today = base::ChinaDay(txn.now());
  CertificateWish full = wish;
  if (full.region.empty()) full.region = person->region();
  if (full.end_date.empty()) full.end_date = DayText(today);
  RETURN_IF_ERROR(Check(full, today));
  ServiceCertificateRecord record;
  record.set_holder_name(person->display_name());
  ServiceCertificate& facts = *record.mutable_certificate();
  facts.set_volunteer(full.volunteer);
  facts.set_issuer(full.issuer);
  facts.set_region(UnitRegion(full.region));
  facts.set_start_date(full.start_date);
  facts.set_end_date(full.end_date);
  CountRecords(txn, facts);
  if (facts.records().empty()) {
    return base::MakeError(Reason::kNothingToCertify,
                           {{"resource", full.volunteer},
                            {"start", full.start_date},
                            {"end", full.end_date}});
  }
  const store::v1::HoursSum all = HoursOf(txn, full.volunteer);
  facts.set_grade(GradeOf(all.measured_minutes() + all.entered_minutes()));
  facts.set_issued_by(txn.actor());
  *facts.mutable_create_time() = runtime::ToTimestamp(txn.now());
  facts.set_name(
      absl::StrCat("certificates/", NextNumber(txn, facts.region())));
  RETURN_IF_ERROR(Move(txn, record, kIssueCertificate));
  return record;
}

absl::StatusOr<ServiceCertificateRecord> RevokeCertificate(Transaction& txn,
                                                           const Ask& ask) {
  ASSIGN_OR_RETURN(
      ServiceCertificateRecord record,
      ServiceCertificates::RequireCurrent(txn, ask.name, ask.etag));
  RETURN_IF_ERROR(RequireNote(ask, kRevokeCertificate));
  *record.mutable_certificate()->mutable_revoke_time() =
      runtime::ToTimestamp(txn.now());
  RETURN_IF_ERROR(Move(txn, record, kRevokeCertificate, ask.note));
  return record;
}

absl::StatusOr<ServiceCertificateRecord> CertificateOfNumber(
    const Reader& state, const std::string& number) {
  const auto read = ReadCertificateNumber(number);
  if (!read) {
    base::Violations violations;
    violations.Add(
        "number", Reason::kFieldMalformed,
        {{"value", number}, {"expected", "JD-440981-2026-000001-K"}});
    return violations.ToStatus();
  }
  return ServiceCertificates::Require(state,
                                      absl::StrCat("certificates/", *read));
}

}  // namespace jiedui::matcher
