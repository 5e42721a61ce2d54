#include "common/codes/taxonomy.h"

#include <vector>

#include "common/codes/industries.h"
#include "common/codes/subjects.h"

namespace jiedui::codes {
namespace {

template <typename Codes>
void AppendWords(const Codes& codes, TaxonomyKind kind,
                 std::vector<TaxonomyWord>& words) {
  for (const auto& entry : codes) {
    const bool is_section = entry.parent == nullptr;
    if (!is_section) words.push_back({entry.name, kind, entry.code});
  }
}

}  // namespace

std::span<const TaxonomyWord> TaxonomyWords() {
  static const auto* const words = [] {
    auto* all = new std::vector<TaxonomyWord>();
    AppendWords(AllSubjects(), TaxonomyKind::kSubject, *all);
    AppendWords(AllIndustries(), TaxonomyKind::kIndustry, *all);
    return all;
  }();
  return *words;
}

}  // namespace jiedui::codes
