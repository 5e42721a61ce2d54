// A made-up province or country as the engine sees it: demands and all that may
// serve them, in the engine's own plain data, at any size. It is a function
// from (options, kind, index): an object can be made alone, in any order, on
// any thread, and is the same on every machine, so that millions can be
// streamed through one object without being kept.
//
//   const Nation nation(CountrySize());
//   match::Volunteer volunteer;
//   for (int32_t i = 0; i < nation.options().volunteers; ++i) {
//     nation.Fill(i, volunteer);
//     builder.Add(volunteer);
//   }
//
// Places, what their people live on, and the words of the trades are those of
// the made-up corps (tools/corps): every province, city, county and township of
// the code tables, with a few that hold much and many that hold little; the
// subjects and industries of the national standards, by Zipf's law. People work
// where, and in what, their county does; so supply follows demand as unevenly
// as it does in life.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "common/codes/regions.h"
#include "services/matcher/engine/problem.h"
#include "tools/corps/economy.h"
#include "tools/corps/places.h"
#include "tools/corps/random.h"
#include "tools/corps/weights.h"

namespace jiedui::bench {

namespace match = matcher::engine;

struct NationOptions {
  uint64_t seed = 2027;
  // Two digits of GB/T 2260 (44 is Guangdong), or kAllProvinces.
  int32_t province = 44;
  // 1 … 9,999,999 demands and volunteers; 0 … 9,999,999 of the others.
  int32_t demands = 0;
  int32_t volunteers = 0;
  int32_t teams = 0;
  int32_t projects = 0;
  int32_t enterprises = 0;
  // Demands for every 1,000 free pairings of the volunteers, and likewise of
  // the teams: 870 and 990 are near balance, 1,090 is scarce. Capacity is then
  // dealt out evenly over places, and many have none. 0: everyone has 1 to 3.
  int32_t tightness = 0;
};
inline constexpr int32_t kAllProvinces = 0;

// 10,000 demands, 100,000 volunteers, 2,000 teams, 3,000 projects; Guangdong.
NationOptions ProvinceSize();
// 100,000 demands, 1,000,000 volunteers; Guangdong.
NationOptions MillionSize();
// 500,000 demands, 5,200,000 volunteers, 110,000 teams, 100,000 projects; all
// 31 provinces.
NationOptions CountrySize();

// Immutable and thread-safe; some 15 MB for a country. All Fill() REQUIRE an
// index below the count of the kind, overwrite every field, and give what
// Validate(Problem) accepts together with the other objects of the nation.
class Nation {
 public:
  explicit Nation(const NationOptions& options);

  const NationOptions& options() const { return options_; }
  // Two industries of every county.
  int32_t specialties() const;

  // Of 100 volunteers 5 are the provinces', 15 the cities', 50 the counties',
  // 30 the townships'; index says nothing about place or tier. About a
  // microsecond, without allocation once the strings have grown.
  void Fill(int32_t index, match::Volunteer& volunteer) const;
  // In a county or a township; 5 of 100 are mandatory.
  void Fill(int32_t index, match::Demand& demand) const;
  // Led by a volunteer of its place whose subjects it takes on.
  void Fill(int32_t index, match::Team& team) const;
  // Owned by a volunteer of the three upper tiers.
  void Fill(int32_t index, match::Project& project) const;
  // Requesters and employers are often among these.
  void Fill(int32_t index, match::Enterprise& enterprise) const;
  void Fill(int32_t index, match::Specialty& specialty) const;

  // Everything at once: a gigabyte for a million volunteers.
  match::Problem Whole() const;

 private:
  static constexpr int32_t kSpecialtiesOfCounty = 2;
  static constexpr size_t kMostSkills = 4;

  // What of a volunteer others refer to.
  struct Person {
    const corps::Place* place;
    const codes::Region* home;
    uint32_t county;  // worked for, in places_.counties()
    const corps::Business* business;
    std::array<const codes::Subject*, kMostSkills> subjects;
    size_t skills;
  };
  struct Firm {
    std::string name;
    std::string credit_code;
    const codes::Region* region;
    const corps::Business* business;
    bool leading;
  };

  void FoundFirms();
  // Null when the county has none.
  const Firm* PickFirm(uint32_t county, corps::Random& random) const;

  // Volunteers have positions, in order of tier and place, and indices, which
  // scatter them.
  uint64_t PositionOf(int32_t index) const;
  int32_t VolunteerAt(uint64_t position) const;
  Person PersonAt(uint64_t position) const;
  void SetEmployer(const Person& person, corps::Random& random,
                   match::Volunteer& volunteer) const;
  // Returns the industry it is about.
  const corps::Business& SetRequester(uint32_t county, corps::Random& random,
                                      match::Demand& demand) const;
  // Of `index` among `count` with the options' tightness.
  int32_t CapacityOf(uint64_t index, int32_t count,
                     corps::Random& random) const;

  NationOptions options_;
  corps::Places places_;
  corps::Economy economy_;
  corps::Weights county_weights_;
  // First position of each place or county, and the end: corps::Deal.
  std::vector<uint64_t> volunteers_;  // by place
  std::vector<uint64_t> teams_;       // by place that has volunteers
  std::vector<uint64_t> firms_at_;    // by county
  std::vector<Firm> firms_;
  uint64_t stride_ = 1;          // of positions, for the next index
  uint64_t inverse_ = 1;         // stride_ · inverse_ ≡ 1 modulo volunteers
  uint64_t above_township_ = 0;  // volunteers of the three upper tiers
};

}  // namespace jiedui::bench
