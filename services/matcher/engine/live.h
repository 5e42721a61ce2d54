// A round kept open: its proposal follows demands and volunteers as they come,
// change and go, instead of being made anew. The expert part stays exactly
// optimal over all eligible pairs, with its certificate; bundles are completed
// again around what changed, and everyone else stays where he is.
//
// Drafts move freely. What is locked, accepted or in service never moves. An
// offered pairing moves only by consent, to what was suggested (see Outcome).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/matcher/engine/demand_index.h"
#include "services/matcher/engine/experts.h"
#include "services/matcher/engine/explain.h"
#include "services/matcher/engine/live_completion.h"
#include "services/matcher/engine/live_state.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine {

// A demand whose draft an event has changed. Positions are those of prepared().
struct DraftChange {
  int32_t demand = 0;
  Draft before;
  Draft after;
  friend bool operator==(const DraftChange&, const DraftChange&) = default;
};

// What an event led to.
struct Outcome {
  std::vector<DraftChange> changes;     // by demand
  std::vector<Suggestion> suggestions;  // by demand; nothing of them is done
  // Of the expert part by itself, as in Certificate: equal. What holds keep out
  // of it does not count.
  Objective value;
  Objective bound;
};

struct LiveOptions {
  // After somebody declined, so many who have accepted may be moved to other
  // demands to cover the one that lost him.
  int32_t accepted_moves = 0;
  int threads = 0;  // of the first solve; 0: as many as there are processors
};

// Every event leaves the round as it would be judged (judge.h), or is refused
// and leaves it as it was. Refused are what the problem would not be valid
// with: INVALID_FIELDS names the fields and LOCK_CANNOT_HOLD the hold that has
// no room or no seat; and NOT_FOUND for a demand or resource that is not there.
//
// Deterministic: the same problem, whatever its order, and the same events give
// the same outcomes. Positions stay for ever: one who is gone is a volunteer
// without capacity, and a withdrawn demand wants nothing. An event takes time
// linear in the demands, and little of it; memory grows with every change of a
// volunteer until the round is opened anew. Not thread-safe.
class Live {
 public:
  // As Match() would solve it. INVALID_FIELDS; CANCELLED when `progress` says
  // so.
  static absl::StatusOr<std::unique_ptr<Live>> Open(
      Problem problem, const Policy& policy, const LiveOptions& options = {},
      const Progress& progress = nullptr);
  // The same of a problem that is known to be valid.
  static absl::StatusOr<std::unique_ptr<Live>> Open(
      std::unique_ptr<Prepared> prepared, const LiveOptions& options,
      const Progress& progress);
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  // ----- Events
  // Posted, changed, or posted again after it was withdrawn.
  absl::StatusOr<Outcome> Put(const Demand& demand);
  // Its holds end with it.
  absl::StatusOr<Outcome> Withdraw(const std::string& demand);
  // A higher tier is opened to the demand; nothing when it was.
  absl::StatusOr<Outcome> OpenTier(const std::string& demand, codes::Tier tier);
  // Came, or changed in whatever field: skills, availability, capacity, …
  absl::StatusOr<Outcome> Put(const Volunteer& volunteer);
  // Of a volunteer, a team or an exclusive project: pairings free, those that
  // are held here included. A volunteer who goes has 0. NOT_FOUND for a project
  // that is not exclusive.
  absl::StatusOr<Outcome> SetCapacity(const std::string& resource,
                                      int32_t capacity);
  // Not for this demand again. What an offered pairing holds is given up when
  // it is about one of it; of an accepted one the part itself. Locks stay.
  absl::StatusOr<Outcome> Exclude(const Exclusion& exclusion);
  absl::StatusOr<Outcome> Lock(const engine::Lock& lock);
  // NOT_FOUND when there is no such lock.
  absl::StatusOr<Outcome> Unlock(const engine::Lock& lock);
  // What the draft is filled with is held as it is; what is open may still be
  // filled. kDraft gives up what no lock holds.
  absl::StatusOr<Outcome> SetStanding(const std::string& demand,
                                      Standing standing);
  // The coordinator agrees to a suggestion: it takes the offered one's place,
  // and is held in its stead. ROUND_STALE when it is not what would be
  // suggested now.
  absl::StatusOr<Outcome> Consent(const Suggestion& suggestion);

  // ----- Reading
  const Prepared& prepared() const { return state_.prepared(); }
  const std::vector<Draft>& drafts() const { return state_.drafts(); }
  Standing standing(int32_t demand) const { return state_.standing(demand); }
  // Of the demand's draft as it is now. The first call is linear in the corps.
  Bundle Explain(int32_t demand);
  Certificate Certify() const { return experts_->Certify(); }

  // All that is held, as the locks of the problem that this round answers.
  std::vector<engine::Lock> Locks() const;
  // The round as a plan with all its evidence, such as Judge wants it: for
  // demands not withdrawn, by id. About the time of solving it anew.
  absl::StatusOr<Plan> MakePlan();

 private:
  Live(std::unique_ptr<Prepared> prepared, const LiveOptions& options);

  absl::Status SolveFirst(const Progress& progress);
  absl::StatusOr<int32_t> FindDemand(const std::string& id) const;
  // The volunteer, team or project; nothing when there is none of that id.
  std::optional<Rival> FindRival(const std::string& id) const;
  // kNobody for the enterprise that is the requester.
  absl::StatusOr<int32_t> FindLocked(const engine::Lock& lock) const;
  absl::Status CheckHolds(const Demand& demand) const;
  absl::Status CheckLock(int32_t demand, const Hold& hold) const;
  absl::Status Close(int32_t volunteer);
  absl::Status Reopen(int32_t volunteer, const std::vector<int32_t>& demands);
  void CompleteServedBy(const Rival& rival);
  absl::Status ChangeCapacity(const Rival& rival, int32_t capacity);
  absl::Status TakeHolds(int32_t demand, std::vector<Hold> holds);
  std::vector<Hold> StandingHolds(int32_t demand, const Draft& draft) const;
  absl::Status MoveAccepted(int32_t demand);
  absl::StatusOr<bool> TryToMove(int32_t demand, int32_t holder);
  absl::StatusOr<std::shared_ptr<const BundleEvidence>> MakeEvidence() const;

  void Begin();
  absl::StatusOr<Outcome> Finish();

  LiveState state_;
  LiveOptions options_;
  DemandIndex index_;
  std::optional<ExpertFlow> experts_;
  std::optional<Explainer> explainer_;
  std::vector<MarginalWorth> marginals_;  // by demand; of those explained
  std::set<int32_t> changed_;             // demands to complete in this event
};

}  // namespace jiedui::matcher::engine
