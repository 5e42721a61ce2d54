#include "common/store/store.h"

namespace jiedui::store {

std::string PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) ++end.back();
  return end;
}

void ScanPrefix(const Reader& reader, std::string_view prefix, Visitor visit) {
  reader.Scan(prefix, PrefixEnd(prefix), visit);
}

}  // namespace jiedui::store
