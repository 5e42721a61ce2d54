#include "services/matcher/app/what_if.h"

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/codes/corps.h"
#include "common/codes/regions.h"
#include "common/codes/subjects.h"
#include "services/matcher/app/question.h"
#include "services/matcher/engine/scenario.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using codes::Region;
using v1::WhatIfRequest;

constexpr int kMostExperts = 10'000;
constexpr size_t kDisciplineDigits = 3;

bool IsCounty(const Region& region) {
  return region.level() == codes::RegionLevel::kCounty ||
         region.is_city_without_counties();
}

// Looks at every field, so that all that is off is told at once.
class Checker {
 public:
  Checker(const Question& question, const WhatIfRequest& request)
      : question_(question), request_(request) {}

  absl::Status Run() {
    const bool nothing =
        request_.open_tiers().empty() && request_.add_experts().empty() &&
        request_.close_counties().empty() && request_.without().empty();
    if (nothing) {
      Add("open_tiers, add_experts, close_counties, without",
          Reason::kFieldRequired);
    }
    for (int i = 0; i < request_.open_tiers_size(); ++i) {
      Check(absl::StrCat("open_tiers[", i, "]."), request_.open_tiers(i));
    }
    for (int i = 0; i < request_.add_experts_size(); ++i) {
      Check(absl::StrCat("add_experts[", i, "]."), request_.add_experts(i));
    }
    for (int i = 0; i < request_.close_counties_size(); ++i) {
      CheckCounty(absl::StrCat("close_counties[", i, "]"),
                  request_.close_counties(i));
    }
    for (int i = 0; i < request_.without_size(); ++i) {
      if (question_.Has(request_.without(i))) continue;
      Add(absl::StrCat("without[", i, "]"), Reason::kReferenceMissing,
          {{"resource", request_.without(i)}});
    }
    return violations_.ToStatus();
  }

 private:
  void Check(const std::string& at, const WhatIfRequest::OpenTier& open) {
    if (open.tier() == type::v1::TIER_UNSPECIFIED) {
      Add(at + "tier", Reason::kFieldRequired);
    }
    for (int i = 0; i < open.demands_size(); ++i) {
      if (question_.FindDemand(open.demands(i)) != nullptr) continue;
      Add(absl::StrCat(at, "demands[", i, "]"), Reason::kReferenceMissing,
          {{"resource", open.demands(i)}});
    }
  }

  void Check(const std::string& at, const WhatIfRequest::AddExperts& experts) {
    if (experts.count() < 1 || experts.count() > kMostExperts) {
      Add(at + "count", Reason::kValueOutOfRange,
          {{"value", absl::StrCat(experts.count())},
           {"min", "1"},
           {"max", absl::StrCat(kMostExperts)}});
    }
    const std::string& subject = experts.subject();
    if (subject.size() < kDisciplineDigits ||
        codes::FindSubject(subject) == nullptr) {
      Add(at + "subject", Reason::kUnknownCode,
          {{"value", subject}, {"system", "GB/T 13745"}});
    }
    if (codes::FindRegion(experts.region()) == nullptr) {
      Add(at + "region", Reason::kUnknownCode,
          {{"value", experts.region()}, {"system", "GB/T 2260"}});
    }
  }

  void CheckCounty(const std::string& field, const std::string& code) {
    const Region* region = codes::FindRegion(code);
    if (region == nullptr) {
      Add(field, Reason::kUnknownCode,
          {{"value", code}, {"system", "GB/T 2260"}});
    } else if (!IsCounty(*region)) {
      Add(field, Reason::kFieldMalformed,
          {{"value", code},
           {"expected",
            "县（市、区），或不设县的市 / a county, or a city without any"}});
    }
  }

  void Add(std::string field, Reason reason,
           std::vector<base::ErrorArg> args = {}) {
    violations_.Add(std::move(field), reason, std::move(args));
  }

  const Question& question_;
  const WhatIfRequest& request_;
  base::Violations violations_;
};

engine::NewExperts ToEngine(const WhatIfRequest::AddExperts& asked) {
  const Region& region = *codes::FindRegion(asked.region());
  engine::NewExperts experts{asked.count(), asked.subject(), region.CodeText(),
                             codes::TierOfRegion(region)};
  if (asked.tier() != type::v1::TIER_UNSPECIFIED) {
    experts.tier = static_cast<codes::Tier>(asked.tier());
  }
  return experts;
}

// REQUIRES: the request has been checked.
engine::Problem Change(engine::Problem problem, const WhatIfRequest& request) {
  engine::Remove({request.without().begin(), request.without().end()}, problem);
  for (const std::string& county : request.close_counties()) {
    engine::CloseCounty(*codes::FindRegion(county), problem);
  }
  for (const WhatIfRequest::OpenTier& open : request.open_tiers()) {
    const auto tier = static_cast<codes::Tier>(open.tier());
    if (open.demands().empty()) engine::OpenTier(tier, "", problem);
    for (const std::string& demand : open.demands()) {
      engine::OpenTier(tier, demand, problem);
    }
  }
  for (const WhatIfRequest::AddExperts& experts : request.add_experts()) {
    engine::AddExperts(ToEngine(experts), problem);
  }
  return problem;
}

}  // namespace

absl::StatusOr<Answer<v1::WhatIfResult>> WhatIf(
    const jiedui::store::Reader& snapshot, const engine::Policy& policy,
    absl::CivilDay as_of, const WhatIfRequest& request,
    const RoundProgress& progress) {
  Question question(snapshot, policy, progress);
  RETURN_IF_ERROR(question.Read(as_of));
  RETURN_IF_ERROR(Checker(question, request).Run());
  const engine::Problem& problem = question.problem();
  ASSIGN_OR_RETURN(const engine::Plan present,
                   question.Solve(problem, "present"));
  const engine::Problem changed = Change(problem, request);
  ASSIGN_OR_RETURN(const engine::Plan plan, question.Solve(changed, "changed"));
  Answer<v1::WhatIfResult> answer;
  *answer.result.mutable_comparison() = question.Tell(
      engine::Compare(problem, present, changed, plan), answer.changes);
  return answer;
}

}  // namespace jiedui::matcher
