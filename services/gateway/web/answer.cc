#include "services/gateway/web/answer.h"

#include <boost/beast/http/status.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/clock.h"

namespace jiedui::gateway {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7), made once a
// second.
const std::string& HttpDate() {
  thread_local int64_t second = -1;
  thread_local std::string date;
  const absl::Time now = base::Clock::System().Now();
  if (absl::ToUnixSeconds(now) != second) {
    second = absl::ToUnixSeconds(now);
    date =
        absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", now, absl::UTCTimeZone());
  }
  return date;
}

}  // namespace

std::string_view ReasonPhrase(unsigned status) {
  const auto phrase = boost::beast::http::obsolete_reason(
      static_cast<boost::beast::http::status>(status));
  return {phrase.data(), phrase.size()};
}

AnswerHead::AnswerHead(unsigned status)
    : head_(absl::StrCat("HTTP/1.1 ", status, " ")) {
  head_.append(ReasonPhrase(status)).append(kLineEnd);
  Add("Date", HttpDate());
}

AnswerHead& AnswerHead::Add(std::string_view name, std::string_view value) {
  head_.append(name).append(": ").append(value).append(kLineEnd);
  return *this;
}

AnswerHead& AnswerHead::Add(const std::vector<HeaderLine>& lines) {
  for (const auto& [name, value] : lines) Add(name, value);
  return *this;
}

std::string AnswerHead::Finish() && {
  head_.append(kLineEnd);
  return std::move(head_);
}

std::string HeadOf(const Answer& answer, bool keep) {
  AnswerHead head(answer.status);
  head.Add(answer.headers);
  // These two have no body, nor a length (RFC 9110, section 8.6).
  if (answer.status != 204 && answer.status != 304) {
    head.Add("Content-Length", absl::StrCat(answer.body.size()));
  }
  if (!keep) head.Add("Connection", "close");
  return std::move(head).Finish();
}

std::string Chunk(std::string_view bytes) {
  std::string chunk = absl::StrCat(absl::Hex(bytes.size()));
  chunk.append(kLineEnd).append(bytes).append(kLineEnd);
  return chunk;
}

}  // namespace jiedui::gateway
