// The sums of services by person, team, demand, pairing and action, kept with
// every service record so that reading one costs one row. Only CLOSED records
// count. What a member serves as the team is the team's too, and the person's
// once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/store/overlay.h"
#include "common/store/store.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "jiedui/matcher/store/v1/record_store.pb.h"

namespace jiedui::matcher {

// By check-in and check-out, not by hand.
bool IsMeasured(const event::v1::ServiceRecord& record);

// Takes out what `before` counted for and adds what `after` does.
void IndexHours(const std::optional<store::v1::ServiceRecordRecord>& before,
                const store::v1::ServiceRecordRecord& after,
                jiedui::store::Overlay& state);

// Of nobody's service: zeros.
store::v1::HoursSum HoursOf(const jiedui::store::Reader& state,
                            std::string_view subject);

// The name of what hours are summed for, as people read it. Errors: kNotFound;
// a violation of subject, for a kind that has no hours.
absl::StatusOr<std::string> SubjectOfHours(const jiedui::store::Reader& state,
                                           const std::string& subject);

}  // namespace jiedui::matcher
