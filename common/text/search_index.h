// Finds documents by the words in them, and documents that say nearly the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "common/text/tokens.h"

namespace jiedui::text {

// An inverted index in memory, rebuilt from stored documents at start.
//
// Indexes Han pairs and words, not terms of a lexicon: the longest term of a
// query need not be the longest at its place in a document, so that asking for
// all of a query's terms would miss documents that hold its very characters.
//
// Memory, measured: 0.9 KB for a document of 160 distinct tokens (some 180
// characters), 445 MB for 500,000 of them. At that size a Put takes 27 µs, a
// duplicates lookup 1–2 ms, and a Search as long as its rarest tokens' lists
// and its results ask for (2 ms for 6,000 results).
// Thread-safe: readers run side by side.
class SearchIndex {
 public:
  SearchIndex() = default;
  SearchIndex(const SearchIndex&) = delete;
  SearchIndex& operator=(const SearchIndex&) = delete;

  // Adds a document, or replaces its text.
  void Put(std::string_view id, std::string_view text);

  // No effect on an unknown id.
  void Erase(std::string_view id);

  // The ids of the documents that hold every token of the query, in
  // lexicographic order. A lone Han character (茶) is looked for anywhere in a
  // document. None when the query has no token.
  std::vector<std::string> Search(std::string_view query) const;

  struct Neighbour {
    std::string id;
    // |common tokens| × 10⁶ / |tokens of either|, rounded down.
    int64_t similarity_ppm;
    friend bool operator==(const Neighbour&, const Neighbour&) = default;
  };

  // At most `limit` documents whose similarity to `text` is at least
  // `at_least_ppm` (1 … 10⁶), most similar first, ties by id. Exact. The higher
  // the threshold, the faster.
  std::vector<Neighbour> Similar(std::string_view text, size_t limit,
                                 int64_t at_least_ppm) const;

  size_t size() const;

 private:
  using DocNumber = uint32_t;
  using ListNumber = uint32_t;

  // Rising numbers, each as the varint of its distance from the one before.
  class NumberList {
   public:
    // REQUIRES: `number` is above all before it.
    void Append(uint32_t number);
    void AppendTo(std::vector<uint32_t>& out) const;
    size_t size() const { return size_; }

   private:
    std::string bytes_;
    uint32_t last_ = 0;
    uint32_t size_ = 0;
  };

  struct Document {
    std::string id;
    NumberList lists;  // of its tokens; empty when erased
    bool live = false;
  };

  // The lists of a query's tokens, the shortest first; each is read once.
  std::vector<std::vector<DocNumber>> ListsOf(const std::vector<Token>& tokens)
      const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  std::vector<DocNumber> DocumentsWithHan(char32_t han) const
      ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // The documents that may reach `need` tokens in common with a query.
  std::vector<DocNumber> Candidates(const std::vector<ListNumber>& by_length,
                                    size_t query_size, size_t need) const
      ABSL_SHARED_LOCKS_REQUIRED(mutex_);

  ListNumber ListFor(Token token) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Append(std::string id, const std::vector<ListNumber>& lists)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Retire(DocNumber number) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Erased documents stay in the lists until they outnumber the others.
  void CompactIfWorthwhile() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<Token, ListNumber> list_of_ ABSL_GUARDED_BY(mutex_);
  std::vector<NumberList> lists_ ABSL_GUARDED_BY(mutex_);
  // The lists of the pairs a Han character is in, and its list as a lone one.
  absl::flat_hash_map<char32_t, std::vector<ListNumber>> lists_with_han_
      ABSL_GUARDED_BY(mutex_);
  std::vector<Document> documents_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, DocNumber> number_of_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiedui::text
