#include "services/matcher/engine/postings.h"

#include <algorithm>
#include <tuple>

namespace jiedui::matcher::engine {

void Postings::Add(PlaceIndex place, codes::Tier tier,
                   std::span<const SkillFact> skills, int32_t row) {
  for (const SkillFact& skill : skills) {
    const DisciplineIndex discipline = DisciplineOf(skill.subject);
    if (!packed_) {
      unpacked_.push_back(
          {place, static_cast<uint8_t>(tier), discipline, skill.subject, row});
      continue;
    }
    std::vector<int32_t>& rows = added_[KeyOf({place, tier, discipline})];
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) {
      rows.push_back(row);
    }
  }
}

void Postings::Pack() {
  const auto cell_of = [](const Entry& entry) {
    return std::tie(entry.place, entry.tier, entry.discipline, entry.subject);
  };
  std::sort(unpacked_.begin(), unpacked_.end(),
            [&](const Entry& a, const Entry& b) {
              return std::tuple_cat(cell_of(a), std::tie(a.row)) <
                     std::tuple_cat(cell_of(b), std::tie(b.row));
            });
  const PlaceIndex last = unpacked_.empty() ? -1 : unpacked_.back().place;
  first_cell_.assign(static_cast<size_t>(last) + 2, 0);
  rows_.reserve(unpacked_.size());
  for (size_t i = 0; i < unpacked_.size(); ++i) {
    const Entry& entry = unpacked_[i];
    const bool fresh = i == 0 || cell_of(unpacked_[i - 1]) != cell_of(entry);
    if (fresh) {
      cells_.push_back({static_cast<uint32_t>(rows_.size()), entry.discipline,
                        entry.subject, entry.tier});
      ++first_cell_[static_cast<size_t>(entry.place) + 1];
    }
    // One may have a subject twice.
    if (fresh || rows_.back() != entry.row) rows_.push_back(entry.row);
  }
  cells_.push_back({static_cast<uint32_t>(rows_.size()), 0, 0, 0});
  for (size_t i = 1; i < first_cell_.size(); ++i) {
    first_cell_[i] += first_cell_[i - 1];
  }
  unpacked_ = {};
  cells_.shrink_to_fit();
  rows_.shrink_to_fit();
  packed_ = true;
}

std::span<const Postings::Cell> Postings::Cells(const Post& post) const {
  const auto place = static_cast<size_t>(post.place);
  if (place + 1 >= first_cell_.size()) return {};
  const auto begin = cells_.begin() + first_cell_[place];
  const auto end = cells_.begin() + first_cell_[place + 1];
  const auto sought =
      std::make_tuple(static_cast<uint8_t>(post.tier), post.discipline);
  const auto from =
      std::lower_bound(begin, end, sought, [](const Cell& cell, auto key) {
        return std::make_tuple(cell.tier, cell.discipline) < key;
      });
  const auto to =
      std::upper_bound(from, end, sought, [](auto key, const Cell& cell) {
        return key < std::make_tuple(cell.tier, cell.discipline);
      });
  return std::span<const Cell>(from, to);
}

std::span<const int32_t> Postings::Added(const Post& post) const {
  if (added_.empty()) return {};
  const auto found = added_.find(KeyOf(post));
  if (found == added_.end()) return {};
  return found->second;
}

int64_t Postings::bytes() const {
  return static_cast<int64_t>(cells_.capacity() * sizeof(Cell) +
                              first_cell_.capacity() * sizeof(uint32_t) +
                              rows_.capacity() * sizeof(int32_t));
}

}  // namespace jiedui::matcher::engine
