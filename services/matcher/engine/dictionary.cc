#include "services/matcher/engine/dictionary.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/codes/taxonomy.h"
#include "common/text/normalize.h"

namespace jiedui::matcher::engine {
namespace {

// Names of subjects and industries found in a text count as terms, by code.
const text::Lexicon& TaxonomyLexicon() {
  static const auto* const lexicon = [] {
    std::vector<text::Lexicon::Entry> entries;
    for (const codes::TaxonomyWord& word : codes::TaxonomyWords()) {
      const char* system =
          word.kind == codes::TaxonomyKind::kSubject ? "13745:" : "4754:";
      const absl::string_view code(word.code.data(), word.code.size());
      entries.push_back({std::string(word.name), absl::StrCat(system, code)});
    }
    return new text::Lexicon(entries);
  }();
  return *lexicon;
}

}  // namespace

std::vector<TokenId> Dictionary::Tokens(std::string_view text) {
  std::vector<TokenId> ids;
  for (text::Token token : text::Tokenize(text, &TaxonomyLexicon())) {
    const TokenId term = token.kind() == text::TokenKind::kTerm;
    const auto next = static_cast<TokenId>(tokens_.size()) * 2 + term;
    ids.push_back(tokens_.try_emplace(token, next).first->second);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

NameId Dictionary::Number(char kind, std::string_view text) {
  std::string key = text::Normalize(text);
  if (key.empty()) return -1;
  key.insert(key.begin(), kind);
  const auto next = static_cast<NameId>(names_.size());
  return names_.try_emplace(std::move(key), next).first->second;
}

}  // namespace jiedui::matcher::engine
