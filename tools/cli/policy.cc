// jiedui policy …
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "google/protobuf/struct.pb.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"
#include "services/matcher/domain/policy_file.h"
#include "services/matcher/domain/policy_message.h"
#include "tools/cli/commands.h"
#include "tools/cli/fields.h"
#include "tools/cli/output.h"
#include "tools/cli/session.h"

namespace jiedui::cli {
namespace {

using matcher::PolicyDifference;
using matcher::v1::GetPolicyResponse;

absl::Status AskPolicy(Session& session, GetPolicyResponse* in_force) {
  return session.Call("MatcherService.GetPolicy",
                      matcher::v1::GetPolicyRequest(), in_force);
}

absl::Status RunPolicyShow(Session& session, const Arguments& arguments) {
  GetPolicyResponse in_force;
  RETURN_IF_ERROR(AskPolicy(session, &in_force));
  if (session.json()) {
    session.ShowJson(CompactJson(in_force));
    return absl::OkStatus();
  }
  session.out() << "# "
                << session.Say(Msg::kPolicyFrom,
                               {{"address", session.Address()},
                                {"version", in_force.policy().version()},
                                {"sha256", in_force.sha256()}})
                << "\n"
                << matcher::WritePolicy(in_force.policy());
  return absl::OkStatus();
}

void ShowDifferences(Session& session, const GetPolicyResponse& in_force,
                     const std::vector<PolicyDifference>& differences) {
  if (differences.empty()) {
    session.out() << session.Say(Msg::kPolicySame,
                                 {{"address", session.Address()}})
                  << "\n";
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const PolicyDifference& one : differences) {
    rows.push_back({one.field, one.before, one.after});
  }
  session.out() << session.Say(Msg::kPolicyDiffers,
                               {{"address", session.Address()},
                                {"version", in_force.policy().version()},
                                {"count", absl::StrCat(rows.size())}})
                << "\n"
                << RenderTable({{session.Say(Msg::kField)},
                                {session.Say(Msg::kInForce), 0, true},
                                {session.Say(Msg::kInFile), 0, true}},
                               rows);
}

// {"version":…,"sha256":…,"inForce":{"version":…,"sha256":…},
//  "differences":[{"field":…,"inForce":…,"file":…}]}.
void ShowCheckJson(Session& session, const matcher::engine::Policy& policy,
                   const GetPolicyResponse& in_force,
                   const std::vector<PolicyDifference>& differences) {
  google::protobuf::Struct json;
  const auto set = [](google::protobuf::Struct& into, const char* name,
                      std::string value) {
    (*into.mutable_fields())[name].set_string_value(std::move(value));
  };
  set(json, "version", policy.version);
  set(json, "sha256", matcher::PolicySha256(policy));
  auto& now = *(*json.mutable_fields())["inForce"].mutable_struct_value();
  set(now, "version", in_force.policy().version());
  set(now, "sha256", in_force.sha256());
  auto& list = *(*json.mutable_fields())["differences"].mutable_list_value();
  for (const PolicyDifference& one : differences) {
    auto& row = *list.add_values()->mutable_struct_value();
    set(row, "field", one.field);
    set(row, "inForce", one.before);
    set(row, "file", one.after);
  }
  session.ShowJson(CompactJson(json));
}

absl::Status RunPolicyCheck(Session& session, const Arguments& arguments) {
  std::string text;
  RETURN_IF_ERROR(ReadWhole(arguments.Get("FILE"), &text, session.language()));
  ASSIGN_OR_RETURN(const matcher::engine::Policy policy,
                   matcher::ReadPolicy(text));
  if (!session.json()) {
    session.out() << session.Say(Msg::kPolicyGood,
                                 {{"version", policy.version},
                                  {"sha256", matcher::PolicySha256(policy)}})
                  << std::endl;
  }
  GetPolicyResponse in_force;
  RETURN_IF_ERROR(AskPolicy(session, &in_force));
  const std::vector<PolicyDifference> differences =
      matcher::DifferencesOf(in_force.policy(), matcher::ToMessage(policy));
  if (session.json()) {
    ShowCheckJson(session, policy, in_force, differences);
  } else {
    ShowDifferences(session, in_force, differences);
  }
  return absl::OkStatus();
}

Command ShowPolicyCommand() {
  Command command;
  command.name = "show";
  command.summary = {"现行策略，以策略文件的写法",
                     "the policy in force, as a policy file"};
  command.details = {
      "存成文件（jiedui policy show > my.txtpb）就是自己策略的起点。",
      "Kept in a file (jiedui policy show > my.txtpb) it is where a policy of "
      "one's own begins."};
  command.examples = {
      {"jiedui policy show", {"现行策略", "the one in force"}},
      {"jiedui policy show -o json", {"供脚本", "for scripts"}}};
  command.run = RunPolicyShow;
  return command;
}

Command CheckPolicyCommand() {
  Command command;
  command.name = "check";
  command.summary = {"检查策略文件，并与现行策略比较",
                     "check a policy file, compare it with the one in force"};
  command.details = {
      "先检查文件，再问服务现行的策略；不作任何改动。用 --data DIR --policy "
      "FILE "
      "启动服务才生效。",
      "Checks the file first, then asks for the policy in force; changes "
      "nothing. A policy is in\nforce where the service is started with --data "
      "DIR --policy FILE."};
  command.arguments = {Positional(
      "FILE",
      {"策略文件，- 为标准输入", "the policy file; -: standard input"})};
  command.examples = {{"jiedui policy check my.txtpb",
                       {"哪些数值不同", "which numbers are others"}}};
  command.run = RunPolicyCheck;
  return command;
}

}  // namespace

Command PolicyCommand() {
  Command command;
  command.name = "policy";
  command.summary = {"策略：结对的权重与门槛",
                     "the policy: weights and thresholds of rounds"};
  command.subcommands = {ShowPolicyCommand(), CheckPolicyCommand()};
  return command;
}

}  // namespace jiedui::cli
