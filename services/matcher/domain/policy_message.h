// Policies as messages of the public API: whole, or as changes to the built-in
// one.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jiedui/matcher/v1/policy.pb.h"
#include "services/matcher/engine/policy.h"

namespace jiedui::matcher {

// What `stated` states, and the built-in value of all that it does not. Errors:
// kPolicyInvalid with everything that is wrong, by the message's own fields
// ("parts[EXPERT].features"); also when numbers differ from the built-in ones
// under their version.
absl::StatusOr<engine::Policy> ToPolicy(const v1::Policy& stated);

// All of it, every field stated.
v1::Policy ToMessage(const engine::Policy& policy);

// SHA-256, hexadecimal, of all that the policy says.
std::string PolicySha256(const engine::Policy& policy);

// One number, or the order of a list, that is another.
struct PolicyDifference {
  std::string field;   // "floor", "parts[EXPERT].features[subject]"
  std::string before;  // empty: not there
  std::string after;
};

// In the order of the fields; empty only for equal policies. REQUIRES: both
// are whole, as ToMessage makes them.
std::vector<PolicyDifference> DifferencesOf(const v1::Policy& before,
                                            const v1::Policy& after);

}  // namespace jiedui::matcher
