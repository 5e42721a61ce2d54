#include "tools/corps/options.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/codes/regions.h"

namespace jiedui::corps {
namespace {

void CheckCount(std::string_view field, uint64_t value, uint64_t max,
                base::Violations& violations) {
  if (value <= max) return;
  violations.Add(std::string(field), base::Reason::kValueOutOfRange,
                 {{"field", std::string(field)},
                  {"value", absl::StrCat(value)},
                  {"min", "0"},
                  {"max", absl::StrCat(max)}});
}

void CheckRegion(const std::string& code, base::Violations& violations) {
  if (code.empty()) return;
  const codes::Region* region = codes::FindRegion(code);
  if (region != nullptr && region->level() != codes::RegionLevel::kVillage) {
    return;
  }
  violations.Add("--region", base::Reason::kUnknownCode,
                 {{"field", "--region"},
                  {"value", code},
                  {"system",
                   "GB/T 2260 (省、市、县、乡 / province to "
                   "township)"}});
}

}  // namespace

absl::Status Validate(const Options& options) {
  base::Violations violations;
  CheckRegion(options.region, violations);
  CheckCount("--volunteers", options.volunteers, kMaxRows, violations);
  CheckCount("--teams (≤ --volunteers)", options.teams, options.volunteers,
             violations);
  CheckCount("--demands", options.demands, kMaxRows, violations);
  CheckCount("--projects", options.projects, kMaxRows, violations);
  CheckCount("--enterprises", options.enterprises, kMaxRows, violations);
  CheckCount("--stations", options.stations, kMaxRows, violations);
  return violations.ToStatus();
}

}  // namespace jiedui::corps
