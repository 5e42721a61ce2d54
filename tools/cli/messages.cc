#include "tools/cli/messages.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace jiedui::cli {
namespace {

constexpr MessageRow kMessages[] = {
#define JIEDUI_MESSAGE(id, zh, en) {#id, zh, en},
#include "tools/cli/messages.def"
#undef JIEDUI_MESSAGE
};

}  // namespace

std::span<const MessageRow> AllMessages() { return kMessages; }

std::string Say(Language language, Msg message,
                std::initializer_list<MsgArg> args) {
  const MessageRow& row = kMessages[static_cast<size_t>(message)];
  std::string text(language == Language::kChinese ? row.zh : row.en);
  for (const auto& [name, value] : args) {
    text = absl::StrReplaceAll(
        text,
        {{absl::StrCat("{", absl::string_view(name.data(), name.size()), "}"),
          value}});
  }
  return text;
}

Language ChooseLanguage(std::string_view wanted, Environment environment) {
  if (wanted == "zh") return Language::kChinese;
  if (wanted == "en") return Language::kEnglish;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = environment(name);
    if (value.empty()) continue;
    return absl::StartsWith(value, "en") ? Language::kEnglish
                                         : Language::kChinese;
  }
  return Language::kChinese;
}

}  // namespace jiedui::cli
