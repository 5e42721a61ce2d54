#include "services/matcher/app/matcher_machine.h"

#include "common/base/status_macros.h"
#include "services/matcher/app/corrections.h"
#include "services/matcher/app/digest.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/exclusions.h"
#include "services/matcher/app/hours.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/ledger.h"
#include "services/matcher/app/notice_rules.h"
#include "services/matcher/app/notices.h"
#include "services/matcher/app/outages.h"
#include "services/matcher/app/readings.h"
#include "services/matcher/app/record_kinds.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/app/stays.h"
#include "services/matcher/app/timers.h"
#include "services/matcher/app/visits.h"
#include "services/matcher/app/webhooks.h"

namespace jiedui::matcher {
namespace {

// Stores a record of a kind and calls `index` with what was there and what is.
template <typename Kind, typename Index>
bool ApplyKind(const journal::v1::Fact& fact, jiedui::store::Overlay& state,
               Index index) {
  using Rows = runtime::Collection<Kind>;
  if (!Rows::Owns(fact)) return false;
  const auto before = Rows::Find(state, fact.subject());
  Rows::Apply(fact, state);
  if (const auto after = Rows::Find(state, fact.subject())) {
    index(before, *after, state);
  }
  return true;
}

template <typename Kind>
bool PublishKind(const journal::v1::Fact& fact,
                 jiedui::event::v1::Event* event) {
  typename Kind::Record record;
  if (!fact.record().UnpackTo(&record)) return false;
  event->mutable_payload()->PackFrom(
      Kind::fact(static_cast<const typename Kind::Record&>(record)), "");
  return true;
}

}  // namespace

void MatcherMachine::Apply(const journal::v1::Fact& fact,
                           jiedui::store::Overlay& state) const {
  ApplyKind<PairingKind>(
      fact, state,
      [](const auto& before, const auto& after, jiedui::store::Overlay& rows) {
        IndexPairing(before, after, rows);
        IndexReviewMatter(before, after, rows);
      }) ||
      ApplyKind<OfferKind>(fact, state, IndexOffer) ||
      ApplyKind<ServiceRecordKind>(fact, state,
                                   [](const auto& before, const auto& after,
                                      jiedui::store::Overlay& rows) {
                                     IndexServiceRecord(after, rows);
                                     IndexStay(before, after, rows);
                                     IndexHours(before, after, rows);
                                   }) ||
      ApplyKind<CorrectionKind>(fact, state, IndexCorrection) ||
      ApplyKind<ReadingKind>(fact, state, IndexReading) ||
      ApplyKind<ServiceCertificateKind>(fact, state, [](const auto&...) {}) ||
      ApplyKind<RoundKind>(fact, state, [](const auto&...) {}) ||
      ApplyKind<DispatchKind>(fact, state,
                              [](const auto& before, const auto& after,
                                 jiedui::store::Overlay& rows) {
                                IndexDispatch(before, after, rows);
                                IndexGapMatter(before, after, rows);
                              }) ||
      ApplyKind<VisitKind>(fact, state, IndexVisit) ||
      ApplyKind<NoticeRecordKind>(fact, state, IndexNotice) ||
      ApplyKind<WebhookKind>(fact, state, [](const auto&...) {}) ||
      ApplyKind<DeliveryKind>(fact, state, IndexDelivery) ||
      ApplyBooking(fact, state) || ApplyDigest(fact, state) ||
      ApplyOutage(fact, state) || ApplyExclusion(fact, state);
}

absl::Status MatcherMachine::Follow(const journal::v1::Fact& fact,
                                    runtime::Transaction& txn) const {
  RETURN_IF_ERROR(FollowSearch(fact, txn));
  RETURN_IF_ERROR(FollowVisits(fact, txn));
  TellOf(fact, txn);
  return absl::OkStatus();
}

void MatcherMachine::ApplyConsumed(const jiedui::event::v1::Event& event,
                                   jiedui::store::Overlay& state) const {
  ApplyReplica(event, state);
}

absl::Status MatcherMachine::OnTimer(std::string_view id,
                                     runtime::Transaction& txn) {
  return FireTimer(id, txn);
}

// Exclusions, bookings, outages, sinks and deliveries are nobody else's
// business.
void MatcherMachine::Publish(const journal::v1::Fact& fact,
                             jiedui::event::v1::Event* event) const {
  PublishKind<PairingKind>(fact, event) ||
      PublishKind<OfferKind>(fact, event) ||
      PublishKind<DispatchKind>(fact, event) ||
      PublishKind<VisitKind>(fact, event) ||
      PublishKind<ServiceRecordKind>(fact, event) ||
      PublishKind<CorrectionKind>(fact, event) ||
      PublishKind<ReadingKind>(fact, event) ||
      PublishKind<ServiceCertificateKind>(fact, event) ||
      PublishKind<RoundKind>(fact, event) ||
      PublishKind<NoticeRecordKind>(fact, event);
}

}  // namespace jiedui::matcher
