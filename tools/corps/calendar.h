// The season the generated rows are about.
#pragma once

#include "absl/time/civil_time.h"
#include "tools/corps/random.h"

namespace jiedui::corps {

inline constexpr absl::CivilDay kSeasonStart(2026, 12, 1);
inline constexpr absl::CivilDay kSeasonEnd(2027, 12, 31);

// A day from `first` to `last`, both included.
inline absl::CivilDay DayBetween(absl::CivilDay first, absl::CivilDay last,
                                 Random& random) {
  return first + random.Between(0, static_cast<int>(last - first));
}

}  // namespace jiedui::corps
