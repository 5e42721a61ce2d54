// Changes of a problem that a what-if tries: each leaves a valid problem valid,
// taking along what refers to what is gone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "common/codes/corps.h"
#include "common/codes/regions.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {

// Opens `tier`, and with it all below, to the demand, or to all when `demand`
// is empty. One that is open further stays so.
void OpenTier(codes::Tier tier, std::string_view demand, Problem& problem);

// Takes out the demands, volunteers, teams and projects of these ids, with
// locks, exclusions and memberships that name them.
void Remove(const absl::flat_hash_set<std::string>& ids, Problem& problem);

// Takes out all demands, volunteers and teams that are at home in the county.
// Projects, enterprises and specialties stay: they are not people who come.
void CloseCounty(const codes::Region& county, Problem& problem);

struct NewExperts {
  int32_t count = 0;
  std::string subject;
  std::string region;
  codes::Tier tier = codes::Tier::kCounty;
};

// All ids of experts that are not there begin with it; a number follows.
inline constexpr std::string_view kNewExpert = "volunteers/what-if-";

// Adds experts of middling record: associate seniors of proficiency 4 who speak
// Mandarin, serve on site and remotely, are free every day, take two pairings
// each, and have neither industries nor evaluations yet.
void AddExperts(const NewExperts& experts, Problem& problem);

}  // namespace jiedui::matcher::engine
