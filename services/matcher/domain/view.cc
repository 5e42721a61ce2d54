#include "services/matcher/domain/view.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/matcher/domain/life.h"

namespace jiedui::matcher {
namespace {

// The double family names (复姓) still met with.
constexpr std::string_view kDouble[] = {
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "独孤", "南宫", "夏侯",
    "尉迟", "皇甫", "公孙", "慕容", "令狐", "端木", "司空", "澹台", "轩辕"};

// Bytes of the first character of a UTF-8 text.
size_t FirstLength(std::string_view text) {
  size_t length = std::min<size_t>(text.size(), 1);
  while (length < text.size() && (text[length] & 0xC0) == 0x80) ++length;
  return length;
}

}  // namespace

bool IsDisclosed(const event::v1::Pairing& pairing) {
  const std::string& state = pairing.state();
  return state == kAccept.to || state == kCheckIn.to || state == kComplete.to ||
         state == kEvaluateLast.to;
}

std::string FamilyName(std::string_view display_name) {
  const auto found = std::find_if(std::begin(kDouble), std::end(kDouble),
                                  [&](std::string_view name) {
                                    // With a given name behind it: 司马 alone
                                    // is 司 of the family.
                                    return display_name.starts_with(name) &&
                                           display_name.size() > name.size();
                                  });
  const std::string_view family =
      found != std::end(kDouble)
          ? *found
          : display_name.substr(0, FirstLength(display_name));
  return absl::StrCat(std::string(family), "老师");
}

}  // namespace jiedui::matcher
