// Candidates in a made-up province are those found by looking at everybody.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "services/matcher/engine/exhaustive.h"
#include "tests/bench/engine/nation.h"

namespace jiedui::bench {
namespace {

using match::Candidate;
using match::DemandFacts;
using match::Part;
using match::Prepared;

match::Problem SmallProvince() {
  NationOptions options = ProvinceSize();
  options.demands = 60;
  options.volunteers = 8'000;
  options.teams = 400;
  options.projects = 400;
  options.enterprises = 100;
  return Nation(options).Whole();
}

void ExpectExact(const Prepared& prepared, Part part,
                 const DemandFacts& demand) {
  const std::vector<Candidate> all =
      FindExhaustively(prepared, part, demand).best;
  for (const int32_t most : {1, 24, 1000}) {
    const auto found = FindByIndex(prepared, part, demand, most);
    const auto count = std::min(all.size(), static_cast<size_t>(most));
    EXPECT_EQ(found.best,
              std::vector<Candidate>(all.begin(),
                                     all.begin() + static_cast<int64_t>(count)))
        << "part " << static_cast<int>(part) << " of demand " << demand.index;
  }
}

TEST(NationCandidatesTest, AreThoseFoundExhaustively) {
  const Prepared prepared(SmallProvince(), match::Policy());
  for (const DemandFacts& demand : prepared.demands()) {
    for (const Part part : {Part::kExpert, Part::kTeam, Part::kProject}) {
      ExpectExact(prepared, part, demand);
    }
    ExpectExact(prepared, Part::kTalents, prepared.Seat(demand.index, 0));
  }
}

}  // namespace
}  // namespace jiedui::bench
