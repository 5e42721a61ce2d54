// Industries of GB/T 4754-2017 国民经济行业分类: sections (门类, a letter),
// divisions (大类, 2 digits), groups (中类, 3) and classes (小类, 4).
//
// The table is immutable and read once, at the first use. Everything here is
// thread-safe; a `const Industry*` is valid for the life of the program.
#pragma once

#include <span>
#include <string_view>

namespace jiedui::codes {

struct Industry {
  std::string_view code;  // "C", "15", "153", "1530"
  std::string_view name;  // "精制茶加工"
  // The industry of the next shorter code there is (a group with one class of
  // the same name is printed as that class only: 1530's parent is 15), at last
  // the section; null for a section.
  const Industry* parent = nullptr;
};

// All of them in the standard's order; a parent stands before its children.
std::span<const Industry> AllIndustries();

// By section letter or 2, 3 or 4 digits, also with the section's letter before
// the digits as registers print it ("C1530"). A group that the standard prints
// as its only class is found as that class ("153" gives 1530). Null when there
// is no such industry.
const Industry* FindIndustry(std::string_view code);

// By its exact name. A name that stands at several levels means the longest
// code (教育 is 83, not P; 国际组织 is 9700): it says the same and matches more
// closely. Null when there is none.
const Industry* FindIndustryByName(std::string_view name);

// The letter of the section an industry belongs to; '\0' when `code` is not one
// of an industry (as FindIndustry finds it).
char IndustrySection(std::string_view code);

// How near two industries are, in millionths, by what their codes share: 4
// digits → 1,000,000, 3 → 800,000, 2 → 500,000, the section → 150,000, else 0.
// Only digits that both codes have can be shared.
// REQUIRES: both are codes of the table (Industry::code).
int IndustrySimilarity(std::string_view a, std::string_view b);

}  // namespace jiedui::codes
