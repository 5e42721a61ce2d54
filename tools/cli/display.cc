#include "tools/cli/display.h"

#include <algorithm>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "common/codes/industries.h"
#include "common/codes/regions.h"
#include "common/codes/subjects.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/timestamp.pb.h"
#include "jiedui/matcher/v1/record.pb.h"
#include "jiedui/type/v1/values.pb.h"
#include "tools/cli/output.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int64_t kLineWidth = 100;
constexpr int64_t kLabelWidth = 18;

std::string IndustryText(const std::string& code) {
  const codes::Industry* industry = codes::FindIndustry(code);
  return industry == nullptr ? code : std::string(industry->name);
}

std::string NumberText(double value) { return absl::StrFormat("%g", value); }

std::string MessageText(const Message& message, Language language);

// One value of a field; `index` is -1 for a field that is not repeated.
std::string ValueText(const Message& message, const FieldDescriptor& field,
                      int index, Language language) {
  const Reflection& reflection = *message.GetReflection();
  const bool one = index < 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text =
          one ? reflection.GetString(message, &field)
              : reflection.GetRepeatedString(message, &field, index);
      if (field.type() == FieldDescriptor::TYPE_BYTES) {
        return absl::BytesToHexString(text);
      }
      const std::string& name = field.name();
      if (name == "region") return PlaceText(text);
      if (name == "subject" || name == "subjects" ||
          name == "talents_subjects") {
        return SubjectText(text);
      }
      if (name == "industries" || name == "industry") return IndustryText(text);
      return text;
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumWord(
          language, one ? *reflection.GetEnum(message, &field)
                        : *reflection.GetRepeatedEnum(message, &field, index));
    case FieldDescriptor::CPPTYPE_BOOL:
      return Say(language,
                 reflection.GetBool(message, &field) ? Msg::kYes : Msg::kNo);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return NumberText(reflection.GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64: {
      const int64_t value = reflection.GetInt64(message, &field);
      return field.name().ends_with("points") ? PointsText(value)
                                              : absl::StrCat(value);
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageText(
          one ? reflection.GetMessage(message, &field)
              : reflection.GetRepeatedMessage(message, &field, index),
          language);
    default:
      return "";
  }
}

std::string SpanText(const std::string& start, const std::string& end) {
  return absl::StrCat(start, " … ", end);
}

// "采后腐烂率 30 → 5 % 达成 80.0% · 3 人次 2 人 · 签到 3 小时 0 分 · 补录 …".
std::string ReportText(const matcher::v1::CompletionReport& report,
                       Language language) {
  const bool zh = language == Language::kChinese;
  std::string text;
  if (report.has_metric()) {
    absl::StrAppend(&text, MessageText(report.metric(), language),
                    zh ? " 达成 " : ", reached ",
                    absl::StrFormat("%.1f%%", report.share_per_mille() / 10.0),
                    " · ");
  }
  absl::StrAppend(&text, report.services(), zh ? " 人次 " : " person-times, ",
                  report.people(), zh ? " 人 · 签到 " : " people · measured ",
                  MinutesText(report.measured_minutes(), language),
                  zh ? " · 补录 " : " · entered ",
                  MinutesText(report.entered_minutes(), language));
  return text;
}

// A message inside another, in one line.
std::string MessageText(const Message& message, Language language) {
  if (const auto* time =
          dynamic_cast<const google::protobuf::Timestamp*>(&message)) {
    return TimeText(*time);
  }
  if (const auto* window = dynamic_cast<const type::v1::Window*>(&message)) {
    return SpanText(window->start_date(), window->end_date());
  }
  if (const auto* metric = dynamic_cast<const type::v1::Metric*>(&message)) {
    return absl::StrCat(metric->name(), " ", NumberText(metric->baseline()),
                        " → ", NumberText(metric->target()), " ",
                        metric->unit());
  }
  if (const auto* report =
          dynamic_cast<const matcher::v1::CompletionReport*>(&message)) {
    return ReportText(*report, language);
  }
  // The labels say too much for what speaks for itself.
  const bool labelled =
      dynamic_cast<const type::v1::PartsWanted*>(&message) != nullptr;
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::vector<std::string> texts;
  for (const FieldDescriptor* field : fields) {
    const std::string text = FieldText(message, field->name(), language);
    texts.push_back(
        labelled ? absl::StrCat(FieldWord(language, *field), " ", text) : text);
  }
  return absl::StrJoin(texts, " · ");
}

}  // namespace

std::string FieldText(const Message& message, std::string_view path,
                      Language language) {
  const size_t dot = path.find('.');
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(
      std::string(path.substr(0, dot)));
  if (field == nullptr) return "";
  const Reflection& reflection = *message.GetReflection();
  if (dot != path.npos) {
    return FieldText(reflection.GetMessage(message, field),
                     path.substr(dot + 1), language);
  }
  if (!field->is_repeated()) {
    if (field->has_presence() && !reflection.HasField(message, field)) {
      return "";
    }
    return ValueText(message, *field, -1, language);
  }
  std::vector<std::string> texts;
  for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
    texts.push_back(ValueText(message, *field, i, language));
  }
  const bool structured = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  return absl::StrJoin(texts, structured                       ? "; "
                              : language == Language::kChinese ? "、"
                                                               : ", ");
}

std::string RenderRecord(const Message& message, Language language) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::sort(fields.begin(), fields.end(),
            [](const FieldDescriptor* a, const FieldDescriptor* b) {
              return a->number() < b->number();
            });
  std::string record;
  for (const FieldDescriptor* field : fields) {
    const std::string lines =
        Wrapped(FieldText(message, field->name(), language), kLineWidth,
                std::string(kLabelWidth, ' '));
    if (lines.empty()) continue;
    absl::StrAppend(&record, Padded(FieldWord(language, *field), kLabelWidth),
                    lines.substr(kLabelWidth));
  }
  return record;
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M",
                          absl::FromUnixSeconds(time.seconds()),
                          absl::FixedTimeZone(8 * 60 * 60));
}

std::string MinutesText(int64_t minutes, Language language) {
  const bool zh = language == Language::kChinese;
  return absl::StrCat(minutes / 60, zh ? " 小时 " : " h ", minutes % 60,
                      zh ? " 分" : " min");
}

std::string PlaceText(std::string_view region_code) {
  const codes::Region* region = codes::FindRegion(region_code);
  if (region == nullptr) return std::string(region_code);
  return absl::StrReplaceAll(region->Path(), {{"/", ""}});
}

std::string SubjectText(std::string_view code) {
  const codes::Subject* subject = codes::FindSubject(code);
  return std::string(subject == nullptr ? code : subject->name);
}

std::string PointsText(int64_t micro_points) {
  const int64_t size = micro_points < 0 ? -micro_points : micro_points;
  return absl::StrFormat("%s%d.%04d", micro_points < 0 ? "-" : "",
                         size / 10'000, size % 10'000);
}

}  // namespace jiedui::cli
