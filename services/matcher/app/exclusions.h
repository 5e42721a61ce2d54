// Resources that are not to be proposed for a demand again.
#pragma once

#include <string_view>

#include "absl/functional/function_ref.h"
#include "common/runtime/transaction.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher {

// A second exclusion replaces the first.
void Exclude(runtime::Transaction& txn, std::string_view demand,
             std::string_view resource, engine::ExclusionReason reason);
bool IsExcluded(const jiedui::store::Reader& state, std::string_view demand,
                std::string_view resource);

// By demand, then resource.
void VisitExclusions(
    const jiedui::store::Reader& state,
    absl::FunctionRef<void(const store::v1::ExclusionRecord&)> visit);
void VisitExclusionsOf(
    const jiedui::store::Reader& state, std::string_view demand,
    absl::FunctionRef<void(const store::v1::ExclusionRecord&)> visit);

// Whether the fact was one.
bool ApplyExclusion(const journal::v1::Fact& fact,
                    jiedui::store::Overlay& state);

}  // namespace jiedui::matcher
