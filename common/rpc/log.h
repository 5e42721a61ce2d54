// Structured logs: one JSON object a line on standard error.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace jiedui::rpc {

using LogField = std::pair<std::string_view, std::string>;

// `event` is a stable dotted name. Never personal data. Thread-safe.
void LogInfo(std::string_view event, std::initializer_list<LogField> fields);
void LogWarning(std::string_view event, std::initializer_list<LogField> fields);

// For commands people look at: only warnings are written from now on.
void QuietLogs();

}  // namespace jiedui::rpc
