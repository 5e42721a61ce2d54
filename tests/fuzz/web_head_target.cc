// Any bytes as the head of a request. What passes is read by Boost.Beast as it
// stands there: one way to tell the body's length, no header that hides
// another. Its metadata go up only in a form that gRPC takes.
#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_split.h"
#include "services/gateway/wire/content_type.h"
#include "services/gateway/wire/metadata.h"
#include "services/gateway/wire/request_head.h"
#include "tests/fuzz/expect.h"

namespace jiedui::gateway {
namespace {

namespace http = boost::beast::http;

constexpr size_t kMetadataBytes = 200;

const AllowedNames& Allowed() {
  static const auto* const names = new AllowedNames{"x-a", "x-a-bin"};
  return *names;
}

std::string_view View(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

void CheckMetadata(const http::request_header<>& head) {
  RequestMetadata metadata(&Allowed(), kMetadataBytes);
  for (const auto& field : head) {
    if (!metadata.Add(View(field.name_string()), View(field.value())).ok()) {
      return;
    }
  }
  size_t size = 0;
  for (const auto& [name, value] : metadata.Take()) {
    FUZZ_EXPECT(Allowed().contains(name));
    size += name.size() + value.size() + 32;
    HeaderLine line;
    FUZZ_EXPECT(ToHeaderLine(name, value, &line));
  }
  FUZZ_EXPECT(size <= kMetadataBytes);
}

// `head` ends with its first empty line.
void Check(std::string_view head) {
  if (CheckHead(head) != HeadVerdict::kGood) return;
  http::request_parser<http::empty_body> parser;
  parser.header_limit(1 << 20);
  parser.body_limit(boost::none);
  boost::beast::error_code error;
  const size_t taken =
      parser.put(boost::asio::buffer(head.data(), head.size()), error);
  // A few Beast refuses itself; what it takes, it takes whole.
  if (error && error != http::error::need_more) return;
  FUZZ_EXPECT(taken == head.size() && parser.is_header_done());
  const auto& fields = parser.get();
  // The request line, the empty line, and what follows the last CRLF are none.
  const size_t lines =
      std::vector<absl::string_view>(
          absl::StrSplit(absl::string_view(head.data(), head.size()), "\r\n"))
          .size() -
      3;
  FUZZ_EXPECT(static_cast<size_t>(
                  std::distance(fields.begin(), fields.end())) == lines);
  FUZZ_EXPECT(fields.count(http::field::content_length) +
                  fields.count(http::field::transfer_encoding) <=
              1);
  FUZZ_EXPECT(fields.count(http::field::host) <= 1);
  ModeOf(View(fields[http::field::content_type]));
  CheckMetadata(fields);
}

}  // namespace
}  // namespace jiedui::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const size_t end = bytes.find("\r\n\r\n");
  if (end != std::string_view::npos) {
    jiedui::gateway::Check(bytes.substr(0, end + 4));
  }
  return 0;
}
