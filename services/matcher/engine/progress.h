// How long work tells how far it is, and how it is told to stop.
#pragma once

#include <cstdint>
#include <functional>

namespace jiedui::matcher::engine {

// Called now and then with what is done of how much; false stops the work,
// which then returns CANCELLED and leaves nothing behind. May be empty.
using Progress = std::function<bool(int64_t done, int64_t total)>;

}  // namespace jiedui::matcher::engine
