// Answers of HTTP/1.1, as bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/gateway/wire/frames.h"

namespace jiedui::gateway {

// The head of an answer, line by line. Thread-compatible.
class AnswerHead {
 public:
  // Begins with the status line and the date.
  explicit AnswerHead(unsigned status);

  // REQUIRES: no control characters in either.
  AnswerHead& Add(std::string_view name, std::string_view value);
  AnswerHead& Add(const std::vector<HeaderLine>& lines);

  // The head, its empty line included.
  std::string Finish() &&;

 private:
  std::string head_;
};

// An answer that is there as a whole.
struct Answer {
  unsigned status = 200;
  std::vector<HeaderLine> headers;
  std::string_view body;  // outlives the answer
};

// Its head with its length, and, unless `keep`, the word that the connection
// ends.
std::string HeadOf(const Answer& answer, bool keep);

// "Not Found"; never empty.
std::string_view ReasonPhrase(unsigned status);

// One chunk of a body that comes in chunks; REQUIRES: not empty. The last one
// is kLastChunk.
std::string Chunk(std::string_view bytes);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace jiedui::gateway
