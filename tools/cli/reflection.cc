#include "tools/cli/reflection.h"

#include "common/base/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "jiedui/demand/v1/demand_service.pb.h"
#include "tools/cli/client.h"
#include "tools/cli/fields.h"
#include "tools/cli/session.h"

namespace jiedui::cli {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

std::unique_ptr<Message> NewMessage(const Descriptor& type) {
  return std::unique_ptr<Message>(
      MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

const FieldDescriptor* Find(const Message& message, const std::string& name) {
  return message.GetDescriptor()->FindFieldByName(name);
}

void SetText(Message& message, const std::string& name,
             const std::string& value) {
  const FieldDescriptor* field = Find(message, name);
  if (field == nullptr) return;
  message.GetReflection()->SetString(&message, field, value);
}

std::string GetText(const Message& message, const std::string& name) {
  const FieldDescriptor* field = Find(message, name);
  return field == nullptr ? ""
                          : message.GetReflection()->GetString(message, field);
}

const FieldDescriptor& FieldOf(const Message& message, const Descriptor& type) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (field->message_type() == &type) return *field;
  }
  GOOGLE_LOG(FATAL) << message.GetTypeName() << " holds no "
                    << type.full_name();
  __builtin_unreachable();
}

std::unique_ptr<Message> NewRequest(const std::string& method) {
  return NewMessage(*Method(method).input_type());
}

std::unique_ptr<Message> NewResponse(const std::string& method) {
  return NewMessage(*Method(method).output_type());
}

absl::StatusOr<std::string> ResolveName(Session& session,
                                        const std::string& collection,
                                        const std::string& name) {
  const std::string demand = FullName("demands", name);
  constexpr std::string_view kDemands = "demands/";
  if (collection == "dispatches" && demand.starts_with(kDemands)) {
    return FullName(collection, demand.substr(kDemands.size()));
  }
  // Names of pairings have a dash: D00000001-cbb686fd.
  const bool by_demand = collection == "pairings" &&
                         demand.starts_with("demands/D") &&
                         demand.find('-') == std::string::npos;
  if (!by_demand) return FullName(collection, name);
  demand::v1::GetDemandRequest request;
  request.set_name(demand);
  demand::v1::Demand found;
  RETURN_IF_ERROR(session.Call("DemandService.GetDemand", request, &found));
  if (found.pairing().empty()) {
    return absl::NotFoundError(
        session.Say(Msg::kNoPairing, {{"demand", demand}}));
  }
  return found.pairing();
}

}  // namespace jiedui::cli
