#include "services/matcher/domain/notice_texts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace jiedui::matcher {
namespace {

constexpr NoticeTemplate kTemplates[] = {
#define JIEDUI_NOTICE(id, name, urgent, asks, zh, zh_body, en, en_body) \
  {NoticeKind::id, name, urgent, asks, zh, zh_body, en, en_body},
#define JIEDUI_NOTICE_WORD(code, zh, en)
#include "services/matcher/domain/notice_texts.def"
#undef JIEDUI_NOTICE_WORD
#undef JIEDUI_NOTICE
};

struct Word {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};

constexpr Word kWords[] = {
#define JIEDUI_NOTICE(id, name, urgent, asks, zh, zh_body, en, en_body)
#define JIEDUI_NOTICE_WORD(code, zh, en) {code, zh, en},
#include "services/matcher/domain/notice_texts.def"
#undef JIEDUI_NOTICE_WORD
#undef JIEDUI_NOTICE
};

using Replacements = std::vector<std::pair<std::string, std::string>>;

std::string Fill(std::string_view text, const Replacements& replacements) {
  return absl::StrReplaceAll({text.data(), text.size()}, replacements);
}

}  // namespace

std::span<const NoticeTemplate> NoticeTemplates() { return kTemplates; }

const NoticeTemplate& TemplateOf(NoticeKind kind) {
  return kTemplates[static_cast<size_t>(kind)];
}

const NoticeTemplate* FindNoticeTemplate(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kTemplates), std::end(kTemplates),
                   [&](const NoticeTemplate& one) { return one.name == name; });
  return found == std::end(kTemplates) ? nullptr : found;
}

NoticeArg PlainArg(std::string name, std::string value) {
  return {std::move(name), value, value};
}

NoticeArg CodeArg(std::string name, std::string_view code) {
  for (const Word& word : kWords) {
    if (word.code == code) {
      return {std::move(name), std::string(word.zh), std::string(word.en)};
    }
  }
  return PlainArg(std::move(name), std::string(code));
}

event::v1::NoticeText RenderChinese(const NoticeTemplate& from,
                                    const NoticeArgs& args) {
  Replacements replacements;
  for (const NoticeArg& arg : args) {
    replacements.emplace_back(absl::StrCat("{", arg.name, "}"), arg.zh);
  }
  event::v1::NoticeText text;
  text.set_title(Fill(from.zh_title, replacements));
  text.set_body(Fill(from.zh_body, replacements));
  return text;
}

event::v1::NoticeText RenderEnglish(const NoticeTemplate& from,
                                    const NoticeArgs& args) {
  Replacements replacements;
  for (const NoticeArg& arg : args) {
    replacements.emplace_back(absl::StrCat("{", arg.name, "}"), arg.en);
  }
  event::v1::NoticeText text;
  text.set_title(Fill(from.en_title, replacements));
  text.set_body(Fill(from.en_body, replacements));
  return text;
}

std::vector<std::string> Placeholders(std::string_view text) {
  std::vector<std::string> names;
  for (size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    const size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    names.emplace_back(text.substr(open + 1, close - open - 1));
  }
  return names;
}

}  // namespace jiedui::matcher
