#include "services/matcher/engine/demand_index.h"

#include <algorithm>

namespace jiedui::matcher::engine {
namespace {

void SortOnce(std::vector<int32_t>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

std::vector<DisciplineIndex> DisciplinesOf(const Prepared& prepared,
                                           int32_t demand) {
  const auto at = static_cast<size_t>(demand);
  std::vector<DisciplineIndex> list = prepared.demands()[at].disciplines;
  const Demand& wish = prepared.problem().demands[at];
  for (const std::string& subject : wish.talents_subjects) {
    list.push_back(DisciplineOf(IndexOfSubject(subject)));
  }
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

std::vector<DisciplineIndex> DisciplinesOf(const Facts& resource) {
  std::vector<DisciplineIndex> list;
  for (const SkillFact& skill : resource.skills) {
    list.push_back(DisciplineOf(skill.subject));
  }
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

}  // namespace

DemandIndex::DemandIndex()
    : by_discipline_(static_cast<size_t>(DisciplineCount())) {}

void DemandIndex::Add(const Prepared& prepared, int32_t demand) {
  const PlaceIndex place =
      prepared.demands()[static_cast<size_t>(demand)].place;
  for (DisciplineIndex discipline : DisciplinesOf(prepared, demand)) {
    by_discipline_[discipline].emplace(place, demand);
  }
}

void DemandIndex::Remove(const Prepared& prepared, int32_t demand) {
  const PlaceIndex place =
      prepared.demands()[static_cast<size_t>(demand)].place;
  for (DisciplineIndex discipline : DisciplinesOf(prepared, demand)) {
    by_discipline_[discipline].erase({place, demand});
  }
}

std::vector<int32_t> DemandIndex::In(PlaceIndex region,
                                     const Facts& resource) const {
  std::vector<int32_t> found;
  for (DisciplineIndex discipline : DisciplinesOf(resource)) {
    const Places& places = by_discipline_[discipline];
    // What lies in a region stands behind it in the table.
    for (auto at = places.lower_bound({region, 0});
         at != places.end() && RegionOf(at->first).IsWithin(RegionOf(region));
         ++at) {
      found.push_back(at->second);
    }
  }
  SortOnce(found);
  return found;
}

std::vector<int32_t> DemandIndex::Anywhere(const Facts& resource) const {
  std::vector<int32_t> found;
  for (DisciplineIndex discipline : DisciplinesOf(resource)) {
    for (const auto& [place, demand] : by_discipline_[discipline]) {
      found.push_back(demand);
    }
  }
  SortOnce(found);
  return found;
}

}  // namespace jiedui::matcher::engine
