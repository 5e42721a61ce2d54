#include "common/codes/credit_code.h"

namespace jiedui::codes {
namespace {

constexpr size_t kLength = 18;
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr int kModulus = 31;
static_assert(kAlphabet.size() == kModulus);

}  // namespace

char CreditCodeCheckCharacter(std::string_view first17) {
  if (first17.size() != kLength - 1) return '\0';
  int weight = 1;  // 3^i mod 31 (GB 32100-2015, table 4).
  int sum = 0;
  for (const char c : first17) {
    const size_t value = kAlphabet.find(c);
    if (value == kAlphabet.npos) return '\0';
    sum += static_cast<int>(value) * weight;
    weight = weight * 3 % kModulus;
  }
  return kAlphabet[(kModulus - sum % kModulus) % kModulus];
}

CreditCodeFault CheckCreditCode(std::string_view code) {
  if (code.size() != kLength) return CreditCodeFault::kLength;
  if (code.find_first_not_of(kAlphabet) != code.npos) {
    return CreditCodeFault::kCharacter;
  }
  return CreditCodeCheckCharacter(code.substr(0, kLength - 1)) == code.back()
             ? CreditCodeFault::kNone
             : CreditCodeFault::kCheckCharacter;
}

}  // namespace jiedui::codes
