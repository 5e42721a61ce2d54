// The expert part, exactly: who of all volunteers serves which demand, by the
// levels of the objective. Only the best candidates of a demand are looked at
// first; prices then tell for whom that was not enough, and their lists are
// made longer until nobody left out could make the plan better. So the optimum
// is over all eligible pairs, of which most are never looked at.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "services/matcher/engine/candidates.h"
#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/flow/flow.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

// The flow behind the expert part: a row for every demand whose expert is
// wanted and not locked, a resource for every volunteer on some row's list.
class ExpertFlow {
 public:
  static constexpr int32_t kNoRow = -1;

  // Looks for candidates on up to `threads` threads (0: all there are).
  // CANCELLED when `progress` says so. Keeps references.
  static absl::StatusOr<ExpertFlow> Solve(const Prepared& prepared,
                                          const std::vector<Draft>& drafts,
                                          const Remaining& remaining,
                                          int threads,
                                          const Progress& progress);

  const Flow<LevelCosts>& flow() const { return flow_; }
  // kNoRow when the demand takes no part.
  int32_t RowOf(int32_t demand) const {
    return row_of_demand_[static_cast<size_t>(demand)];
  }
  int32_t DemandOf(int32_t row) const {
    return demand_of_row_[static_cast<size_t>(row)];
  }
  int32_t VolunteerOf(int32_t resource) const {
    return volunteer_of_resource_[static_cast<size_t>(resource)];
  }
  // The volunteer; kNobody when the demand stays without.
  int32_t Assigned(int32_t row) const;

  // Value, bound and prices; over all eligible pairs.
  Certificate Certify() const;

  // For fairness.h.
  Flow<LevelCosts>& mutable_flow() { return flow_; }

 private:
  ExpertFlow(const Prepared& prepared, const std::vector<Draft>& drafts,
             const Remaining& remaining, int threads)
      : prepared_(&prepared),
        drafts_(&drafts),
        remaining_(&remaining),
        threads_(threads) {}

  // Candidates of a row: the first so many of its demand.
  struct Reach {
    int32_t most = 0;
    bool complete = false;
    Objective beyond;  // nobody left out costs less
  };

  absl::Status AddRows(const Progress& progress);
  // Makes lists longer that may be too short. False: there was none.
  absl::StatusOr<bool> ExtendRows();
  std::vector<LevelEdge> FirstEdges(int32_t demand, Reach& reach);
  std::vector<LevelEdge> EdgesOf(int32_t demand, int32_t most, Reach& reach);
  std::vector<LevelEdge> TakeList(int32_t demand, const CandidateList& list,
                                  Reach& reach) const;
  absl::StatusOr<std::vector<LevelEdge>> TakeEdges(
      const std::vector<LevelEdge>& by_volunteer);

  const Prepared* prepared_;
  const std::vector<Draft>* drafts_;
  const Remaining* remaining_;
  int threads_;
  Flow<LevelCosts> flow_;
  std::vector<int32_t> demand_of_row_;
  std::vector<int32_t> row_of_demand_;
  std::vector<Reach> reach_;  // by row
  std::vector<int32_t> volunteer_of_resource_;
  std::vector<int32_t> resource_of_volunteer_;  // kNobody: none yet
};

}  // namespace jiedui::matcher::engine
