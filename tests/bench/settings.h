// What a run was asked for.
#pragma once

#include <string>

namespace jiedui::bench {

struct Settings {
  std::string data;    // an empty folder of this run's own
  double seconds = 3;  // of one run of one side of a figure
  int rounds = 3;      // runs of each side, taking turns
  std::string only;    // the one figure to measure; empty: all
  std::string sample;  // folder of the sample province's sheets
};

}  // namespace jiedui::bench
