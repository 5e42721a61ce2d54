#include "common/codes/crosswalk.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "common/codes/embedded.h"
#include "common/codes/industries.h"

namespace jiedui::codes {
namespace {

constexpr int kMillionthsPerPoint = 10'000;  // The table counts to 100.

using Key = std::pair<std::string_view, std::string_view>;
using Crosswalk = absl::flat_hash_map<Key, int>;

const Crosswalk& Table() {
  static const Crosswalk* const table = [] {
    auto* rows = new Crosswalk();
    ForEachLine(EmbeddedCrosswalk(), [&](std::string_view line) {
      const std::string_view subject = TakeField(line, ',');
      const std::string_view industry = TakeField(line, ',');
      const std::string_view points = TakeField(line, ',');
      int value = 0;
      std::from_chars(points.data(), points.data() + points.size(), value);
      if (subject != "subject") {
        rows->emplace(Key(subject, industry), value * kMillionthsPerPoint);
      }
    });
    return rows;
  }();
  return *table;
}

// The strength of the row for this subject prefix that is most specific in the
// industry; −1 when there is none.
int StrengthFor(std::string_view subject_prefix, std::string_view industry,
                char section) {
  const Crosswalk& table = Table();
  for (size_t digits = std::min<size_t>(3, industry.size()); digits >= 2;
       --digits) {
    const auto at = table.find({subject_prefix, industry.substr(0, digits)});
    if (at != table.end()) return at->second;
  }
  const auto at = table.find({subject_prefix, std::string_view(&section, 1)});
  return at == table.end() ? -1 : at->second;
}

}  // namespace

int CrosswalkStrength(std::string_view subject, std::string_view industry) {
  const char section = IndustrySection(industry);
  if (section == '\0') return 0;
  for (const size_t digits : {size_t{5}, size_t{3}}) {
    if (subject.size() < digits) continue;
    const int strength =
        StrengthFor(subject.substr(0, digits), industry, section);
    if (strength >= 0) return strength;
  }
  return 0;
}

int CrosswalkRowCount() { return static_cast<int>(Table().size()); }

}  // namespace jiedui::codes
