// Reads a command line against the tree of commands.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/cli/command.h"

namespace jiedui::cli {

struct Parsed {
  // From the program down to the command meant; never empty. The last one may
  // be a group when help is asked for it.
  std::vector<const Command*> path;
  // Of the command itself and of all above it.
  Arguments arguments;
  bool help = false;

  const Command& command() const { return *path.back(); }
};

// Arguments of the program itself (global options) may stand anywhere; the one
// called "help" asks for help, whatever else is wrong. What cannot be
// understood is a usage error (errors.h) that says what, what was probably
// meant, and where the help is. `words` is without the program's name; `root`
// must outlive the result.
absl::StatusOr<Parsed> Parse(const Command& root,
                             const std::vector<std::string>& words,
                             Language language);

// "jiedui demand post".
std::string Spelled(const std::vector<const Command*>& path);

}  // namespace jiedui::cli
