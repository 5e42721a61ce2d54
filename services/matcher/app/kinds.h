// The kinds of resources that the matcher keeps.
#pragma once

#include <string_view>

#include "common/runtime/collection.h"
#include "jiedui/matcher/store/v1/dispatch_store.pb.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "services/matcher/app/keys.h"

namespace jiedui::matcher {

// Named after their demand and round, not numbered.
struct PairingKind {
  using Record = store::v1::PairingRecord;
  using Fact = event::v1::Pairing;
  static constexpr std::string_view kCollection = "pairings";
  static constexpr char kLetter = 'P';
  static constexpr char kRowKey = keys::kPairing;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) { return record.pairing(); }
  static Fact& fact(Record& record) { return *record.mutable_pairing(); }
};

struct OfferKind {
  using Record = store::v1::OfferRecord;
  using Fact = event::v1::Offer;
  static constexpr std::string_view kCollection = "offers";
  static constexpr char kLetter = 'O';
  static constexpr char kRowKey = keys::kOffer;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) { return record.offer(); }
  static Fact& fact(Record& record) { return *record.mutable_offer(); }
};

struct ServiceRecordKind {
  using Record = store::v1::ServiceRecordRecord;
  using Fact = event::v1::ServiceRecord;
  static constexpr std::string_view kCollection = "serviceRecords";
  static constexpr char kLetter = 'S';
  static constexpr char kRowKey = keys::kServiceRecord;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) {
    return record.service_record();
  }
  static Fact& fact(Record& record) { return *record.mutable_service_record(); }
};

// Named after their demands, not numbered.
struct DispatchKind {
  using Record = store::v1::DispatchRecord;
  using Fact = event::v1::Dispatch;
  static constexpr std::string_view kCollection = "dispatches";
  static constexpr char kLetter = 'C';
  static constexpr char kRowKey = keys::kDispatch;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) { return record.dispatch(); }
  static Fact& fact(Record& record) { return *record.mutable_dispatch(); }
};

struct VisitKind {
  using Record = store::v1::VisitRecord;
  using Fact = event::v1::Visit;
  static constexpr std::string_view kCollection = "visits";
  static constexpr char kLetter = 'X';
  static constexpr char kRowKey = keys::kVisit;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) { return record.visit(); }
  static Fact& fact(Record& record) { return *record.mutable_visit(); }
};

// Named after their identity; numbered when they have none.
struct RoundKind {
  using Record = store::v1::RoundRecord;
  using Fact = event::v1::Round;
  static constexpr std::string_view kCollection = "rounds";
  static constexpr char kLetter = 'R';
  static constexpr char kRowKey = keys::kRound;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) { return record.round(); }
  static Fact& fact(Record& record) { return *record.mutable_round(); }
};

using Pairings = runtime::Collection<PairingKind>;
using Offers = runtime::Collection<OfferKind>;
using ServiceRecords = runtime::Collection<ServiceRecordKind>;
using Rounds = runtime::Collection<RoundKind>;
using Dispatches = runtime::Collection<DispatchKind>;
using Visits = runtime::Collection<VisitKind>;

}  // namespace jiedui::matcher
