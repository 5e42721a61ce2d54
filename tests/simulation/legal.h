// The tables of the services' lives, asked whether a step is one of theirs.
#pragma once

#include <string_view>

namespace jiedui::simulation {

// Whether `verb` leads a thing of that kind (full name of its stored message)
// from one state to the other. Kinds without a life may do anything.
bool IsLegal(std::string_view kind, std::string_view verb,
             std::string_view from, std::string_view to);

}  // namespace jiedui::simulation
