#include "services/matcher/engine/facts_table.h"

#include <algorithm>
#include <cstring>

namespace jiedui::matcher::engine {
namespace {

template <typename T, typename Count>
uint32_t Append(const std::vector<T>& list, std::vector<T>& pool,
                Count& count) {
  const size_t most = std::min<size_t>(
      list.size(), static_cast<size_t>(std::numeric_limits<Count>::max()));
  const auto at = static_cast<uint32_t>(pool.size());
  pool.insert(pool.end(), list.begin(),
              list.begin() + static_cast<std::ptrdiff_t>(most));
  count = static_cast<Count>(most);
  return at;
}

void PutNumber(uint32_t number, std::vector<uint8_t>& bytes) {
  while (number >= 0x80) {
    bytes.push_back(static_cast<uint8_t>(number | 0x80));
    number >>= 7;
  }
  bytes.push_back(static_cast<uint8_t>(number));
}

// One past the last byte of packed tokens.
const uint8_t* EndOfTokens(const uint8_t* at) {
  uint32_t count = 0;
  int shift = 0;
  do {
    count |= static_cast<uint32_t>(*at & 0x7f) << shift;
    shift += 7;
  } while (*at++ & 0x80);
  for (; count > 0; --count) {
    while (*at++ & 0x80) {
    }
  }
  return at;
}

template <typename T>
std::span<const T> Slice(const std::vector<T>& pool, uint32_t at,
                         size_t count) {
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
  facts.industries = Slice(industries_, row.industries, row.industry_count);
  facts.availability = Slice(windows_, row.availability, row.window_count);
  facts.members = Slice(members_, row.members, row.member_count);
  facts.tokens = tokens_.data() + row.tokens;
  facts.place = row.place;
  facts.rating_f = row.rating_f;
  facts.acceptance_f = row.acceptance_f;
  facts.leader = row.leader;
  facts.title = static_cast<codes::Title>(row.title);
  facts.tier = static_cast<codes::Tier>(row.tier);
  facts.category = static_cast<Category>(row.category);
  facts.dialects = row.dialects;
  facts.readiness = row.readiness;
  facts.specialty_weight = row.specialty_weight;
  facts.leading = row.leading;
  return facts;
}

void FactsTable::Add(const FactsInput& input) {
  rows_.push_back(MakeRow(input));
}

void FactsTable::Replace(int32_t row, const FactsInput& input) {
  rows_[static_cast<size_t>(row)] = MakeRow(input);
}

FactsTable::Row FactsTable::MakeRow(const FactsInput& input) {
  const Facts& scalars = input.scalars;
  Row row;
  row.skills = Append(input.skills, skills_, row.skill_count);
  row.industries = Append(input.industries, industries_, row.industry_count);
  row.members = Append(input.members, members_, row.member_count);
  row.availability = PutWindows(input.availability);
  row.window_count =
      static_cast<uint8_t>(std::min<size_t>(input.availability.size(), 0xff));
  row.tokens = PutTokens(input.tokens);
  row.place = scalars.place;
  row.rating_f = scalars.rating_f;
  row.acceptance_f = scalars.acceptance_f;
  row.leader = scalars.leader;
  row.title = static_cast<uint8_t>(scalars.title) & 0xf;
  row.tier = static_cast<uint8_t>(scalars.tier) & 0xf;
  row.category = static_cast<uint8_t>(scalars.category) & 0xf;
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
    const auto copy = [](const auto& pool, uint32_t at, size_t count,
                         auto& into) {
      const auto begin = pool.begin() + at;
      const auto to = static_cast<uint32_t>(into.size());
      into.insert(into.end(), begin,
                  begin + static_cast<std::ptrdiff_t>(count));
      return to;
    };
    row.skills = copy(other.skills_, from.skills, from.skill_count, skills_);
    row.industries = copy(other.industries_, from.industries,
                          from.industry_count, industries_);
    row.members =
        copy(other.members_, from.members, from.member_count, members_);
    if (from.tokens != 0) {
      const uint8_t* begin = other.tokens_.data() + from.tokens;
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
  return of(rows_) + of(skills_) + of(industries_) + of(windows_) +
         of(tokens_) + of(members_);
}

}  // namespace jiedui::matcher::engine
