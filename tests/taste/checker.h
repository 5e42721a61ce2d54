// The taste check: what the compiler does not see, but a reader does.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace jiedui::taste {

struct Violation {
  std::string file;  // from the root
  int line;          // from 1
  std::string rule;  // a short stable name
  std::string what;
  std::string remedy;

  // "file:line: [rule] what; instead: remedy"
  std::string ToString() const;
};

// Checks one file of text. `file` is its path from the root, which decides
// what holds for it. Adds to `violations`, in the order of lines.
void CheckFile(std::string_view file, std::string_view text,
               std::vector<Violation>& violations);

struct Report {
  int files = 0;
  std::vector<Violation> violations;  // by file, then line
};

// Checks every file under `root` that rules.h says is to be checked. Throws
// std::filesystem::filesystem_error when the tree cannot be read.
Report CheckTree(const std::filesystem::path& root);

}  // namespace jiedui::taste
