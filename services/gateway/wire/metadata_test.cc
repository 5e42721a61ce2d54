#include "services/gateway/wire/metadata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"

namespace jiedui::gateway {
namespace {

using base::HasReason;
using base::Reason;
using testing::ElementsAre;
using testing::Pair;
using namespace std::string_literals;

const AllowedNames& Allowed() {
  static const auto* const names = new AllowedNames{"x-a", "x-b-bin"};
  return *names;
}

constexpr size_t kLimit = 400;

TEST(MetadataTest, OnlyWhatIsOnTheListGoesUp) {
  RequestMetadata metadata(&Allowed(), kLimit);
  EXPECT_TRUE(metadata.Add("X-A", "1").ok());
  EXPECT_TRUE(metadata.Add("x-c", "2").ok());
  EXPECT_TRUE(metadata.Add("cookie", "\x01").ok());
  EXPECT_THAT(metadata.Take(), ElementsAre(Pair("x-a", "1")));
}

TEST(MetadataTest, LinesOfOneNameStayApart) {
  RequestMetadata metadata(&Allowed(), kLimit);
  EXPECT_TRUE(metadata.Add("x-a", "1").ok());
  EXPECT_TRUE(metadata.Add("x-a", "2, 3").ok());
  EXPECT_THAT(metadata.Take(),
              ElementsAre(Pair("x-a", "1"), Pair("x-a", "2, 3")));
}

TEST(MetadataTest, BinaryValuesComeWithPaddingAndWithout) {
  RequestMetadata metadata(&Allowed(), kLimit);
  EXPECT_TRUE(metadata.Add("x-b-bin", "/wA=").ok());
  EXPECT_TRUE(metadata.Add("x-b-bin", "/wA, YQ,").ok());
  EXPECT_THAT(
      metadata.Take(),
      ElementsAre(Pair("x-b-bin", "\xff\0"s), Pair("x-b-bin", "\xff\0"s),
                  Pair("x-b-bin", "a"), Pair("x-b-bin", "")));
}

TEST(MetadataTest, MalformedValuesAreRefused) {
  for (const auto& [name, value] :
       std::vector<HeaderLine>{{"x-a", "tab\t"},
                               {"x-a", "\x7f"},
                               {"x-a", "中"},
                               {"x-b-bin", "Y"},
                               {"x-b-bin", "YQ="},
                               {"x-b-bin", "Y==="},
                               {"x-b-bin", "YQ==YQ=="},
                               {"x-b-bin", "Y Q"},
                               {"x-b-bin", "_w"}}) {
    RequestMetadata metadata(&Allowed(), kLimit);
    EXPECT_TRUE(HasReason(metadata.Add(name, value), Reason::kBadMetadata))
        << name << ": " << value;
  }
}

TEST(MetadataTest, AllTogetherAreBounded) {
  RequestMetadata metadata(&Allowed(), kLimit);
  const std::string half(kLimit / 2 - 32 - 3, 'x');
  EXPECT_TRUE(metadata.Add("x-a", half).ok());
  EXPECT_TRUE(metadata.Add("x-a", half).ok());
  EXPECT_TRUE(HasReason(metadata.Add("x-a", ""), Reason::kTooLarge));
}

TEST(MetadataTest, ManyShortLinesAreBoundedToo) {
  RequestMetadata metadata(&Allowed(), kLimit);
  size_t lines = 0;
  while (metadata.Add("x-a", "1").ok()) ++lines;
  EXPECT_EQ(lines, kLimit / 36);
  RequestMetadata binary(&Allowed(), 32 + 7 + 3);
  EXPECT_TRUE(HasReason(binary.Add("x-b-bin", "YQ"), Reason::kTooLarge));
}

TEST(MetadataTest, AnswersCarryTheServicesOwnLinesOnly) {
  HeaderLine line;
  EXPECT_TRUE(ToHeaderLine("x-a", "1", &line));
  EXPECT_EQ(line, HeaderLine("x-a", "1"));
  EXPECT_TRUE(ToHeaderLine("x-b-bin", "\xff\0"s, &line));
  EXPECT_EQ(line, HeaderLine("x-b-bin", "/wA="));
  EXPECT_TRUE(ToHeaderLine("grpc-status-details-bin", "a", &line));
  for (const char* name :
       {"grpc-status", "grpc-encoding", "content-length", "transfer-encoding",
        "set-cookie", "connection", "access-control-allow-origin", "X-Upper",
        "x a", "x:a", "", ":path"}) {
    EXPECT_FALSE(ToHeaderLine(name, "1", &line)) << name;
  }
  EXPECT_FALSE(ToHeaderLine("x-a", "1\r\nset-cookie: a", &line));
}

}  // namespace
}  // namespace jiedui::gateway
