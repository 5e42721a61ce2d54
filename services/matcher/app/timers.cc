#include "services/matcher/app/timers.h"

#include "services/matcher/app/digest.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/outages.h"
#include "services/matcher/app/readings.h"
#include "services/matcher/app/reminders.h"
#include "services/matcher/app/review_queue.h"

namespace jiedui::matcher {
namespace {

struct TimerKind {
  std::string_view name;
  // `rest` is the id behind the slash.
  absl::Status (*fire)(std::string_view rest, runtime::Transaction& txn);
};

constexpr TimerKind kTimerKinds[] = {
    {kAliveTimer, OnAlive},       {kOfferTimer, OnOfferTimer},
    {kTierTimer, OnTierTimer},    {kReviewTimer, OnReviewTimer},
    {kDigestTimer, OnDigest},     {kReadingTimer, OnReadingTimer},
    {kReminderTimer, OnReminder},
};

}  // namespace

absl::Status FireTimer(std::string_view id, runtime::Transaction& txn) {
  const size_t slash = id.find('/');
  if (slash == std::string_view::npos) return absl::OkStatus();
  for (const TimerKind& kind : kTimerKinds) {
    if (id.substr(0, slash) == kind.name) {
      return kind.fire(id.substr(slash + 1), txn);
    }
  }
  return absl::OkStatus();
}

}  // namespace jiedui::matcher
