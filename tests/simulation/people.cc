#include "tests/simulation/people.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/demand/app/commands.h"
#include "services/matcher/app/notices.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/override.h"
#include "services/matcher/app/review.h"
#include "services/matcher/app/service.h"
#include "services/matcher/app/visits.h"
#include "services/volunteer/app/registry.h"
#include "services/volunteer/app/volunteer_commands.h"
#include "tests/simulation/asking.h"
#include "tests/simulation/province.h"

namespace jiedui::simulation {
namespace {

using runtime::Transaction;
using Kind = Action::Kind;

template <size_t n>
const char* OneOf(const char* const (&values)[n], uint32_t how) {
  return values[how / 2 % n];
}

// From which states people would try it; now and then they try anything.
std::string_view DemandStatesFor(Kind kind, demand::Verb& verb) {
  switch (kind) {
    case Kind::kSubmit:
      verb = demand::Verb::kSubmit;
      return "DRAFT|RETURNED";
    case Kind::kVerify:
      verb = demand::Verb::kVerify;
      return "SUBMITTED";
    case Kind::kReturn:
      verb = demand::Verb::kReturn;
      return "SUBMITTED";
    case Kind::kRejectDemand:
      verb = demand::Verb::kReject;
      return "SUBMITTED|OPEN";
    case Kind::kWithdraw:
      verb = demand::Verb::kWithdraw;
      return "OPEN|PROPOSED|SUBMITTED";
    case Kind::kSuspend:
      verb = demand::Verb::kSuspend;
      return "OPEN|PROPOSED|SUBMITTED";
    case Kind::kResume:
      verb = demand::Verb::kResume;
      return "SUSPENDED";
    case Kind::kReopen:
      verb = demand::Verb::kReopen;
      return "WITHDRAWN|REJECTED|EXPIRED|DELIVERED|CLOSED";
    case Kind::kClose:
      verb = demand::Verb::kClose;
      return "EVALUATED";
    default:
      return "";
  }
}

}  // namespace

std::optional<Request> People::Ask(const Action& action) const {
  if (auto request = AskDemand(action)) return request;
  if (auto request = AskVolunteer(action)) return request;
  if (auto request = Review(action)) return request;
  if (auto request = Go(action)) return request;
  if (auto request = Keep(action)) return request;
  return Read(action);
}

std::optional<Request> People::AskDemand(const Action& action) const {
  const uint32_t how = action.how;
  if (action.kind == Kind::kPost) {
    if (catalog_->Names("demands", [](const Thing&) { return true; }).size() >=
        kDemands) {
      return std::nullopt;
    }
    return MakeRequest(demand_, "requester", absl::StrCat("post ", how),
                       [how](Transaction& txn) {
                         return demand::Create(txn, WrittenDemand(how));
                       });
  }
  if (action.kind == Kind::kUpdateDemand) {
    const auto name = Pick(
        catalog_->InStates("demands", "DRAFT|SUBMITTED|OPEN|PROPOSED|RETURNED"),
        action.pick);
    if (!name) return std::nullopt;
    return MakeRequest(
        demand_, "requester", absl::StrCat("update ", *name, " ", how),
        [name = *name, etag = EtagFor(*catalog_, *name, how),
         how](Transaction& txn) {
          return demand::Update(
              txn, name, etag, [how](demand::store::v1::DemandRecord& record) {
                const auto other = WrittenDemand(how / 2).demand();
                record.mutable_demand()->set_urgency(other.urgency());
                record.mutable_demand()->set_max_tier(other.max_tier());
                return absl::OkStatus();
              });
        });
  }
  demand::Verb verb = demand::Verb::kUpdate;
  const std::string_view states = DemandStatesFor(action.kind, verb);
  if (states.empty()) return std::nullopt;
  const auto name =
      Pick(catalog_->InStates("demands", Sometimes(states, how)), action.pick);
  if (!name) return std::nullopt;
  const std::string_view says = demand::TransitionOf(verb).name;
  return MakeRequest(demand_, "county",
                     absl::StrCat(std::string(says), " ", *name),
                     [verb, name = *name,
                      etag = EtagFor(*catalog_, *name, how)](Transaction& txn) {
                       return demand::Step(txn, verb, name, etag, "台风");
                     });
}

std::optional<Request> People::AskVolunteer(const Action& action) const {
  const auto name =
      Pick(catalog_->Names("volunteers", [](const Thing&) { return true; }),
           action.pick);
  if (!name) return std::nullopt;
  const uint32_t how = action.how;
  const std::string etag = EtagFor(*catalog_, *name, how);
  if (action.kind == Kind::kSetCapacity) {
    const int capacity = static_cast<int>(how / 2 % 4);
    return MakeRequest(
        volunteer_, *name, absl::StrCat("capacity of ", *name, " ", capacity),
        [=, name = *name](Transaction& txn) {
          return volunteer::Update<volunteer::VolunteerKind>(
              txn, name, etag,
              [capacity](volunteer::store::v1::VolunteerRecord& record) {
                record.mutable_volunteer()->set_capacity(capacity);
                return absl::OkStatus();
              });
        });
  }
  if (action.kind == Kind::kPause || action.kind == Kind::kActivate) {
    const bool pause = action.kind == Kind::kPause;
    const auto who =
        Pick(catalog_->InStates("volunteers", pause ? "ACTIVE" : "PAUSED"),
             action.pick);
    if (!who) return std::nullopt;
    return MakeRequest(
        volunteer_, *who, absl::StrCat(pause ? "pause " : "activate ", *who),
        [pause, name = *who](Transaction& txn) {
          return volunteer::Step(
              txn, pause ? volunteer::Verb::kPause : volunteer::Verb::kActivate,
              {.name = name}, "出差");
        });
  }
  if (action.kind == Kind::kChangeTeam) {
    const auto team =
        Pick(catalog_->Names("teams", [](const Thing&) { return true; }), how);
    if (!team) return std::nullopt;
    const bool join = how / 4 % 2 == 0;
    return MakeRequest(
        volunteer_, *name,
        absl::StrCat(*name, join ? " joins " : " leaves ", *team),
        [=, name = *name, team = *team](Transaction& txn) {
          return join ? volunteer::JoinTeam(txn, {name, etag}, team, "", "")
                      : volunteer::LeaveTeam(txn, {name, etag}, team, "", "");
        });
  }
  return std::nullopt;
}

std::optional<Request> People::Review(const Action& action) const {
  auto ask = [&](std::string_view states, std::string reason_code,
                 std::string_view verb, auto command) {
    return AskMatcher(
        matcher_, *catalog_, action.pick, action.how, verb,
        {"pairings", states, std::move(reason_code), "coordinator"}, command);
  };
  switch (action.kind) {
    case Kind::kApprove:
      return ask("PROPOSED|OVERRIDDEN", "", "approve", matcher::ApprovePairing);
    case Kind::kReject:
      return ask("PROPOSED|OVERRIDDEN", "TOO_FAR", "reject",
                 matcher::RejectPairing);
    case Kind::kOverride: {
      const auto other =
          Pick(catalog_->InStates("volunteers", "ACTIVE"), action.how);
      if (!other) return std::nullopt;
      return ask("PROPOSED", "BETTER_FIT", "override",
                 [policy = policy_, other = *other](Transaction& txn,
                                                    const matcher::Ask& ask) {
                   return matcher::OverridePairing(
                       txn, *policy, ask, type::v1::PART_KIND_EXPERT, {other});
                 });
    }
    case Kind::kLock:
      return ask("PROPOSED|OVERRIDDEN", "", "lock",
                 [](Transaction& txn, const matcher::Ask& ask) {
                   return matcher::LockPairing(txn, ask, {});
                 });
    case Kind::kUnlock:
      return ask("PROPOSED|OVERRIDDEN", "", "unlock", matcher::UnlockPairing);
    case Kind::kCancel:
      return ask("PROPOSED|OVERRIDDEN|OFFERED|ACCEPTED|ACTIVE", "MISTAKE",
                 "cancel", matcher::CancelPairing);
    default:
      return std::nullopt;
  }
}

// One notice, or the first half of the inbox.
std::optional<Request> People::Read(const Action& action) const {
  if (action.kind != Kind::kMarkRead) return std::nullopt;
  const auto recipient =
      Pick(catalog_->Names("volunteers", [](const Thing&) { return true; }),
           action.pick);
  if (!recipient) return std::nullopt;
  const auto notices = catalog_->Names("notices", [&](const Thing& thing) {
    return thing.person == *recipient && thing.state == "UNREAD";
  });
  const auto notice = Pick(notices, action.how);
  if (!notice) return std::nullopt;
  const bool one = action.how % 2 == 0;
  return Request{matcher_, *recipient,
                 absl::StrCat(one ? "read " : "read up to ", *notice),
                 [=, recipient = *recipient, notice = *notice](
                     Transaction& txn) -> absl::StatusOr<std::string> {
                   const auto marked = matcher::MarkRead(
                       txn, recipient, one ? notice : "", one ? 0 : 3);
                   if (!marked.ok()) return marked.status();
                   return absl::StrCat(marked->marked, " ", marked->unread);
                 }};
}

std::optional<Request> People::Go(const Action& action) const {
  const uint32_t how = action.how;
  auto ask = [&](std::string_view collection, std::string_view states,
                 std::string reason_code, std::string_view verb, auto command) {
    return AskMatcher(matcher_, *catalog_, action.pick, how, verb,
                      {collection, states, std::move(reason_code), ""},
                      command);
  };
  switch (action.kind) {
    case Kind::kAccept:
      return ask("offers", "PENDING", "", "accept",
                 [policy = policy_](Transaction& txn, const matcher::Ask& ask) {
                   return matcher::AcceptOffer(txn, *policy, ask);
                 });
    case Kind::kDecline: {
      constexpr const char* kReasons[] = {"NO_TIME", "TOO_FAR", "ILL"};
      return ask("offers", "PENDING", OneOf(kReasons, how), "decline",
                 matcher::DeclineOffer);
    }
    case Kind::kRecall:
      return ask("offers", "PENDING|ACCEPTED", "MISTAKE", "recall",
                 matcher::RecallOffer);
    case Kind::kPlanVisit:
      return ask(
          "pairings", "ACCEPTED|ACTIVE", "", absl::StrCat("plan a visit ", how),
          [how](Transaction& txn, const matcher::Ask& ask) {
            matcher::VisitPlan plan;
            plan.start = absl::FromUnixSeconds(absl::ToUnixSeconds(txn.now())) +
                         absl::Hours(1 + how / 2 % 72);
            plan.end = plan.start + absl::Hours(1 + how / 256 % 5);
            plan.travel_before = absl::Minutes(how / 2048 % 90);
            plan.travel_after = plan.travel_before;
            const std::string one = SomebodyIn(txn, ask.name, how);
            if (!one.empty()) plan.volunteers = {one};
            return matcher::PlanVisit(txn, ask, plan);
          });
    case Kind::kCancelVisit:
      return ask("visits", "PLANNED", "WEATHER", "cancel",
                 matcher::CancelVisit);
    case Kind::kCheckIn:
      return ask("pairings", "ACCEPTED|ACTIVE", "", "check in",
                 [how](Transaction& txn, const matcher::Ask& ask) {
                   return matcher::CheckIn(txn, ask,
                                           SomebodyIn(txn, ask.name, how));
                 });
    case Kind::kCheckOut:
      return ask("serviceRecords", "OPEN", "", "check out",
                 [](Transaction& txn, const matcher::Ask& ask) {
                   return matcher::CheckOut(txn, ask, 0);
                 });
    case Kind::kVoidRecord:
      return ask("serviceRecords", "OPEN|CLOSED", "", "void",
                 matcher::VoidServiceRecord);
    case Kind::kComplete:
      return ask("pairings", "ACTIVE", "", "complete",
                 [](Transaction& txn, const matcher::Ask& ask) {
                   matcher::event::v1::Outcome outcome;
                   outcome.set_reached(9);
                   return matcher::CompletePairing(txn, ask, outcome);
                 });
    case Kind::kEvaluate:
      return ask("pairings", "COMPLETED", "",
                 how % 3 == 0 ? "evaluate (requester)" : "evaluate (volunteer)",
                 [how](Transaction& txn, const matcher::Ask& ask) {
                   matcher::event::v1::Evaluation evaluation;
                   evaluation.set_side(
                       how % 3 == 0
                           ? matcher::event::v1::Evaluation::SIDE_REQUESTER
                           : matcher::event::v1::Evaluation::SIDE_VOLUNTEER);
                   evaluation.set_stars(static_cast<int>(1 + how / 4 % 5));
                   return matcher::EvaluatePairing(txn, ask, evaluation);
                 });
    default:
      return std::nullopt;
  }
}

}  // namespace jiedui::simulation
