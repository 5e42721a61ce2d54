#include "tools/cli/errors.h"

#include <map>
#include <optional>
#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace jiedui::cli {
namespace {

// Payloads by which a status says where it is from.
constexpr char kRpcPayload[] = "type.googleapis.com/google.rpc.Status";
constexpr char kUsagePayload[] = "jiedui.dev/cli/usage";
constexpr char kToldPayload[] = "jiedui.dev/cli/told";
constexpr char kAddressPayload[] = "jiedui.dev/cli/address";
constexpr char kSecondsPayload[] = "jiedui.dev/cli/seconds";

constexpr ExitCodeRow kExitCodes[] = {
    {kExitOk, Msg::kExit0},          {kExitUsage, Msg::kExit2},
    {kExitNotFound, Msg::kExit3},    {kExitInvalid, Msg::kExit4},
    {kExitState, Msg::kExit5},       {kExitConflict, Msg::kExit6},
    {kExitUnavailable, Msg::kExit7}, {kExitData, Msg::kExit8},
    {kExitInternal, Msg::kExit9},    {kExitInterrupted, Msg::kExit130},
};

absl::Status WithPayload(absl::Status status, const char* type,
                         std::string_view bytes = "") {
  status.SetPayload(type,
                    absl::Cord(absl::string_view(bytes.data(), bytes.size())));
  return status;
}

std::string Payload(const absl::Status& status, const char* type) {
  const absl::optional<absl::Cord> payload = status.GetPayload(type);
  return payload ? std::string(*payload) : "";
}

std::optional<google::rpc::Status> Details(const absl::Status& status) {
  google::rpc::Status details;
  const std::string bytes = Payload(status, kRpcPayload);
  if (bytes.empty() || !details.ParseFromString(bytes)) return std::nullopt;
  return details;
}

// The first detail of type T, if any.
template <typename T>
std::optional<T> Detail(const google::rpc::Status& status) {
  T detail;
  for (const google::protobuf::Any& any : status.details()) {
    if (any.UnpackTo(&detail)) return detail;
  }
  return std::nullopt;
}

std::string LocalMessage(const google::rpc::Status& status, Language language) {
  const std::string_view wanted = language == Language::kChinese ? "zh" : "en";
  google::rpc::LocalizedMessage message;
  for (const google::protobuf::Any& any : status.details()) {
    if (any.UnpackTo(&message) &&
        std::string_view(message.locale()).starts_with(wanted)) {
      return message.message();
    }
  }
  return "";
}

// A violation's description is "中文 / English": the half of the language.
std::string Half(const std::string& description, Language language) {
  const size_t middle = description.find(" / ");
  if (middle == std::string::npos) return description;
  return language == Language::kChinese ? description.substr(0, middle)
                                        : description.substr(middle + 3);
}

std::string ViolationLines(const google::rpc::Status& status,
                           Language language) {
  std::string lines;
  const auto request = Detail<google::rpc::BadRequest>(status);
  if (!request) return lines;
  for (const auto& violation : request->field_violations()) {
    absl::StrAppend(&lines, "  ", violation.field(), ": ",
                    Half(violation.description(), language), "\n");
  }
  return lines;
}

// Words for a failed call that came without a LocalizedMessage.
std::string Unlocalised(const absl::Status& status, Language language) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return Say(language, Msg::kUnreachable,
                 {{"address", Payload(status, kAddressPayload)}});
    case absl::StatusCode::kDeadlineExceeded:
      return Say(language, Msg::kTimedOut,
                 {{"seconds", Payload(status, kSecondsPayload)}});
    case absl::StatusCode::kUnimplemented:
      return Say(language, Msg::kMethodMissing);
    case absl::StatusCode::kCancelled:
      return Say(language, Msg::kInterrupted);
    default:
      return Say(language, Msg::kOtherError,
                 {{"code", absl::StatusCodeToString(status.code())},
                  {"detail", std::string(status.message())}});
  }
}

std::string LocalViolations(const absl::Status& status, Language language) {
  std::string lines;
  const std::optional<base::ErrorInfo> info = base::Info(status);
  if (!info) return lines;
  for (const base::Violation& violation : info->violations) {
    absl::StrAppend(&lines, "  ", violation.field, ": ",
                    violation.Message(language), "\n");
  }
  return lines;
}

ExitCode ByCode(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return kExitOk;
    case absl::StatusCode::kNotFound:
      return kExitNotFound;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return kExitInvalid;
    case absl::StatusCode::kFailedPrecondition:
      return kExitState;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
      return kExitConflict;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return kExitUnavailable;
    case absl::StatusCode::kDataLoss:
      return kExitData;
    case absl::StatusCode::kCancelled:
      return kExitInterrupted;
    default:
      return kExitInternal;
  }
}

}  // namespace

std::span<const ExitCodeRow> ExitCodes() { return kExitCodes; }

absl::Status UsageError(std::string_view message) {
  return WithPayload(absl::InvalidArgumentError(
                         absl::string_view(message.data(), message.size())),
                     kUsagePayload);
}

absl::Status InvalidInput(std::string_view message) {
  return absl::InvalidArgumentError(
      absl::string_view(message.data(), message.size()));
}

absl::Status AlreadyTold(absl::Status status) {
  return WithPayload(std::move(status), kToldPayload);
}

absl::Status FromGrpc(const grpc::Status& status, std::string_view address,
                      int64_t seconds) {
  if (status.ok()) return absl::OkStatus();
  absl::Status error(static_cast<absl::StatusCode>(status.error_code()),
                     status.error_message());
  google::rpc::Status details;
  if (!status.error_details().empty() &&
      details.ParseFromString(status.error_details())) {
    error = WithPayload(std::move(error), kRpcPayload, status.error_details());
  }
  error = WithPayload(std::move(error), kAddressPayload, address);
  return WithPayload(std::move(error), kSecondsPayload, absl::StrCat(seconds));
}

std::string Explain(const absl::Status& status, Language language) {
  if (status.ok() || status.GetPayload(kToldPayload)) return "";
  const std::string head = Say(language, Msg::kError) + ": ";
  if (base::Info(status)) {
    return absl::StrCat(head, base::Message(status, language), "\n",
                        LocalViolations(status, language));
  }
  if (const auto details = Details(status)) {
    std::string message = LocalMessage(*details, language);
    if (message.empty()) message = Unlocalised(status, language);
    return absl::StrCat(head, message, "\n",
                        ViolationLines(*details, language));
  }
  if (status.GetPayload(kAddressPayload)) {
    return absl::StrCat(head, Unlocalised(status, language), "\n");
  }
  return absl::StrCat(head, status.message(), "\n");
}

std::string ReasonOf(const absl::Status& status) {
  if (const auto info = base::Info(status)) {
    return std::string(base::ReasonName(info->reason));
  }
  if (const auto details = Details(status)) {
    if (const auto info = Detail<google::rpc::ErrorInfo>(*details)) {
      return info->reason();
    }
  }
  return "";
}

ExitCode ExitCodeOf(const absl::Status& status) {
  if (status.GetPayload(kUsagePayload)) return kExitUsage;
  static const auto* const by_reason = new std::map<std::string, ExitCode>{
      {"DATA_FOLDER_IN_USE", kExitData}, {"DATA_FOLDER_UNUSABLE", kExitData},
      {"SCHEMA_NEWER", kExitData},       {"DATA_DAMAGED", kExitData},
      {"TOO_LARGE", kExitInvalid},
  };
  const auto it = by_reason->find(ReasonOf(status));
  return it != by_reason->end() ? it->second : ByCode(status.code());
}

}  // namespace jiedui::cli
