// What a run found out, as JSON for machines and as a table for people.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"

namespace jiedui::bench {

// One figure: ours, and what it is held against, measured in turns.
struct Figure {
  std::string name;
  std::string unit;
  std::string ours;          // what was measured
  std::vector<double> runs;  // one value a run
  std::string bare;          // the peer; empty: there is none
  std::vector<double> bare_runs;
  // Of the ratio of the medians, or of the median when there is no peer.
  std::optional<double> aim;
  bool less_is_better = false;
  std::vector<std::pair<std::string, double>> details;

  // Runs both sides in turns.
  void Measure(int rounds, absl::FunctionRef<double()> measure_ours,
               absl::FunctionRef<double()> measure_bare);

  double Median() const;
  std::optional<double> Ratio() const;
  std::optional<bool> Reached() const;
};

// Where and how the figures were measured, by name, and the figures.
std::string ToJson(
    const std::vector<std::pair<std::string, std::string>>& circumstances,
    const std::vector<Figure>& figures);

std::string ToTable(const std::vector<Figure>& figures);

}  // namespace jiedui::bench
