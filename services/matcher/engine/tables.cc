#include "services/matcher/engine/tables.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "common/codes/crosswalk.h"
#include "common/codes/industries.h"
#include "common/codes/subjects.h"

namespace jiedui::matcher::engine {
namespace {

using codes::RegionLevel;

constexpr int kMillionthsPerMille = 1000;
constexpr size_t kDisciplineDigits = 3;

// Rows computed when first asked for. Two threads may compute the same one;
// the first to finish is kept, and both are equal.
class RowCache {
 public:
  explicit RowCache(size_t rows) : rows_(rows) {}

  template <typename Compute>  // std::vector<uint16_t>()
  const uint16_t* Get(size_t row, Compute compute) {
    const uint16_t* found = rows_[row].load(std::memory_order_acquire);
    if (found != nullptr) return found;
    const std::vector<uint16_t> values = compute();
    auto made = std::make_unique<uint16_t[]>(values.size());
    std::copy(values.begin(), values.end(), made.get());
    if (rows_[row].compare_exchange_strong(found, made.get(),
                                           std::memory_order_acq_rel)) {
      return made.release();
    }
    return found;
  }

 private:
  std::vector<std::atomic<const uint16_t*>> rows_;
};

// Every subject's discipline, by SubjectIndex; sections, which nobody asks for,
// have number 0.
struct Disciplines {
  std::vector<DisciplineIndex> of_subject;
  std::vector<SubjectRange> subjects = {{}};
  int32_t count = 1;

  Disciplines() {
    std::map<std::string_view, DisciplineIndex> numbers;
    for (const codes::Subject& subject : codes::AllSubjects()) {
      const std::string_view digits = subject.code.substr(0, kDisciplineDigits);
      if (digits.size() < kDisciplineDigits) {
        of_subject.push_back(0);
        continue;
      }
      const auto [found, added] =
          numbers.try_emplace(digits, static_cast<DisciplineIndex>(count));
      const auto at = static_cast<SubjectIndex>(of_subject.size());
      if (added) {
        ++count;
        subjects.push_back({at, at});
      }
      subjects[found->second].last = at;
      of_subject.push_back(found->second);
    }
  }
};

const Disciplines& AllDisciplines() {
  static const auto* const disciplines = new Disciplines;
  return *disciplines;
}

// The county, where there is one: it decides the way between two places.
const codes::Region& HubOf(const codes::Region& region) {
  const codes::Region* county = region.AncestorAt(RegionLevel::kCounty);
  return county == nullptr ? region : *county;
}

// Numbers of the hubs, by PlaceIndex.
struct Hubs {
  std::vector<uint16_t> of_place;
  std::vector<const codes::Region*> regions;

  Hubs() : of_place(codes::AllRegions().size()) {
    // Depth first: a hub stands before what it is the hub of.
    for (const codes::Region& region : codes::AllRegions()) {
      const codes::Region& hub = HubOf(region);
      if (&hub == &region) {
        of_place[IndexOf(region)] = static_cast<uint16_t>(regions.size());
        regions.push_back(&region);
      } else {
        of_place[IndexOf(region)] = of_place[IndexOf(hub)];
      }
    }
  }
};

const Hubs& AllHubs() {
  static const auto* const hubs = new Hubs;
  return *hubs;
}

const uint16_t* MinutesRow(uint16_t hub) {
  static auto* const cache = new RowCache(AllHubs().regions.size());
  return cache->Get(hub, [hub] {
    const auto& regions = AllHubs().regions;
    std::vector<uint16_t> row;
    row.reserve(regions.size());
    for (const codes::Region* other : regions) {
      row.push_back(static_cast<uint16_t>(
          codes::EstimatedMinutes(*regions[hub], *other)));
    }
    return row;
  });
}

}  // namespace

SubjectIndex IndexOfSubject(const std::string& code) {
  return static_cast<SubjectIndex>(codes::FindSubject(code) -
                                   codes::AllSubjects().data());
}

IndustryIndex IndexOfIndustry(const std::string& code) {
  if (code.empty()) return kNoIndustry;
  return static_cast<IndustryIndex>(codes::FindIndustry(code) -
                                    codes::AllIndustries().data());
}

PlaceIndex IndexOfPlace(const std::string& region) {
  return IndexOf(*codes::FindRegion(region));
}

DisciplineIndex DisciplineOf(SubjectIndex subject) {
  return AllDisciplines().of_subject[subject];
}

SubjectRange SubjectsOf(DisciplineIndex discipline) {
  return AllDisciplines().subjects[discipline];
}

int32_t DisciplineCount() { return AllDisciplines().count; }

const uint16_t* SubjectRow(SubjectIndex subject) {
  static auto* const cache = new RowCache(codes::AllSubjects().size());
  return cache->Get(subject, [subject] {
    const std::string_view code = codes::AllSubjects()[subject].code;
    std::vector<uint16_t> row;
    for (const codes::Subject& other : codes::AllSubjects()) {
      row.push_back(static_cast<uint16_t>(
          codes::SubjectSimilarity(code, other.code) / kMillionthsPerMille));
    }
    return row;
  });
}

const uint16_t* IndustryRow(IndustryIndex industry) {
  static auto* const cache = new RowCache(codes::AllIndustries().size());
  return cache->Get(industry, [industry] {
    const std::string_view code = codes::AllIndustries()[industry].code;
    std::vector<uint16_t> row;
    for (const codes::Industry& other : codes::AllIndustries()) {
      row.push_back(static_cast<uint16_t>(
          codes::IndustrySimilarity(code, other.code) / kMillionthsPerMille));
    }
    return row;
  });
}

const uint16_t* CrosswalkRow(IndustryIndex industry) {
  static auto* const cache = new RowCache(codes::AllIndustries().size());
  return cache->Get(industry, [industry] {
    const std::string_view code = codes::AllIndustries()[industry].code;
    std::vector<uint16_t> row;
    for (const codes::Subject& subject : codes::AllSubjects()) {
      row.push_back(static_cast<uint16_t>(
          codes::CrosswalkStrength(subject.code, code) / kMillionthsPerMille));
    }
    return row;
  });
}

int32_t Minutes(PlaceIndex from, PlaceIndex to) {
  const auto& hubs = AllHubs().of_place;
  const uint16_t from_hub = hubs[static_cast<size_t>(from)];
  const uint16_t to_hub = hubs[static_cast<size_t>(to)];
  if (from_hub == to_hub) {
    return codes::EstimatedMinutes(RegionOf(from), RegionOf(to));
  }
  return MinutesRow(from_hub)[to_hub];
}

bool SameCounty(PlaceIndex a, PlaceIndex b) {
  const codes::Region* county = RegionOf(a).AncestorAt(RegionLevel::kCounty);
  return county != nullptr && RegionOf(b).IsWithin(*county);
}

bool SameCity(PlaceIndex a, PlaceIndex b) {
  const codes::Region* city = RegionOf(a).AncestorAt(RegionLevel::kCity);
  return city != nullptr && RegionOf(b).IsWithin(*city);
}

}  // namespace jiedui::matcher::engine
