#include "services/matcher/domain/certificate_number.h"

#include <gtest/gtest.h>

namespace jiedui::matcher {
namespace {

TEST(CertificateNumberTest, SaysRegionYearAndSerial) {
  const std::string number = CertificateNumber("440981000000", 2026, 12);
  EXPECT_EQ(number.substr(0, 22), "JD-440981-2026-000012-");
  EXPECT_EQ(number.size(), 23u);
  EXPECT_EQ(CertificateNumber("440981", 2026, 12), number);
}

TEST(CertificateNumberTest, IsReadAsPeopleTypeIt) {
  const std::string number = CertificateNumber("440981000000", 2026, 12);
  EXPECT_EQ(ReadCertificateNumber(number), number);
  std::string typed = " jd4409812026000012";
  typed += static_cast<char>(number.back());
  EXPECT_EQ(ReadCertificateNumber(typed), number);
  const std::string millionth = CertificateNumber("440981", 2026, 1'000'000);
  EXPECT_EQ(ReadCertificateNumber(millionth), millionth);
}

TEST(CertificateNumberTest, AnyOneCharacterMistypedIsNoticed) {
  const std::string number = CertificateNumber("440981000000", 2026, 907);
  for (size_t i = 3; i < number.size(); ++i) {
    if (number[i] == '-') continue;
    for (const char c : std::string("0123456789ABCXYZ")) {
      if (c == number[i]) continue;
      std::string wrong = number;
      wrong[i] = c;
      EXPECT_EQ(ReadCertificateNumber(wrong), std::nullopt) << wrong;
    }
  }
}

TEST(CertificateNumberTest, OtherTextsAreNoNumbers) {
  for (const char* text : {"", "JD", "JD-", "荔枝", "JD-440981-2026-12-K",
                           "XX-440981-2026-000012-K", "JD-44A981-2026-000012-K",
                           "JD-440981-2026-000000000000000012-K"}) {
    EXPECT_EQ(ReadCertificateNumber(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace jiedui::matcher
