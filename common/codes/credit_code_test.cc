#include "common/codes/credit_code.h"

#include <gtest/gtest.h>

#include <string>

namespace jiedui::codes {
namespace {

// A specimen that checkers of these codes are commonly tried with.
constexpr std::string_view kSpecimen = "91350100M000100Y43";

TEST(CreditCodeTest, TheSpecimenIsValid) {
  EXPECT_EQ(CheckCreditCode(kSpecimen), CreditCodeFault::kNone);
  EXPECT_EQ(CreditCodeCheckCharacter(kSpecimen.substr(0, 17)), '3');
}

TEST(CreditCodeTest, EverySingleWrongCharacterIsFound) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  for (size_t i = 0; i < kSpecimen.size(); ++i) {
    for (const char c : kAlphabet) {
      if (c == kSpecimen[i]) continue;
      std::string wrong(kSpecimen);
      wrong[i] = c;
      EXPECT_EQ(CheckCreditCode(wrong), CreditCodeFault::kCheckCharacter)
          << wrong;
    }
  }
}

TEST(CreditCodeTest, SaysWhatIsWrong) {
  EXPECT_EQ(CheckCreditCode(""), CreditCodeFault::kLength);
  EXPECT_EQ(CheckCreditCode("91350100M000100Y4"), CreditCodeFault::kLength);
  EXPECT_EQ(CheckCreditCode("91350100M000100Y433"), CreditCodeFault::kLength);
  EXPECT_EQ(CheckCreditCode("91350100m000100Y43"), CreditCodeFault::kCharacter);
  EXPECT_EQ(CheckCreditCode("9135O100M000100Y43"), CreditCodeFault::kCharacter);
  EXPECT_EQ(CreditCodeCheckCharacter("123"), '\0');
  EXPECT_EQ(CreditCodeCheckCharacter("9135O100M000100Y4"), '\0');
}

}  // namespace
}  // namespace jiedui::codes
