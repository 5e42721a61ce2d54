// Rows as CSV: UTF-8 without a byte order mark, Chinese headers, \n after every
// row. The columns are those of the importers' templates. All thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tools/corps/corps.h"

namespace jiedui::corps {

// "V-0000001" for the volunteer of index 0: stable, whatever the counts.
std::string VolunteerId(uint64_t index);
std::string TeamId(uint64_t index);

// Appends one row to `out`. Regions are written as codes in rows of even index
// and as paths in the others, except where a path would name another region.
void AppendRow(const Volunteer& volunteer, std::string& out);
void AppendRow(const Team& team, std::string& out);
void AppendRow(const Enterprise& enterprise, std::string& out);
void AppendRow(const Project& project, std::string& out);
void AppendRow(const Station& station, std::string& out);
void AppendRow(const Specialty& specialty, std::string& out);
void AppendRow(const Demand& demand, std::string& out);

// One sheet: its file, its row of headers, and how a row of it is made.
struct Sheet {
  std::string_view file;
  std::string_view header;
  uint64_t (*count)(const Corps& corps);
  // REQUIRES: index < count(corps).
  void (*append)(const Corps& corps, uint64_t index, std::string& out);
};

// In the order in which importing finds all it refers to, as far as there is
// one (teams and volunteers name each other).
std::span<const Sheet> Sheets();

}  // namespace jiedui::corps
