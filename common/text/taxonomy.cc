#include "common/text/taxonomy.h"

#include <string>
#include <string_view>
#include <vector>

#include "common/codes/taxonomy.h"

namespace jiedui::text {
namespace {

constexpr size_t kTwoHanBytes = 6;

std::string_view WithoutEnding(std::string_view name) {
  for (const std::string_view ending : {"学", "业"}) {
    if (name.ends_with(ending) && name.size() >= kTwoHanBytes + ending.size()) {
      return name.substr(0, name.size() - ending.size());
    }
  }
  return name;
}

std::vector<Lexicon::Entry> Entries() {
  std::vector<Lexicon::Entry> entries;
  for (const codes::TaxonomyWord& word : codes::TaxonomyWords()) {
    entries.push_back({std::string(word.name), std::string(word.name)});
  }
  // After all full names, so that a name is never taken for another's short
  // form.
  for (const codes::TaxonomyWord& word : codes::TaxonomyWords()) {
    entries.push_back(
        {std::string(WithoutEnding(word.name)), std::string(word.name)});
  }
  return entries;
}

}  // namespace

const Lexicon& TaxonomyLexicon() {
  static const auto* const lexicon = new Lexicon(Entries());
  return *lexicon;
}

}  // namespace jiedui::text
