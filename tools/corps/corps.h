// A made-up corps and what is asked of it: a function from (options, index) to
// rows. Any row can be made alone, in any order, on any thread, and the same
// options give the same rows on every machine. It is data to load and measure
// with: texts are put together from the code tables and words of the trades.
//
//   absl::StatusOr<corps::Corps> corps = corps::Corps::Create({.seed = 7});
//   for (uint64_t i = 0; i < corps->options().volunteers; ++i) {
//     Use(corps->MakeVolunteer(i));
//   }
//
// To write them as sheets: sheets.h (into memory), generate.h (into files).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/corps/economy.h"
#include "tools/corps/options.h"
#include "tools/corps/places.h"
#include "tools/corps/rows.h"
#include "tools/corps/weights.h"

namespace jiedui::corps {

// Immutable and thread-safe; about 10 MB for all of China, whatever the number
// of rows. All Make… REQUIRE an index below the count in options().
class Corps {
 public:
  // Errors: those of Validate.
  static absl::StatusOr<Corps> Create(const Options& options);

  const Options& options() const { return options_; }
  const Places& places() const { return *places_; }
  const Economy& economy() const { return *economy_; }
  uint64_t specialties() const;

  // Volunteers and teams are numbered from the province down, place by place;
  // of 100 volunteers 5 are the province's, 10 the cities', 23 the counties'
  // and 62 the townships'. Teams follow the number of volunteers.
  Volunteer MakeVolunteer(uint64_t index) const;
  Team MakeTeam(uint64_t index) const;
  // Enterprises are numbered county by county.
  Enterprise MakeEnterprise(uint64_t index) const;
  // Each from a volunteer of the three upper tiers, where there is one.
  Project MakeProject(uint64_t index) const;
  Station MakeStation(uint64_t index) const;
  Specialty MakeSpecialty(uint64_t index) const;
  Demand MakeDemand(uint64_t index) const;

 private:
  static constexpr uint64_t kSpecialtiesOfCounty = 2;

  explicit Corps(const Options& options);

  // volunteers.cc
  const Business& SetEmployer(size_t place, Random& random,
                              Volunteer& volunteer) const;
  std::vector<Skill> MakeSkills(const IndustryWords& words,
                                Random& random) const;
  std::vector<uint64_t> TeamsOf(size_t place, uint64_t volunteer,
                                Random& random) const;
  // enterprises.cc; nothing when the county has none.
  std::optional<Enterprise> PickEnterprise(size_t county, Random& random) const;
  // demands.cc
  const Business& SetRequester(size_t county, Random& random,
                               Demand& demand) const;

  // `taken` and others that serve the industry, none twice: `count` in all, or
  // a few less when chance will not have it.
  Subjects PickSubjects(const IndustryWords& words, size_t count,
                        Subjects taken, Random& random) const;
  // The nearest place above that has a team.
  std::optional<size_t> PlaceWithTeamsAbove(size_t place) const;
  uint64_t VolunteersAt(size_t place) const {
    return volunteers_[place + 1] - volunteers_[place];
  }
  uint64_t TeamsAt(size_t place) const {
    return teams_[place + 1] - teams_[place];
  }
  // The `team`-th team's leader, both counted within the place.
  uint64_t LeaderAt(size_t place, uint64_t team) const {
    return team * VolunteersAt(place) / TeamsAt(place);
  }

  Options options_;
  std::shared_ptr<const Places> places_;
  std::shared_ptr<const Economy> economy_;
  Weights county_weights_;
  // First index of each place or county, and the end: see Deal().
  std::vector<uint64_t> volunteers_;   // by place
  std::vector<uint64_t> teams_;        // by place
  std::vector<uint64_t> enterprises_;  // by county
  uint64_t above_township_ = 0;        // volunteers of the three upper tiers
};

}  // namespace jiedui::corps
