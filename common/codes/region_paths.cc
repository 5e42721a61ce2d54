#include "common/codes/region_paths.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_replace.h"
#include "common/codes/embedded.h"

namespace jiedui::codes {
namespace {

constexpr uint64_t kGuangdong = 440'000'000'000;
constexpr uint32_t kNone = UINT32_MAX;

bool StripSuffix(std::string_view& text, std::string_view suffix) {
  if (text.size() <= suffix.size() || !text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

template <size_t N>
void StripFirstOf(std::string_view& text,
                  const std::array<std::string_view, N>& suffixes) {
  for (const std::string_view suffix : suffixes) {
    if (StripSuffix(text, suffix)) return;
  }
}

// "柏桥村委会", "柏桥村民委员会", "柏桥社区居委会", "柏桥村" → "柏桥".
std::string_view VillageStem(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kCommittee = {
      "村民委员会", "居民委员会", "村委会", "居委会", "渔委会", "居委"};
  static constexpr std::array<std::string_view, 2> kPlace = {"社区", "村"};
  StripFirstOf(name, kCommittee);
  StripFirstOf(name, kPlace);
  return name;
}

// The name without its generic ending: "茂名", "高州", "根子". A stem of one
// character ("城区" → "城") would be no name, so the whole is kept.
std::string_view Stem(const Region& region) {
  static constexpr std::array<std::string_view, 9> kEndings = {
      "自治区", "自治州", "自治县", "地区", "街道", "省", "市", "区", "县"};
  static constexpr std::array<std::string_view, 3> kTownEndings = {"街道", "镇",
                                                                   "乡"};
  if (region.level() == RegionLevel::kVillage) {
    return VillageStem(region.name());
  }
  std::string_view stem = region.name();
  if (region.level() == RegionLevel::kTownship) {
    StripFirstOf(stem, kTownEndings);
  } else {
    StripFirstOf(stem, kEndings);
  }
  constexpr size_t kOneHanCharacter = 3;  // Bytes of UTF-8.
  return stem.size() > kOneHanCharacter ? stem : region.name();
}

bool HasName(const Region& region, std::string_view name) {
  return region.name() == name;
}

bool HasNameOrStem(const Region& region, std::string_view name) {
  const std::string_view stem = Stem(region);
  return region.name() == name || stem == name ||
         (region.level() == RegionLevel::kVillage && stem == VillageStem(name));
}

// Regions by a key of theirs, in order of code.
class NameIndex {
 public:
  template <typename Key>
  explicit NameIndex(Key key) {
    const std::span<const Region> regions = AllRegions();
    next_.assign(regions.size(), kNone);
    first_.reserve(regions.size());
    for (uint32_t i = static_cast<uint32_t>(regions.size()); i-- > 0;) {
      auto [at, is_new] = first_.try_emplace(key(regions[i]), i);
      if (is_new) continue;
      next_[i] = at->second;
      at->second = i;
    }
  }

  template <typename Visit>
  void ForEach(std::string_view key, Visit visit) const {
    const auto at = first_.find(key);
    if (at == first_.end()) return;
    for (uint32_t i = at->second; i != kNone; i = next_[i]) {
      visit(AllRegions()[i]);
    }
  }

  // True when a region of `lowest` level or above has this key.
  bool ContainsDownTo(RegionLevel lowest, std::string_view key) const {
    bool found = false;
    ForEach(key, [&](const Region& region) {
      found = found || region.level() <= lowest;
    });
    return found;
  }

  bool Contains(std::string_view key) const { return first_.contains(key); }

 private:
  absl::flat_hash_map<std::string_view, uint32_t> first_;
  std::vector<uint32_t> next_;
};

const NameIndex& ByName() {
  static const NameIndex* const index =
      new NameIndex([](const Region& region) { return region.name(); });
  return *index;
}

const NameIndex& ByStem() {
  static const NameIndex* const index = new NameIndex(Stem);
  return *index;
}

using Names = std::vector<std::string>;

// What may stand at the front of names run together: 东莞市, 东莞, 虎门镇, but
// not the short names of counties and townships, which are too many and too
// short not to be found within other names.
bool IsLeadingName(std::string_view name) {
  return ByName().ContainsDownTo(RegionLevel::kTownship, name) ||
         ByStem().ContainsDownTo(RegionLevel::kCity, name);
}

// "广东省茂名市高州市柏桥村" → 广东省, 茂名市, 高州市, 柏桥村: cuts the longest
// known name off the front, again and again; what is left is the last name.
void AppendRunTogether(std::string_view text, Names& names) {
  constexpr size_t kLongestName = 75;  // Bytes; the longest known has 72.
  while (!text.empty()) {
    size_t length = std::min(text.size(), kLongestName);
    while (length > 0 && !IsLeadingName(text.substr(0, length))) {
      --length;
    }
    if (length == 0) length = text.size();
    names.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
}

template <typename Visit>
void ForEachPart(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::string_view part = TakeField(text, '/');
    if (!part.empty()) visit(part);
  }
}

std::string NormaliseSeparators(std::string_view path) {
  return absl::StrReplaceAll(absl::string_view(path.data(), path.size()),
                             {{"＼", "/"},
                              {"－", "/"},
                              {"—", "/"},
                              {"＞", "/"},
                              {"→", "/"},
                              {"·", "/"},
                              {"、", "/"},
                              {"，", "/"},
                              {"\u3000", "/"},
                              {"\\", "/"},
                              {"-", "/"},
                              {">", "/"},
                              {",", "/"},
                              {" ", "/"},
                              {"\t", "/"},
                              {"街道办事处", "街道"}});
}

// Splits `path` into names from the top down.
Names SplitNames(std::string_view path) {
  Names names;
  const auto append = [&](std::string_view part) {
    if (ByName().Contains(part) || ByStem().Contains(part)) {
      names.emplace_back(part);
    } else {
      AppendRunTogether(part, names);
    }
  };
  const std::string slashed = absl::StrReplaceAll(
      absl::string_view(path.data(), path.size()), {{"／", "/"}});
  ForEachPart(slashed, [&](std::string_view part) {
    // A few names contain what separates others: 额敏（兵地、辽阳）工业园区.
    if (ByName().Contains(part)) {
      names.emplace_back(part);
    } else {
      ForEachPart(NormaliseSeparators(part), append);
    }
  });
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (names.size() > 1) {
    names.erase(std::remove(names.begin(), names.end() - 1, "市辖区"),
                names.end() - 1);
  }
  return names;
}

// True when `names` but the last are names of ancestors of `region`, in order.
template <typename IsNamed>
bool LiesUnder(const Region& region, const Names& names, IsNamed is_named) {
  size_t left = names.size() - 1;
  for (const Region* at = region.parent(); at != nullptr && left > 0;
       at = at->parent()) {
    if (is_named(*at, names[left - 1])) --left;
  }
  return left == 0;
}

using Matches = std::vector<const Region*>;

Matches ExactMatches(const Names& names) {
  Matches matches;
  ByName().ForEach(names.back(), [&](const Region& region) {
    if (LiesUnder(region, names, HasName)) matches.push_back(&region);
  });
  return matches;
}

Matches LooseMatches(const Names& names) {
  Matches matches;
  const auto add = [&](const Region& region) {
    if (HasNameOrStem(region, names.back()) &&
        LiesUnder(region, names, HasNameOrStem)) {
      matches.push_back(&region);
    }
  };
  ByName().ForEach(names.back(), add);
  ByStem().ForEach(names.back(), add);
  ByStem().ForEach(VillageStem(names.back()), add);
  std::sort(matches.begin(), matches.end());
  matches.erase(std::unique(matches.begin(), matches.end()), matches.end());
  return matches;
}

// The match that contains all the others; null when there is none. `matches`
// are in order of code, so that only the first can.
const Region* ContainsAll(const Matches& matches) {
  if (matches.empty()) return nullptr;
  const bool contains_all = std::all_of(
      matches.begin(), matches.end(),
      [&](const Region* match) { return match->IsWithin(*matches.front()); });
  return contains_all ? matches.front() : nullptr;
}

const Region* OnlyOneInGuangdong(Matches matches) {
  const Region& guangdong = *FindRegion(kGuangdong);
  std::erase_if(matches, [&](const Region* match) {
    return !match->IsWithin(guangdong);
  });
  return ContainsAll(matches);
}

}  // namespace

RegionMatch FindRegionByPath(std::string_view path) {
  const Names names = SplitNames(path);
  if (names.empty()) return {};
  Matches matches = ExactMatches(names);
  if (matches.empty()) matches = LooseMatches(names);
  if (const Region* all = ContainsAll(matches)) return {all, {}};
  if (const Region* only = OnlyOneInGuangdong(matches)) return {only, {}};
  return {nullptr, std::move(matches)};
}

}  // namespace jiedui::codes
