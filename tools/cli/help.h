// Help pages, made from the tree of commands.
#pragma once

#include <string>
#include <vector>

#include "tools/cli/command.h"

namespace jiedui::cli {

// The page of the last command of `path`, which begins with the program.
std::string HelpPage(const std::vector<const Command*>& path,
                     Language language);

}  // namespace jiedui::cli
