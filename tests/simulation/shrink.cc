#include "tests/simulation/shrink.h"

#include <algorithm>
#include <utility>

namespace jiedui::simulation {

std::vector<Action> Shrink(
    std::vector<Action> actions,
    const std::function<bool(const std::vector<Action>&)>& fails) {
  size_t piece = std::max<size_t>(actions.size() / 2, 1);
  for (;;) {
    bool shorter = false;
    for (size_t begin = 0; begin < actions.size();) {
      const size_t end = std::min(begin + piece, actions.size());
      std::vector<Action> rest(actions.begin(), actions.begin() + begin);
      rest.insert(rest.end(), actions.begin() + end, actions.end());
      if (fails(rest)) {
        actions = std::move(rest);
        shorter = true;
      } else {
        begin = end;
      }
    }
    if (piece == 1 && !shorter) return actions;
    if (!shorter) piece = std::max<size_t>(piece / 2, 1);
  }
}

}  // namespace jiedui::simulation
