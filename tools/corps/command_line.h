// The command line of the program corps.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/corps/options.h"

namespace jiedui::corps {

struct CommandLine {
  Options options;
  std::string out;  // The folder to write to.
  bool force = false;
  bool help = false;  // Then nothing else counts.
};

// `words` is without the program's name; values follow as the next word or
// after '='. Errors: kUnknownValue for an unknown option, kFieldRequired for a
// value or --out left out, kFieldMalformed for what is no number, and those of
// Validate.
absl::StatusOr<CommandLine> ParseCommandLine(
    const std::vector<std::string>& words);

std::string_view HelpText();

// The whole program: messages and progress go to standard error, the help to
// standard output. Returns the exit code: 0; 2 for a wrong command line; 1 when
// the sheets cannot be written.
int Run(const std::vector<std::string>& words);

}  // namespace jiedui::corps
