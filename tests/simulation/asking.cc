#include "tests/simulation/asking.h"

#include "services/matcher/app/asking.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::simulation {
namespace {

constexpr std::string_view kAnyState =
    "DRAFT|SUBMITTED|OPEN|RETURNED|REJECTED|PROPOSED|DISPATCHED|IN_SERVICE|"
    "DELIVERED|EVALUATED|CLOSED|WITHDRAWN|SUSPENDED|EXPIRED|APPROVED|OFFERED|"
    "ACCEPTED|ACTIVE|COMPLETED|CANCELLED|DECLINED|SUPERSEDED|OVERRIDDEN|"
    "PENDING|VOIDED|REQUESTED|GRANTED|REFUSED|ASKED|PLANNED|DONE|VALID|REVOKED";

}  // namespace

std::optional<std::string> Pick(const std::vector<std::string>& names,
                                uint32_t pick) {
  if (names.empty()) return std::nullopt;
  return names[pick % names.size()];
}

std::string EtagFor(const Catalog& catalog, const std::string& name,
                    uint32_t how) {
  const Thing* thing = catalog.Find(name);
  return how % 2 == 0 || thing == nullptr ? "" : absl::StrCat(thing->version);
}

std::string SomebodyIn(const store::Reader& rows, const std::string& pairing,
                       uint32_t how) {
  const auto record = matcher::Pairings::Find(rows, pairing);
  if (how / 8 % 2 == 0 || !record) return "";
  const auto named = matcher::BookedResources(record->pairing());
  const auto one = Pick(named, how / 16);
  return one ? matcher::AddresseeOf(rows, *one) : "";
}

std::string_view Sometimes(std::string_view states, uint32_t how) {
  return how % 32 == 5 ? kAnyState : states;
}

}  // namespace jiedui::simulation
