// The rows of the engine's table. Each lies in a file of its own and is named
// in rows.cc; it prints progress to standard error, and ends the program
// (fail.h) when two sides that must agree do not.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "tests/bench/report.h"

namespace jiedui::bench::engine {

struct Settings {
  bool full = false;  // the sizes of the table, instead of a minute in all
};

struct Row {
  std::string_view name;
  std::string_view about;
  std::vector<Figure> (*measure)(const Settings&);
};

std::span<const Row> Rows();

// The expert part against LEMON's network simplex, same objective required.
std::vector<Figure> MeasureLemon(const Settings& settings);

// One demand coming and going, where much is free and where little is.
std::vector<Figure> MeasureInsertion(const Settings& settings);

// The candidates of one demand against brute force and PostgreSQL, same answers
// required.
std::vector<Figure> MeasureCandidates(const Settings& settings);

// All parts of a bundle jointly: how far from the bound, and in what time.
std::vector<Figure> MeasureBundles(const Settings& settings);
std::vector<Figure> MeasureScarceBundles(const Settings& settings);

// What happens to an open round of a province, and the proposals it changes.
std::vector<Figure> MeasureEvents(const Settings& settings);

// Whole rounds by size.
std::vector<Figure> MeasureProvince(const Settings& settings);
std::vector<Figure> MeasureMillion(const Settings& settings);
std::vector<Figure> MeasureNation(const Settings& settings);

}  // namespace jiedui::bench::engine
