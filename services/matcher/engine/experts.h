// The expert part, exactly: who of all volunteers serves which demand, by the
// levels of the objective. Only the best candidates of a demand are looked at
// first; prices then tell for whom that was not enough, and their lists are
// made longer until nobody left out could make the plan better. So the optimum
// is over all eligible pairs, of which most are never looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "services/matcher/engine/candidates.h"
#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/flow/flow.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

// The pair as FindExperts would list it; nothing when it would not.
std::optional<Candidate> ExpertPair(const Prepared& prepared,
                                    const DemandFacts& demand,
                                    int32_t volunteer);

// The flow behind the expert part: a row for every demand whose expert is
// wanted and not locked, a resource for every volunteer on some row's list.
class ExpertFlow {
 public:
  static constexpr int32_t kNoRow = -1;

  // Whether capacities may change later: costs of load are kept for pairings
  // that there is no capacity for yet.
  enum class Use : uint8_t { kOnce, kKeptOpen };

  // Looks for candidates on up to `threads` threads (0: all there are).
  // CANCELLED when `progress` says so. Keeps references.
  static absl::StatusOr<ExpertFlow> Solve(const Prepared& prepared,
                                          const std::vector<Draft>& drafts,
                                          const Remaining& remaining,
                                          int threads, const Progress& progress,
                                          Use use = Use::kOnce);

  const Flow<LevelCosts>& flow() const { return flow_; }
  // kNoRow when the demand takes no part. Demands that changed may have a row
  // that is out.
  int32_t RowOf(int32_t demand) const {
    return row_of_demand_[static_cast<size_t>(demand)];
  }
  int32_t DemandOf(int32_t row) const {
    return demand_of_row_[static_cast<size_t>(row)];
  }
  int32_t VolunteerOf(int32_t resource) const {
    return volunteer_of_resource_[static_cast<size_t>(resource)];
  }
  // kNobody when the volunteer is on no row's list.
  int32_t ResourceOf(int32_t volunteer) const {
    return resource_of_volunteer_[static_cast<size_t>(volunteer)];
  }
  // The volunteer; kNobody when the demand stays without.
  int32_t Assigned(int32_t row) const;

  // Value, bound and prices; over all eligible pairs.
  Certificate Certify() const;

  // ----- Kept optimal while demands and volunteers change. Each of these
  // leaves the flow optimal over the lists there are; Settle makes it optimal
  // over all eligible pairs again. What they read is what Solve was given, as
  // it is now. Errors are those of Flow, and cannot come of valid problems.

  // A demand that is new, has changed, or is no longer in want of an expert.
  absl::Status Refresh(int32_t demand);
  // A volunteer who is new or has changed: his pairs with these demands, which
  // are those he may serve and those he might have served before.
  absl::Status RefreshVolunteer(int32_t volunteer,
                                std::span<const int32_t> demands);
  // Somebody whose remaining capacity has changed.
  absl::Status RefreshCapacity(int32_t volunteer);
  // Makes lists longer until nobody left out could make the plan better.
  // Linear in the rows.
  absl::Status Settle();
  // Takes back what fairness.h has made dearer: optimal by the levels alone.
  absl::Status ForgetSharing();

  // For fairness.h.
  Flow<LevelCosts>& mutable_flow() { return flow_; }

 private:
  ExpertFlow(const Prepared& prepared, const std::vector<Draft>& drafts,
             const Remaining& remaining, int threads, Use use)
      : prepared_(&prepared),
        drafts_(&drafts),
        remaining_(&remaining),
        threads_(threads),
        use_(use) {}

  // Candidates of a row: the first so many of its demand.
  struct Reach {
    int32_t most = 0;
    bool complete = false;
    Objective beyond;  // nobody left out costs less
  };

  std::vector<int32_t> NeighboursTogether() const;
  absl::Status AddRows(const Progress& progress);
  // Makes lists longer that may be too short. False: there was none.
  absl::StatusOr<bool> ExtendRows();
  std::vector<LevelEdge> FirstEdges(int32_t demand, Reach& reach);
  std::vector<LevelEdge> EdgesOf(int32_t demand, int32_t most, Reach& reach);
  std::vector<LevelEdge> TakeList(int32_t demand, const CandidateList& list,
                                  Reach& reach) const;
  // Replaces volunteers by resources, which are added as need be.
  absl::StatusOr<std::vector<LevelEdge>> TakeEdges(
      const std::vector<LevelEdge>& by_volunteer);
  absl::Status RefreshPair(int32_t row, int32_t volunteer);
  // Makes room for those who came since Solve.
  void Grow();

  const Prepared* prepared_;
  const std::vector<Draft>* drafts_;
  const Remaining* remaining_;
  int threads_;
  Use use_;
  Flow<LevelCosts> flow_;
  std::vector<int32_t> demand_of_row_;
  std::vector<int32_t> row_of_demand_;
  std::vector<Reach> reach_;  // by row
  std::vector<int32_t> volunteer_of_resource_;
  std::vector<int32_t> resource_of_volunteer_;  // kNobody: none yet
};

}  // namespace jiedui::matcher::engine
