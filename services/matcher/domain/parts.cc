#include "services/matcher/domain/parts.h"

#include <algorithm>

namespace jiedui::matcher {
namespace {

using type::v1::Choice;
using type::v1::Part;
using type::v1::PartKind;

// Points that parts gave for fitting one another go with either of them.
void DropSynergies(Pairing& pairing, PartKind gone) {
  auto& synergies = *pairing.mutable_synergies();
  for (int i = synergies.size() - 1; i >= 0; --i) {
    const bool with_team = synergies[i].feature() == "expert_leads_team";
    const bool with_project = synergies[i].feature() == "expert_owns_project";
    if (gone == type::v1::PART_KIND_EXPERT ||
        (gone == type::v1::PART_KIND_TEAM && with_team) ||
        (gone == type::v1::PART_KIND_PROJECT && with_project)) {
      synergies.DeleteSubrange(i, 1);
    }
  }
}

}  // namespace

std::string PartName(PartKind kind) {
  constexpr std::string_view kPrefix = "PART_KIND_";
  return type::v1::PartKind_Name(kind).substr(kPrefix.size());
}

std::string_view CollectionOf(PartKind kind) {
  switch (kind) {
    case type::v1::PART_KIND_PROJECT:
      return kProjects;
    case type::v1::PART_KIND_TEAM:
      return kTeams;
    case type::v1::PART_KIND_ENTERPRISE:
      return kEnterprises;
    case type::v1::PART_KIND_INDUSTRY:
      return kSpecialties;
    default:
      return kVolunteers;
  }
}

const Part& PartOf(const Pairing& pairing, PartKind kind) {
  return pairing.parts(static_cast<int>(kind) - 1);
}

Part& MutablePart(Pairing& pairing, PartKind kind) {
  return *pairing.mutable_parts(static_cast<int>(kind) - 1);
}

PartKind AnchorOf(const Pairing& pairing) {
  for (PartKind kind : {type::v1::PART_KIND_EXPERT, type::v1::PART_KIND_TEAM}) {
    if (PartOf(pairing, kind).status() != type::v1::PART_STATUS_NOT_REQUIRED) {
      return kind;
    }
  }
  for (const Part& part : pairing.parts()) {
    if (part.status() != type::v1::PART_STATUS_NOT_REQUIRED) {
      return part.kind();
    }
  }
  return type::v1::PART_KIND_EXPERT;
}

std::string AnchorResource(const Pairing& pairing) {
  const Part& anchor = PartOf(pairing, AnchorOf(pairing));
  return anchor.choices().empty() ? "" : anchor.choices(0).resource();
}

std::vector<std::string> BookedResources(const Pairing& pairing) {
  std::vector<std::string> resources;
  for (PartKind kind :
       {type::v1::PART_KIND_EXPERT, type::v1::PART_KIND_PROJECT,
        type::v1::PART_KIND_TEAM, type::v1::PART_KIND_TALENTS}) {
    for (const Choice& choice : PartOf(pairing, kind).choices()) {
      if (!choice.resource().empty()) resources.push_back(choice.resource());
    }
  }
  std::sort(resources.begin(), resources.end());
  resources.erase(std::unique(resources.begin(), resources.end()),
                  resources.end());
  return resources;
}

bool TakeOut(Pairing& pairing, std::string_view resource) {
  bool found = false;
  for (Part& part : *pairing.mutable_parts()) {
    auto& choices = *part.mutable_choices();
    const auto end = std::remove_if(
        choices.begin(), choices.end(),
        [&](const Choice& choice) { return choice.resource() == resource; });
    if (end == choices.end()) continue;
    choices.erase(end, choices.end());
    part.set_status(type::v1::PART_STATUS_GAP);
    part.set_gap_reason(type::v1::GAP_REASON_DECLINED);
    part.set_gap_detail("受邀者已谢绝");
    DropSynergies(pairing, part.kind());
    found = true;
  }
  if (found) AddUp(pairing);
  return found;
}

void AddUp(Pairing& pairing) {
  int64_t total = 0;
  for (Part& part : *pairing.mutable_parts()) {
    int64_t points = 0;
    for (const Choice& choice : part.choices()) points += choice.points();
    part.set_points(points);
    total += points;
  }
  for (const auto& synergy : pairing.synergies()) total += synergy.points();
  pairing.set_points(total);
}

}  // namespace jiedui::matcher
