#include "services/matcher/app/fenced_timer.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace jiedui::matcher {

std::string FencedTimer(std::string_view kind, std::string_view name,
                        uint64_t fence) {
  return absl::StrCat(std::string(kind), "/", std::string(name), "/", fence);
}

Fenced ParseFenced(std::string_view rest) {
  const size_t slash = rest.rfind('/');
  Fenced fenced;
  if (slash != std::string_view::npos &&
      absl::SimpleAtoi(std::string(rest.substr(slash + 1)), &fenced.fence)) {
    fenced.name = std::string(rest.substr(0, slash));
  }
  return fenced;
}

}  // namespace jiedui::matcher
