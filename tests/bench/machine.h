// Where and on what state of the tree a run took place.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace jiedui::bench {

// The commit, cores, processor, memory, kernel and present load, by name: what
// a reader needs to know to compare two runs.
std::vector<std::pair<std::string, std::string>> DescribeMachine();

}  // namespace jiedui::bench
