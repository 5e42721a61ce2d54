// The code tables as scoring needs them: codes become small numbers, and what
// is asked of a pair becomes a row that stays in the processor's nearest cache
// while one demand is matched. Numbers are positions in the tables of
// common/codes and the same in every problem. All functions are thread-safe;
// rows are computed at first use and live as long as the program.
#pragma once

#include <cstdint>
#include <string>

#include "common/codes/regions.h"

namespace jiedui::matcher::engine {

using SubjectIndex = uint16_t;
using IndustryIndex = uint16_t;
using PlaceIndex = int32_t;
using DisciplineIndex = uint16_t;  // 3-digit subject of GB/T 13745
inline constexpr IndustryIndex kNoIndustry = 0xffff;

// REQUIRES: the code is known. kNoIndustry for the empty code.
SubjectIndex IndexOfSubject(const std::string& code);
IndustryIndex IndexOfIndustry(const std::string& code);
PlaceIndex IndexOfPlace(const std::string& region);

inline const codes::Region& RegionOf(PlaceIndex place) {
  return codes::AllRegions()[static_cast<size_t>(place)];
}
inline PlaceIndex IndexOf(const codes::Region& region) {
  return static_cast<PlaceIndex>(&region - codes::AllRegions().data());
}

DisciplineIndex DisciplineOf(SubjectIndex subject);
// From the first subject of a discipline to the last.
struct SubjectRange {
  SubjectIndex first = 0;
  SubjectIndex last = 0;
};
SubjectRange SubjectsOf(DisciplineIndex discipline);
int32_t DisciplineCount();

// ‰ by SubjectIndex: similarity of each subject to this one.
const uint16_t* SubjectRow(SubjectIndex subject);
// ‰ by IndustryIndex: similarity of each industry to this one.
const uint16_t* IndustryRow(IndustryIndex industry);
// ‰ by SubjectIndex: how strongly each subject serves this industry.
const uint16_t* CrosswalkRow(IndustryIndex industry);

// Door to door, one way.
int32_t Minutes(PlaceIndex from, PlaceIndex to);

bool SameCounty(PlaceIndex a, PlaceIndex b);
bool SameCity(PlaceIndex a, PlaceIndex b);

}  // namespace jiedui::matcher::engine
