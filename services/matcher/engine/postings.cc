#include "services/matcher/engine/postings.h"

#include <algorithm>
#include <tuple>

namespace jiedui::matcher::engine {
namespace {

constexpr uint32_t kRowBits = 30;
constexpr uint32_t kStrengthBits = 3;
constexpr uint32_t kSubjectBits = 12;
constexpr uint32_t kTierBits = 2;  // place has the 17 above

// Sorts as cells and their rows stand.
uint64_t EntryKey(PlaceIndex place, codes::Tier tier, SubjectIndex subject,
                  uint32_t strength, int32_t row) {
  uint64_t key = static_cast<uint32_t>(place);
  key = key << kTierBits | (static_cast<uint64_t>(tier) - 1);
  key = key << kSubjectBits | subject;
  key = key << kStrengthBits | (kStrengthLevels - strength);
  return key << kRowBits | static_cast<uint32_t>(row);
}

PlaceIndex PlaceOf(uint64_t key) {
  return static_cast<PlaceIndex>(
      key >> (kRowBits + kStrengthBits + kSubjectBits + kTierBits));
}

uint32_t Field(uint64_t key, uint32_t shift, uint32_t bits) {
  return static_cast<uint32_t>(key >> shift) & ((1u << bits) - 1);
}

}  // namespace

void Postings::Add(PlaceIndex place, codes::Tier tier, const Facts& facts,
                   Mode mode, int32_t row) {
  ForEachToken(facts.tokens, [this](TokenId token) {
    if (token >= known_.size()) known_.resize(token + 1);
    known_[token] = true;
  });
  const uint64_t signature = packed_ ? 0 : SignatureOf(facts.tokens);
  for (size_t i = 0; i < facts.skills.size(); ++i) {
    const SubjectIndex subject = facts.skills[i].subject;
    if (!packed_) {
      unpacked_.push_back(
          {EntryKey(place, tier, subject, StrengthLevel(facts.skills[i]), row),
           signature, Digest::Of(facts, mode, i)});
      continue;
    }
    auto& rows = added_[KeyOf({place, tier, DisciplineOf(subject)})];
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) {
      rows.push_back(row);
    }
  }
}

void Postings::Pack() {
  std::sort(unpacked_.begin(), unpacked_.end(),
            [](const Entry& a, const Entry& b) { return a.key < b.key; });
  const PlaceIndex last =
      unpacked_.empty() ? -1 : PlaceOf(unpacked_.back().key);
  first_cell_.assign(static_cast<size_t>(last) + 2, 0);
  rows_.reserve(unpacked_.size());
  signatures_.reserve(unpacked_.size());
  digests_.reserve(unpacked_.size());
  for (size_t i = 0; i < unpacked_.size(); ++i) {
    const uint64_t key = unpacked_[i].key;
    // One may have a subject twice.
    if (i > 0 && key == unpacked_[i - 1].key) continue;
    if (i == 0 || key >> kRowBits != unpacked_[i - 1].key >> kRowBits) {
      Cell& cell = cells_.emplace_back();
      uint32_t shift = kRowBits;
      cell.begin = static_cast<uint32_t>(rows_.size());
      cell.strength = static_cast<uint8_t>(kStrengthLevels -
                                           Field(key, shift, kStrengthBits));
      shift += kStrengthBits;
      cell.subject = static_cast<SubjectIndex>(Field(key, shift, kSubjectBits));
      shift += kSubjectBits;
      cell.tier = static_cast<uint8_t>(Field(key, shift, kTierBits) + 1);
      ++first_cell_[static_cast<size_t>(PlaceOf(key)) + 1];
    }
    rows_.push_back(static_cast<int32_t>(Field(key, 0, kRowBits)));
    signatures_.push_back(unpacked_[i].signature);
    digests_.push_back(unpacked_[i].digest);
  }
  cells_.emplace_back().begin = static_cast<uint32_t>(rows_.size());
  for (size_t i = 1; i < first_cell_.size(); ++i) {
    first_cell_[i] += first_cell_[i - 1];
  }
  unpacked_ = {};
  cells_.shrink_to_fit();
  packed_ = true;
}

void Postings::Remove(PlaceIndex place, codes::Tier tier, const Facts& facts,
                      int32_t row) {
  const auto at = static_cast<size_t>(row);
  if (at >= removed_.size()) removed_.resize(at + 1);
  removed_[at] = true;
  for (const SkillFact& skill : facts.skills) {
    const auto found =
        added_.find(KeyOf({place, tier, DisciplineOf(skill.subject)}));
    if (found != added_.end()) std::erase(found->second, row);
  }
}

std::span<const Postings::Cell> Postings::Cells(const Post& post) const {
  const auto place = static_cast<size_t>(post.place);
  if (place + 1 >= first_cell_.size()) return {};
  const auto tier = static_cast<uint8_t>(post.tier);
  const SubjectRange subjects = SubjectsOf(post.discipline);
  const auto before = [](const Cell& cell, std::pair<uint8_t, int32_t> key) {
    return std::make_pair(cell.tier, int32_t{cell.subject}) < key;
  };
  const auto end = cells_.begin() + first_cell_[place + 1];
  const auto from =
      std::lower_bound(cells_.begin() + first_cell_[place], end,
                       std::make_pair(tier, int32_t{subjects.first}), before);
  const auto to = std::lower_bound(
      from, end, std::make_pair(tier, int32_t{subjects.last} + 1), before);
  return std::span<const Cell>(from, to);
}

std::span<const int32_t> Postings::Added(const Post& post) const {
  if (added_.empty()) return {};
  const auto found = added_.find(KeyOf(post));
  if (found == added_.end()) return {};
  return found->second;
}

int64_t Postings::bytes() const {
  const auto of = [](const auto& list) {
    return static_cast<int64_t>(list.capacity() * sizeof(list[0]));
  };
  return of(cells_) + of(first_cell_) + of(rows_) + of(signatures_) +
         of(digests_) + static_cast<int64_t>(known_.capacity() / 8);
}

}  // namespace jiedui::matcher::engine
