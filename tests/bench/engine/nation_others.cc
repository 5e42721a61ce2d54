// The teams, projects, enterprises and specialties of a Nation.
#include <algorithm>

#include "tests/bench/engine/nation.h"
#include "tests/bench/engine/nation_words.h"
#include "tools/corps/troubles.h"

namespace jiedui::bench {
namespace {

using codes::Line;
using codes::Tier;
using corps::Random;
using corps::Weights;

constexpr uint64_t kMostMembers = 12;

}  // namespace

void Nation::Fill(int32_t index, match::Team& team) const {
  Random random(options_.seed, kStreamTeams, static_cast<uint64_t>(index));
  const size_t at = corps::ShareOf(teams_, static_cast<uint64_t>(index));
  const uint64_t first = volunteers_[at];
  const uint64_t people = volunteers_[at + 1] - first;
  const uint64_t leader = first + random.Below(people);
  const Person person = PersonAt(leader);

  WriteId("teams/t", index, team.id);
  WriteCode(*person.place->region, team.region);
  team.tier = person.place->tier;
  team.line = random.Percent(70) ? Line::kRegional : Line::kSociety;
  if (team.tier == Tier::kProvince) team.line = Line::kRegional;
  WriteId("volunteers/v", VolunteerAt(leader), team.leader);

  team.subjects.resize(person.skills);
  for (size_t i = 0; i < person.skills; ++i) {
    team.subjects[i] = person.subjects[i]->code;
  }
  const std::string_view further =
      economy_.PickSubject(*person.business->words, random).code;
  if (std::find(team.subjects.begin(), team.subjects.end(), further) ==
      team.subjects.end()) {
    team.subjects.emplace_back(further);
  }

  // People of the place one after another, so that none is met twice.
  const uint64_t count = std::min(people, 3 + random.Below(kMostMembers - 2));
  const uint64_t start = random.Below(people);
  team.members.resize(count);
  for (uint64_t i = 0; i < count; ++i) {
    WriteId("volunteers/v", VolunteerAt(first + (start + i) % people),
            team.members[i]);
  }
  team.capacity =
      CapacityOf(static_cast<uint64_t>(index), options_.teams, random);
  team.rating = {};
  if (random.Percent(60)) {
    const int32_t ratings = random.Between(1, 20);
    team.rating = {ratings + random.Between(2 * ratings, 4 * ratings), ratings};
  }
}

void Nation::Fill(int32_t index, match::Project& project) const {
  static const Weights kReadiness = {1, 2, 4, 8, 15, 20, 20, 18, 12};
  Random random(options_.seed, kStreamProjects, static_cast<uint64_t>(index));
  const uint64_t owner = random.Below(
      above_township_ > 0 ? above_township_
                          : static_cast<uint64_t>(options_.volunteers));
  const Person person = PersonAt(owner);
  const corps::Business& business = *person.business;
  const corps::Trouble& trouble =
      random.Pick(corps::TroublesOf(business.words->trade));

  WriteId("projects/p", index, project.id);
  WriteId("volunteers/v", VolunteerAt(owner), project.owner);
  project.subjects.resize(std::min<size_t>(person.skills, 2));
  for (size_t i = 0; i < project.subjects.size(); ++i) {
    project.subjects[i] = person.subjects[i]->code;
  }
  if (std::find(project.subjects.begin(), project.subjects.end(),
                trouble.subject) == project.subjects.end()) {
    project.subjects.emplace_back(trouble.subject);
  }
  project.industries.resize(1);
  project.industries[0] = business.industry->code;
  project.readiness = static_cast<int32_t>(kReadiness.Pick(random)) + 1;
  project.exclusive = random.Percent(15);
  project.licences = random.Between(1, 3);
  WriteCode(*person.home, project.region);
  project.text.assign(business.product).append(trouble.method).append("，");
  WriteFilled(
      corps::PartOf(corps::WordsOf(business.words->trade).work, random.Next()),
      "{p}", business.product, project.text);
}

void Nation::Fill(int32_t index, match::Enterprise& enterprise) const {
  const Firm& firm = firms_[static_cast<size_t>(index)];
  WriteId("enterprises/e", index, enterprise.id);
  enterprise.name = firm.name;
  enterprise.credit_code = firm.credit_code;
  WriteCode(*firm.region, enterprise.region);
  enterprise.industry = firm.business->industry->code;
  enterprise.leading = firm.leading;
}

void Nation::Fill(int32_t index, match::Specialty& specialty) const {
  const auto county = static_cast<size_t>(index / kSpecialtiesOfCounty);
  const corps::Business& business = economy_.BusinessesOf(
      county)[static_cast<size_t>(index % kSpecialtiesOfCounty)];
  WriteId("specialties/s", index, specialty.id);
  WriteCode(*places_.counties()[county].region, specialty.region);
  specialty.industry = business.industry->code;
  specialty.weight = business.weight;
}

}  // namespace jiedui::bench
