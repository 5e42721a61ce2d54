// Ids of timers that are about one version of one record: kind/<name>/<fence>.
// One whose fence is no longer the present one changes nothing when it fires.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jiedui::matcher {

struct Fenced {
  std::string name;
  uint64_t fence = 0;
};

std::string FencedTimer(std::string_view kind, std::string_view name,
                        uint64_t fence);

// Of the id behind its kind; an empty name when it is of another form.
Fenced ParseFenced(std::string_view rest);

}  // namespace jiedui::matcher
