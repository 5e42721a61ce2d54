#include "common/rpc/host.h"
#include "services/demand/bind.h"

int main(int argc, char** argv) {
  return jiedui::rpc::HostMain(
      argc, argv,
      {"jiedui-demand",
       {"matcher"},
       {},
       [](const jiedui::rpc::HostEnvironment& environment,
          const std::string& data_dir, const auto&) {
         return jiedui::demand::OpenDemandRegistry(environment, data_dir);
       }});
}
