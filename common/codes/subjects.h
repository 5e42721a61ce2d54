// Subjects of GB/T 13745-2009 学科分类与代码: first-level subjects (3 digits),
// second (5) and third (7), under five sections (A–E).
//
// The table is immutable and read once, at the first use. Everything here is
// thread-safe; a `const Subject*` is valid for the life of the program.
#pragma once

#include <span>
#include <string_view>

namespace jiedui::codes {

// Similarities and strengths of this folder are whole millionths.
inline constexpr int kMillion = 1'000'000;

struct Subject {
  std::string_view code;  // "210", "21040", "2104020"; "B" for a section.
  std::string_view name;  // "农学"
  // The subject of the next shorter code there is, at last the section; null
  // for a section. (The standard itself prints a few third-level subjects
  // under no second-level one: their parent is the first-level subject.)
  const Subject* parent = nullptr;
};

// All of them in the standard's order; sections stand before their subjects.
std::span<const Subject> AllSubjects();

// By section letter or 3, 5 or 7 digits. Null when there is no such subject.
const Subject* FindSubject(std::string_view code);

// By its exact name. A name that stands at two levels means the broader
// subject (农产品贮藏与加工 is 21045, not its child); one that stands twice at
// the same level, the one of the smaller code. Null when there is none.
const Subject* FindSubjectByName(std::string_view name);

// How near two subjects are, in millionths:
//   the same, and the standard divides it no further           1,000,000
//   one is the other or lies in it, 5 digits: 园艺学, 果树学     800,000
//   parts of one subject of 5 digits: 果树学, 蔬菜学             550,000
//   one is the other or lies in it, 3 digits: 农学, 园艺学       450,000
//   parts of one discipline only: 园艺学, 土壤学                 300,000
//   else                                                               0
// So 21040 against itself is 800,000: who says no more than 园艺学 may know
// another part of it than is asked for. 24020 (水产养殖学), which has no parts,
// is as exact as 7 digits. REQUIRES: both are codes of the table.
int SubjectSimilarity(std::string_view a, std::string_view b);

}  // namespace jiedui::codes
