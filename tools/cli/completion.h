// Shell completion, made from the tree of commands.
#pragma once

#include <string>
#include <string_view>

#include "tools/cli/command.h"

namespace jiedui::cli {

// A script for "bash", "zsh" or "fish"; empty for another shell.
std::string CompletionScript(const Command& root, std::string_view shell,
                             Language language);

}  // namespace jiedui::cli
