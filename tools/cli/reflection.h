// Fields of messages by their names: small helpers for the commands that are
// the same for every resource.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace jiedui::cli {

class Session;

// A new message of a type of the public API.
std::unique_ptr<google::protobuf::Message> NewMessage(
    const google::protobuf::Descriptor& type);

// The request and the response of "DemandService.GetDemand".
std::unique_ptr<google::protobuf::Message> NewRequest(
    const std::string& method);
std::unique_ptr<google::protobuf::Message> NewResponse(
    const std::string& method);

// Null when the message has no such field.
const google::protobuf::FieldDescriptor* Find(
    const google::protobuf::Message& message, const std::string& name);

// Sets a text field when the message has it.
void SetText(google::protobuf::Message& message, const std::string& name,
             const std::string& value);

// Empty when the message has no such field.
std::string GetText(const google::protobuf::Message& message,
                    const std::string& name);

// The full name of a resource of `collection` that a person named: completed as
// FullName does; a pairing or a dispatch may also be named by its demand
// (D00000001), and is then the one that serves it now. Errors: those of the
// call; NOT_FOUND when nothing serves the demand.
absl::StatusOr<std::string> ResolveName(Session& session,
                                        const std::string& collection,
                                        const std::string& name);

// The one field that holds a message, or messages, of `type`.
// REQUIRES: there is one.
const google::protobuf::FieldDescriptor& FieldOf(
    const google::protobuf::Message& message,
    const google::protobuf::Descriptor& type);

}  // namespace jiedui::cli
