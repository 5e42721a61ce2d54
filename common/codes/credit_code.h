// The unified social credit code 统一社会信用代码 of GB 32100-2015: 18
// characters that name a legal person, the last of them a check character.
#pragma once

#include <string_view>

namespace jiedui::codes {

enum class CreditCodeFault {
  kNone = 0,
  kLength,          // Not 18 characters.
  kCharacter,       // One outside 0-9 and A-Z without I, O, S, V, Z.
  kCheckCharacter,  // The last does not fit the others: a typing error.
};

// What is wrong with `code`, the first that holds. Lower case is kCharacter:
// the caller decides whether to fold. It says only that the code is well
// formed, not that it was given to anybody. Thread-safe.
CreditCodeFault CheckCreditCode(std::string_view code);

// The check character for the first 17 characters; '\0' when they are not 17
// or one is outside the alphabet. For generators and tests.
char CreditCodeCheckCharacter(std::string_view first17);

}  // namespace jiedui::codes
