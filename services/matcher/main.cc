#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/rpc/host.h"
#include "services/matcher/bind.h"

namespace {

using jiedui::matcher::MatcherOptions;
using jiedui::matcher::Posting;

constexpr char kToPrivate[] = "webhooks-to-private";

absl::StatusOr<MatcherOptions> OptionsOf(
    const std::map<std::string, std::string>& values) {
  MatcherOptions options;
  options.posting = Posting::kToPublic;
  if (const auto policy = values.find("policy"); policy != values.end()) {
    options.policy_file = policy->second;
  }
  const auto to_private = values.find(kToPrivate);
  if (to_private == values.end() || to_private->second == "no") return options;
  if (to_private->second == "yes") {
    options.posting = Posting::kAnywhere;
    return options;
  }
  return jiedui::base::MakeError(jiedui::base::Reason::kUnknownValue,
                                 {{"field", "--webhooks-to-private"},
                                  {"value", to_private->second},
                                  {"allowed", "yes, no"}});
}

}  // namespace

int main(int argc, char** argv) {
  return jiedui::rpc::HostMain(
      argc, argv,
      {"jiedui-matcher",
       {"demand", "volunteer"},
       {{"policy", "FILE",
         "策略文件，默认用内置策略 / policy file (the built-in policy)"},
        {kToPrivate, "yes|no",
         "通知可推送到内网地址（默认 no） / post notices to private addresses "
         "too (no)"}},
       [](const jiedui::rpc::HostEnvironment& environment,
          const std::string& data_dir, const auto& values)
           -> absl::StatusOr<std::unique_ptr<jiedui::rpc::HostedService>> {
         ASSIGN_OR_RETURN(const MatcherOptions options, OptionsOf(values));
         return jiedui::matcher::OpenMatcher(environment, data_dir, options);
       }});
}
