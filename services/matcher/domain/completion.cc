#include "services/matcher/domain/completion.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"

namespace jiedui::matcher {
namespace {

constexpr double kWhole = 1000;
// Beyond a thousand times the way, how far says nothing.
constexpr double kFarthest = 1000 * kWhole;

double Share(const type::v1::Metric& metric, double reached) {
  const double way = metric.target() - metric.baseline();
  if (way == 0) return reached == metric.target() ? kWhole : 0;
  return (reached - metric.baseline()) / way * kWhole;
}

}  // namespace

void CheckFigure(std::string field, double value, base::Violations& out) {
  if (std::isfinite(value)) return;
  out.Add(std::move(field), base::Reason::kFieldMalformed,
          {{"value", absl::StrCat(value)}, {"expected", "数字 / a number"}});
}

void MeasureAgainst(const type::v1::Metric& metric, double reached,
                    event::v1::CompletionReport& report) {
  if (metric.name().empty()) return;
  *report.mutable_metric() = metric;
  report.set_reduction(metric.target() < metric.baseline());
  report.set_share_per_mille(static_cast<int32_t>(
      std::lround(std::clamp(Share(metric, reached), -kFarthest, kFarthest))));
}

}  // namespace jiedui::matcher
