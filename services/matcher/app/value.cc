#include <string>
#include <vector>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/question.h"
#include "services/matcher/app/what_if.h"
#include "services/matcher/engine/scenario.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using jiedui::store::Reader;
using ServedDemands = google::protobuf::RepeatedPtrField<v1::ServedDemand>;

absl::Status CheckResource(const Question& question,
                           const std::string& resource) {
  base::Violations violations;
  CheckRival(resource, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(const std::string not_serving,
                   NotServing(question.snapshot(), resource));
  if (not_serving.empty()) return absl::OkStatus();
  return base::MakeError(
      Reason::kNotEligible,
      {{"resource", resource}, {"constraints", "NOT_SERVING"}});
}

ServedDemands ServedBy(const Question& question, const engine::Plan& plan,
                       const std::string& resource) {
  ServedDemands served;
  for (const engine::Bundle& bundle : plan.bundles) {
    for (const engine::PartResult& part : bundle.parts) {
      for (const engine::Choice& choice : part.chosen) {
        if (choice.resource != resource) continue;
        v1::ServedDemand* one = served.Add();
        one->set_demand(bundle.demand);
        one->set_demand_title(question.TitleOf(bundle.demand));
        one->set_part(ToKind(part.part));
        one->set_points(choice.points);
      }
    }
  }
  return served;
}

// The problem in which the resource may serve none of those it serves.
engine::Problem Barred(engine::Problem problem, const ServedDemands& serves,
                       const std::string& resource) {
  for (const v1::ServedDemand& served : serves) {
    std::erase_if(problem.locks, [&](const engine::Lock& lock) {
      return lock.demand == served.demand() && lock.resource == resource;
    });
    problem.exclusions.push_back(
        {served.demand(), resource, engine::ExclusionReason::kCoordinator});
  }
  return problem;
}

}  // namespace

absl::StatusOr<Answer<v1::ValueResult>> AssessValue(
    const Reader& snapshot, const engine::Policy& policy, absl::CivilDay as_of,
    const v1::AssessValueRequest& request, const RoundProgress& progress) {
  const std::string& resource = request.resource();
  Question question(snapshot, policy, progress);
  RETURN_IF_ERROR(question.Read(as_of));
  RETURN_IF_ERROR(CheckResource(question, resource));
  const engine::Problem& problem = question.problem();
  ASSIGN_OR_RETURN(const engine::Plan present,
                   question.Solve(problem, "present"));
  Answer<v1::ValueResult> answer;
  v1::ValueResult& result = answer.result;
  *result.mutable_resource() = question.Named(resource);
  result.set_summary(question.SummaryOf(resource));
  *result.mutable_serves() = ServedBy(question, present, resource);
  if (result.serves().empty()) {
    // The round is as good without it as it is.
    *result.mutable_without() = question.Tell(
        engine::Compare(problem, present, problem, present), answer.changes);
    return answer;
  }
  engine::Problem without = problem;
  engine::Remove({resource}, without);
  ASSIGN_OR_RETURN(const engine::Plan lost, question.Solve(without, "without"));
  *result.mutable_without() = question.Tell(
      engine::Compare(problem, present, without, lost), answer.changes);
  ASSIGN_OR_RETURN(
      const engine::Plan moved,
      question.Solve(Barred(problem, result.serves(), resource), "instead"));
  *result.mutable_instead() = ServedBy(question, moved, resource);
  return answer;
}

}  // namespace jiedui::matcher
