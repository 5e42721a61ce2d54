#include "tools/corps/credit_codes.h"

#include <string_view>

#include "common/codes/credit_code.h"

namespace jiedui::corps {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr size_t kBodyDigits = 6;

std::string_view Prefix(BodyKind kind) {
  switch (kind) {
    case BodyKind::kCompany:
      return "91";
    case BodyKind::kCooperative:
      return "93";
    case BodyKind::kInstitution:
      return "12";
    case BodyKind::kAssociation:
      return "51";
  }
  return "91";
}

// Numbers one after another look as scattered as real ones. 31^6 and the
// factor have no divisor in common, so that none is met twice.
void AppendBody(uint64_t number, std::string& code) {
  uint64_t modulus = 1;
  for (size_t i = 0; i < kBodyDigits; ++i) modulus *= kAlphabet.size();
  uint64_t rest = number % modulus * 515'377'519 % modulus;
  for (size_t i = 0; i < kBodyDigits; ++i) {
    code += kAlphabet[rest % kAlphabet.size()];
    rest /= kAlphabet.size();
  }
}

// GB 11714: weights 3 7 9 10 5 8 4 2, letters count from A = 10, modulo 11.
char OrganisationCheckCharacter(std::string_view eight) {
  constexpr int kWeights[] = {3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (size_t i = 0; i < eight.size(); ++i) {
    const char c = eight[i];
    sum += kWeights[i] * (c <= '9' ? c - '0' : c - 'A' + 10);
  }
  const int check = (11 - sum % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

}  // namespace

std::string MakeCreditCode(BodyKind kind, const codes::Region& region,
                           uint64_t number) {
  const codes::Region* county = region.AncestorAt(codes::RegionLevel::kCounty);
  std::string code(Prefix(kind));
  code += (county == nullptr ? region : *county).CodeText().substr(0, 6);
  code += kind == BodyKind::kCompany || kind == BodyKind::kCooperative ? "MA"
                                                                       : "MB";
  AppendBody(number, code);
  code += OrganisationCheckCharacter(std::string_view(code).substr(8));
  code += codes::CreditCodeCheckCharacter(code);
  return code;
}

}  // namespace jiedui::corps
