#include "services/jiedui/all_in_one.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/demand/bind.h"
#include "services/volunteer/bind.h"

namespace jiedui {

absl::StatusOr<std::unique_ptr<AllInOne>> AllInOne::Start(
    const AllInOneOptions& options) {
  std::unique_ptr<AllInOne> all(new AllInOne(options.clock));
  const rpc::HostEnvironment environment = all->host_.environment();
  // First, so that a wrong policy file leaves no folder behind.
  ASSIGN_OR_RETURN(auto matcher, matcher::OpenMatcher(
                                     environment, options.data_dir + "/matcher",
                                     options.matcher));
  ASSIGN_OR_RETURN(auto demand, demand::OpenDemandRegistry(
                                    environment, options.data_dir + "/demand"));
  ASSIGN_OR_RETURN(auto volunteer,
                   volunteer::OpenVolunteerRegistry(
                       environment, options.data_dir + "/volunteer"));
  all->host_.Add(std::move(demand));
  all->host_.Add(std::move(volunteer));
  all->host_.Add(std::move(matcher));
  rpc::HostOptions host;
  host.server = options.server;
  RETURN_IF_ERROR(all->host_.Start(host));
  if (!options.web.listen.empty()) {
    gateway::GatewayOptions web = options.web;
    web.metrics = &all->host_.metrics();
    ASSIGN_OR_RETURN(all->gateway_, gateway::Gateway::Start(
                                        web, [channel = all->host_.channel()](
                                                 const auto&, const auto&) {
                                          return channel;
                                        }));
  }
  return all;
}

AllInOne::~AllInOne() { Stop(); }

std::vector<int> AllInOne::web_ports() const {
  return gateway_ == nullptr ? std::vector<int>() : gateway_->ports();
}

void AllInOne::Stop() {
  if (gateway_ != nullptr) gateway_->Stop();
  host_.Stop();
}

}  // namespace jiedui
