#include "common/text/tokens.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "common/text/normalize.h"

namespace jiedui::text {
namespace {

uint64_t Fnv1a60(std::string_view bytes) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : bytes) {
    hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3u;
  }
  return (hash ^ hash >> 60) & ((uint64_t{1} << 60) - 1);
}

bool IsHan(UChar32 c) {
  if (c >= 0x4e00 && c <= 0x9fff) return true;
  return c >= 0x3000 && u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
}

bool IsWordCharacter(UChar32 c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  return u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK;
}

// Reads the code points of a text one after another; -1 at the end.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) { Next(); }

  UChar32 current() const { return current_; }
  size_t offset() const { return offset_; }  // of current()

  void Next() {
    offset_ = next_;
    if (next_ >= text_.size()) {
      current_ = -1;
      return;
    }
    const auto* bytes = reinterpret_cast<const uint8_t*>(text_.data());
    U8_NEXT_OR_FFFD(bytes, next_, text_.size(), current_);
  }

  // True at the point of 2.5.
  bool AtDecimalPoint() const {
    const auto digit = [this](size_t i) {
      return i < text_.size() && text_[i] >= '0' && text_[i] <= '9';
    };
    return current_ == '.' && offset_ > 0 && digit(offset_ - 1) && digit(next_);
  }

 private:
  std::string_view text_;
  size_t offset_ = 0;
  size_t next_ = 0;
  UChar32 current_ = -1;
};

void ReadHan(Reader& reader, std::vector<Token>& out) {
  UChar32 previous = reader.current();
  reader.Next();
  if (!IsHan(reader.current())) {
    out.push_back(Token::Han(previous));
    return;
  }
  for (; IsHan(reader.current()); reader.Next()) {
    out.push_back(Token::Bigram(previous, reader.current()));
    previous = reader.current();
  }
}

void ReadWord(std::string_view text, Reader& reader, std::vector<Token>& out) {
  const size_t start = reader.offset();
  const auto goes_on = [&reader] {
    const UChar32 c = reader.current();
    return (c >= 0 && IsWordCharacter(c) && !IsHan(c)) ||
           reader.AtDecimalPoint();
  };
  while (goes_on()) reader.Next();
  out.push_back(Token::Word(text.substr(start, reader.offset() - start)));
}

// The bigram `text` begins with, or a lone Han when there is none.
Token Opening(std::string_view text) {
  Reader reader(text);
  const UChar32 first = reader.current();
  reader.Next();
  if (!IsHan(first) || !IsHan(reader.current())) return Token::Han(0);
  return Token::Bigram(first, reader.current());
}

}  // namespace

Token Token::Word(std::string_view word) {
  return Token(TokenKind::kWord, Fnv1a60(word));
}

Token Token::Term(std::string_view meaning) {
  return Token(TokenKind::kTerm, Fnv1a60(meaning));
}

Lexicon::Lexicon(const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    std::string word = Normalize(entry.word);
    const Token opening = Opening(word);
    if (opening.kind() != TokenKind::kBigram) continue;
    words_[opening].push_back(
        {std::move(word), Token::Term(Normalize(entry.meaning))});
  }
  for (auto& [opening, words] : words_) {
    // Stable, so that the first entry of a word is met first.
    std::stable_sort(words.begin(), words.end(),
                     [](const Word& a, const Word& b) {
                       return a.text.size() > b.text.size();
                     });
  }
}

std::vector<Token> Lexicon::Find(std::string_view normalized) const {
  std::vector<Token> found;
  UChar32 previous = -1;
  size_t start = 0;  // of `previous`
  size_t taken = 0;  // no term may begin before
  for (Reader reader(normalized); reader.current() >= 0; reader.Next()) {
    const UChar32 c = reader.current();
    if (start >= taken && IsHan(previous) && IsHan(c)) {
      if (const auto words = words_.find(Token::Bigram(previous, c));
          words != words_.end()) {
        const std::string_view rest = normalized.substr(start);
        const auto word = std::find_if(
            words->second.begin(), words->second.end(),
            [&](const Word& w) { return rest.starts_with(w.text); });
        if (word != words->second.end()) {
          found.push_back(word->meaning);
          taken = start + word->text.size();
        }
      }
    }
    previous = c;
    start = reader.offset();
  }
  return found;
}

std::vector<Token> Tokenize(std::string_view text, const Lexicon* lexicon) {
  const std::string normalized = Normalize(text);
  std::vector<Token> tokens;
  tokens.reserve(normalized.size() / 3 + 1);
  for (Reader reader(normalized); reader.current() >= 0;) {
    if (IsHan(reader.current())) {
      ReadHan(reader, tokens);
    } else if (IsWordCharacter(reader.current())) {
      ReadWord(normalized, reader, tokens);
    } else {
      reader.Next();
    }
  }
  if (lexicon != nullptr) {
    const std::vector<Token> terms = lexicon->Find(normalized);
    tokens.insert(tokens.end(), terms.begin(), terms.end());
  }
  std::sort(tokens.begin(), tokens.end());
  tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
  return tokens;
}

}  // namespace jiedui::text
