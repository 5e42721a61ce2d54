#include "tests/simulation/ending.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/kinds.h"
#include "tests/simulation/agreement.h"
#include "tests/simulation/passing.h"

namespace jiedui::simulation {
namespace {

// The longest way up the line is three weeks of working days; the holidays of
// the spring festival may lie on it.
constexpr absl::Duration kLongEnough = absl::Hours(24 * 60);

// Things that are not to stay as they are.
struct Unfinished {
  std::string_view collection;
  std::string_view states;
};

constexpr Unfinished kUnfinished[] = {
    {"offers", "PENDING"},
    {"dispatches", "SEARCHING|OFFERED"},
    {"pairings", "APPROVED|OFFERED"},
    {"deliveries", "PENDING"},
};

// The province is reminded of a proposal on every working day: that is no
// silence, and nobody is above it.
std::string BelowTheProvince(const World& world) {
  for (const std::string& name :
       world.catalog().InStates("pairings", "PROPOSED|OVERRIDDEN")) {
    const auto record = matcher::Pairings::Find(world.matcher().store(), name);
    if (record->pairing().review_tier() != type::v1::TIER_PROVINCE) {
      return absl::StrCat(name, " waits for a review");
    }
  }
  return "";
}

// The first that there is; empty: everything has come to its end.
std::string StillOpen(const World& world) {
  const Catalog& catalog = world.catalog();
  for (const Unfinished& unfinished : kUnfinished) {
    const std::vector<std::string> names =
        catalog.InStates(unfinished.collection, unfinished.states);
    if (!names.empty()) {
      return absl::StrCat(names.front(), " is ",
                          catalog.Find(names.front())->state);
    }
  }
  return BelowTheProvince(world);
}

}  // namespace

void RunOut(World& world, Chores& chores) {
  const absl::Time end = world.time().True() + kLongEnough;
  std::string open;
  do {
    Settle(world);
    chores.DoAll();
    Settle(world);
    world.Look();
    open = StillOpen(world);
    if (open.empty() || world.verdict().failed()) break;
    Pass(world, absl::Hours(6), /*timely=*/true);
  } while (world.time().True() < end);
  if (!open.empty()) {
    world.verdict().Fail("I9", absl::StrCat(open, " for ever"));
  }
  if (!matcher::DirtyDemands(world.matcher().store()).empty()) {
    world.verdict().Fail("I9", "a demand waits for a round for ever");
  }
  CheckAgreement(world);
}

}  // namespace jiedui::simulation
