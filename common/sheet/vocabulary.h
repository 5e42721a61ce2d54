// Cells that hold a word of one of common/codes' vocabularies.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/sheet/cells.h"

namespace jiedui::sheet {

// The words of a table of common/codes/corps.h, as values of an enumeration of
// the API: their numbers are the same. The Chinese and English names and all
// aliases are understood.
template <typename Value, typename Named>
Choice<Value> ChoiceOf(const Named& table) {
  std::vector<typename Choice<Value>::Word> words;
  for (const auto& entry : table) {
    std::vector<std::string> names = {std::string(entry.zh),
                                      std::string(entry.en)};
    const absl::string_view aliases(entry.aliases.data(), entry.aliases.size());
    for (const absl::string_view alias :
         absl::StrSplit(aliases, '|', absl::SkipEmpty())) {
      names.emplace_back(alias);
    }
    words.push_back({static_cast<Value>(entry.value), std::move(names)});
  }
  return Choice<Value>(std::move(words));
}

}  // namespace jiedui::sheet
