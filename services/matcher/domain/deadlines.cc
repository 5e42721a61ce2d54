#include "services/matcher/domain/deadlines.h"

#include "common/calendar/calendar.h"

namespace jiedui::matcher {
namespace {

using calendar::AddWakingTime;
using calendar::AddWorkingDays;
using calendar::AfterQuietHours;
using type::v1::Tier;
using type::v1::Urgency;

struct TierTime {
  int hours;         // of an urgent demand
  int working_days;  // of another
};

constexpr TierTime TimeOf(Tier tier) {
  switch (tier) {
    case type::v1::TIER_TOWNSHIP:
      return {4, 2};
    case type::v1::TIER_COUNTY:
      return {8, 3};
    default:
      return {12, 5};
  }
}

}  // namespace

bool IsUrgent(Urgency urgency) {
  return urgency == type::v1::URGENCY_CRITICAL ||
         urgency == type::v1::URGENCY_HIGH;
}

absl::Time OfferDeadline(Urgency urgency, absl::Time sent) {
  switch (urgency) {
    case type::v1::URGENCY_CRITICAL:
      return AddWakingTime(sent, absl::Hours(1));
    case type::v1::URGENCY_HIGH:
      return AddWakingTime(sent, absl::Hours(2));
    case type::v1::URGENCY_LOW:
      return AddWorkingDays(AfterQuietHours(sent), 2);
    default:
      return AddWorkingDays(AfterQuietHours(sent), 1);
  }
}

absl::Time ReviewDeadline(Urgency urgency, absl::Time since) {
  return IsUrgent(urgency) ? AddWakingTime(since, absl::Hours(2))
                           : AddWorkingDays(AfterQuietHours(since), 1);
}

absl::Time TierDeadline(Urgency urgency, Tier tier, absl::Time since) {
  const TierTime time = TimeOf(tier);
  return IsUrgent(urgency) ? since + absl::Hours(time.hours)
                           : AddWorkingDays(since, time.working_days);
}

}  // namespace jiedui::matcher
