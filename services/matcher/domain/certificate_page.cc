#include "services/matcher/domain/certificate_page.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "services/matcher/domain/dates.h"

namespace jiedui::matcher {
namespace {

using event::v1::ServiceCertificate;

// One text of the page in both languages.
struct Words {
  std::string zh;
  std::string en;
};

enum class Text {
#define JIEDUI_CERTIFICATE_TEXT(id, zh, en) id,
#include "services/matcher/domain/certificate_page.def"
#undef JIEDUI_CERTIFICATE_TEXT
};

Words TextOf(Text text) {
  static const Words kTexts[] = {
#define JIEDUI_CERTIFICATE_TEXT(id, zh, en) {zh, en},
#include "services/matcher/domain/certificate_page.def"
#undef JIEDUI_CERTIFICATE_TEXT
  };
  return kTexts[static_cast<size_t>(text)];
}

using Filling = std::vector<std::pair<std::string, std::string>>;

// The text with its {names} filled; what fills them must be escaped.
Words Say(Text text, const Filling& zh, const Filling& en) {
  const Words words = TextOf(text);
  return {absl::StrReplaceAll(words.zh, zh), absl::StrReplaceAll(words.en, en)};
}

Words Say(Text text, const Filling& filling = {}) {
  return Say(text, filling, filling);
}

std::string Escaped(std::string_view text) {
  return absl::StrReplaceAll(absl::string_view(text.data(), text.size()),
                             {{"&", "&amp;"},
                              {"<", "&lt;"},
                              {">", "&gt;"},
                              {"\"", "&quot;"},
                              {"'", "&#39;"}});
}

Words Hours(int64_t minutes) {
  return Say(Text::kHours, {{"{hours}", absl::StrCat(minutes / 60)},
                            {"{minutes}", absl::StrCat(minutes % 60)}});
}

Words Stars(int32_t grade) {
  if (grade == 0) return Say(Text::kNoStars);
  return Say(Text::kStars, {{"{stars}", absl::StrCat(grade)}});
}

Words Same(std::string text) { return {text, text}; }

std::string DayOf(const google::protobuf::Timestamp& time) {
  return DayText(base::ChinaDay(absl::FromUnixSeconds(time.seconds())));
}

constexpr char kHead[] = R"(<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>)";

constexpr char kStyle[] = R"(</title>
<style>
@page { size: A4; margin: 22mm; }
body { font-family: "Source Han Serif SC", "Noto Serif CJK SC", SimSun, serif;
  color: #222; line-height: 1.9; max-width: 170mm; margin: 0 auto; }
h1 { text-align: center; letter-spacing: .2em; margin: 18mm 0 0; }
.en { color: #666; font-size: 85%; line-height: 1.5; }
h1 + .en { text-align: center; margin-bottom: 14mm; }
.body { font-size: 118%; text-indent: 2em; }
table { width: 100%; border-collapse: collapse; margin: 10mm 0; }
td { border-bottom: 1px solid #bbb; padding: 2mm 1mm; vertical-align: top; }
.revoked { border: 2px solid #b00; color: #b00; padding: 3mm;
  text-align: center; }
.note { font-size: 85%; }
</style>
</head>
<body>
)";

constexpr char kFoot[] = "</body>\n</html>\n";

std::string Paragraph(std::string_view name, const Words& words) {
  return absl::StrCat("<p class=\"", std::string(name), "\">", words.zh,
                      "</p>\n<p class=\"en\">", words.en, "</p>\n");
}

std::string Row(Text label, const Words& value) {
  const Words name = TextOf(label);
  const auto cell = [](const Words& words) {
    const bool same = words.zh == words.en;
    return absl::StrCat(
        "<td>", words.zh,
        same ? ""
             : absl::StrCat("<br><span class=\"en\">", words.en, "</span>"),
        "</td>");
  };
  return absl::StrCat("<tr>", cell(name), cell(value), "</tr>\n");
}

std::string Body(const ServiceCertificate& certificate,
                 std::string_view holder_name) {
  const Words hours =
      Hours(certificate.measured_minutes() + certificate.entered_minutes());
  Filling filling = {
      {"{name}", Escaped(holder_name)},
      {"{start}", Escaped(certificate.start_date())},
      {"{end}", Escaped(certificate.end_date())},
      {"{services}", absl::StrCat(certificate.services())},
      {"{demands}", absl::StrCat(certificate.demands())},
  };
  Filling zh = filling;
  zh.emplace_back("{hours}", hours.zh);
  filling.emplace_back("{hours}", hours.en);
  return Paragraph("body", Say(Text::kBody, zh, filling));
}

std::string Table(const ServiceCertificate& certificate) {
  const std::string number =
      certificate.name().substr(certificate.name().find('/') + 1);
  return absl::StrCat(
      "<table>\n", Row(Text::kMeasured, Hours(certificate.measured_minutes())),
      Row(Text::kEntered, Hours(certificate.entered_minutes())),
      Row(Text::kGrade, Stars(certificate.grade())),
      Row(Text::kNumber, Same(Escaped(number))),
      Row(Text::kIssuer, Same(Escaped(certificate.issuer()))),
      Row(Text::kIssued, Same(DayOf(certificate.create_time()))), "</table>\n");
}

}  // namespace

std::string CertificatePage(const ServiceCertificate& certificate,
                            std::string_view holder_name) {
  const Words title = TextOf(Text::kTitle);
  std::string page = absl::StrCat(kHead, title.zh, kStyle);
  if (certificate.state() == "REVOKED") {
    absl::StrAppend(
        &page,
        Paragraph("revoked", Say(Text::kRevoked,
                                 {{"{reason}", Escaped(certificate.note())}})));
  }
  absl::StrAppend(&page, "<h1>", title.zh, "</h1>\n<p class=\"en\">", title.en,
                  "</p>\n", Body(certificate, holder_name), Table(certificate),
                  Paragraph("note", Say(Text::kCheck)), kFoot);
  return page;
}

std::string MaskedName(std::string_view name) {
  size_t first = name.empty() ? 0 : 1;
  // The bytes of UTF-8 that go on with a character.
  while (first < name.size() &&
         (static_cast<unsigned char>(name[first]) & 0xc0) == 0x80) {
    ++first;
  }
  return absl::StrCat(std::string(name.substr(0, first)), "**");
}

}  // namespace jiedui::matcher
