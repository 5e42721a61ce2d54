#include "services/matcher/domain/problem_builder.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "common/base/clock.h"
#include "common/codes/regions.h"
#include "services/matcher/domain/dates.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/to_engine.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {

engine::Part ToEnginePart(type::v1::PartKind kind) {
  return static_cast<engine::Part>(static_cast<int>(kind) - 1);
}

void ProblemBuilder::Add(const demand::event::v1::Demand& demand,
                         type::v1::Tier handling) {
  engine::Demand& added =
      problem_.demands.emplace_back(ToEngine(demand, as_of_));
  if (handling != type::v1::TIER_UNSPECIFIED) {
    // A tier that handles it is open to it, whatever the demand said at first.
    added.tier = static_cast<codes::Tier>(handling);
    added.opened = std::min(added.opened, added.tier);
  }
  names_.insert(demand.name());
}

void ProblemBuilder::Add(const volunteer::event::v1::Volunteer& volunteer,
                         int32_t used, const store::v1::Tally& tally) {
  problem_.volunteers.push_back(ToEngine(volunteer, as_of_, used, tally));
  names_.insert(volunteer.name());
  absl::flat_hash_set<std::string> teams;
  for (const type::v1::Membership& membership : volunteer.memberships()) {
    const bool running =
        Within(as_of_, membership.start_date(), membership.end_date());
    if (running && teams.insert(membership.team()).second) {
      members_[membership.team()].push_back(volunteer.name());
    }
  }
}

void ProblemBuilder::Add(const volunteer::event::v1::Team& team, int32_t used,
                         const store::v1::Tally& tally) {
  problem_.teams.push_back(ToEngine(team, used, tally));
  leaders_.push_back(team.leader());
  names_.insert(team.name());
}

void ProblemBuilder::Add(const volunteer::event::v1::Project& project,
                         int32_t used) {
  problem_.projects.push_back(ToEngine(project, used));
  owners_.push_back(project.owner());
  names_.insert(project.name());
}

void ProblemBuilder::Add(const volunteer::event::v1::Enterprise& enterprise) {
  problem_.enterprises.push_back(ToEngine(enterprise));
}

void ProblemBuilder::Add(const volunteer::event::v1::Specialty& specialty) {
  problem_.specialties.push_back(ToEngine(specialty));
}

void ProblemBuilder::Add(const store::v1::ExclusionRecord& exclusion) {
  engine::ExclusionReason reason = engine::ExclusionReason::kCoordinator;
  if (exclusion.declined()) reason = engine::ExclusionReason::kDeclined;
  if (exclusion.timed_out()) reason = engine::ExclusionReason::kTimedOut;
  exclusions_.push_back({exclusion.demand(), exclusion.resource(), reason});
}

void ProblemBuilder::CountForHistory(const demand::event::v1::Demand& demand) {
  static constexpr std::string_view kServed[] = {
      "DISPATCHED", "IN_SERVICE", "DELIVERED", "EVALUATED", "CLOSED"};
  constexpr int kDays = 90;
  const bool served = std::find(std::begin(kServed), std::end(kServed),
                                demand.state()) != std::end(kServed);
  if (!served && demand.state() != "EXPIRED") return;
  const absl::CivilDay posted =
      base::ChinaDay(absl::FromUnixSeconds(demand.create_time().seconds()));
  if (posted > as_of_ || as_of_ - posted > kDays) return;
  const codes::Region* region = codes::FindRegion(demand.region());
  if (region == nullptr) return;
  const codes::Region* county = region->AncestorAt(codes::RegionLevel::kCounty);
  const std::string code = (county == nullptr ? region : county)->CodeText();
  engine::CountyHistory& history = history_[code];
  history.region = code;
  ++history.posted;
  if (served) ++history.served;
}

void ProblemBuilder::Lock(const event::v1::Pairing& pairing,
                          type::v1::PartKind kind) {
  for (const type::v1::Choice& choice : PartOf(pairing, kind).choices()) {
    // The requester as the enterprise helped is locked without a name, whether
    // it is in the register or not.
    const bool requester = choice.features_size() == 1 &&
                           choice.features(0).feature() ==
                               FeatureName(engine::Feature::kRequester);
    problem_.locks.push_back({pairing.demand(), ToEnginePart(kind),
                              requester ? "" : choice.resource()});
  }
}

engine::Problem ProblemBuilder::Build() && {
  for (size_t i = 0; i < problem_.teams.size(); ++i) {
    engine::Team& team = problem_.teams[i];
    if (names_.contains(leaders_[i])) team.leader = leaders_[i];
    if (const auto found = members_.find(team.id); found != members_.end()) {
      team.members = std::move(found->second);
    }
  }
  for (size_t i = 0; i < problem_.projects.size(); ++i) {
    if (names_.contains(owners_[i])) problem_.projects[i].owner = owners_[i];
  }
  for (engine::Exclusion& exclusion : exclusions_) {
    if (names_.contains(exclusion.demand) &&
        names_.contains(exclusion.resource)) {
      problem_.exclusions.push_back(std::move(exclusion));
    }
  }
  for (auto& [county, history] : history_) {
    problem_.history.push_back(std::move(history));
  }
  engine::Sort(problem_);
  return std::move(problem_);
}

}  // namespace jiedui::matcher
