// The program: its tree of commands, its options, one run of it.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "tools/cli/command.h"
#include "tools/cli/connection.h"
#include "tools/cli/messages.h"

namespace jiedui::cli {

// The whole tree, "jiedui" at its root. Built once.
const Command& Program();

// What a run takes from the world.
struct World {
  Environment environment;  // getenv; empty for what is not set
  StartLocalServer start_local;
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;
};

// Runs one command line (without the program's name) and returns the exit code
// (errors.h). Errors are written to `err` in the language asked for.
int RunProgram(const std::vector<std::string>& words, const World& world);

}  // namespace jiedui::cli
