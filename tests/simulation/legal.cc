#include "tests/simulation/legal.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/demand/domain/life.h"
#include "services/matcher/domain/life.h"
#include "services/matcher/domain/record_life.h"
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

struct Life {
  std::string_view record;
  std::span<const matcher::Verb* const> verbs;
};

std::span<const Life> Lives() {
  static const Life kLives[] = {
      {"PairingRecord", matcher::PairingVerbs()},
      {"OfferRecord", matcher::OfferVerbs()},
      {"DispatchRecord", matcher::DispatchVerbs()},
      {"VisitRecord", matcher::VisitVerbs()},
      {"ServiceRecordRecord", matcher::ServiceRecordVerbs()},
      {"CorrectionRecord", matcher::CorrectionVerbs()},
      {"ReadingRecord", matcher::ReadingVerbs()},
      {"ServiceCertificateRecord", matcher::CertificateVerbs()},
  };
  return kLives;
}

// Of kinds whose tables are in their code: "verb from to", divided by bars.
constexpr std::pair<std::string_view, std::string_view> kInText[] = {
    {"NoticeRecord",
     "notify NEW UNREAD|read UNREAD READ|settle UNREAD SETTLED|"
     "settle READ SETTLED"},
    {"DeliveryRecord",
     "plan NEW PENDING|fail PENDING PENDING|deliver PENDING DELIVERED|"
     "give-up PENDING DEAD|retry DEAD PENDING|drop PENDING DROPPED"},
    {"WebhookRecord", "create NEW ACTIVE|remove ACTIVE REMOVED"},
    {"RoundRecord",
     "commit NEW COMMITTED|cancel NEW CANCELLED|fail NEW FAILED"},
};

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
  const std::string_view name = kind.substr(kind.rfind('.') + 1);
  if (name == "DemandRecord") return IsLegalDemand(verb, from, to);
  if (name == "VolunteerRecord") return IsLegalVolunteer(verb, from, to);
  for (const Life& life : Lives()) {
    if (life.record == name) return InTable(life.verbs, verb, from, to);
  }
  for (const auto& [record, table] : kInText) {
    if (record == name) return InText(table, verb, from, to);
  }
  return true;
}

}  // namespace jiedui::simulation
