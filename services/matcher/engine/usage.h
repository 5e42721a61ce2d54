// Who holds what: the demands that each resource serves.
#pragma once

#include <cstdint>
#include <span>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "services/matcher/engine/draft.h"

namespace jiedui::matcher::engine {

// Kept beside drafts by whoever changes them. Room for what is used only.
class Usage {
 public:
  // All that the draft holds, locked or not.
  void Add(int32_t demand, const Draft& draft);
  // REQUIRES: it was added like this.
  void Remove(int32_t demand, const Draft& draft);

  // The demands in ascending order, each once. `part` is kExpert or kTalents
  // (persons, in either part), kTeam or kProject. Valid until a change.
  std::span<const int32_t> Of(Part part, int32_t resource) const;

 private:
  using Holders = absl::flat_hash_map<int32_t, absl::InlinedVector<int32_t, 2>>;

  template <typename Visit>
  void ForEach(const Draft& draft, Visit visit);

  Holders persons_;
  Holders teams_;
  Holders projects_;
};

}  // namespace jiedui::matcher::engine
