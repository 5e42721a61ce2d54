#include "services/matcher/engine/corps.h"

#include <algorithm>
#include <numeric>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {
namespace {

using codes::RegionLevel;

constexpr int32_t kStrengthPerProficiency = 200;  // ‰; proficiency 5 is full
constexpr size_t kMostAvoided = 255;

uint8_t DialectBits(const std::vector<codes::Dialect>& dialects) {
  uint8_t bits = 0;
  for (codes::Dialect dialect : dialects) {
    bits |= static_cast<uint8_t>(1u << static_cast<int>(dialect));
  }
  return bits;
}

}  // namespace

PlaceIndex RegionServed(PlaceIndex base, codes::Tier tier, codes::Line line) {
  int level = static_cast<int>(tier);
  if (line == codes::Line::kSociety || line == codes::Line::kUniversity) {
    level = std::max(level - 1, static_cast<int>(RegionLevel::kProvince));
  }
  const codes::Region* served =
      RegionOf(base).AncestorAt(static_cast<RegionLevel>(level));
  return served == nullptr ? base : IndexOf(*served);
}

void Corps::Add(const Volunteer& volunteer) {
  const FactsInput input = InputOf(volunteer);
  facts_.Add(input);
  duties_.push_back(DutyOf(volunteer, input.scalars.place));
  ids_ += volunteer.id;
  id_ends_.push_back(static_cast<uint32_t>(ids_.size()));
}

FactsInput Corps::InputOf(const Volunteer& volunteer) {
  FactsInput input;
  for (const Skill& skill : volunteer.skills) {
    input.skills.push_back(
        {IndexOfSubject(skill.subject),
         static_cast<uint16_t>(skill.proficiency * kStrengthPerProficiency),
         skill.expires.value_or(kNeverExpires)});
  }
  for (const std::string& industry : volunteer.industries) {
    input.industries.push_back(IndexOfIndustry(industry));
  }
  input.availability = volunteer.availability;
  input.tokens = dictionary_.Tokens(volunteer.text);
  Facts& scalars = input.scalars;
  scalars.place = IndexOfPlace(volunteer.region);
  scalars.title = volunteer.title;
  scalars.tier = volunteer.tier;
  scalars.category = volunteer.category;
  scalars.dialects = DialectBits(volunteer.dialects);
  scalars.rating_f = SmoothedRating(policy_, volunteer.rating);
  scalars.acceptance_f =
      SmoothedAcceptance(policy_, volunteer.accepted, volunteer.offered);
  return input;
}

Corps::Duty Corps::DutyOf(const Volunteer& volunteer, PlaceIndex base) {
  Duty duty;
  duty.serves = RegionServed(base, volunteer.tier, volunteer.line);
  duty.capacity =
      static_cast<uint32_t>(std::clamp(volunteer.capacity, 0, kMostCapacity));
  duty.tier = static_cast<uint32_t>(volunteer.tier) - 1;
  duty.mode = static_cast<uint32_t>(volunteer.mode);
  duty.avoided = static_cast<uint32_t>(avoided_.size());
  const auto avoid = [this](NameId name) {
    if (name >= 0) avoided_.push_back(name);
  };
  avoid(dictionary_.Name(volunteer.employer));
  avoid(dictionary_.CreditCode(volunteer.employer_credit_code));
  for (const std::string& conflict : volunteer.conflicts) {
    avoid(dictionary_.Name(conflict));
  }
  const size_t count = avoided_.size() - duty.avoided;
  duty.avoided_count = static_cast<uint32_t>(std::min(count, kMostAvoided));
  return duty;
}

void Corps::Seal() {
  const std::vector<int32_t> order = Order();
  FactsTable facts;
  facts.CopyFrom(facts_, order);
  facts_ = std::move(facts);
  BigList<Duty> duties;
  BigList<NameId> avoided_names;
  std::string ids;
  std::vector<uint32_t> ends;
  duties.reserve(order.size());
  avoided_names.reserve(avoided_.size());
  ends.reserve(order.size());
  ids.reserve(ids_.size());
  for (int32_t row : order) {
    Duty& moved = duties.emplace_back(duty(row));
    const std::span<const NameId> names = avoided(row);
    moved.avoided = static_cast<uint32_t>(avoided_names.size());
    avoided_names.insert(avoided_names.end(), names.begin(), names.end());
    ids += id(row);
    ends.push_back(static_cast<uint32_t>(ids.size()));
  }
  duties_ = std::move(duties);
  avoided_ = std::move(avoided_names);
  ids_ = std::move(ids);
  id_ends_ = std::move(ends);
  IndexIds();
  for (int32_t row = 0; row < size(); ++row) Post(row);
  postings_.Pack();
}

std::vector<int32_t> Corps::Order() const {
  std::vector<std::pair<uint64_t, int32_t>> rows;
  rows.reserve(duties_.size());
  for (int32_t row = 0; row < size(); ++row) {
    rows.emplace_back(Neighbourhood(row), row);
  }
  std::sort(rows.begin(), rows.end(), [this](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : id(a.second) < id(b.second);
  });
  std::vector<int32_t> order;
  order.reserve(rows.size());
  for (const auto& [neighbourhood, row] : rows) order.push_back(row);
  return order;
}

uint64_t Corps::Neighbourhood(int32_t row) const {
  SkillFact best;
  for (const SkillFact& skill : facts_[row].skills) {
    if (skill.strength > best.strength) best = skill;
  }
  return static_cast<uint64_t>(serves(row)) << 40 |
         static_cast<uint64_t>(tier(row)) << 32 |
         static_cast<uint64_t>(best.subject) << 16 |
         static_cast<uint16_t>(~best.strength);
}

void Corps::IndexIds() {
  sealed_ = size();
  by_id_.resize(static_cast<size_t>(sealed_));
  std::iota(by_id_.begin(), by_id_.end(), 0);
  std::sort(by_id_.begin(), by_id_.end(),
            [this](int32_t a, int32_t b) { return id(a) < id(b); });
}

void Corps::Post(int32_t row) {
  postings_.Add(serves(row), tier(row), facts_[row], mode(row), row);
}

int32_t Corps::Put(const Volunteer& volunteer) {
  int32_t row = Find(volunteer.id);
  if (row == kNobody) {
    row = size();
    Add(volunteer);
    added_[volunteer.id] = row;
  } else {
    postings_.Remove(serves(row), tier(row), facts_[row], row);
    const FactsInput input = InputOf(volunteer);
    facts_.Replace(row, input);
    duties_[static_cast<size_t>(row)] = DutyOf(volunteer, input.scalars.place);
  }
  Post(row);
  return row;
}

std::string_view Corps::id(int32_t row) const {
  const auto at = static_cast<size_t>(row);
  const uint32_t begin = at == 0 ? 0 : id_ends_[at - 1];
  return std::string_view(ids_).substr(begin, id_ends_[at] - begin);
}

int32_t Corps::Find(std::string_view id) const {
  const auto found =
      std::lower_bound(by_id_.begin(), by_id_.end(), id,
                       [this](int32_t row, std::string_view sought) {
                         return this->id(row) < sought;
                       });
  if (found != by_id_.end() && this->id(*found) == id) return *found;
  const auto late = added_.find(absl::string_view(id.data(), id.size()));
  return late == added_.end() ? kNobody : late->second;
}

std::span<const NameId> Corps::avoided(int32_t row) const {
  return std::span<const NameId>(avoided_.data() + duty(row).avoided,
                                 duty(row).avoided_count);
}

int64_t Corps::index_bytes() const {
  return facts_.bytes() + postings_.bytes() +
         static_cast<int64_t>(duties_.capacity() * sizeof(Duty) +
                              avoided_.capacity() * sizeof(NameId));
}

}  // namespace jiedui::matcher::engine
