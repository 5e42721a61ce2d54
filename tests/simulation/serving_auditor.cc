#include "tests/simulation/serving_auditor.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/asking.h"
#include "services/matcher/app/pairing_view.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/seats.h"

namespace jiedui::simulation {
namespace {

using google::protobuf::util::TimeUtil;
using matcher::Pairings;
using matcher::store::v1::PairingRecord;
using matcher::store::v1::Seat;

bool HasTaken(const PairingRecord& record, const std::string& resource) {
  return std::any_of(record.seats().begin(), record.seats().end(),
                     [&](const Seat& seat) {
                       return seat.state() == matcher::kSeatTaken &&
                              seat.resource() == resource;
                     });
}

// In person, or with a team that he leads or is, or was, in.
bool HasSeat(const PairingRecord& record, const std::string& volunteer,
             const store::Reader& rows) {
  if (HasTaken(record, volunteer)) return true;
  const auto person =
      matcher::FindReplica<volunteer::event::v1::Volunteer>(rows, volunteer);
  return std::any_of(
      record.seats().begin(), record.seats().end(), [&](const Seat& seat) {
        const std::string& team = seat.resource();
        if (!team.starts_with(matcher::kTeams) || !HasTaken(record, team)) {
          return false;
        }
        if (matcher::AddresseeOf(rows, team) == volunteer) return true;
        return person &&
               std::any_of(person->memberships().begin(),
                           person->memberships().end(),
                           [&](const auto& one) { return one.team() == team; });
      });
}

int64_t MicrosOf(const google::protobuf::Timestamp& time) {
  return TimeUtil::TimestampToMicroseconds(time);
}

}  // namespace

void ServingAuditor::See(const journal::v1::Fact& fact,
                         const matcher::store::v1::ServiceRecordRecord& record,
                         const store::Reader& rows) {
  const auto& stay = record.service_record();
  // What is corrected was served, whoever has left since.
  if (!fact.from_state().empty() || stay.kind() == "CORRECTED") return;
  const auto pairing = Pairings::Find(rows, stay.pairing());
  if (pairing && HasSeat(*pairing, stay.volunteer(), rows)) return;
  verdict_->Fail("I3", absl::StrCat(stay.volunteer(), " serves in ",
                                    stay.pairing(), " without a seat"));
}

void ServingAuditor::See(const PairingRecord& record,
                         const store::Reader& rows) {
  // Only what is there after the command.
  const auto now = Pairings::Find(rows, record.pairing().name());
  if (!now || now->version() != record.version()) return;
  CheckParts(record);
  CheckView(record, rows);
  if (matcher::Books(record.pairing().state())) CheckVisits(record, rows);
}

void ServingAuditor::CheckParts(const PairingRecord& record) {
  const bool done = record.pairing().state() == "COMPLETED" ||
                    record.pairing().state() == "EVALUATED";
  for (const Seat& seat : record.seats()) {
    const bool may_have = seat.state() == matcher::kSeatTaken ||
                          (seat.state() == matcher::kSeatAsking && !done);
    if (may_have || seat.resource().empty()) continue;
    verdict_->Fail("I3", absl::StrCat(seat.resource(), " is in ", seat.state(),
                                      " of ", record.pairing().name()));
  }
}

void ServingAuditor::CheckView(const PairingRecord& record,
                               const store::Reader& rows) {
  const std::string& name = record.pairing().name();
  const absl::CivilDay day = base::ChinaDay(
      absl::FromUnixMicros(MicrosOf(record.pairing().update_time())));
  const auto view = matcher::ViewPairing(rows, name, "county", day);
  for (const auto& person : view->people()) {
    if (person.resource().empty() || HasTaken(record, person.resource())) {
      continue;
    }
    verdict_->Fail("I13", absl::StrCat(person.resource(), " is named in ", name,
                                       " without having accepted"));
  }
  for (const Seat& seat : record.seats()) {
    const std::string asked = matcher::AddresseeOf(rows, seat.resource());
    if (asked.empty() || HasSeat(record, asked, rows)) continue;
    if (matcher::ViewPairing(rows, name, asked, day)->disclosed()) {
      verdict_->Fail("I13", absl::StrCat(asked, " is told the names of ", name,
                                         " without having accepted"));
    }
  }
}

void ServingAuditor::CheckVisits(const PairingRecord& record,
                                 const store::Reader& rows) {
  const matcher::Pairing& pairing = record.pairing();
  const std::string all =
      matcher::keys::Two(matcher::keys::kVisitOfPairing, pairing.name(), "");
  store::ScanPrefix(rows, all, [&](std::string_view key, std::string_view) {
    const auto visit =
        matcher::Visits::Find(rows, key.substr(all.size()))->visit();
    if (MicrosOf(visit.start_time()) < MicrosOf(pairing.update_time())) {
      return true;
    }
    for (const std::string& volunteer : visit.volunteers()) {
      if (HasSeat(record, volunteer, rows)) continue;
      verdict_->Fail("I3", absl::StrCat(volunteer, " is expected by ",
                                        visit.name(), " without a seat"));
    }
    return true;
  });
}

}  // namespace jiedui::simulation
