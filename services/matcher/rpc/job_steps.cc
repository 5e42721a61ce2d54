#include "services/matcher/rpc/job_steps.h"

#include <optional>

#include "common/base/clock.h"
#include "services/matcher/domain/dates.h"

namespace jiedui::matcher {
namespace {

// How long the registries may take to answer.
constexpr absl::Duration kCatchUpWithin = absl::Seconds(30);

}  // namespace

absl::StatusOr<absl::CivilDay> AsOf(const std::string& asked, absl::Time now) {
  if (asked.empty()) return base::ChinaDay(now);
  const std::optional<absl::CivilDay> day = ParseDay(asked);
  if (day) return *day;
  base::Violations violations;
  violations.Add("as_of_date", base::Reason::kFieldMalformed,
                 {{"value", asked}, {"expected", "YYYY-MM-DD"}});
  return violations.ToStatus();
}

absl::Status CatchUpSoon(const CatchUp& catch_up) {
  return catch_up(base::Clock::System().Now() + kCatchUpWithin);
}

}  // namespace jiedui::matcher
