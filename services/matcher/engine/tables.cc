#include "services/matcher/engine/tables.h"

#include <algorithm>

#include "common/codes/crosswalk.h"
#include "common/codes/industries.h"
#include "common/codes/subjects.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int kMillionthsPerMille = 1000;
constexpr size_t kDisciplineDigits = 3;

using codes::RegionLevel;

// The county, where there is one: it decides the way between two places.
const codes::Region* Hub(const codes::Region* region) {
  const codes::Region* county = region->AncestorAt(RegionLevel::kCounty);
  return county == nullptr ? region : county;
}

template <typename Index>
std::vector<std::string_view> ByNumber(const Index& index) {
  std::vector<std::string_view> codes(index.size());
  for (const auto& [code, number] : index) codes[number] = code;
  return codes;
}

}  // namespace

Tables::Tables(const Problem& problem) {
  Collect(problem);
  FillSubjects();
  FillIndustries();
  FillMinutes();
}

void Tables::Collect(const Problem& problem) {
  const auto add = [](Index& index, const std::string& code) {
    if (!code.empty()) index.try_emplace(code, index.size());
  };
  const auto add_all = [&](Index& index, const std::vector<std::string>& list) {
    for (const std::string& code : list) add(index, code);
  };
  for (const Demand& demand : problem.demands) {
    add_all(subjects_, demand.subjects);
    add_all(subjects_, demand.talents_subjects);
    add(industries_, demand.industry);
    AddPlace(demand.region);
  }
  for (const Volunteer& volunteer : problem.volunteers) {
    for (const Skill& skill : volunteer.skills) add(subjects_, skill.subject);
    add_all(industries_, volunteer.industries);
    AddPlace(volunteer.region);
  }
  for (const Team& team : problem.teams) {
    add_all(subjects_, team.subjects);
    AddPlace(team.region);
  }
  for (const Project& project : problem.projects) {
    add_all(subjects_, project.subjects);
    add_all(industries_, project.industries);
    AddPlace(project.region);
  }
  for (const Enterprise& enterprise : problem.enterprises) {
    add(industries_, enterprise.industry);
    AddPlace(enterprise.region);
  }
  for (const Specialty& specialty : problem.specialties) {
    add(industries_, specialty.industry);
    AddPlace(specialty.region);
  }
}

void Tables::AddPlace(const std::string& code) {
  if (!place_index_.try_emplace(code, places_.size()).second) return;
  const codes::Region* region = codes::FindRegion(code);
  const codes::Region* hub = Hub(region);
  // Hubs are few and mostly repeat: a look at the last ones would not pay.
  auto found = std::find(hubs_.begin(), hubs_.end(), hub);
  places_.push_back({region, static_cast<int32_t>(found - hubs_.begin())});
  if (found == hubs_.end()) hubs_.push_back(hub);
}

void Tables::FillSubjects() {
  const std::vector<std::string_view> codes = ByNumber(subjects_);
  Index disciplines;
  for (std::string_view code : codes) {
    const std::string discipline(code.substr(0, kDisciplineDigits));
    discipline_.push_back(
        disciplines.try_emplace(discipline, disciplines.size()).first->second);
  }
  discipline_count_ = static_cast<int32_t>(disciplines.size());
  subject_similarity_.reserve(codes.size() * codes.size());
  for (std::string_view a : codes) {
    for (std::string_view b : codes) {
      subject_similarity_.push_back(static_cast<uint16_t>(
          codes::SubjectSimilarity(a, b) / kMillionthsPerMille));
    }
  }
}

void Tables::FillIndustries() {
  const std::vector<std::string_view> industries = ByNumber(industries_);
  for (std::string_view a : industries) {
    for (std::string_view b : industries) {
      industry_similarity_.push_back(static_cast<uint16_t>(
          codes::IndustrySimilarity(a, b) / kMillionthsPerMille));
    }
  }
  for (std::string_view subject : ByNumber(subjects_)) {
    for (std::string_view industry : industries) {
      crosswalk_.push_back(static_cast<uint16_t>(
          codes::CrosswalkStrength(subject, industry) / kMillionthsPerMille));
    }
  }
}

void Tables::FillMinutes() {
  minutes_.reserve(hubs_.size() * hubs_.size());
  for (const codes::Region* a : hubs_) {
    for (const codes::Region* b : hubs_) {
      minutes_.push_back(
          static_cast<uint16_t>(codes::EstimatedMinutes(*a, *b)));
    }
  }
}

SubjectIndex Tables::Subject(const std::string& code) const {
  return subjects_.find(code)->second;
}

IndustryIndex Tables::Industry(const std::string& code) const {
  return code.empty() ? kNoIndustry : industries_.find(code)->second;
}

PlaceIndex Tables::Place(const std::string& region) const {
  return place_index_.find(region)->second;
}

int32_t Tables::Minutes(PlaceIndex a, PlaceIndex b) const {
  const PlaceRow& from = places_[a];
  const PlaceRow& to = places_[b];
  if (from.hub == to.hub) {
    return codes::EstimatedMinutes(*from.region, *to.region);
  }
  return minutes_[Cell(from.hub, to.hub, hubs_.size())];
}

bool Tables::SameCounty(PlaceIndex a, PlaceIndex b) const {
  const codes::Region* county =
      places_[a].region->AncestorAt(RegionLevel::kCounty);
  return county != nullptr && places_[b].region->IsWithin(*county);
}

bool Tables::SameCity(PlaceIndex a, PlaceIndex b) const {
  const codes::Region* city = places_[a].region->AncestorAt(RegionLevel::kCity);
  return city != nullptr && places_[b].region->IsWithin(*city);
}

}  // namespace jiedui::matcher::engine
