#include "common/rpc/host.h"
#include "services/matcher/bind.h"

int main(int argc, char** argv) {
  return jiedui::rpc::HostMain(
      argc, argv,
      {"jiedui-matcher",
       {"demand", "volunteer"},
       {{"policy", "FILE",
         "策略文件，默认用内置策略 / policy file (the built-in policy)"}},
       [](const jiedui::rpc::HostEnvironment& environment,
          const std::string& data_dir, const auto& values) {
         const auto policy = values.find("policy");
         return jiedui::matcher::OpenMatcher(
             environment, data_dir,
             policy == values.end() ? "" : policy->second);
       }});
}
