// The linear assignment problem as OR-Library publishes it (J. E. Beasley,
// people.brunel.ac.uk/~mastjjb/jeb/orlib/assigninfo.html), solved exactly.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/matcher/engine/flow/costs.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine {

// n rows are each to have one of n columns, each column once, at least cost.
struct LapInstance {
  int32_t size = 0;
  std::string file;  // for errors
  // Row after row; PlainEdge::resource is the column. first has size + 1.
  std::vector<PlainEdge> edges;
  std::vector<int64_t> first;
};

// Reads n, then n × n costs row by row (files assign…), or, when their number
// is another one, triples "row column cost" counted from 1 (files assignp…);
// white space of any kind between numbers. NUMBER_MALFORMED with the line,
// NUMBERS_MISSING, TOO_LARGE. Costs are ±2^26.
absl::StatusOr<LapInstance> ParseLap(std::string_view bytes,
                                     const std::string& file);

struct LapResult {
  int64_t objective = 0;
  int64_t bound = 0;            // by the prices; equals the objective
  int64_t worst = 0;            // the dearest cost of a row
  std::vector<int32_t> column;  // by row, from 0
};

// NO_ASSIGNMENT when some row must be left over; CANCELLED when told to stop.
// Deterministic.
absl::StatusOr<LapResult> SolveLap(const LapInstance& instance,
                                   const Progress& progress = nullptr);

}  // namespace jiedui::matcher::engine
