#include "services/matcher/app/pairing_view.h"

#include <algorithm>
#include <vector>

#include "common/base/status_macros.h"
#include "services/matcher/app/asking.h"
#include "services/matcher/app/participants.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/seats.h"
#include "services/matcher/domain/view.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {
namespace {

using volunteer::event::v1::Volunteer;
using Person = v1::ViewPairingResponse::Person;

bool IsTold(const Reader& state, const store::v1::PairingRecord& record,
            const std::string& viewer, absl::CivilDay day) {
  return IsDisclosed(record.pairing()) &&
         (!viewer.starts_with(kVolunteers) ||
          TakesPart(state, viewer, record, day));
}

// Of a team it is told who leads it.
void Describe(const Reader& state, const type::v1::Choice& choice,
              bool disclosed, Person& person) {
  const auto volunteer =
      FindReplica<Volunteer>(state, AddresseeOf(state, choice.resource()));
  if (volunteer) {
    person.set_title(volunteer->title());
    person.set_place(PlaceInWords(volunteer->region()));
  }
  if (disclosed) {
    person.set_display_name(choice.display_name());
    person.set_resource(choice.resource());
  } else {
    person.set_display_name(
        FamilyName(volunteer ? volunteer->display_name() : ""));
  }
}

}  // namespace

absl::StatusOr<v1::ViewPairingResponse> ViewPairing(const Reader& state,
                                                    std::string_view name,
                                                    const std::string& viewer,
                                                    absl::CivilDay day) {
  ASSIGN_OR_RETURN(const store::v1::PairingRecord record,
                   Pairings::Require(state, name));
  const Pairing& pairing = record.pairing();
  v1::ViewPairingResponse view;
  view.set_disclosed(IsTold(state, record, viewer, day));
  const auto demand =
      FindReplica<demand::event::v1::Demand>(state, pairing.demand());
  if (demand) {
    view.set_headline(Headline(*demand));
    if (view.disclosed()) view.set_requester(demand->requester().name());
  }
  const std::vector<std::string> serving = ServingResources(record);
  for (type::v1::PartKind kind :
       {type::v1::PART_KIND_EXPERT, type::v1::PART_KIND_TEAM,
        type::v1::PART_KIND_TALENTS}) {
    for (const type::v1::Choice& choice : PartOf(pairing, kind).choices()) {
      Person& person = *view.add_people();
      person.set_part(kind);
      const bool has_accepted =
          std::binary_search(serving.begin(), serving.end(), choice.resource());
      Describe(state, choice, view.disclosed() && has_accepted, person);
    }
  }
  return view;
}

}  // namespace jiedui::matcher
