#include "services/gateway/wire/request_head.h"

#include <gtest/gtest.h>

#include <string>

namespace jiedui::gateway {
namespace {

using namespace std::string_literals;

HeadVerdict Check(const std::string& fields,
                  const std::string& line = "POST /a HTTP/1.1") {
  return CheckHead(line + "\r\n" + fields + "\r\n");
}

constexpr char kHost[] = "Host: a\r\n";

TEST(RequestHeadTest, OrdinaryHeadsPass) {
  EXPECT_EQ(Check(kHost), HeadVerdict::kGood);
  EXPECT_EQ(Check(kHost + "Content-Length: 0\r\nX: \t中 文 \r\nY:\r\n"s),
            HeadVerdict::kGood);
  EXPECT_EQ(Check(kHost + "Transfer-Encoding: Chunked\r\n"s),
            HeadVerdict::kGood);
  EXPECT_EQ(Check("", "GET / HTTP/1.0"), HeadVerdict::kGood);
  EXPECT_EQ(Check(kHost, "OPTIONS * HTTP/1.1"), HeadVerdict::kGood);
}

TEST(RequestHeadTest, TwoWaysToTellTheLengthAreRefused) {
  for (const char* fields :
       {"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
        "Content-Length: 3\r\nContent-Length: 3\r\n",
        "Content-Length: 3\r\ncontent-length: 4\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 3, 3\r\n", "Content-Length: +3\r\n",
        "Content-Length: -3\r\n", "Content-Length: 0x3\r\n",
        "Content-Length: 3 3\r\n", "Content-Length:\r\n",
        "Content-Length: 9999999999999999999\r\n"}) {
    EXPECT_EQ(Check(std::string(kHost) + fields), HeadVerdict::kBadRequest)
        << fields;
  }
}

TEST(RequestHeadTest, OtherTransferCodingsAreRefused) {
  for (const char* value : {"gzip, chunked", "chunked, chunked", "identity",
                            "xchunked", "chunked;a=b", "\"chunked\"", ""}) {
    EXPECT_EQ(
        Check(std::string(kHost) + "Transfer-Encoding: " + value + "\r\n"),
        HeadVerdict::kNotImplemented)
        << value;
  }
  EXPECT_EQ(Check("Transfer-Encoding: chunked\r\n", "POST / HTTP/1.0"),
            HeadVerdict::kBadRequest);
}

TEST(RequestHeadTest, LinesThatTwoProgramsReadDifferentlyAreRefused) {
  for (const std::string& fields :
       {"A: b\nC: d\r\n"s, "A: b\r\n C: d\r\n"s, "A: b\r\n\tc\r\n"s,
        "A : b\r\n"s, " A: b\r\n"s, "A\r\n"s, ": b\r\n"s, "A b: c\r\n"s,
        "A: b\rc\r\n"s, "A: \0\r\n"s, "A: \x7f\r\n"s, "A\0: b\r\n"s,
        "Transfer-Encoding\t: chunked\r\n"s, "A: \x0b\r\n"s}) {
    EXPECT_EQ(Check(kHost + fields), HeadVerdict::kBadRequest) << fields;
  }
}

TEST(RequestHeadTest, OneHostIsWanted) {
  EXPECT_EQ(Check(""), HeadVerdict::kBadRequest);
  EXPECT_EQ(Check("Host: a\r\nHost: a\r\n"), HeadVerdict::kBadRequest);
}

TEST(RequestHeadTest, OddRequestLinesAreRefused) {
  for (const std::string& line :
       {"POST /a"s, "POST  /a HTTP/1.1"s, "POST /a  HTTP/1.1"s,
        " POST /a HTTP/1.1"s, "POST a HTTP/1.1"s, "POST /\x01 HTTP/1.1"s,
        "POST /中 HTTP/1.1"s, "PO ST /a HTTP/1.1"s, "POST /a HTTP/1.1 "s,
        "POST /a http/1.1"s, "POST http://b/a HTTP/1.1"s, "POST\t/a HTTP/1.1"s,
        "POST /a\nHTTP/1.1"s, ""s}) {
    EXPECT_EQ(Check(kHost, line), HeadVerdict::kBadRequest) << line;
  }
  for (const char* line :
       {"POST /a HTTP/2.0", "POST /a HTTP/0.9", "POST /a HTTP/1.2"}) {
    EXPECT_EQ(Check(kHost, line), HeadVerdict::kBadVersion) << line;
  }
}

}  // namespace
}  // namespace jiedui::gateway
