// What tables this binary carries: part of the identity of a round, so that it
// can be told later by which codes it was made.
#pragma once

#include <string_view>

namespace jiedui::codes {

// "regions 2023-06-30 / GB/T 13745-2009 / GB/T 4754-2017 / crosswalk 1".
std::string_view TablesVersion();

// SHA-256 of the four tables, byte for byte as committed, in hexadecimal. The
// same for every build of the same tables. Computed once; thread-safe.
std::string_view TablesHash();

// Reads all tables now rather than at their first use: for a server's start.
void LoadTables();

}  // namespace jiedui::codes
