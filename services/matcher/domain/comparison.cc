#include "services/matcher/domain/comparison.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matcher/engine/scenario.h"

namespace jiedui::matcher {
namespace {

using engine::ChangeKind;

v1::DemandChange::Kind ToKind(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kNewlyServed:
      return v1::DemandChange::KIND_NEWLY_SERVED;
    case ChangeKind::kNoLongerServed:
      return v1::DemandChange::KIND_NO_LONGER_SERVED;
    case ChangeKind::kOtherExpert:
      return v1::DemandChange::KIND_OTHER_EXPERT;
    case ChangeKind::kOtherParts:
      return v1::DemandChange::KIND_OTHER_PARTS;
    case ChangeKind::kLeft:
      return v1::DemandChange::KIND_LEFT;
  }
  return v1::DemandChange::KIND_UNSPECIFIED;
}

void Count(ChangeKind kind, v1::Comparison& result) {
  switch (kind) {
    case ChangeKind::kNewlyServed:
      return result.set_newly_served(result.newly_served() + 1);
    case ChangeKind::kNoLongerServed:
      return result.set_no_longer_served(result.no_longer_served() + 1);
    case ChangeKind::kOtherExpert:
      return result.set_other_expert(result.other_expert() + 1);
    case ChangeKind::kOtherParts:
      return result.set_other_parts(result.other_parts() + 1);
    case ChangeKind::kLeft:
      return result.set_left(result.left() + 1);
  }
}

}  // namespace

v1::Comparison ToComparison(const engine::Comparison& comparison) {
  v1::Comparison result;
  const std::vector<NamedLevel> before = LevelsOf(comparison.before.levels);
  const std::vector<NamedLevel> after = LevelsOf(comparison.after.levels);
  for (size_t i = 0; i < before.size(); ++i) {
    v1::LevelChange* level = result.add_levels();
    level->set_name(before[i].name);
    level->set_before(before[i].value);
    level->set_after(after[i].value);
  }
  result.set_points_before(comparison.before.points);
  result.set_points_after(comparison.after.points);
  result.set_demands_before(comparison.before.demands);
  result.set_demands_after(comparison.after.demands);
  result.set_served_before(comparison.before.served);
  result.set_served_after(comparison.after.served);
  result.set_gaps_before(comparison.before.gaps);
  result.set_gaps_after(comparison.after.gaps);
  for (const engine::DemandChange& change : comparison.changes) {
    Count(change.kind, result);
  }
  return result;
}

v1::NamedResource ToNamed(const std::string& resource, const CardOf& cards) {
  v1::NamedResource named;
  named.set_resource(resource);
  if (resource.empty()) {
    named.set_display_name("需求方");
  } else if (resource.starts_with(engine::kNewExpert)) {
    named.set_display_name(
        absl::StrCat("新专家 ", resource.substr(engine::kNewExpert.size())));
  } else {
    named.set_display_name(cards(resource).display_name);
  }
  return named;
}

v1::DemandChange ToDemandChange(const engine::DemandChange& change,
                                const std::string& title, const CardOf& cards) {
  v1::DemandChange result;
  result.set_demand(change.demand);
  result.set_demand_title(title);
  result.set_kind(ToKind(change.kind));
  result.set_points_before(change.points_before);
  result.set_points_after(change.points_after);
  for (const engine::PartChange& part : change.parts) {
    v1::DemandChange::PartChange* told = result.add_parts();
    told->set_kind(ToKind(part.part));
    for (const std::string& resource : part.before) {
      *told->add_before() = ToNamed(resource, cards);
    }
    for (const std::string& resource : part.after) {
      *told->add_after() = ToNamed(resource, cards);
    }
  }
  return result;
}

}  // namespace jiedui::matcher
