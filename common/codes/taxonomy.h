// The words of the two classifications, for finding them in free text.
#pragma once

#include <span>
#include <string_view>

namespace jiedui::codes {

enum class TaxonomyKind { kSubject, kIndustry };

struct TaxonomyWord {
  std::string_view name;  // "园艺学", "精制茶加工"
  TaxonomyKind kind;
  std::string_view code;
};

// The name of every subject and industry but the sections, subjects first, each
// in its standard's order. A name that stands twice is there twice. Valid for
// the life of the program; thread-safe.
std::span<const TaxonomyWord> TaxonomyWords();

}  // namespace jiedui::codes
