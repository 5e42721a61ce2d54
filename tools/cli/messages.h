// What the program says to people, in Chinese and in English.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/error.h"

namespace jiedui::cli {

using base::Language;

// A text that stands where it is used: summaries and help of the commands.
struct Text {
  std::string zh;
  std::string en;
  const std::string& In(Language language) const {
    return language == Language::kChinese ? zh : en;
  }
};

enum class Msg {
#define JIEDUI_MESSAGE(id, zh, en) id,
#include "tools/cli/messages.def"
#undef JIEDUI_MESSAGE
};

// {"file", "a.csv"} fills {file}.
using MsgArg = std::pair<std::string_view, std::string>;

// The message with its {names} filled.
std::string Say(Language language, Msg message,
                std::initializer_list<MsgArg> args = {});

// All messages unfilled, in the order of the table; for tests.
struct MessageRow {
  std::string_view id;
  std::string_view zh;
  std::string_view en;
};
std::span<const MessageRow> AllMessages();

// "zh" or "en"; otherwise by the first of LC_ALL, LC_MESSAGES and LANG that
// `environment` gives a value to: English when it begins with "en", else
// Chinese.
using Environment = std::string (*)(const char* name);
Language ChooseLanguage(std::string_view wanted, Environment environment);

}  // namespace jiedui::cli
