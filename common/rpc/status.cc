#include "common/rpc/status.h"

#include <string>

#include "common/base/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace jiedui::rpc {
namespace {

using base::Language;

void AddMessage(const absl::Status& status, Language language,
                const char* locale, google::rpc::Status& wire) {
  google::rpc::LocalizedMessage message;
  message.set_locale(locale);
  message.set_message(base::Message(status, language));
  wire.add_details()->PackFrom(message);
}

google::rpc::BadRequest ToBadRequest(
    const std::vector<base::Violation>& violations) {
  google::rpc::BadRequest bad_request;
  for (const base::Violation& violation : violations) {
    auto* field = bad_request.add_field_violations();
    field->set_field(violation.field);
    field->set_description(violation.Message(Language::kChinese) + " / " +
                           violation.Message(Language::kEnglish));
  }
  return bad_request;
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const auto code = static_cast<grpc::StatusCode>(status.code());
  const std::optional<base::ErrorInfo> info = base::Info(status);
  if (!info) return {code, std::string(status.message())};

  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(base::Message(status, Language::kChinese));
  google::rpc::ErrorInfo error;
  error.set_reason(std::string(base::ReasonName(info->reason)));
  error.set_domain(kErrorDomain);
  for (const auto& [name, value] : info->args) {
    (*error.mutable_metadata())[name] = value;
  }
  wire.add_details()->PackFrom(error);
  AddMessage(status, Language::kChinese, "zh-CN", wire);
  AddMessage(status, Language::kEnglish, "en", wire);
  if (!info->violations.empty()) {
    wire.add_details()->PackFrom(ToBadRequest(info->violations));
  }
  return {code, wire.message(), wire.SerializeAsString()};
}

}  // namespace jiedui::rpc
