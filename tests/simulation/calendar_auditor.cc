#include "tests/simulation/calendar_auditor.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/hours.h"
#include "services/matcher/domain/record_life.h"

namespace jiedui::simulation {
namespace {

using google::protobuf::util::TimeUtil;
using matcher::store::v1::ServiceRecordRecord;
using matcher::store::v1::VisitRecord;

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(TimeUtil::TimestampToMicroseconds(time));
}

}  // namespace

void CalendarAuditor::See(const VisitRecord& record) {
  const auto& visit = record.visit();
  for (const std::string& person : visit.volunteers()) {
    touched_.insert(person);
    visits_[person].erase(visit.name());
    if (visit.state() != "PLANNED") continue;
    visits_[person][visit.name()] = {
        TimeOf(visit.start_time()) -
            absl::Minutes(visit.travel_before_minutes()),
        TimeOf(visit.end_time()) + absl::Minutes(visit.travel_after_minutes())};
  }
}

void CalendarAuditor::See(const ServiceRecordRecord& record) {
  const auto& stay = record.service_record();
  touched_.insert(stay.volunteer());
  Spans& spans = stays_[stay.volunteer()];
  spans.erase(stay.name());
  if (matcher::TakesTime(stay.state()) && stay.has_check_out_time()) {
    spans[stay.name()] = {TimeOf(stay.check_in_time()),
                          TimeOf(stay.check_out_time())};
  }
  minutes_[stay.volunteer()][stay.name()] =
      stay.state() == "CLOSED" ? stay.minutes() : 0;
}

void CalendarAuditor::Check(const store::Reader& rows) {
  for (const std::string& person : touched_) {
    CheckFree(person, visits_[person]);
    if (!time_->went_back()) CheckFree(person, stays_[person]);
    CheckHours(person, rows);
  }
  touched_.clear();
}

void CalendarAuditor::CheckFree(const std::string& person, const Spans& spans) {
  for (auto one = spans.begin(); one != spans.end(); ++one) {
    for (auto other = std::next(one); other != spans.end(); ++other) {
      if (one->second.end <= other->second.begin ||
          other->second.end <= one->second.begin) {
        continue;
      }
      verdict_->Fail("I4", absl::StrCat(person, " is in ", one->first,
                                        " and in ", other->first, " at once"));
    }
  }
}

void CalendarAuditor::CheckHours(const std::string& person,
                                 const store::Reader& rows) {
  int64_t sum = 0;
  for (const auto& [name, of_one] : minutes_[person]) sum += of_one;
  const matcher::store::v1::HoursSum kept = matcher::HoursOf(rows, person);
  const int64_t told = kept.measured_minutes() + kept.entered_minutes();
  if (told == sum) return;
  verdict_->Fail("hours", absl::StrCat(person, " has served ", sum,
                                       " minutes, and is told ", told));
}

}  // namespace jiedui::simulation
