#include "services/matcher/domain/policy_message.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/base/sha256.h"
#include "common/fields/checks.h"
#include "common/text/normalize.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/problem_builder.h"
#include "services/matcher/domain/proposal.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using base::Violations;
using engine::Feature;
using engine::FeatureWeight;
using engine::Policy;
using PartPolicy = v1::Policy::PartPolicy;
using FeatureWeights = std::vector<FeatureWeight>;

constexpr int64_t kLongestVersion = 64;

// The single numbers: the message has a field of the member's name for each.
struct Number {
  const char* name;
  int32_t Policy::*member;
};
constexpr Number kNumbers[] = {
    {"expert_team", &Policy::expert_team},
    {"expert_owns", &Policy::expert_owns},
    {"floor", &Policy::floor},
    {"load_step", &Policy::load_step},
    {"fairness_band", &Policy::fairness_band},
    {"runners_up", &Policy::runners_up},
    {"specialty_nearness", &Policy::specialty_nearness},
    {"crosswalk_weight", &Policy::crosswalk_weight},
    {"title_step", &Policy::title_step},
    {"mandarin_f", &Policy::mandarin_f},
    {"days_needed", &Policy::days_needed},
    {"text_term_weight", &Policy::text_term_weight},
    {"text_bigram_weight", &Policy::text_bigram_weight},
    {"text_anchor", &Policy::text_anchor},
    {"rating_prior_stars", &Policy::rating_prior_stars},
    {"rating_prior_count", &Policy::rating_prior_count},
    {"acceptance_prior", &Policy::acceptance_prior},
    {"acceptance_prior_count", &Policy::acceptance_prior_count},
};

const google::protobuf::FieldDescriptor* FieldOf(const Number& number) {
  return v1::Policy::descriptor()->FindFieldByName(number.name);
}

// "parts[EXPERT]".
std::string PartField(engine::Part part) {
  return absl::StrCat("parts[", PartName(ToKind(part)), "]");
}

// From kRequester on they are facts and synergies, which have no weight of
// their own in a part.
constexpr int kWeighable = static_cast<int>(Feature::kRequester);

std::optional<Feature> FeatureOf(std::string_view name) {
  for (int i = 0; i < kWeighable; ++i) {
    if (FeatureName(static_cast<Feature>(i)) == name) {
      return static_cast<Feature>(i);
    }
  }
  return std::nullopt;
}

std::string AllFeatureNames() {
  std::vector<std::string> names;
  for (int i = 0; i < kWeighable; ++i) {
    names.emplace_back(FeatureName(static_cast<Feature>(i)));
  }
  return absl::StrJoin(names, ", ");
}

// Nothing when a name is off: a list is taken whole or not at all, so that one
// fault is not told twice.
std::optional<FeatureWeights> ReadFeatures(const std::string& field,
                                           const PartPolicy& stated,
                                           Violations& violations) {
  FeatureWeights features;
  std::set<Feature> seen;
  bool good = true;
  for (const v1::Policy::FeatureWeight& one : stated.features()) {
    const std::optional<Feature> feature = FeatureOf(one.name());
    if (!feature) {
      violations.Add(field, Reason::kUnknownValue,
                     {{"value", one.name()}, {"allowed", AllFeatureNames()}});
    } else if (!seen.insert(*feature).second) {
      violations.Add(field, Reason::kDuplicateId, {{"id", one.name()}});
    } else {
      features.push_back({*feature, one.weight()});
      continue;
    }
    good = false;
  }
  if (!good) return std::nullopt;
  return features;
}

void TakePart(const PartPolicy& stated, engine::Part part, Policy& policy,
              Violations& violations) {
  const auto at = static_cast<size_t>(part);
  if (stated.has_weight()) policy.bundle[at] = stated.weight();
  if (stated.has_admission()) policy.admission[at] = stated.admission();
  if (stated.features().empty()) return;
  auto features =
      ReadFeatures(PartField(part) + ".features", stated, violations);
  if (features) policy.features[at] = *std::move(features);
}

void TakeParts(const v1::Policy& stated, Policy& policy,
               Violations& violations) {
  std::set<engine::Part> seen;
  for (int i = 0; i < stated.parts_size(); ++i) {
    const std::string field = absl::StrCat("parts[", i, "].part");
    const type::v1::PartKind kind = stated.parts(i).part();
    const int before = static_cast<int>(violations.list().size());
    fields::CheckChoice(field, kind, type::v1::PartKind_IsValid(kind),
                        fields::Need::kRequired, violations);
    if (static_cast<int>(violations.list().size()) > before) continue;
    const engine::Part part = ToEnginePart(kind);
    if (!seen.insert(part).second) {
      violations.Add(field, Reason::kDuplicateId, {{"id", PartName(kind)}});
      continue;
    }
    TakePart(stated.parts(i), part, policy, violations);
  }
}

void TakeNumbers(const v1::Policy& stated, Policy& policy) {
  const auto& reflection = *v1::Policy::GetReflection();
  for (const Number& number : kNumbers) {
    if (reflection.HasField(stated, FieldOf(number))) {
      policy.*number.member = reflection.GetInt32(stated, FieldOf(number));
    }
  }
  if (!stated.subject_positions().empty()) {
    policy.subject_positions.assign(stated.subject_positions().begin(),
                                    stated.subject_positions().end());
  }
}

// Rounds show it in a line of their own.
void CheckVersion(const std::string& version, Violations& violations) {
  const size_t before = violations.list().size();
  fields::CheckText("version", version, fields::Need::kRequired,
                    kLongestVersion, violations);
  if (violations.list().size() == before && text::Tidy(version) != version) {
    violations.Add(
        "version", Reason::kFieldMalformed,
        {{"value", text::Tidy(version)},
         {"expected", "首尾无空白的一行 / one line without spaces around it"}});
  }
}

// Where the message has what the engine calls `field`: "bundle[2]" is
// "parts[TEAM].weight".
std::string MessageField(std::string_view field) {
  constexpr std::pair<std::string_view, std::string_view> kOfParts[] = {
      {"bundle[", ".weight"},
      {"features[", ".features"},
      {"admission[", ".admission"}};
  for (const auto& [begin, member] : kOfParts) {
    if (!field.starts_with(begin)) continue;
    const auto part = static_cast<engine::Part>(field[begin.size()] - '0');
    return PartField(part) + std::string(member);
  }
  if (field == "bundle") return "parts.weight + expert_team + expert_owns";
  return std::string(field);
}

void AddEnginesViolations(const Policy& policy, Violations& violations) {
  const auto info = base::Info(engine::Validate(policy));
  if (!info) return;
  for (const base::Violation& one : info->violations) {
    violations.Add(MessageField(one.field), one.reason, one.args);
  }
}

using StatedFeatures =
    google::protobuf::RepeatedPtrField<v1::Policy::FeatureWeight>;

// As they stand in the list: "subject, text".
std::string NamesOf(const StatedFeatures& features) {
  return absl::StrJoin(
      features, ", ",
      [](std::string* out, const v1::Policy::FeatureWeight& one) {
        out->append(one.name());
      });
}

std::string WeightIn(const StatedFeatures& features, std::string_view name) {
  const auto found = std::find_if(
      features.begin(), features.end(),
      [&](const v1::Policy::FeatureWeight& one) { return one.name() == name; });
  return found == features.end() ? "" : absl::StrCat(found->weight());
}

const PartPolicy& PartIn(const v1::Policy& policy, engine::Part part) {
  const auto found = std::find_if(policy.parts().begin(), policy.parts().end(),
                                  [kind = ToKind(part)](const PartPolicy& one) {
                                    return one.part() == kind;
                                  });
  return found == policy.parts().end() ? PartPolicy::default_instance()
                                       : *found;
}

class Differences {
 public:
  void Compare(const std::string& field, std::string before,
               std::string after) {
    if (before == after) return;
    list_.push_back({field, std::move(before), std::move(after)});
  }
  void Compare(const std::string& field, int32_t before, int32_t after) {
    Compare(field, absl::StrCat(before), absl::StrCat(after));
  }
  void Compare(const std::string& field, const PartPolicy& before,
               const PartPolicy& after) {
    Compare(field + ".weight", before.weight(), after.weight());
    Compare(field + ".admission", before.admission(), after.admission());
    CompareFeatures(field + ".features", before.features(), after.features());
  }

  std::vector<PolicyDifference> Take() { return std::move(list_); }

 private:
  void CompareFeatures(const std::string& field, const StatedFeatures& before,
                       const StatedFeatures& after) {
    const size_t so_far = list_.size();
    for (int i = 0; i < kWeighable; ++i) {
      const std::string name(FeatureName(static_cast<Feature>(i)));
      Compare(absl::StrCat(field, "[", name, "]"), WeightIn(before, name),
              WeightIn(after, name));
    }
    if (list_.size() > so_far) return;
    Compare(field, NamesOf(before), NamesOf(after));
  }

  std::vector<PolicyDifference> list_;
};

}  // namespace

absl::StatusOr<Policy> ToPolicy(const v1::Policy& stated) {
  const Policy built_in;
  Policy policy;
  Violations violations;
  TakeNumbers(stated, policy);
  TakeParts(stated, policy, violations);
  if (stated.has_version()) CheckVersion(stated.version(), violations);
  const bool changes = engine::Canonical(policy) != engine::Canonical(built_in);
  if (stated.has_version()) policy.version = stated.version();
  if (changes && policy.version == built_in.version) {
    violations.Add("version", Reason::kPolicyUnversioned,
                   {{"value", built_in.version}});
  }
  AddEnginesViolations(policy, violations);
  if (!violations.empty()) return violations.ToStatus(Reason::kPolicyInvalid);
  return policy;
}

v1::Policy ToMessage(const Policy& policy) {
  v1::Policy message;
  message.set_version(policy.version);
  for (engine::Part part : engine::kAllParts) {
    const auto at = static_cast<size_t>(part);
    PartPolicy& stated = *message.add_parts();
    stated.set_part(ToKind(part));
    stated.set_weight(policy.bundle[at]);
    stated.set_admission(policy.admission[at]);
    for (const FeatureWeight& one : policy.features[at]) {
      v1::Policy::FeatureWeight& feature = *stated.add_features();
      feature.set_name(std::string(FeatureName(one.feature)));
      feature.set_weight(one.weight);
    }
  }
  for (const Number& number : kNumbers) {
    v1::Policy::GetReflection()->SetInt32(&message, FieldOf(number),
                                          policy.*number.member);
  }
  message.mutable_subject_positions()->Assign(policy.subject_positions.begin(),
                                              policy.subject_positions.end());
  return message;
}

std::string PolicySha256(const Policy& policy) {
  return base::Hex(base::Sha256(engine::Canonical(policy)));
}

std::vector<PolicyDifference> DifferencesOf(const v1::Policy& before,
                                            const v1::Policy& after) {
  Differences differences;
  differences.Compare("version", before.version(), after.version());
  for (engine::Part part : engine::kAllParts) {
    differences.Compare(PartField(part), PartIn(before, part),
                        PartIn(after, part));
  }
  const auto& reflection = *v1::Policy::GetReflection();
  for (const Number& number : kNumbers) {
    differences.Compare(number.name,
                        reflection.GetInt32(before, FieldOf(number)),
                        reflection.GetInt32(after, FieldOf(number)));
  }
  differences.Compare("subject_positions",
                      absl::StrJoin(before.subject_positions(), ", "),
                      absl::StrJoin(after.subject_positions(), ", "));
  return differences.Take();
}

}  // namespace jiedui::matcher
