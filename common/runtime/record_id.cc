#include "common/runtime/record_id.h"

#include "absl/strings/str_format.h"

namespace jiedui::runtime {

std::string NumberedName(std::string_view collection, char letter,
                         uint64_t number) {
  return absl::StrFormat("%s/%c%08d", std::string(collection), letter, number);
}

}  // namespace jiedui::runtime
