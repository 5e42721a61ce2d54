#include "common/codes/industries.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/codes/embedded.h"
#include "common/codes/subjects.h"

namespace jiedui::codes {
namespace {

bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }

class IndustryTable {
 public:
  static const IndustryTable& Get() {
    static const IndustryTable* const table = new IndustryTable();
    return *table;
  }

  std::span<const Industry> industries() const { return industries_; }

  const Industry* Find(std::string_view code) const {
    if (const Industry* exact = Lookup(by_code_, code)) return exact;
    return code.size() == 3 ? Lookup(by_code_, std::string(code) + '0')
                            : nullptr;
  }
  const Industry* FindByName(std::string_view name) const {
    return Lookup(by_name_, name);
  }

 private:
  using Index = absl::flat_hash_map<std::string_view, const Industry*>;

  IndustryTable() {
    ForEachLine(EmbeddedIndustries(), [&](std::string_view line) {
      const std::string_view code = TakeField(line, ',');
      if (code != "code") industries_.push_back({code, line});
    });
    const Industry* section = nullptr;
    for (Industry& industry : industries_) {
      // Parents come before their children, and longer codes after shorter.
      if (IsLetter(industry.code.front())) {
        section = &industry;
      } else {
        industry.parent = NearestAbove(industry.code, section);
      }
      by_code_.emplace(industry.code, &industry);
      by_name_[industry.name] = &industry;
    }
  }

  const Industry* NearestAbove(std::string_view code,
                               const Industry* section) const {
    for (size_t digits = code.size() - 1; digits >= 2; --digits) {
      if (const Industry* above = Lookup(by_code_, code.substr(0, digits))) {
        return above;
      }
    }
    return section;
  }

  static const Industry* Lookup(const Index& index, std::string_view key) {
    const auto at = index.find(key);
    return at == index.end() ? nullptr : at->second;
  }

  std::vector<Industry> industries_;
  Index by_code_;
  Index by_name_;
};

}  // namespace

std::span<const Industry> AllIndustries() {
  return IndustryTable::Get().industries();
}

const Industry* FindIndustry(std::string_view code) {
  const bool has_section_prefix = code.size() > 2 && IsLetter(code.front());
  if (!has_section_prefix) return IndustryTable::Get().Find(code);
  const Industry* found = IndustryTable::Get().Find(code.substr(1));
  const bool agrees =
      found != nullptr && IndustrySection(found->code) == code.front();
  return agrees ? found : nullptr;
}

const Industry* FindIndustryByName(std::string_view name) {
  return IndustryTable::Get().FindByName(name);
}

char IndustrySection(std::string_view code) {
  const Industry* at = FindIndustry(code);
  if (at == nullptr) return '\0';
  while (at->parent != nullptr) at = at->parent;
  return at->code.front();
}

int IndustrySimilarity(std::string_view a, std::string_view b) {
  size_t shared = 0;
  while (shared < a.size() && shared < b.size() && a[shared] == b[shared]) {
    ++shared;
  }
  if (shared >= 4) return kMillion;
  if (shared >= 3) return 800'000;
  if (shared >= 2) return 500'000;
  const char section = IndustrySection(a);
  return section != '\0' && section == IndustrySection(b) ? 150'000 : 0;
}

}  // namespace jiedui::codes
