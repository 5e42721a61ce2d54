#include "common/rpc/host.h"
#include "services/volunteer/bind.h"

int main(int argc, char** argv) {
  return jiedui::rpc::HostMain(
      argc, argv,
      {"jiedui-volunteer",
       {},
       {},
       [](const jiedui::rpc::HostEnvironment& environment,
          const std::string& data_dir, const auto&) {
         return jiedui::volunteer::OpenVolunteerRegistry(environment, data_dir);
       }});
}
