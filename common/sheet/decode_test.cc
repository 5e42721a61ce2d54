#include "common/sheet/decode.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "common/base/error.h"

namespace jiedui::sheet {
namespace {

using base::HasReason;
using base::Reason;

// 编号,标题
constexpr char kGb18030[] = "\xb1\xe0\xba\xc5,\xb1\xea\xcc\xe2";

std::string Arg(const absl::Status& status, const std::string& name) {
  const auto info = base::Info(status);
  for (const auto& [key, value] : info->args) {
    if (key == name) return value;
  }
  return "";
}

std::string Utf16(std::u16string_view text, bool big_endian) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xff);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  }
  return bytes;
}

void ExpectDecoded(std::string_view bytes, std::string_view text,
                   Encoding encoding) {
  const auto decoded = Decode(bytes);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->text, text);
  EXPECT_EQ(EncodingName(decoded->encoding), EncodingName(encoding));
}

TEST(Decode, TakesUtf8WithAndWithoutMark) {
  ExpectDecoded("编号,标题", "编号,标题", Encoding::kUtf8);
  ExpectDecoded("\xef\xbb\xbf编号", "编号", Encoding::kUtf8Bom);
  ExpectDecoded("", "", Encoding::kUtf8);
}

TEST(Decode, TakesGb18030WithoutMark) {
  ExpectDecoded(kGb18030, "编号,标题", Encoding::kGb18030);
  // Four bytes: beyond the basic plane.
  ExpectDecoded("\xb1\xe0\x95\x32\x82\x36", "编𠀀", Encoding::kGb18030);
}

TEST(Decode, TakesExcelsUnicodeText) {
  ExpectDecoded(Utf16(u"\ufeff编号\t𠮷", false), "编号\t𠮷",
                Encoding::kUtf16Le);
  ExpectDecoded(Utf16(u"\ufeff编号\t𠮷", true), "编号\t𠮷", Encoding::kUtf16Be);
}

TEST(Decode, RefusesWorkbooksByName) {
  const auto xlsx = Decode("PK\x03\x04whatever");
  ASSERT_TRUE(HasReason(xlsx.status(), Reason::kSheetIsWorkbook));
  EXPECT_EQ(Arg(xlsx.status(), "kind"), "Excel (.xlsx)");
  const auto xls = Decode("\xd0\xcf\x11\xe0\xa1\xb1");
  ASSERT_TRUE(HasReason(xls.status(), Reason::kSheetIsWorkbook));
  EXPECT_EQ(Arg(xls.status(), "kind"), "Excel (.xls)");
}

TEST(Decode, RefusesWhatIsNoText) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view bytes : {"a,b\0c"sv,
                                       "\x7f"
                                       "ELF\0\0"sv,
                                       "<html><table>"sv, "%PDF-1.7"sv}) {
    EXPECT_TRUE(HasReason(Decode(bytes).status(), Reason::kSheetIsWorkbook))
        << bytes;
  }
  EXPECT_TRUE(HasReason(Decode(Utf16(u"\ufeff"
                                     u"a\0b"sv,
                                     false))
                            .status(),
                        Reason::kSheetIsWorkbook));
}

TEST(Decode, NamesTheByteThatIsNoGb18030) {
  const std::string bytes = std::string(kGb18030) + "\nab\xff\xff";
  const auto decoded = Decode(bytes);
  ASSERT_TRUE(HasReason(decoded.status(), Reason::kSheetUndecodable));
  EXPECT_EQ(Arg(decoded.status(), "offset"), "12");
  EXPECT_EQ(Arg(decoded.status(), "line"), "2");
  EXPECT_EQ(Arg(decoded.status(), "encoding"), "GB18030");
}

TEST(Decode, NamesACutOffCharacter) {
  const auto decoded = Decode(std::string(kGb18030) + "\xb1");
  ASSERT_TRUE(HasReason(decoded.status(), Reason::kSheetUndecodable));
  EXPECT_EQ(Arg(decoded.status(), "offset"), "9");
}

TEST(Decode, DoesNotTakeDamagedUtf8ForGb18030) {
  const auto decoded = Decode("编号,标题\n1,荔\xff枝\n");
  ASSERT_TRUE(HasReason(decoded.status(), Reason::kSheetUndecodable));
  EXPECT_EQ(Arg(decoded.status(), "encoding"), "UTF-8");
  EXPECT_EQ(Arg(decoded.status(), "offset"), "19");
}

TEST(Decode, RefusesHalfASurrogatePair) {
  using std::string_view_literals::operator""sv;
  EXPECT_TRUE(HasReason(Decode("\xff\xfe\x00\xd8"sv).status(),
                        Reason::kSheetUndecodable));
  EXPECT_TRUE(HasReason(Decode("\xff\xfe"
                               "a")
                            .status(),
                        Reason::kSheetUndecodable));
}

}  // namespace
}  // namespace jiedui::sheet
