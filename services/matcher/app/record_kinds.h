// The kinds of resources that come of services, as kinds.h has those that lead
// to them.
#pragma once

#include <string_view>

#include "common/runtime/collection.h"
#include "jiedui/matcher/store/v1/record_store.pb.h"
#include "services/matcher/app/keys.h"

namespace jiedui::matcher {

struct CorrectionKind {
  using Record = store::v1::CorrectionRecord;
  using Fact = event::v1::Correction;
  static constexpr std::string_view kCollection = "corrections";
  static constexpr char kLetter = 'C';
  static constexpr char kRowKey = keys::kCorrection;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) { return record.correction(); }
  static Fact& fact(Record& record) { return *record.mutable_correction(); }
};

// Named after their pairing and months, not numbered.
struct ReadingKind {
  using Record = store::v1::ReadingRecord;
  using Fact = event::v1::Reading;
  static constexpr std::string_view kCollection = "readings";
  static constexpr char kLetter = 'R';
  static constexpr char kRowKey = keys::kReading;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) { return record.reading(); }
  static Fact& fact(Record& record) { return *record.mutable_reading(); }
};

// Named after their numbers.
struct ServiceCertificateKind {
  using Record = store::v1::ServiceCertificateRecord;
  using Fact = event::v1::ServiceCertificate;
  static constexpr std::string_view kCollection = "certificates";
  static constexpr char kLetter = 'J';
  static constexpr char kRowKey = keys::kServiceCertificate;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) { return record.certificate(); }
  static Fact& fact(Record& record) { return *record.mutable_certificate(); }
};

using Corrections = runtime::Collection<CorrectionKind>;
using Readings = runtime::Collection<ReadingKind>;
using ServiceCertificates = runtime::Collection<ServiceCertificateKind>;

}  // namespace jiedui::matcher
