// What `jiedui solve` says, as one JSON object or for people.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/solve/lap.h"
#include "services/matcher/engine/solve/review.h"
#include "tools/cli/messages.h"

namespace jiedui::cli {

struct SolveReport {
  // Exact decimals, as text.
  std::string objective;
  std::string worst;
  std::string bound;
  double gap = 0;  // |bound − objective| / |bound|; 0 if and only if equal
  // Further members of the object, by name, as JSON.
  std::vector<std::pair<std::string, std::string>> more;
  std::string page;  // for people, before the figures
};

SolveReport ReportOf(const matcher::engine::LapResult& result);
SolveReport ReportOf(const matcher::engine::ReviewInstance& instance,
                     const matcher::engine::ReviewResult& result,
                     Language language);
SolveReport ReportOf(const matcher::engine::Plan& plan, Language language);

// {"objective": …, "worst": …, "bound": …, "gap": …, "seconds": …,
// "peak_bytes": …, and the rest}, compact.
std::string ReportJson(const SolveReport& report, double seconds,
                       int64_t peak_bytes);
std::string ReportPage(const SolveReport& report, double seconds,
                       int64_t peak_bytes, Language language);

// `points` of which `per_unit` make 1, without zeros at the end: "201.7687".
// REQUIRES: per_unit is a power of ten.
std::string DecimalText(int64_t points, int64_t per_unit);

}  // namespace jiedui::cli
