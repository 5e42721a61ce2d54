// How long people and tiers have, by urgency. Working days are China's
// (common/calendar); what is asked of a person does not run at night.
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "jiedui/type/v1/codes.pb.h"

namespace jiedui::matcher {

// 特急 and 紧急: counted in hours, and asked in parallel.
bool IsUrgent(type::v1::Urgency urgency);

// Until when an offer sent at `sent` is to be answered: 1 or 2 hours, 1 or 2
// working days.
absl::Time OfferDeadline(type::v1::Urgency urgency, absl::Time sent);

// Until when a proposal is to be reviewed: 2 hours or 1 working day.
absl::Time ReviewDeadline(type::v1::Urgency urgency, absl::Time since);

// Until when a tier that received a demand at `since` has time: township,
// county, prefecture 4, 8, 12 hours or 2, 3, 5 working days; the province, the
// last, as long as the prefecture.
absl::Time TierDeadline(type::v1::Urgency urgency, type::v1::Tier tier,
                        absl::Time since);

}  // namespace jiedui::matcher
