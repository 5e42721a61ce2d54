#include "tools/cli/solve_report.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/struct.pb.h"
#include "jiedui/type/v1/codes.pb.h"
#include "jiedui/type/v1/pairing.pb.h"
#include "tools/cli/output.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

namespace engine = matcher::engine;

constexpr int64_t kPlanPoints = 1'000'000;  // of full marks
constexpr int64_t kWidestCell = 28;

// Of the engine's own enums, in its order.
constexpr const char* kPartNames[] = {"expert",     "project", "team",
                                      "enterprise", "talents", "industry"};
constexpr const char* kStatusNames[] = {"FILLED", "LOCKED", "NOT_REQUIRED",
                                        "GAP"};
constexpr const char* kGapNames[] = {"NO_CANDIDATE",
                                     "BELOW_FLOOR",
                                     "CAPACITY",
                                     "WINDOW",
                                     "CONFLICT_OF_INTEREST",
                                     "EXCLUDED",
                                     "TIER_CLOSED",
                                     "DECLINED",
                                     "TIMEOUT",
                                     "DATA_MISSING"};
constexpr const char* kUrgencyLevels[] = {"unmet_critical", "unmet_high",
                                          "unmet_normal", "unmet_low"};

std::string Quoted(const std::string& text) {
  google::protobuf::Value value;
  value.set_string_value(text);
  return CompactJson(value);
}

double Gap(int64_t bound, int64_t objective) {
  if (bound == objective) return 0;
  const double size = std::max(1.0, std::abs(static_cast<double>(bound)));
  return std::abs(static_cast<double>(bound) - static_cast<double>(objective)) /
         size;
}

struct Level {
  std::string name;
  int64_t value;
  int64_t bound;
};

std::vector<Level> LevelsOf(const engine::Plan& plan) {
  const engine::Objective& value = plan.expert.value;
  const engine::Objective& bound = plan.expert.bound;
  std::vector<Level> levels = {
      {"unmet_mandatory", value.mandatory_unmet, bound.mandatory_unmet}};
  for (int i = 0; i < engine::kUrgencyClasses; ++i) {
    levels.push_back({kUrgencyLevels[i], value.unmet[i], bound.unmet[i]});
  }
  levels.push_back({"tier_distance", value.tier_distance, bound.tier_distance});
  levels.push_back({"quality", -value.loss, -bound.loss});
  return levels;
}

std::string LevelsJson(const std::vector<Level>& levels) {
  std::vector<std::string> items;
  for (const Level& level : levels) {
    items.push_back(absl::StrCat("{\"name\":\"", level.name, "\",\"value\":",
                                 level.value, ",\"bound\":", level.bound, "}"));
  }
  return absl::StrCat("[", absl::StrJoin(items, ","), "]");
}

std::string PartJson(const engine::PartResult& part) {
  std::vector<std::string> chosen;
  for (const engine::Choice& choice : part.chosen) {
    chosen.push_back(absl::StrCat("{\"resource\":", Quoted(choice.resource),
                                  ",\"points\":", choice.points, "}"));
  }
  return absl::StrCat(
      "\"", kPartNames[static_cast<int>(part.part)], "\":{\"status\":\"",
      kStatusNames[static_cast<int>(part.status)], "\",\"chosen\":[",
      absl::StrJoin(chosen, ","), "]",
      part.gap
          ? absl::StrCat(",\"gap\":\"",
                         kGapNames[static_cast<int>(part.gap->reason)], "\"")
          : "",
      "}");
}

std::string PairingsJson(const engine::Plan& plan) {
  std::vector<std::string> pairings;
  for (const engine::Bundle& bundle : plan.bundles) {
    std::vector<std::string> parts;
    for (const engine::PartResult& part : bundle.parts) {
      parts.push_back(PartJson(part));
    }
    pairings.push_back(absl::StrCat(
        "{\"demand\":", Quoted(bundle.demand), ",\"points\":", bundle.total,
        ",\"possible\":", bundle.possible, ",\"parts\":{",
        absl::StrJoin(parts, ","), "}}"));
  }
  return absl::StrCat("[", absl::StrJoin(pairings, ","), "]");
}

std::string PartCell(const engine::PartResult& part, Language language) {
  std::vector<std::string> names;
  for (const engine::Choice& choice : part.chosen) {
    names.push_back(choice.resource);
  }
  if (!names.empty()) return absl::StrJoin(names, ", ");
  if (part.status == engine::PartStatus::kNotRequired) return "–";
  return Word(language, "PART_STATUS_GAP", "gap");
}

std::string PairingsTable(const engine::Plan& plan, Language language) {
  std::vector<Column> columns = {{Say(language, Msg::kDemandColumn)}};
  for (int kind = 1; kind <= engine::kParts; ++kind) {
    columns.push_back(
        {EnumWord(language,
                  *type::v1::PartKind_descriptor()->FindValueByNumber(kind)),
         kWidestCell});
  }
  columns.push_back({Say(language, Msg::kTotal), 0, true});
  std::vector<std::vector<std::string>> rows;
  for (const engine::Bundle& bundle : plan.bundles) {
    std::vector<std::string> row = {bundle.demand};
    for (const engine::PartResult& part : bundle.parts) {
      row.push_back(PartCell(part, language));
    }
    row.push_back(DecimalText(bundle.total, kPlanPoints));
    rows.push_back(std::move(row));
  }
  return RenderTable(columns, rows);
}

std::string LevelsTable(const std::vector<Level>& levels, Language language) {
  std::vector<std::vector<std::string>> rows;
  for (const Level& level : levels) {
    rows.push_back({Word(language, "level." + level.name, level.name),
                    absl::StrCat(level.value), absl::StrCat(level.bound)});
  }
  return RenderTable({{Say(language, Msg::kLevel)},
                      {Say(language, Msg::kReached), 0, true},
                      {Say(language, Msg::kBound), 0, true}},
                     rows);
}

}  // namespace

std::string DecimalText(int64_t points, int64_t per_unit) {
  const uint64_t size = points < 0 ? -static_cast<uint64_t>(points)
                                   : static_cast<uint64_t>(points);
  std::string text = absl::StrCat(points < 0 ? "-" : "", size / per_unit);
  uint64_t rest = size % per_unit;
  if (rest == 0) return text;
  text += '.';
  for (uint64_t digit = per_unit / 10; rest > 0; digit /= 10) {
    text += static_cast<char>('0' + rest / digit);
    rest %= digit;
  }
  return text;
}

SolveReport ReportOf(const engine::LapResult& result) {
  SolveReport report;
  report.objective = absl::StrCat(result.objective);
  report.worst = absl::StrCat(result.worst);
  report.bound = absl::StrCat(result.bound);
  report.gap = Gap(result.bound, result.objective);
  std::vector<int32_t> columns;  // counted from 1, as in the file
  for (int32_t column : result.column) columns.push_back(column + 1);
  report.more = {
      {"assignment", absl::StrCat("[", absl::StrJoin(columns, ","), "]")}};
  return report;
}

SolveReport ReportOf(const engine::ReviewInstance& instance,
                     const engine::ReviewResult& result, Language language) {
  const int64_t unit = instance.points_per_unit;
  SolveReport report;
  report.objective = DecimalText(result.utility, unit);
  report.worst = DecimalText(result.worst, unit);
  report.bound = DecimalText(result.bound, unit);
  report.gap = Gap(result.bound, result.utility);
  std::vector<std::string> papers;
  for (const std::vector<int32_t>& reviewers : result.reviewers) {
    papers.push_back(absl::StrCat("[", absl::StrJoin(reviewers, ","), "]"));
  }
  report.more = {
      {"worst_bound", DecimalText(result.worst_bound, unit)},
      {"worst_paper", absl::StrCat(result.worst_paper)},
      {"assignment", absl::StrCat("[", absl::StrJoin(papers, ","), "]")}};
  report.page = Say(language, Msg::kSolveReviewers,
                    {{"papers", absl::StrCat(instance.papers)},
                     {"reviewers", absl::StrCat(instance.reviewers)},
                     {"worst", absl::StrCat(result.worst_paper)},
                     {"bound", DecimalText(result.worst_bound, unit)}}) +
                "\n";
  return report;
}

SolveReport ReportOf(const engine::Plan& plan, Language language) {
  SolveReport report;
  int64_t worst = plan.bundles.empty() ? 0 : plan.bundles.front().total;
  for (const engine::Bundle& bundle : plan.bundles) {
    worst = std::min(worst, bundle.total);
  }
  report.objective = DecimalText(plan.total, kPlanPoints);
  report.worst = DecimalText(worst, kPlanPoints);
  report.bound = DecimalText(plan.total_bound, kPlanPoints);
  report.gap = Gap(plan.total_bound, plan.total);
  const std::vector<Level> levels = LevelsOf(plan);
  report.more = {{"levels", LevelsJson(levels)},
                 {"pairings", PairingsJson(plan)}};
  report.page = absl::StrCat(PairingsTable(plan, language), "\n",
                             LevelsTable(levels, language), "\n");
  return report;
}

std::string ReportJson(const SolveReport& report, double seconds,
                       int64_t peak_bytes) {
  std::string json =
      absl::StrCat("{\"objective\":", report.objective,
                   ",\"worst\":", report.worst, ",\"bound\":", report.bound,
                   ",\"gap\":", absl::StrFormat("%.9g", report.gap),
                   ",\"seconds\":", absl::StrFormat("%.6f", seconds),
                   ",\"peak_bytes\":", peak_bytes);
  for (const auto& [name, value] : report.more) {
    absl::StrAppend(&json, ",\"", name, "\":", value);
  }
  return json + "}";
}

std::string ReportPage(const SolveReport& report, double seconds,
                       int64_t peak_bytes, Language language) {
  const std::string gap = report.gap == 0
                              ? Say(language, Msg::kProvenOptimal)
                              : absl::StrFormat("%.6f %%", report.gap * 100);
  return report.page +
         RenderTable({{Say(language, Msg::kFigure)},
                      {Say(language, Msg::kValue), 0, true}},
                     {{Say(language, Msg::kObjectiveFigure), report.objective},
                      {Say(language, Msg::kBound), report.bound},
                      {Say(language, Msg::kGapFigure), gap},
                      {Say(language, Msg::kWorstFigure), report.worst},
                      {Say(language, Msg::kSecondsFigure),
                       absl::StrFormat("%.3f", seconds)},
                      {Say(language, Msg::kMemoryFigure),
                       absl::StrFormat("%.1f", peak_bytes / 1048576.0)}});
}

}  // namespace jiedui::cli
