#include "services/matcher/app/visits.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/runtime/runtime_keys.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/participants.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using event::v1::Visit;
using google::protobuf::util::TimeUtil;
using runtime::keys::DecodeDue;
using runtime::keys::EncodeDue;
using store::v1::PairingRecord;
using store::v1::VisitRecord;

constexpr absl::Duration kLongestVisit = absl::Hours(24 * 14);
constexpr absl::Duration kLongestWay = absl::Hours(24);

// Asked of the pairing; it is not changed.
constexpr Verb kVisitFor = {"visit", "安排走访", "be visited for",
                            "ACCEPTED|ACTIVE", ""};

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(TimeUtil::TimestampToMicroseconds(time));
}

struct Span {
  absl::Time begin;
  absl::Time end;
};

// With the way there and back.
Span SpanOf(const Visit& visit) {
  return {
      TimeOf(visit.start_time()) - absl::Minutes(visit.travel_before_minutes()),
      TimeOf(visit.end_time()) + absl::Minutes(visit.travel_after_minutes())};
}

std::string CalendarOf(std::string_view volunteer) {
  return keys::Two(keys::kCalendar, volunteer, "");
}

// Sorted by their ends, so that those before a time are passed over at once.
std::string RowKey(std::string_view volunteer, const Visit& visit) {
  return CalendarOf(volunteer)
      .append(EncodeDue(SpanOf(visit).end))
      .append(visit.name());
}

// A visit of the volunteer that overlaps; empty: there is none.
std::string InTheWay(const Reader& state, std::string_view volunteer,
                     const Span& span) {
  const std::string all = CalendarOf(volunteer);
  std::string found;
  // No two overlap, so the first that ends later is the one to look at.
  state.Scan(all + EncodeDue(span.begin + absl::Microseconds(1)),
             jiedui::store::PrefixEnd(all),
             [&](std::string_view key, std::string_view begin) {
               if (DecodeDue(begin) < span.end) {
                 found = std::string(key.substr(all.size() + begin.size()));
               }
               return false;
             });
  return found;
}

absl::Status CheckTimes(const VisitPlan& plan, absl::Time now) {
  base::Violations violations;
  const auto check = [&violations](const char* field, absl::Duration value,
                                   absl::Duration most) {
    if (value >= absl::ZeroDuration() && value <= most) return;
    violations.Add(field, Reason::kValueOutOfRange,
                   {{"value", absl::StrCat(absl::ToInt64Minutes(value))},
                    {"min", "0"},
                    {"max", absl::StrCat(absl::ToInt64Minutes(most))}});
  };
  if (plan.start < now) {
    violations.Add("start_time", Reason::kValueOutOfRange,
                   {{"value", absl::FormatTime(plan.start)},
                    {"min", absl::FormatTime(now)},
                    {"max", "…"}});
  }
  if (plan.end <= plan.start) {
    violations.Add("end_time", Reason::kWindowReversed,
                   {{"start", absl::FormatTime(plan.start)},
                    {"end", absl::FormatTime(plan.end)}});
  } else {
    check("end_time", plan.end - plan.start, kLongestVisit);
  }
  check("travel_before_minutes", plan.travel_before, kLongestWay);
  check("travel_after_minutes", plan.travel_after, kLongestWay);
  return violations.ToStatus();
}

absl::Status CheckPeople(const Reader& state, const PairingRecord& pairing,
                         const VisitPlan& plan, const Span& span) {
  for (const std::string& volunteer : plan.volunteers) {
    if (!TakesPart(state, volunteer, pairing, base::ChinaDay(plan.start))) {
      return base::MakeError(
          Reason::kNotInPairing,
          {{"resource", volunteer}, {"pairing", pairing.pairing().name()}});
    }
    const std::string visit = InTheWay(state, volunteer, span);
    if (!visit.empty()) {
      return base::MakeError(Reason::kVisitOverlap,
                             {{"resource", volunteer}, {"visit", visit}});
    }
  }
  return absl::OkStatus();
}

Visit MakeVisit(const Pairing& pairing, const VisitPlan& plan) {
  Visit visit;
  visit.set_pairing(pairing.name());
  visit.set_demand(pairing.demand());
  for (const std::string& volunteer : plan.volunteers) {
    visit.add_volunteers(volunteer);
  }
  *visit.mutable_start_time() = runtime::ToTimestamp(plan.start);
  *visit.mutable_end_time() = runtime::ToTimestamp(plan.end);
  visit.set_travel_before_minutes(
      static_cast<int32_t>(absl::ToInt64Minutes(plan.travel_before)));
  visit.set_travel_after_minutes(
      static_cast<int32_t>(absl::ToInt64Minutes(plan.travel_after)));
  return visit;
}

// Whoever had a seat and lost it: the next is asked, or it is a gap.
bool SomebodyLeft(const journal::v1::Fact& fact) {
  return fact.verb() == kAskNext.name || fact.verb() == kLosePart.name;
}

std::vector<VisitRecord> VisitsToCome(const Transaction& txn,
                                      std::string_view pairing) {
  const std::string all = keys::Two(keys::kVisitOfPairing, pairing, "");
  std::vector<VisitRecord> visits;
  jiedui::store::ScanPrefix(
      txn, all, [&](std::string_view key, std::string_view) {
        auto visit = Visits::Find(txn, key.substr(all.size()));
        if (visit && TimeOf(visit->visit().start_time()) >= txn.now()) {
          visits.push_back(*std::move(visit));
        }
        return true;
      });
  return visits;
}

bool AllTakePart(const Reader& state, const Visit& visit,
                 const PairingRecord& pairing) {
  const absl::CivilDay day = base::ChinaDay(TimeOf(visit.start_time()));
  return std::all_of(visit.volunteers().begin(), visit.volunteers().end(),
                     [&](const std::string& volunteer) {
                       return TakesPart(state, volunteer, pairing, day);
                     });
}

}  // namespace

absl::StatusOr<VisitRecord> PlanVisit(Transaction& txn, const Ask& ask,
                                      VisitPlan plan) {
  ASSIGN_OR_RETURN(const PairingRecord record,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  const Pairing& pairing = record.pairing();
  RETURN_IF_ERROR(Step(kVisitFor, pairing.name(), pairing.state()).status());
  RETURN_IF_ERROR(CheckTimes(plan, txn.now()));
  if (plan.volunteers.empty()) plan.volunteers = {LeadOf(txn, record)};
  const std::set<std::string> each(plan.volunteers.begin(),
                                   plan.volunteers.end());
  plan.volunteers.assign(each.begin(), each.end());
  VisitRecord visit;
  *visit.mutable_visit() = MakeVisit(pairing, plan);
  RETURN_IF_ERROR(CheckPeople(txn, record, plan, SpanOf(visit.visit())));
  Visits::Number(txn, visit);
  RETURN_IF_ERROR(Move(txn, visit, kPlanVisit, "", ask.note));
  return visit;
}

absl::StatusOr<VisitRecord> CancelVisit(Transaction& txn, const Ask& ask) {
  ASSIGN_OR_RETURN(VisitRecord visit,
                   Visits::RequireCurrent(txn, ask.name, ask.etag));
  RETURN_IF_ERROR(Move(txn, visit, kCancelVisit, ask.reason_code, ask.note));
  return visit;
}

absl::Status FollowVisits(const journal::v1::Fact& fact, Transaction& txn) {
  if (!Pairings::Owns(fact) || !Books(fact.from_state())) {
    return absl::OkStatus();
  }
  const bool ended = !Books(fact.to_state());
  if (!ended && !SomebodyLeft(fact)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const PairingRecord pairing,
                   Pairings::Require(txn, fact.subject()));
  for (VisitRecord& visit : VisitsToCome(txn, fact.subject())) {
    if (ended) {
      RETURN_IF_ERROR(Move(txn, visit, kDropVisit, "PAIRING_ENDED"));
    } else if (!AllTakePart(txn, visit.visit(), pairing)) {
      RETURN_IF_ERROR(Move(txn, visit, kDropVisit, "PARTICIPANT_LEFT"));
    }
  }
  return absl::OkStatus();
}

void IndexVisit(const std::optional<VisitRecord>& before,
                const VisitRecord& after, jiedui::store::Overlay& state) {
  const Visit& visit = after.visit();
  const bool planned = visit.state() == kPlanVisit.to;
  const std::string of_pairing =
      keys::Two(keys::kVisitOfPairing, visit.pairing(), visit.name());
  if (planned) {
    state.Put(of_pairing, "");
  } else {
    state.Delete(of_pairing);
  }
  for (const std::string& volunteer : visit.volunteers()) {
    if (planned) {
      state.Put(RowKey(volunteer, visit), EncodeDue(SpanOf(visit).begin));
    } else {
      state.Delete(RowKey(volunteer, visit));
    }
  }
}

}  // namespace jiedui::matcher
