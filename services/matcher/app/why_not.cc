#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/question.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/app/what_if.h"
#include "services/matcher/domain/constraint_details.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using demand::event::v1::Demand;
using engine::Part;
using jiedui::store::Reader;

// What can fill which part; a volunteer is an expert before a talent.
std::vector<Part> PartsFor(std::string_view resource) {
  if (resource.starts_with(kTeams)) return {Part::kTeam};
  if (resource.starts_with(kProjects)) return {Part::kProject};
  return {Part::kExpert, Part::kTalents};
}

absl::Status CheckNames(const v1::ExplainWhyNotRequest& request) {
  base::Violations violations;
  if (request.demand().empty()) {
    violations.Add("demand", Reason::kFieldRequired);
  }
  CheckRival(request.resource(), violations);
  return violations.ToStatus();
}

bool Wants(const engine::Demand& demand, Part part) {
  return demand.wants(part) != engine::Want::kNone &&
         (part != Part::kTalents || demand.talents_count > 0);
}

// The part asked about, or the first one wanted that the resource can fill.
absl::StatusOr<Part> ChoosePart(const engine::Demand& demand,
                                const v1::ExplainWhyNotRequest& request) {
  std::string allowed;
  for (Part part : PartsFor(request.resource())) {
    if (!Wants(demand, part)) continue;
    const bool asked = request.part() == type::v1::PART_KIND_UNSPECIFIED ||
                       request.part() == ToKind(part);
    if (asked) return part;
    allowed = PartName(ToKind(part));
  }
  base::Violations violations;
  violations.Add(
      "part", Reason::kUnknownValue,
      {{"value", PartName(request.part())},
       {"allowed", !allowed.empty()
                       ? allowed
                       : "需求所要的部分 / parts the demand wants"}});
  return violations.ToStatus();
}

absl::Status RequireInRound(const Question& question, const std::string& name) {
  if (question.FindDemand(name) != nullptr) return absl::OkStatus();
  const auto demand = FindReplica<Demand>(question.snapshot(), name);
  if (!demand) return base::MakeError(Reason::kNotFound, {{"resource", name}});
  const bool over = question.basis().demands.contains(name);
  return base::MakeError(
      Reason::kNotInRound,
      {{"resource", name},
       {"state", over ? "服务期已过 / window over" : demand->state()}});
}

void TellBars(const Question& question, Part part, const engine::Fit& fit,
              v1::WhyNotResult& result) {
  result.set_verdict(v1::WhyNotResult::VERDICT_BARRED);
  for (engine::Constraint constraint : fit.violated.ToVector()) {
    v1::ViolatedConstraint* violated = result.add_constraints();
    violated->set_constraint(ToConstraint(constraint));
    violated->set_detail(DetailOf(constraint, question.problem(),
                                  question.policy(), result.demand(), part,
                                  fit));
  }
}

const engine::PartResult& PartIn(const engine::Plan& plan,
                                 const std::string& demand, Part part) {
  return std::find_if(plan.bundles.begin(), plan.bundles.end(),
                      [&](const engine::Bundle& bundle) {
                        return bundle.demand == demand;
                      })
      ->part(part);
}

// Null when nobody of that name is among them.
const engine::Choice* FindChoice(const engine::PartResult& part,
                                 const std::string& resource) {
  const auto found = std::find_if(
      part.chosen.begin(), part.chosen.end(),
      [&](const engine::Choice& one) { return one.resource == resource; });
  return found == part.chosen.end() ? nullptr : &*found;
}

// A round as things are and one with the resource held in the part.
absl::Status SolveBoth(const Question& question, Part part,
                       Answer<v1::WhyNotResult>& answer) {
  v1::WhyNotResult& result = answer.result;
  const std::string& resource = result.resource().resource();
  ASSIGN_OR_RETURN(const engine::Plan present,
                   question.Solve(question.problem(), "present"));
  const engine::PartResult& proposed = PartIn(present, result.demand(), part);
  for (const engine::Choice& choice : proposed.chosen) {
    *result.add_proposed() = question.Named(choice.resource);
    result.set_proposed_points(result.proposed_points() + choice.points);
  }
  if (const engine::Choice* choice = FindChoice(proposed, resource)) {
    result.set_verdict(v1::WhyNotResult::VERDICT_PROPOSED);
    result.set_points(choice->points);
    return absl::OkStatus();
  }
  const engine::Problem changed =
      engine::WithLock(question.problem(), result.demand(), part, resource);
  ASSIGN_OR_RETURN(const engine::Plan plan, question.Solve(changed, "changed"));
  result.set_verdict(v1::WhyNotResult::VERDICT_POSSIBLE);
  result.set_points(
      FindChoice(PartIn(plan, result.demand(), part), resource)->points);
  *result.mutable_comparison() =
      question.Tell(engine::Compare(question.problem(), present, changed, plan),
                    answer.changes);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Answer<v1::WhyNotResult>> ExplainWhyNot(
    const Reader& snapshot, const engine::Policy& policy, absl::CivilDay as_of,
    const v1::ExplainWhyNotRequest& request, const RoundProgress& progress) {
  RETURN_IF_ERROR(CheckNames(request));
  Question question(snapshot, policy, progress);
  RETURN_IF_ERROR(question.Read(as_of));
  RETURN_IF_ERROR(RequireInRound(question, request.demand()));
  ASSIGN_OR_RETURN(const Part part,
                   ChoosePart(*question.FindDemand(request.demand()), request));
  ASSIGN_OR_RETURN(std::string not_serving,
                   NotServing(snapshot, request.resource()));
  Answer<v1::WhyNotResult> answer;
  v1::WhyNotResult& result = answer.result;
  result.set_demand(request.demand());
  result.set_demand_title(question.TitleOf(request.demand()));
  result.set_part(ToKind(part));
  *result.mutable_resource() = question.Named(request.resource());
  result.set_summary(question.SummaryOf(request.resource()));
  if (!not_serving.empty()) {
    result.set_verdict(v1::WhyNotResult::VERDICT_NOT_SERVING);
    result.set_not_serving(std::move(not_serving));
    return answer;
  }
  const engine::Fit fit =
      engine::FitOf(question.problem(), question.policy(), request.demand(),
                    part, request.resource());
  if (!fit.violated.empty()) {
    TellBars(question, part, fit, result);
    return answer;
  }
  RETURN_IF_ERROR(SolveBoth(question, part, answer));
  return answer;
}

}  // namespace jiedui::matcher
