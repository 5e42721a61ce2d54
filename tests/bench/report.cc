#include "tests/bench/report.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace jiedui::bench {
namespace {

double MedianOf(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half]
                                : (values[half - 1] + values[half]) / 2;
}

// Three digits are all that such measurements bear.
double Rounded(double value) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
  return unit >= 1
             ? std::round(value / unit) * unit
             : std::round(value * std::round(1 / unit)) / std::round(1 / unit);
}

std::string Number(double value) {
  return absl::StrFormat("%.10g", Rounded(value));
}

std::string Quoted(const std::string& text) {
  google::protobuf::Value value;
  value.set_string_value(text);
  std::string json;
  // Of a string it cannot fail; of bytes that are none it says nothing.
  if (!google::protobuf::util::MessageToJsonString(value, &json).ok()) {
    return "\"\"";
  }
  return json;
}

std::string Member(const std::string& name, const std::string& json) {
  return absl::StrCat(Quoted(name), ": ", json);
}

std::string Side(const std::string& what, const std::vector<double>& runs) {
  const auto number = [](std::string* out, double value) {
    out->append(Number(value));
  };
  return absl::StrCat("{", Member("what", Quoted(what)), ", ",
                      Member("median", Number(MedianOf(runs))), ", ",
                      Member("runs", "["), absl::StrJoin(runs, ", ", number),
                      "]}");
}

std::string ToJson(const Figure& figure) {
  std::vector<std::string> members = {
      Member("name", Quoted(figure.name)), Member("unit", Quoted(figure.unit)),
      Member("ours", Side(figure.ours, figure.runs))};
  if (!figure.bare.empty()) {
    members.push_back(Member("bare", Side(figure.bare, figure.bare_runs)));
    members.push_back(Member("ratio", Number(*figure.Ratio())));
  }
  if (figure.aim) {
    members.push_back(Member(figure.less_is_better ? "at_most" : "at_least",
                             Number(*figure.aim)));
    members.push_back(Member("reached", *figure.Reached() ? "true" : "false"));
  }
  for (const auto& [name, value] : figure.details) {
    members.push_back(Member(name, Number(value)));
  }
  return absl::StrCat("    {", absl::StrJoin(members, ",\n     "), "}");
}

}  // namespace

void Figure::Measure(int rounds, absl::FunctionRef<double()> measure_ours,
                     absl::FunctionRef<double()> measure_bare) {
  for (int i = 0; i < rounds; ++i) {
    runs.push_back(measure_ours());
    bare_runs.push_back(measure_bare());
  }
}

double Figure::Median() const { return MedianOf(runs); }

std::optional<double> Figure::Ratio() const {
  if (bare.empty()) return std::nullopt;
  return Median() / MedianOf(bare_runs);
}

std::optional<bool> Figure::Reached() const {
  if (!aim) return std::nullopt;
  const double value = Ratio().value_or(Median());
  return less_is_better ? value <= *aim : value >= *aim;
}

std::string ToJson(
    const std::vector<std::pair<std::string, std::string>>& circumstances,
    const std::vector<Figure>& figures) {
  std::string json = "{\n";
  for (const auto& [name, value] : circumstances) {
    absl::StrAppend(&json, "  ", Member(name, Quoted(value)), ",\n");
  }
  absl::StrAppend(&json, "  ", Member("figures", "[\n"),
                  absl::StrJoin(figures, ",\n",
                                [](std::string* out, const Figure& figure) {
                                  out->append(ToJson(figure));
                                }),
                  "]\n}\n");
  return json;
}

std::string ToTable(const std::vector<Figure>& figures) {
  std::string table =
      absl::StrFormat("%-22s %12s %12s %7s %14s  %s\n", "figure", "ours",
                      "bare", "ratio", "aim", "unit");
  for (const Figure& figure : figures) {
    const auto ratio = figure.Ratio();
    absl::StrAppendFormat(
        &table, "%-22s %12.6g %12s %7s %14s  %s\n", figure.name,
        Rounded(figure.Median()),
        ratio ? absl::StrFormat("%.6g", Rounded(MedianOf(figure.bare_runs)))
              : "",
        ratio ? absl::StrFormat("%.2f", *ratio) : "",
        figure.aim
            ? absl::StrFormat("%s %g%s", figure.less_is_better ? "<=" : ">=",
                              *figure.aim, *figure.Reached() ? "" : " MISSED")
            : "",
        figure.unit);
  }
  return table;
}

}  // namespace jiedui::bench
