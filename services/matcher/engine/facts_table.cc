#include "services/matcher/engine/facts_table.h"

#include <algorithm>
#include <cstring>

namespace jiedui::matcher::engine {
namespace {

// Appends `list` and returns where, and how many went in.
template <typename T, typename Count>
uint32_t Append(std::span<const T> list, BigList<T>& pool, Count& count) {
  const size_t most = std::min<size_t>(
      list.size(), static_cast<size_t>(std::numeric_limits<Count>::max()));
  const auto at = static_cast<uint32_t>(pool.size());
  pool.insert(pool.end(), list.begin(),
              list.begin() + static_cast<std::ptrdiff_t>(most));
  count = static_cast<Count>(most);
  return at;
}

void PutNumber(uint32_t number, BigList<uint8_t>& bytes) {
  while (number >= 0x80) {
    bytes.push_back(static_cast<uint8_t>(number | 0x80));
    number >>= 7;
  }
  bytes.push_back(static_cast<uint8_t>(number));
}

// One past the last byte of packed tokens.
PackedTokens EndOfTokens(PackedTokens at) {
  for (uint32_t left = GetPackedNumber(at); left > 0; --left) {
    GetPackedNumber(at);
  }
  return at;
}

template <typename T>
std::span<const T> Slice(const BigList<T>& pool, uint32_t at, size_t count) {
  return std::span<const T>(pool.data() + at, count);
}

}  // namespace

void DemandFacts::SetTokens(std::vector<TokenId> ids) {
  tokens = std::move(ids);
  bloom = {};
  for (TokenId token : tokens) {
    const size_t bit = BloomBit(token);
    bloom[bit / 64] |= uint64_t{1} << bit % 64;
  }
}

Facts FactsTable::operator[](int32_t index) const {
  const Row& row = rows_[static_cast<size_t>(index)];
  Facts facts;
  facts.skills = Slice(skills_, row.skills, row.skill_count);
  facts.industries = IndustriesOf(row);
  facts.availability = Slice(windows_, row.availability, row.window_count);
  facts.tokens = tokens_.data() + row.tokens;
  facts.place = row.place;
  facts.rating_f = static_cast<int32_t>(row.rating_f);
  facts.acceptance_f = static_cast<int32_t>(row.acceptance_f);
  facts.title = static_cast<codes::Title>(row.title);
  facts.tier = static_cast<codes::Tier>(row.tier);
  facts.category = static_cast<Category>(row.category);
  facts.dialects = row.dialects;
  facts.readiness = row.readiness;
  facts.specialty_weight = row.specialty_weight;
  facts.leading = row.leading;
  if (static_cast<size_t>(index) < ties_.size()) {
    const Ties& ties = ties_[static_cast<size_t>(index)];
    facts.leader = ties.leader;
    facts.members = Slice(members_, ties.members, ties.member_count);
  }
  return facts;
}

void FactsTable::Add(const FactsInput& input) {
  rows_.push_back(MakeRow(input));
  PutTies(rows_.size() - 1, input);
}

void FactsTable::Replace(int32_t row, const FactsInput& input) {
  rows_[static_cast<size_t>(row)] = MakeRow(input);
  PutTies(static_cast<size_t>(row), input);
}

void FactsTable::PutTies(size_t row, const FactsInput& input) {
  if (row >= ties_.size()) {
    if (input.scalars.leader == kNobody && input.members.empty()) return;
    ties_.resize(row + 1);
  }
  Ties& ties = ties_[row];
  ties.leader = input.scalars.leader;
  ties.members = Append(std::span(input.members), members_, ties.member_count);
}

void FactsTable::PutIndustries(const std::vector<IndustryIndex>& industries,
                               Row& row) {
  if (industries.size() <= kIndustriesInside) {
    row.industry_count = static_cast<uint8_t>(industries.size());
    std::copy(industries.begin(), industries.end(), row.industries);
    return;
  }
  const uint32_t at =
      Append(std::span(industries), industries_, row.industry_count);
  row.industries[0] = static_cast<uint16_t>(at);
  row.industries[1] = static_cast<uint16_t>(at >> 16);
}

FactsTable::Row FactsTable::MakeRow(const FactsInput& input) {
  const Facts& scalars = input.scalars;
  Row row;
  row.skills = Append(std::span(input.skills), skills_, row.skill_count);
  PutIndustries(input.industries, row);
  row.availability = PutWindows(input.availability);
  row.window_count =
      static_cast<uint8_t>(std::min<size_t>(input.availability.size(), 0xff));
  row.tokens = PutTokens(input.tokens);
  row.place = scalars.place;
  row.rating_f = static_cast<uint32_t>(scalars.rating_f) & 0xfffff;
  row.acceptance_f = static_cast<uint32_t>(scalars.acceptance_f) & 0xfffff;
  row.title = static_cast<uint32_t>(scalars.title) & 0xf;
  row.tier = static_cast<uint32_t>(scalars.tier) & 0xf;
  row.category = static_cast<uint32_t>(scalars.category) & 0xf;
  row.readiness = scalars.readiness & 0xf;
  row.dialects = scalars.dialects;
  row.specialty_weight = scalars.specialty_weight & 0x7f;
  row.leading = scalars.leading;
  return row;
}

uint32_t FactsTable::PutTokens(const std::vector<TokenId>& tokens) {
  if (tokens.empty()) return 0;
  const auto at = static_cast<uint32_t>(tokens_.size());
  PutNumber(static_cast<uint32_t>(tokens.size()), tokens_);
  TokenId before = 0;
  for (TokenId token : tokens) {
    PutNumber(token - before, tokens_);
    before = token;
  }
  return at;
}

uint32_t FactsTable::PutWindows(const std::vector<Window>& windows) {
  std::string bytes(windows.size() * sizeof(Window), '\0');
  if (!windows.empty()) std::memcpy(bytes.data(), windows.data(), bytes.size());
  const auto [found, added] = calendars_.try_emplace(
      std::move(bytes), static_cast<uint32_t>(windows_.size()));
  if (added) windows_.insert(windows_.end(), windows.begin(), windows.end());
  return found->second;
}

void FactsTable::CopyFrom(const FactsTable& other,
                          const std::vector<int32_t>& order) {
  *this = FactsTable();
  windows_ = other.windows_;
  calendars_ = other.calendars_;
  rows_.reserve(order.size());
  skills_.reserve(other.skills_.size());
  industries_.reserve(other.industries_.size());
  tokens_.reserve(other.tokens_.size());
  members_.reserve(other.members_.size());
  for (int32_t index : order) {
    const Row& from = other.rows_[static_cast<size_t>(index)];
    Row row = from;
    row.skills = Append(Slice(other.skills_, from.skills, from.skill_count),
                        skills_, row.skill_count);
    if (from.industry_count > kIndustriesInside) {
      const auto industries = other.IndustriesOf(from);
      PutIndustries({industries.begin(), industries.end()}, row);
    }
    if (static_cast<size_t>(index) < other.ties_.size()) {
      const Facts facts = other[index];
      FactsInput input;
      input.scalars.leader = facts.leader;
      input.members.assign(facts.members.begin(), facts.members.end());
      PutTies(rows_.size(), input);
    }
    if (from.tokens != 0) {
      const PackedTokens begin = other.tokens_.data() + from.tokens;
      row.tokens = static_cast<uint32_t>(tokens_.size());
      tokens_.insert(tokens_.end(), begin, EndOfTokens(begin));
    }
    rows_.push_back(row);
  }
}

int64_t FactsTable::bytes() const {
  const auto of = [](const auto& list) {
    return static_cast<int64_t>(list.capacity() * sizeof(list[0]));
  };
  return of(rows_) + of(ties_) + of(skills_) + of(industries_) + of(windows_) +
         of(tokens_) + of(members_);
}

}  // namespace jiedui::matcher::engine
