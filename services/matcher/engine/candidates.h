// Who may serve a part of a demand, best first: exactly the best ones by the
// order of the objective, found by looking only at those who serve where the
// demand lies, in its disciplines, from the nearest tier outwards, and at each
// only as long as it can still be among the best.
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/facts.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

struct Candidate {
  int32_t resource = kNobody;
  // What it costs in subsidiarity; 0 for teams and projects, whose nearness is
  // a feature. See PersonDistance.
  int32_t distance = 0;
  int32_t score = 0;
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

struct CandidateList {
  // By distance, then score, then position.
  std::vector<Candidate> best;
  // All that are feasible and reach the admission score are in `best`;
  // otherwise those left out come after the last of them.
  bool complete = true;
};

// What a feasible person costs in subsidiarity: see Choice::tier_distance.
int32_t PersonDistance(const Policy& policy, const DemandFacts& demand,
                       const Facts& candidate, int32_t score);

// The best `most` candidates. `demand` is one of Prepared::demands(), or a
// seat of it. Capacity used up by locks is not looked at. Thread-safe.
// Time: linear in those who serve the demand's places in its disciplines.
// `least`: a score that candidates must reach beside the admission score.
CandidateList FindExperts(const Prepared& prepared, const DemandFacts& demand,
                          int32_t most, int32_t least = 0);
CandidateList FindTalents(const Prepared& prepared, const DemandFacts& seat,
                          int32_t most);
CandidateList FindTeams(const Prepared& prepared, const DemandFacts& demand,
                        int32_t most);
CandidateList FindProjects(const Prepared& prepared, const DemandFacts& demand,
                           int32_t most);

}  // namespace jiedui::matcher::engine
