// Star grades of volunteers (星级志愿者) by the hours they have served: 100,
// 300, 600, 1,000 and 1,500 hours for one to five stars, as
// 民政部《志愿服务记录办法》 (民函〔2012〕340号) lays down; the
// 《志愿服务记录与证明出具办法(试行)》of 2020 says how hours are recorded and
// certified: travel does not count.
#pragma once

#include <cstdint>
#include <iterator>

namespace jiedui::matcher {

// Of the first star, the second …
inline constexpr int64_t kHoursOfGrades[] = {100, 300, 600, 1000, 1500};

// Stars, 0 to 5, for that much service.
constexpr int32_t GradeOf(int64_t minutes) {
  int32_t stars = 0;
  for (const int64_t hours : kHoursOfGrades) {
    if (minutes >= hours * 60) ++stars;
  }
  return stars;
}

// Minutes, in all, that the next star asks for; 0: there is none.
constexpr int64_t NextGradeMinutes(int64_t minutes) {
  const int32_t stars = GradeOf(minutes);
  return stars == std::ssize(kHoursOfGrades) ? 0 : kHoursOfGrades[stars] * 60;
}

}  // namespace jiedui::matcher
