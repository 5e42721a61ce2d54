// Resource names: "demands/D00000012" is the twelfth demand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jiedui::runtime {

// collection "/" letter number, the number zero-padded to 8 digits so that
// names sort in the order of their creation.
std::string NumberedName(std::string_view collection, char letter,
                         uint64_t number);

}  // namespace jiedui::runtime
