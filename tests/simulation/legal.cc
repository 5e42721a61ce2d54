#include "tests/simulation/legal.h"

#include <algorithm>
#include <span>

#include "absl/strings/str_cat.h"
#include "services/demand/domain/life.h"
#include "services/matcher/domain/life.h"
#include "services/volunteer/domain/life.h"
#include "tests/simulation/catalog.h"

namespace jiedui::simulation {
namespace {

bool InTable(std::span<const matcher::Verb* const> verbs, std::string_view name,
             std::string_view from, std::string_view to) {
  return std::any_of(verbs.begin(), verbs.end(), [&](const auto* verb) {
    return verb->name == name &&
           Among(from.empty() ? "NEW" : from, verb->from) &&
           to == (verb->to.empty() ? from : verb->to);
  });
}

// Of the registries; `destination` adds what depends on more than the state.
template <typename Transitions>
bool InTable(const Transitions& transitions, std::string_view name,
             std::string_view from, std::string_view to) {
  return std::any_of(
      transitions.begin(), transitions.end(), [&](const auto& transition) {
        return transition.name == name &&
               std::find(transition.from.begin(), transition.from.end(),
                         from) != transition.from.end() &&
               (transition.to.empty() ? true : to == transition.to);
      });
}

bool IsLegalDemand(std::string_view verb, std::string_view from,
                   std::string_view to) {
  if (verb == "create") return from.empty() && to == "DRAFT";
  if (verb == "update")
    return from == to && InTable(demand::Transitions(), verb, from, to);
  // Back to where it was suspended, or to OPEN when a proposal is gone.
  if (verb == "resume")
    return from == "SUSPENDED" && Among(to, "SUBMITTED|OPEN");
  return InTable(demand::Transitions(), verb, from, to);
}

bool IsLegalVolunteer(std::string_view verb, std::string_view from,
                      std::string_view to) {
  if (verb == "create") return from.empty() && to == "APPLIED";
  if (from == to) return true;  // its content
  return InTable(volunteer::Transitions(), verb, from, to);
}

// Of kinds whose tables are in their code: "verb from to", divided by bars.
constexpr std::string_view kNotices =
    "notify NEW UNREAD|read UNREAD READ|settle UNREAD SETTLED|"
    "settle READ SETTLED";
constexpr std::string_view kDeliveries =
    "plan NEW PENDING|fail PENDING PENDING|deliver PENDING DELIVERED|"
    "give-up PENDING DEAD|retry DEAD PENDING|drop PENDING DROPPED";
constexpr std::string_view kWebhooks =
    "create NEW ACTIVE|remove ACTIVE REMOVED";

bool InText(std::string_view table, std::string_view verb,
            std::string_view from, std::string_view to) {
  return Among(absl::StrCat(std::string(verb), " ",
                            from.empty() ? "NEW" : std::string(from), " ",
                            std::string(to)),
               table);
}

}  // namespace

bool IsLegal(std::string_view kind, std::string_view verb,
             std::string_view from, std::string_view to) {
  if (kind == "jiedui.demand.store.v1.DemandRecord") {
    return IsLegalDemand(verb, from, to);
  }
  if (kind == "jiedui.volunteer.store.v1.VolunteerRecord") {
    return IsLegalVolunteer(verb, from, to);
  }
  if (kind == "jiedui.matcher.store.v1.PairingRecord") {
    return InTable(matcher::PairingVerbs(), verb, from, to);
  }
  if (kind == "jiedui.matcher.store.v1.OfferRecord") {
    return InTable(matcher::OfferVerbs(), verb, from, to);
  }
  if (kind == "jiedui.matcher.store.v1.DispatchRecord") {
    return InTable(matcher::DispatchVerbs(), verb, from, to);
  }
  if (kind == "jiedui.matcher.store.v1.VisitRecord") {
    return InTable(matcher::VisitVerbs(), verb, from, to);
  }
  if (kind == "jiedui.matcher.store.v1.ServiceRecordRecord") {
    return InTable(matcher::ServiceRecordVerbs(), verb, from, to);
  }
  if (kind == "jiedui.matcher.store.v1.NoticeRecord") {
    return InText(kNotices, verb, from, to);
  }
  if (kind == "jiedui.matcher.store.v1.DeliveryRecord") {
    return InText(kDeliveries, verb, from, to);
  }
  if (kind == "jiedui.matcher.store.v1.WebhookRecord") {
    return InText(kWebhooks, verb, from, to);
  }
  if (kind == "jiedui.matcher.store.v1.RoundRecord") return from.empty();
  return from == to;
}

}  // namespace jiedui::simulation
