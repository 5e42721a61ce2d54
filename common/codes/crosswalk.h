// Which subjects serve which industries: the project's own hand-made table
// (crosswalk.csv, whose head says how it was made and how to mend it).
#pragma once

#include <string_view>

namespace jiedui::codes {

// How strongly `subject` (GB/T 13745 code) serves `industry` (GB/T 4754 code),
// in millionths, 0 … 1,000,000. The most specific row of the table that covers
// both decides: the longest subject prefix first, then the longest industry
// prefix (3 digits, 2, the section). A row covers codes at or below its own, so
// a broad question is not answered by a narrow row. 0 when no row covers them.
// REQUIRES: codes of the tables (Subject::code, Industry::code); others give 0
// or what their longest known prefix gives. Thread-safe.
int CrosswalkStrength(std::string_view subject, std::string_view industry);

// Number of rows; for tests and `jiedui version`.
int CrosswalkRowCount();

}  // namespace jiedui::codes
