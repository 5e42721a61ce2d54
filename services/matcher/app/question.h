// The problem that a question about rounds is asked of, and rounds over it and
// others like it.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/base/error.h"
#include "common/store/store.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "jiedui/matcher/v1/counterfactual.pb.h"
#include "services/matcher/app/round.h"
#include "services/matcher/app/round_basis.h"
#include "services/matcher/domain/proposal.h"
#include "services/matcher/engine/counterfactual.h"

namespace jiedui::matcher {

// Adds a violation of `resource` unless it names one of those that demands
// compete for: a volunteer, a team or a project.
void CheckRival(const std::string& resource, base::Violations& violations);

// The state of a volunteer, team or project that is known and not there for
// rounds ("PAUSED", "RETIRED"); empty for one that is. Errors: kNotFound.
absl::StatusOr<std::string> NotServing(const jiedui::store::Reader& state,
                                       const std::string& name);

// Not thread-safe.
class Question {
 public:
  // Keeps references; all must outlive it.
  Question(const jiedui::store::Reader& snapshot, const engine::Policy& policy,
           const RoundProgress& progress)
      : snapshot_(snapshot), policy_(policy), progress_(progress) {}

  // Reads the problem of a round on that day; once, before all else. Phase
  // "snapshot". Errors: kCancelled.
  absl::Status Read(absl::CivilDay as_of);

  const jiedui::store::Reader& snapshot() const { return snapshot_; }
  const engine::Problem& problem() const { return basis_.problem; }
  const RoundBasis& basis() const { return basis_; }
  const engine::Policy& policy() const { return policy_; }

  // The demand; null when it is not in the problem.
  const engine::Demand* FindDemand(const std::string& name) const;
  // Whether a volunteer, team or project is in the problem.
  bool Has(std::string_view resource) const;

  // Solves a problem, telling of it as `phase`. Nothing is committed, so nobody
  // judges it. Errors: kCancelled, kInvalidFields.
  absl::StatusOr<engine::Plan> Solve(const engine::Problem& problem,
                                     std::string_view phase) const;

  // Two rounds as people read them: counted, and demand by demand.
  v1::Comparison Tell(
      const engine::Comparison& comparison,
      google::protobuf::RepeatedPtrField<v1::DemandChange>& changes) const;

  std::string TitleOf(const std::string& demand) const;
  v1::NamedResource Named(const std::string& resource) const;
  std::string SummaryOf(const std::string& resource) const;

 private:
  CardOf Cards() const;

  const jiedui::store::Reader& snapshot_;
  const engine::Policy& policy_;
  const RoundProgress& progress_;
  RoundBasis basis_;
};

}  // namespace jiedui::matcher
