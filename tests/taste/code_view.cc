#include "tests/taste/code_view.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace jiedui::taste {
namespace {

bool IsNameChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Walks a source once, copying code and blanking the rest.
class Blanker {
 public:
  explicit Blanker(std::string_view source) : in_(source), out_(source) {}

  std::string Run() {
    while (at_ < in_.size()) {
      if (StartsWith("//")) {
        BlankUntil(in_.find('\n', at_));
      } else if (StartsWith("/*")) {
        BlankThrough("*/", at_ + 2);
      } else if (StartsWith("R\"") && !AfterName()) {
        BlankRawString();
      } else if (in_[at_] == '"' || (in_[at_] == '\'' && !AfterName())) {
        BlankQuoted(in_[at_]);
      } else {
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  bool StartsWith(std::string_view what) const {
    return in_.substr(at_).starts_with(what);
  }
  // A quote after a digit separates digits; an R after a name ends it.
  bool AfterName() const { return at_ > 0 && IsNameChar(in_[at_ - 1]); }

  void BlankUntil(size_t end) {
    end = std::min(end, in_.size());
    for (; at_ < end; ++at_) {
      if (in_[at_] != '\n') out_[at_] = ' ';
    }
  }

  void BlankThrough(std::string_view closing, size_t from) {
    size_t found = in_.find(closing, from);
    BlankUntil(found == in_.npos ? found : found + closing.size());
  }

  void BlankRawString() {
    size_t open = in_.find('(', at_);
    if (open == in_.npos) return BlankUntil(open);
    std::string closing = ")";
    closing += in_.substr(at_ + 2, open - at_ - 2);
    closing += '"';
    BlankThrough(closing, open);
  }

  void BlankQuoted(char quote) {
    size_t end = at_ + 1;
    while (end < in_.size() && in_[end] != quote && in_[end] != '\n') {
      end += in_[end] == '\\' ? 2 : 1;
    }
    ++at_;
    BlankUntil(end);
    if (at_ < in_.size() && in_[at_] == quote) ++at_;
  }

  std::string_view in_;
  std::string out_;
  size_t at_ = 0;
};

// The path between the delimiters of an #include, or nothing.
std::string_view PathOf(std::string_view line) {
  size_t open = line.find_first_of("<\"");
  if (open == line.npos) return {};
  size_t close = line.find_first_of(">\"", open + 1);
  if (close == line.npos) return {};
  return line.substr(open + 1, close - open - 1);
}

bool IsInclude(std::string_view code_line) {
  size_t hash = code_line.find_first_not_of(' ');
  if (hash == code_line.npos || code_line[hash] != '#') return false;
  size_t word = code_line.find_first_not_of(' ', hash + 1);
  return word != code_line.npos &&
         code_line.substr(word).starts_with("include");
}

}  // namespace

std::string CodeView(std::string_view source) { return Blanker(source).Run(); }

std::vector<Include> IncludesOf(std::string_view source) {
  std::string code = CodeView(source);
  std::vector<std::string_view> code_lines = LinesOf(code);
  std::vector<std::string_view> lines = LinesOf(source);
  std::vector<Include> includes;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!IsInclude(code_lines[i])) continue;
    std::string_view path = PathOf(lines[i]);
    if (!path.empty()) {
      includes.push_back({static_cast<int>(i) + 1, std::string(path)});
    }
  }
  return includes;
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool ContainsWord(std::string_view code, std::string_view word) {
  for (size_t at = code.find(word); at != code.npos;
       at = code.find(word, at + 1)) {
    size_t end = at + word.size();
    bool joined_before =
        at > 0 && IsNameChar(word.front()) && IsNameChar(code[at - 1]);
    bool joined_after =
        end < code.size() && IsNameChar(word.back()) && IsNameChar(code[end]);
    if (!joined_before && !joined_after) return true;
  }
  return false;
}

}  // namespace jiedui::taste
