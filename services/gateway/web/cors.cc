#include "services/gateway/web/cors.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"

namespace jiedui::gateway {
namespace {

constexpr char kMaxAgeSeconds[] = "7200";  // the most that Chromium keeps

bool IsHeaderList(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.' ||
           c == ',' || c == ' ';
  });
}

}  // namespace

Cors::Cors(std::vector<std::string> origins)
    : origins_(std::move(origins)),
      all_(std::find(origins_.begin(), origins_.end(), "*") != origins_.end()) {
}

bool Cors::Allows(std::string_view origin, std::string_view own) const {
  if (origin.empty() || all_ || origin == own) return true;
  return std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

std::string Cors::Allowed(std::string_view origin) const {
  return all_ ? "*" : std::string(origin);
}

std::vector<HeaderLine> Cors::AnswerLines(std::string_view origin,
                                          std::string_view exposed) const {
  if (origin.empty()) return {{"Vary", "Origin"}};
  return {{"Access-Control-Allow-Origin", Allowed(origin)},
          {"Access-Control-Expose-Headers", std::string(exposed)},
          {"Vary", "Origin"}};
}

std::vector<HeaderLine> Cors::PreflightLines(
    std::string_view origin, std::string_view request_headers) const {
  std::vector<HeaderLine> lines = {
      {"Access-Control-Allow-Origin", Allowed(origin)},
      {"Access-Control-Allow-Methods", "POST, OPTIONS"},
      {"Access-Control-Max-Age", kMaxAgeSeconds},
      {"Vary", "Origin"}};
  if (!request_headers.empty() && IsHeaderList(request_headers)) {
    lines.emplace_back("Access-Control-Allow-Headers", request_headers);
  }
  return lines;
}

}  // namespace jiedui::gateway
