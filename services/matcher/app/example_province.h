// A tiny province for tests: what the registries would tell, and a matcher that
// hears it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/runtime/writer.h"
#include "common/store/memory_store.h"
#include "jiedui/demand/event/v1/demand_event.pb.h"
#include "jiedui/event/v1/event.pb.h"
#include "jiedui/volunteer/event/v1/volunteer_event.pb.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/matcher_machine.h"
#include "services/matcher/app/round.h"
#include "services/matcher/app/steps.h"
#include "services/matcher/engine/policy.h"

namespace jiedui::matcher {

// demands/D1: litchi rotting after harvest in Gaozhou 高州, OPEN, wants all but
// the enterprise: an expert, a project, a team, two talents, the industry.
demand::event::v1::Demand LitchiDemand(const std::string& id = "D1");

// volunteers/<id>, ACTIVE, of Gaozhou, knows fruit and its storage.
volunteer::event::v1::Volunteer FruitExpert(const std::string& id,
                                            int proficiency = 5);

// teams/T1 of Gaozhou, led by `leader`.
volunteer::event::v1::Team FruitTeam(const std::string& leader);

// projects/P1, of nobody, licensed to one user at a time when `exclusive`.
volunteer::event::v1::Project FreshnessProject(bool exclusive = false);

// specialties/S1: the litchi of Gaozhou.
volunteer::event::v1::Specialty GaozhouLitchi();

// The event by which a registry tells of a resource.
template <typename Resource>
jiedui::event::v1::Event Told(const Resource& resource) {
  jiedui::event::v1::Event event;
  event.set_subject(resource.name());
  event.set_verb("update");
  event.mutable_payload()->PackFrom(resource, "");
  return event;
}

// A matcher over a store in memory, without gRPC.
class TestMatcher {
 public:
  TestMatcher();

  // The same state, opened anew.
  void Restart();

  void Hear(const jiedui::event::v1::Event& event);
  template <typename Resource>
  void Hear(const Resource& resource) {
    Hear(Told(resource));
  }
  // An expert who leads a team, five more of falling proficiency, a project,
  // the county's industry.
  void HearOfSupply();

  // Who asks from now on.
  void ActAs(std::string actor) { actor_ = std::move(actor); }
  absl::Status Run(std::function<absl::Status(Transaction&)> decide);

  // `decide` returns StatusOr of a record.
  template <typename Decide>
  auto Do(Decide decide) {
    decltype(decide(std::declval<Transaction&>())) result =
        absl::UnknownError("not run");
    const absl::Status status = Run([&](Transaction& txn) {
      result = decide(txn);
      return result.status();
    });
    if (!status.ok()) result = status;
    return result;
  }

  absl::Time now() const { return clock_.Now(); }
  absl::CivilDay today() const { return base::ChinaDay(now()); }
  absl::StatusOr<RoundPlan> Solve();
  // Solves and commits; the round as stored.
  absl::StatusOr<store::v1::RoundRecord> Round();

  // The pairing that holds the demand; empty when there is none.
  store::v1::PairingRecord LiveOf(const std::string& demand) const;
  store::v1::PairingRecord Get(const std::string& pairing) const;
  std::vector<store::v1::OfferRecord> OffersIn(
      const std::string& pairing) const;
  // The offer of the pairing to that volunteer.
  store::v1::OfferRecord OfferTo(const std::string& pairing,
                                 const std::string& volunteer) const;

  // What the journal makes of an empty store, row by row, but for the journal.
  std::vector<std::pair<std::string, std::string>> Replayed() const;
  std::vector<std::pair<std::string, std::string>> Rows() const;

  runtime::Writer& writer() { return *writer_; }
  base::ManualClock& clock() { return clock_; }
  // Rounds, and reviews of them, are under this one: first the built-in one.
  engine::Policy& policy() { return policy_; }
  const jiedui::store::MemoryStore& store() const { return store_; }

 private:
  jiedui::store::MemoryStore store_;
  base::ManualClock clock_{base::StartOfChinaDay(absl::CivilDay(2026, 12, 1)) +
                           absl::Hours(9)};
  std::string actor_ = "tester";
  engine::Policy policy_;
  MatcherMachine machine_;
  std::unique_ptr<runtime::Writer> writer_;
};

}  // namespace jiedui::matcher
