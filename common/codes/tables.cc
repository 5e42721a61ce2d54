#include "common/codes/tables.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/sha256.h"
#include "common/codes/crosswalk.h"
#include "common/codes/embedded.h"
#include "common/codes/region_paths.h"
#include "common/codes/taxonomy.h"

namespace jiedui::codes {

std::string_view TablesVersion() {
  static const auto* const version = [] {
    const std::string date(HeaderValue(EmbeddedRegions(), "date"));
    const std::string edition(HeaderValue(EmbeddedCrosswalk(), "version"));
    return new std::string(absl::StrCat(
        "regions ", date, " / GB/T 13745-2009 / GB/T 4754-2017 / crosswalk ",
        edition));
  }();
  return *version;
}

std::string_view TablesHash() {
  static const auto* const hash = new std::string(
      base::Hex(base::Sha256({EmbeddedRegions(), EmbeddedSubjects(),
                              EmbeddedIndustries(), EmbeddedCrosswalk()})));
  return *hash;
}

void LoadTables() {
  FindRegionByPath("广东省");
  FindRegionByPath("广东");
  TaxonomyWords();
  CrosswalkRowCount();
}

}  // namespace jiedui::codes
