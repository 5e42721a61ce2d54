#include "common/codes/embedded.h"

#include <string>

extern "C" {
extern const char jiedui_codes_regions[];
extern const char jiedui_codes_regions_end[];
extern const char jiedui_codes_subjects[];
extern const char jiedui_codes_subjects_end[];
extern const char jiedui_codes_industries[];
extern const char jiedui_codes_industries_end[];
extern const char jiedui_codes_crosswalk[];
extern const char jiedui_codes_crosswalk_end[];
}

namespace jiedui::codes {
namespace {

std::string_view Between(const char* begin, const char* end) {
  return {begin, static_cast<size_t>(end - begin)};
}

}  // namespace

std::string_view EmbeddedRegions() {
  return Between(jiedui_codes_regions, jiedui_codes_regions_end);
}

std::string_view EmbeddedSubjects() {
  return Between(jiedui_codes_subjects, jiedui_codes_subjects_end);
}

std::string_view EmbeddedIndustries() {
  return Between(jiedui_codes_industries, jiedui_codes_industries_end);
}

std::string_view EmbeddedCrosswalk() {
  return Between(jiedui_codes_crosswalk, jiedui_codes_crosswalk_end);
}

std::string_view HeaderValue(std::string_view table, std::string_view key) {
  const std::string prefix = "# " + std::string(key) + " ";
  while (table.substr(0, 1) == "#") {
    std::string_view line = TakeField(table, '\n');
    if (line.substr(0, prefix.size()) == prefix) {
      return line.substr(prefix.size());
    }
  }
  return {};
}

}  // namespace jiedui::codes
