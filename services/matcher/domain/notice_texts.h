// What people are told, in words: one table of templates, notice_texts.def.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/matcher/event/v1/notice_event.pb.h"

namespace jiedui::matcher {

enum class NoticeKind {
#define JIEDUI_NOTICE(id, name, urgent, asks, zh, zh_body, en, en_body) id,
#define JIEDUI_NOTICE_WORD(code, zh, en)
#include "services/matcher/domain/notice_texts.def"
#undef JIEDUI_NOTICE_WORD
#undef JIEDUI_NOTICE
};

struct NoticeTemplate {
  NoticeKind kind;
  std::string_view name;  // stable: "OFFER_RECEIVED"
  bool urgent;
  bool asks;
  std::string_view zh_title;
  std::string_view zh_body;
  std::string_view en_title;
  std::string_view en_body;
};

std::span<const NoticeTemplate> NoticeTemplates();
const NoticeTemplate& TemplateOf(NoticeKind kind);
// Null when there is none of that name.
const NoticeTemplate* FindNoticeTemplate(std::string_view name);

// What fills one placeholder, in both languages.
struct NoticeArg {
  std::string name;
  std::string zh;
  std::string en;
};
using NoticeArgs = std::vector<NoticeArg>;

// The same in both languages.
NoticeArg PlainArg(std::string name, std::string value);
// A code in words; itself when the table has none for it.
NoticeArg CodeArg(std::string name, std::string_view code);

// Fills both texts; placeholders without an argument stay as they are.
event::v1::NoticeText RenderChinese(const NoticeTemplate& from,
                                    const NoticeArgs& args);
event::v1::NoticeText RenderEnglish(const NoticeTemplate& from,
                                    const NoticeArgs& args);

// Names of the placeholders in a text, in their order.
std::vector<std::string> Placeholders(std::string_view text);

}  // namespace jiedui::matcher
