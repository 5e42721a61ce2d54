// Messages of the public API as people read them: enum values, regions,
// subjects and times in words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tools/cli/messages.h"

namespace google::protobuf {
class Message;
class Timestamp;
}  // namespace google::protobuf

namespace jiedui::cli {

// The field at `path` ("requester.name") in words; empty when it is not set.
std::string FieldText(const google::protobuf::Message& message,
                      std::string_view path, Language language);

// Every field that is set, a line each, in the order of the fields.
std::string RenderRecord(const google::protobuf::Message& message,
                         Language language);

// China's time, "2026-03-01 09:30"; empty for the unset one.
std::string TimeText(const google::protobuf::Timestamp& time);

// "12 小时 30 分".
std::string MinutesText(int64_t minutes, Language language);

// "广东省茂名市高州市" for a code; the code itself when it is not known.
std::string PlaceText(std::string_view region_code);

// "园艺学" for a code of GB/T 13745; the code itself when it is not known.
std::string SubjectText(std::string_view code);

// Micro-points as points of a hundred, "27.1134": exactly four decimals, so
// that a sum that is shown adds up.
std::string PointsText(int64_t micro_points);

}  // namespace jiedui::cli
