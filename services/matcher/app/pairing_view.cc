#include "services/matcher/app/pairing_view.h"

#include <string>

#include "common/base/status_macros.h"
#include "services/matcher/app/asking.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/view.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {
namespace {

using volunteer::event::v1::Volunteer;
using Person = v1::ViewPairingResponse::Person;

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
                                                    std::string_view name) {
  ASSIGN_OR_RETURN(const store::v1::PairingRecord record,
                   Pairings::Require(state, name));
  const Pairing& pairing = record.pairing();
  v1::ViewPairingResponse view;
  view.set_disclosed(IsDisclosed(pairing));
  const auto demand =
      FindReplica<demand::event::v1::Demand>(state, pairing.demand());
  if (demand) {
    view.set_headline(Headline(*demand));
    if (view.disclosed()) view.set_requester(demand->requester().name());
  }
  for (type::v1::PartKind kind :
       {type::v1::PART_KIND_EXPERT, type::v1::PART_KIND_TEAM,
        type::v1::PART_KIND_TALENTS}) {
    for (const type::v1::Choice& choice : PartOf(pairing, kind).choices()) {
      Person& person = *view.add_people();
      person.set_part(kind);
      Describe(state, choice, view.disclosed(), person);
    }
  }
  return view;
}

}  // namespace jiedui::matcher
