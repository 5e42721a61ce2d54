// The linear relaxation of placing some demands in what capacity is left, over
// chosen options, and a dive from it to whole bundles. Floating point guides:
// what comes out is checked in integers by those who use it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "coin/ClpSimplex.hpp"
#include "services/matcher/engine/bundles/instance.h"

namespace jiedui::matcher::engine::bundles {

class Relaxation {
 public:
  explicit Relaxation(const Instance& instance);

  // `options[i]`: those of demands[i] that count. `free`: capacity left, by
  // resource.
  void Build(std::span<const int32_t> demands,
             const std::vector<std::vector<int32_t>>& options,
             const std::vector<int32_t>& free);
  int32_t columns() const { return static_cast<int32_t>(cost_.size()); }

  // Returns whether there is a solution.
  bool Solve();
  // Its value, fixed parts left out. REQUIRES: Solve, just before.
  double value() const { return -model_.objectiveValue(); }
  // Dual prices of the resources that have a row; others are left alone.
  void WritePrices(std::vector<int64_t>& prices) const;

  // Fixes columns, most settled first, solving again in between, until all is
  // whole. `bundles` are then what the demands take, which keep the capacities;
  // false when the dive ends where nothing fits. REQUIRES: Solve was true.
  bool Dive(Bundles& bundles);

 private:
  int32_t AddRow(double lower, double upper);
  int32_t AddColumn(double value);
  void Put(int32_t row, int32_t column, double factor);
  void BuildDemand(int32_t demand, const std::vector<int32_t>& options);
  void BuildPairs(int64_t begin, int64_t end);
  void BuildSeats(const Item& item, int32_t out,
                  const std::vector<int32_t>& options);
  void BuildDistinct(int32_t out, const std::vector<int32_t>& options);
  void BuildResources(const std::vector<int32_t>& free);
  void Load();
  bool FixSome();
  void Read(Bundles& bundles) const;

  const Instance& instance_;
  ClpSimplex model_;
  std::vector<int32_t> demands_;
  std::vector<int32_t> column_of_;   // by option; kNone
  std::vector<int32_t> used_;        // options that have a column
  std::vector<int32_t> out_;         // by demand: column of staying out
  std::vector<int32_t> seat_group_;  // of each column; kNone
  std::vector<int32_t> row_of_;      // by resource; kNone
  std::vector<int32_t> asked_;       // by resource
  // Rows and columns while they are built.
  std::vector<double> row_lower_, row_upper_, cost_;
  struct Entry {
    int32_t row;
    int32_t column;
    double factor;
  };
  std::vector<Entry> entries_;
  std::vector<char> whole_;  // columns that must become whole
};

}  // namespace jiedui::matcher::engine::bundles
