#include "common/text/search_index.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace jiedui::text {
namespace {

constexpr int64_t kWhole = 1'000'000;
constexpr size_t kTolerableErased = 1024;

absl::string_view Key(std::string_view id) { return {id.data(), id.size()}; }

int64_t CeilDivide(int64_t a, int64_t b) { return (a + b - 1) / b; }

// Two rising lists.
size_t CountCommon(const std::vector<uint32_t>& a,
                   const std::vector<uint32_t>& b) {
  size_t common = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    common += a[i] == b[j];
    const bool advance_a = a[i] <= b[j];
    const bool advance_b = b[j] <= a[i];
    i += advance_a;
    j += advance_b;
  }
  return common;
}

}  // namespace

void SearchIndex::NumberList::Append(uint32_t number) {
  uint32_t distance = number - last_;
  for (; distance >= 0x80; distance >>= 7) {
    bytes_.push_back(static_cast<char>(distance | 0x80));
  }
  bytes_.push_back(static_cast<char>(distance));
  last_ = number;
  ++size_;
}

void SearchIndex::NumberList::AppendTo(std::vector<uint32_t>& out) const {
  uint32_t number = 0;
  uint32_t distance = 0;
  int shift = 0;
  for (const char c : bytes_) {
    const auto byte = static_cast<uint8_t>(c);
    distance |= uint32_t{byte & 0x7fu} << shift;
    shift += 7;
    if (byte & 0x80) continue;
    out.push_back(number += distance);
    distance = 0;
    shift = 0;
  }
}

void SearchIndex::Put(std::string_view id, std::string_view text) {
  const std::vector<Token> tokens = Tokenize(text);
  absl::MutexLock lock(&mutex_);
  std::vector<ListNumber> lists;
  lists.reserve(tokens.size());
  for (const Token token : tokens) lists.push_back(ListFor(token));
  std::sort(lists.begin(), lists.end());

  if (const auto known = number_of_.find(Key(id)); known != number_of_.end()) {
    std::vector<ListNumber> old;
    documents_[known->second].lists.AppendTo(old);
    if (old == lists) return;
    Retire(known->second);
  }
  Append(std::string(id), lists);
  CompactIfWorthwhile();
}

void SearchIndex::Erase(std::string_view id) {
  absl::MutexLock lock(&mutex_);
  const auto known = number_of_.find(Key(id));
  if (known == number_of_.end()) return;
  Retire(known->second);
  number_of_.erase(known);
  CompactIfWorthwhile();
}

std::vector<std::string> SearchIndex::Search(std::string_view query) const {
  const std::vector<Token> tokens = Tokenize(query);
  absl::ReaderMutexLock lock(&mutex_);
  const std::vector<std::vector<DocNumber>> lists = ListsOf(tokens);
  if (lists.empty()) return {};

  std::vector<DocNumber> found = lists.front();
  for (size_t i = 1; i < lists.size() && !found.empty(); ++i) {
    std::vector<DocNumber> both;
    std::set_intersection(found.begin(), found.end(), lists[i].begin(),
                          lists[i].end(), std::back_inserter(both));
    found = std::move(both);
  }
  std::vector<std::string> ids;
  for (const DocNumber number : found) {
    if (documents_[number].live) ids.push_back(documents_[number].id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<SearchIndex::Neighbour> SearchIndex::Similar(
    std::string_view text, size_t limit, int64_t at_least_ppm) const {
  const std::vector<Token> tokens = Tokenize(text);
  if (tokens.empty()) return {};
  absl::ReaderMutexLock lock(&mutex_);
  std::vector<ListNumber> query;
  for (const Token token : tokens) {
    const auto list = list_of_.find(token);
    if (list != list_of_.end()) query.push_back(list->second);
  }
  std::vector<ListNumber> by_length = query;
  std::sort(
      by_length.begin(), by_length.end(),
      [this](ListNumber a, ListNumber b) ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
        return std::pair(lists_[a].size(), a) < std::pair(lists_[b].size(), b);
      });
  std::sort(query.begin(), query.end());

  // common ≥ t · |either| ≥ t · |query|
  const auto size = static_cast<int64_t>(tokens.size());
  const int64_t need =
      std::max<int64_t>(1, CeilDivide(size * at_least_ppm, kWhole));
  std::vector<Neighbour> found;
  std::vector<ListNumber> lists;
  for (const DocNumber number : Candidates(by_length, tokens.size(), need)) {
    const Document& document = documents_[number];
    const auto other = static_cast<int64_t>(document.lists.size());
    if (!document.live ||
        std::min(size, other) * kWhole < std::max(size, other) * at_least_ppm) {
      continue;
    }
    lists.clear();
    document.lists.AppendTo(lists);
    const auto common = static_cast<int64_t>(CountCommon(query, lists));
    const int64_t similarity = common * kWhole / (size + other - common);
    if (similarity >= at_least_ppm) found.push_back({document.id, similarity});
  }
  const auto before = [](const Neighbour& a, const Neighbour& b) {
    return a.similarity_ppm != b.similarity_ppm
               ? a.similarity_ppm > b.similarity_ppm
               : a.id < b.id;
  };
  std::sort(found.begin(), found.end(), before);
  if (found.size() > limit) found.resize(limit);
  return found;
}

size_t SearchIndex::size() const {
  absl::ReaderMutexLock lock(&mutex_);
  return number_of_.size();
}

std::vector<std::vector<SearchIndex::DocNumber>> SearchIndex::ListsOf(
    const std::vector<Token>& tokens) const {
  std::vector<std::vector<DocNumber>> lists;
  for (const Token token : tokens) {
    std::vector<DocNumber>& list = lists.emplace_back();
    if (token.kind() == TokenKind::kHan) {
      list = DocumentsWithHan(token.han());
    } else if (const auto known = list_of_.find(token);
               known != list_of_.end()) {
      lists_[known->second].AppendTo(list);
    }
    if (list.empty()) return {};
  }
  std::sort(lists.begin(), lists.end(),
            [](const auto& a, const auto& b) { return a.size() < b.size(); });
  return lists;
}

std::vector<SearchIndex::DocNumber> SearchIndex::DocumentsWithHan(
    char32_t han) const {
  std::vector<DocNumber> numbers;
  const auto lists = lists_with_han_.find(han);
  if (lists == lists_with_han_.end()) return numbers;
  std::vector<bool> has(documents_.size());
  for (const ListNumber list : lists->second) {
    numbers.clear();
    lists_[list].AppendTo(numbers);
    for (const DocNumber number : numbers) has[number] = true;
  }
  numbers.clear();
  for (DocNumber number = 0; number < has.size(); ++number) {
    if (has[number]) numbers.push_back(number);
  }
  return numbers;
}

// A document with `need` of the query's tokens has at least one of any
// (query − need + 1) of them: the rarest are read. Reading `extra` more asks
// for 1 + extra among those read, which leaves far fewer to look at closely.
std::vector<SearchIndex::DocNumber> SearchIndex::Candidates(
    const std::vector<ListNumber>& by_length, size_t query_size,
    size_t need) const {
  const size_t unknown = query_size - by_length.size();
  if (by_length.size() < need) return {};
  const size_t extra = (need - 1) / 4;
  const size_t read = query_size - need + 1 + extra - unknown;
  std::vector<uint16_t> seen(documents_.size());
  std::vector<DocNumber> candidates;
  std::vector<DocNumber> numbers;
  for (size_t i = 0; i < read; ++i) {
    numbers.clear();
    lists_[by_length[i]].AppendTo(numbers);
    for (const DocNumber number : numbers) {
      if (seen[number]++ == extra) candidates.push_back(number);
    }
  }
  return candidates;
}

SearchIndex::ListNumber SearchIndex::ListFor(Token token) {
  const auto [entry, added] =
      list_of_.try_emplace(token, static_cast<ListNumber>(lists_.size()));
  if (!added) return entry->second;
  lists_.emplace_back();
  if (token.kind() == TokenKind::kHan) {
    lists_with_han_[token.han()].push_back(entry->second);
  } else if (token.kind() == TokenKind::kBigram) {
    lists_with_han_[token.first()].push_back(entry->second);
    lists_with_han_[token.second()].push_back(entry->second);
  }
  return entry->second;
}

void SearchIndex::Append(std::string id, const std::vector<ListNumber>& lists) {
  const auto number = static_cast<DocNumber>(documents_.size());
  NumberList own;
  for (const ListNumber list : lists) {
    lists_[list].Append(number);
    own.Append(list);
  }
  // Copied, not moved: a copy has no spare room.
  documents_.push_back({id, own, /*live=*/true});
  number_of_[std::move(id)] = number;
}

void SearchIndex::Retire(DocNumber number) { documents_[number] = Document(); }

void SearchIndex::CompactIfWorthwhile() {
  const size_t erased = documents_.size() - number_of_.size();
  if (erased <= number_of_.size() + kTolerableErased) return;
  std::vector<Document> documents = std::exchange(documents_, {});
  for (NumberList& list : lists_) list = NumberList();
  std::vector<ListNumber> lists;
  for (Document& document : documents) {
    if (!document.live) continue;
    lists.clear();
    document.lists.AppendTo(lists);
    Append(std::move(document.id), lists);
  }
}

}  // namespace jiedui::text
