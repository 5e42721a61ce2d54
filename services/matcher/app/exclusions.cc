#include "services/matcher/app/exclusions.h"

#include <utility>

#include "services/matcher/app/keys.h"

namespace jiedui::matcher {
namespace {

using jiedui::store::Reader;
using store::v1::ExclusionRecord;

std::string RowKey(std::string_view demand, std::string_view resource) {
  return keys::Two(keys::kExclusion, demand, resource);
}

void VisitPrefix(const Reader& state, const std::string& prefix,
                 absl::FunctionRef<void(const ExclusionRecord&)> visit) {
  jiedui::store::ScanPrefix(
      state, prefix, [&](std::string_view, std::string_view bytes) {
        ExclusionRecord record;
        record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
        visit(record);
        return true;
      });
}

}  // namespace

void Exclude(runtime::Transaction& txn, std::string_view demand,
             std::string_view resource, engine::ExclusionReason reason) {
  ExclusionRecord record;
  if (const auto before = txn.Get(RowKey(demand, resource))) {
    record.ParseFromString(*before);
  }
  record.set_demand(std::string(demand));
  record.set_resource(std::string(resource));
  record.set_declined(reason == engine::ExclusionReason::kDeclined);
  record.set_timed_out(reason == engine::ExclusionReason::kTimedOut);
  record.set_version(record.version() + 1);
  journal::v1::Fact fact;
  fact.set_subject(record.demand());
  fact.set_version(record.version());
  fact.set_verb("exclude");
  fact.mutable_record()->PackFrom(record, "");
  txn.Record(std::move(fact));
}

bool IsExcluded(const Reader& state, std::string_view demand,
                std::string_view resource) {
  return state.Get(RowKey(demand, resource)).has_value();
}

void VisitExclusions(const Reader& state,
                     absl::FunctionRef<void(const ExclusionRecord&)> visit) {
  VisitPrefix(state, std::string(1, keys::kExclusion), visit);
}

void VisitExclusionsOf(const Reader& state, std::string_view demand,
                       absl::FunctionRef<void(const ExclusionRecord&)> visit) {
  VisitPrefix(state, RowKey(demand, ""), visit);
}

bool ApplyExclusion(const journal::v1::Fact& fact,
                    jiedui::store::Overlay& state) {
  ExclusionRecord record;
  if (!fact.record().UnpackTo(&record)) return false;
  state.Put(RowKey(record.demand(), record.resource()), fact.record().value());
  return true;
}

}  // namespace jiedui::matcher
