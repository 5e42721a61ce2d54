// When each person served: the service records that take up somebody's time, by
// person and beginning.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "common/store/overlay.h"
#include "common/store/store.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "services/matcher/domain/stay.h"

namespace jiedui::matcher {

// To the microsecond, as rows and messages keep it.
absl::Time TimeOf(const google::protobuf::Timestamp& time);

// From check-in to check-out; an open record has no end yet.
Stay StayOf(const event::v1::ServiceRecord& record);

// Brings the rows from what `before` made of them to what `after` does.
void IndexStay(const std::optional<store::v1::ServiceRecordRecord>& before,
               const store::v1::ServiceRecordRecord& after,
               jiedui::store::Overlay& state);

// The first of the volunteer's records that shares time with the stay; empty:
// none does. Costs as much as the volunteer has records.
std::string OverlappingRecord(const jiedui::store::Reader& state,
                              std::string_view volunteer, const Stay& stay);

// The volunteer's records that take up time, by their beginning.
void VisitStays(const jiedui::store::Reader& state, std::string_view volunteer,
                absl::FunctionRef<void(absl::Time start, absl::Time end,
                                       std::string_view record)>
                    visit);

}  // namespace jiedui::matcher
