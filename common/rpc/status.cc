#include "common/rpc/status.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/base/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace jiedui::rpc {
namespace {

using base::Language;

// A status travels in HTTP/2 trailers, and clients refuse more than 8 KiB of
// those: the message (there percent-encoded, up to three times as long) and the
// details (in base64) must fit into them whatever the request held.
constexpr size_t kMaxMessage = 500;
constexpr size_t kMaxArgument = 200;
constexpr size_t kMaxDetails = 4096;

// The beginning of a text, cut between characters.
std::string Cut(std::string text, size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (text[limit] & 0xC0) == 0x80) --limit;
  text.resize(limit);
  return text + "…";
}

void AddMessage(const absl::Status& status, Language language,
                const char* locale, google::rpc::Status& wire) {
  google::rpc::LocalizedMessage message;
  message.set_locale(locale);
  message.set_message(Cut(base::Message(status, language), kMaxMessage));
  wire.add_details()->PackFrom(message);
}

// As many violations as fit into `bytes`; the error's {count} tells of the
// rest.
google::rpc::BadRequest ToBadRequest(
    const std::vector<base::Violation>& violations, size_t bytes) {
  google::rpc::BadRequest bad_request;
  for (const base::Violation& violation : violations) {
    google::rpc::BadRequest::FieldViolation field;
    field.set_field(Cut(violation.field, kMaxArgument));
    field.set_description(
        Cut(violation.Message(Language::kChinese), kMaxMessage) + " / " +
        Cut(violation.Message(Language::kEnglish), kMaxMessage));
    if (bad_request.ByteSizeLong() + field.ByteSizeLong() > bytes) break;
    *bad_request.add_field_violations() = std::move(field);
  }
  return bad_request;
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const auto code = static_cast<grpc::StatusCode>(status.code());
  const std::optional<base::ErrorInfo> info = base::Info(status);
  if (!info) return {code, Cut(std::string(status.message()), kMaxMessage)};

  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(Cut(base::Message(status, Language::kChinese), kMaxMessage));
  google::rpc::ErrorInfo error;
  error.set_reason(std::string(base::ReasonName(info->reason)));
  error.set_domain(kErrorDomain);
  for (const auto& [name, value] : info->args) {
    (*error.mutable_metadata())[name] = Cut(value, kMaxArgument);
  }
  wire.add_details()->PackFrom(error);
  AddMessage(status, Language::kChinese, "zh-CN", wire);
  AddMessage(status, Language::kEnglish, "en", wire);
  if (!info->violations.empty()) {
    wire.add_details()->PackFrom(
        ToBadRequest(info->violations,
                     kMaxDetails - std::min(kMaxDetails, wire.ByteSizeLong())));
  }
  return {code, wire.message(), wire.SerializeAsString()};
}

}  // namespace jiedui::rpc
