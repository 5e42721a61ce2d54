// The judge's chambers; judge.cc calls them in turn.
#pragma once

#include <string>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "services/matcher/engine/judge.h"
#include "services/matcher/engine/judge_eligibility.h"

namespace jiedui::matcher::engine::judging {

absl::Status Fault(const std::string& culprit, const std::string& fault);

// Positions by id.
using Positions = absl::flat_hash_map<std::string, size_t>;

struct Case {
  const Problem& problem;
  const Policy& policy;
  const Plan& plan;
  const PairScore& score;
  Eligibility eligibility;
  Positions demands;
  Positions volunteers;
  Positions teams;
  Positions projects;
  Positions enterprises;
  Positions specialties;
  // Every lock as demand, part, resource.
  absl::flat_hash_set<std::tuple<std::string, Part, std::string>> locks;
};

// Points of a bundle follow from weights and f, and add up.
absl::Status JudgePoints(const Case& c, const Bundle& bundle);

// The parts of a bundle: what is asked, who serves, whether they may.
absl::Status JudgeParts(const Case& c, const Bundle& bundle);

// Capacities over all bundles.
absl::Status JudgeCapacities(const Case& c);

// What is said of the bundles is true, and of these bundles.
absl::Status JudgeEvidence(const Case& c);

// Prices, optimality and levels of the expert part.
absl::Status JudgeCertificate(const Case& c);

// Whether the problem locks `resource` to the part.
bool IsLocked(const Case& c, const std::string& demand, Part part,
              const std::string& resource);

// The subsidiarity a person costs, as the plan must state it. Positions.
int32_t PersonDistance(const Case& c, size_t demand, size_t volunteer,
                       int32_t score);

}  // namespace jiedui::matcher::engine::judging
