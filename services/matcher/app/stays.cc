#include "services/matcher/app/stays.h"

#include "absl/strings/str_cat.h"
#include "common/runtime/runtime_keys.h"
#include "services/matcher/app/keys.h"
#include "services/matcher/domain/record_life.h"

namespace jiedui::matcher {
namespace {

using event::v1::ServiceRecord;
using jiedui::store::Overlay;
using jiedui::store::Reader;
using runtime::keys::DecodeDue;
using runtime::keys::EncodeDue;
using store::v1::ServiceRecordRecord;

constexpr size_t kTimeBytes = 8;

std::string RowKey(const ServiceRecord& record) {
  return keys::Two(
      keys::kStay, record.volunteer(),
      absl::StrCat(EncodeDue(TimeOf(record.check_in_time())), record.name()));
}

}  // namespace

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) +
         absl::Microseconds(time.nanos() / 1000);
}

Stay StayOf(const ServiceRecord& record) {
  return {TimeOf(record.check_in_time()), TimeOf(record.check_out_time()),
          record.travel_minutes()};
}

void IndexStay(const std::optional<ServiceRecordRecord>& before,
               const ServiceRecordRecord& after, Overlay& state) {
  if (before) state.Delete(RowKey(before->service_record()));
  const ServiceRecord& record = after.service_record();
  if (!TakesTime(record.state())) return;
  const absl::Time end = record.state() == "OPEN"
                             ? absl::FromUnixMicros(INT64_MAX)
                             : TimeOf(record.check_out_time());
  state.Put(RowKey(record), EncodeDue(end));
}

std::string OverlappingRecord(const Reader& state, std::string_view volunteer,
                              const Stay& stay) {
  std::string found;
  VisitStays(state, volunteer,
             [&](absl::Time start, absl::Time end, std::string_view record) {
               const bool shared = start < stay.end && stay.start < end;
               if (shared && found.empty()) found = std::string(record);
             });
  return found;
}

void VisitStays(
    const Reader& state, std::string_view volunteer,
    absl::FunctionRef<void(absl::Time, absl::Time, std::string_view)> visit) {
  const std::string prefix = keys::Two(keys::kStay, volunteer, "");
  jiedui::store::ScanPrefix(state, prefix,
                            [&](std::string_view key, std::string_view end) {
                              key.remove_prefix(prefix.size());
                              visit(DecodeDue(key.substr(0, kTimeBytes)),
                                    DecodeDue(end), key.substr(kTimeBytes));
                              return true;
                            });
}

}  // namespace jiedui::matcher
