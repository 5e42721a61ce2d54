// Which methods may be called from outside, read off the services' descriptors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "google/protobuf/descriptor.h"

namespace jiedui::gateway {

struct Method {
  std::string path;  // "/jiedui.demand.v1.DemandService/GetDemand"
  const google::protobuf::MethodDescriptor* descriptor;

  bool client_streaming() const { return descriptor->client_streaming(); }
  bool server_streaming() const { return descriptor->server_streaming(); }
};

using Services = std::vector<const google::protobuf::ServiceDescriptor*>;

// Immutable.
class MethodTable {
 public:
  explicit MethodTable(const Services& services);

  // Null when there is none to be called.
  const Method* Find(std::string_view path) const;

  // Whether `path` is "/SERVICE/…" of a service here.
  bool IsOfService(std::string_view path) const;

 private:
  absl::flat_hash_map<std::string, Method> methods_;
  std::vector<std::string> prefixes_;
};

// All that is for people and their programs; not the event log, which holds
// what only services may see.
Services PublicServices();

}  // namespace jiedui::gateway
