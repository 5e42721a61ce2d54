#include "services/gateway/web/methods.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "jiedui/demand/v1/demand_service.pb.h"
#include "jiedui/matcher/v1/dispatch_service.pb.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"
#include "jiedui/matcher/v1/notice_service.pb.h"
#include "jiedui/matcher/v1/record_service.pb.h"
#include "jiedui/sheet/v1/sheet_service.pb.h"
#include "jiedui/volunteer/v1/volunteer_service.pb.h"

namespace jiedui::gateway {

using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

MethodTable::MethodTable(const Services& services) {
  for (const ServiceDescriptor* service : services) {
    prefixes_.push_back(absl::StrCat("/", service->full_name(), "/"));
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor* method = service->method(i);
      std::string path = prefixes_.back() + method->name();
      methods_[path] = {path, method};
    }
  }
}

const Method* MethodTable::Find(std::string_view path) const {
  const auto it = methods_.find(absl::string_view(path.data(), path.size()));
  return it == methods_.end() ? nullptr : &it->second;
}

bool MethodTable::IsOfService(std::string_view path) const {
  return std::any_of(prefixes_.begin(), prefixes_.end(),
                     [path](auto& prefix) { return path.starts_with(prefix); });
}

Services PublicServices() {
  const FileDescriptor* const files[] = {
      demand::v1::GetDemandRequest::descriptor()->file(),
      matcher::v1::GetDispatchRequest::descriptor()->file(),
      matcher::v1::CheckInRequest::descriptor()->file(),
      matcher::v1::ListNoticesRequest::descriptor()->file(),
      matcher::v1::AddLateRecordRequest::descriptor()->file(),
      sheet::v1::ImportSheetRequest::descriptor()->file(),
      volunteer::v1::GetVolunteerRequest::descriptor()->file()};
  Services services;
  for (const FileDescriptor* file : files) {
    for (int i = 0; i < file->service_count(); ++i) {
      services.push_back(file->service(i));
    }
  }
  return services;
}

}  // namespace jiedui::gateway
