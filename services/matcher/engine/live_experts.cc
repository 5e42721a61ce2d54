#include "services/matcher/engine/live_experts.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "services/matcher/engine/menu.h"

namespace jiedui::matcher::engine {
namespace {

class Repair {
 public:
  Repair(const ExpertFlow& experts, LiveState& state,
         std::set<int32_t>& changed)
      : experts_(experts),
        flow_(experts.flow()),
        state_(state),
        changed_(changed) {}

  void Run() {
    std::vector<int32_t> broken;
    for (int32_t row = 0; row < flow_.rows(); ++row) {
      if (!flow_.IsIn(row)) continue;
      const int32_t given = experts_.Assigned(row);
      const int32_t has = ExpertOf(experts_.DemandOf(row));
      if (given == has) continue;
      if (given != kNobody) elsewhere_[given].push_back(row);
      if (!IsTight(row, has)) broken.push_back(row);
    }
    for (int32_t row : broken) TakeWhatIsGiven(row);
    for (int32_t person : state_.reopened()) unsettled_.insert(person);
    for (const auto& [person, rows] : elsewhere_) unsettled_.insert(person);
    while (!unsettled_.empty()) {
      const int32_t person = *unsettled_.begin();
      unsettled_.erase(unsettled_.begin());
      Settle(person);
    }
    for (int32_t demand : changed_) GiveBackWithoutExpert(demand);
  }

 private:
  int32_t ExpertOf(int32_t demand) const {
    return state_.draft(demand).at(Part::kExpert);
  }

  // Also of one who is on no list of the flow: bundles look further.
  bool IsTight(int32_t row, int32_t person) const {
    const Objective paid = Upper(flow_.Paid(row));
    if (person == kNobody) return Upper(flow_.Outside(row)) == paid;
    Objective cost;
    const int32_t resource = experts_.ResourceOf(person);
    if (resource != kNobody) {
      if (flow_.Capacity(resource) == 0) return false;
      cost = Upper(flow_.Price(resource));
    }
    cost.tier_distance += state_.ExpertDistance(experts_.DemandOf(row));
    return cost == paid;
  }

  void TakeWhatIsGiven(int32_t row) {
    const int32_t demand = experts_.DemandOf(row);
    const int32_t given = experts_.Assigned(row);
    Draft draft = state_.draft(demand);
    if (draft.at(Part::kExpert) == given) return;
    if (draft.at(Part::kExpert) != kNobody) {
      unsettled_.insert(draft.at(Part::kExpert));
    }
    if (given != kNobody) unsettled_.insert(given);
    draft.Set(Part::kExpert, given);
    std::replace(draft.talents.begin() + draft.locked_talents,
                 draft.talents.end(), given, kNobody);
    state_.SetDraft(demand, std::move(draft));
    changed_.insert(demand);
  }

  // Nothing is done for a demand whose expert is wanted and not found.
  void GiveBackWithoutExpert(int32_t demand) {
    Draft draft = state_.draft(demand);
    if (!Wanted(state_.wish(demand), draft, Part::kExpert) ||
        draft.at(Part::kExpert) != kNobody || draft.HasLocks()) {
      return;
    }
    draft.Set(Part::kTeam, kNobody);
    draft.Set(Part::kProject, kNobody);
    std::fill(draft.talents.begin(), draft.talents.end(), kNobody);
    state_.SetDraft(demand, std::move(draft));
  }

  // Demands that have the person for an expert who is not locked.
  std::vector<int32_t> ServedBy(int32_t person) const {
    std::vector<int32_t> served;
    for (int32_t demand : state_.usage().Of(Part::kExpert, person)) {
      const Draft& draft = state_.draft(demand);
      if (draft.at(Part::kExpert) == person && !draft.IsLocked(Part::kExpert)) {
        served.push_back(demand);
      }
    }
    return served;
  }

  void Settle(int32_t person) {
    const auto capacity = state_.open().volunteers[static_cast<size_t>(person)];
    std::vector<int32_t> served = ServedBy(person);
    // The flow keeps to capacities: of too many, some have another expert
    // there.
    for (int32_t demand : served) {
      if (static_cast<int32_t>(ServedBy(person).size()) <= capacity) break;
      const int32_t row = experts_.RowOf(demand);
      if (experts_.Assigned(row) != person) TakeWhatIsGiven(row);
    }
    const int32_t resource = experts_.ResourceOf(person);
    if (resource == kNobody || flow_.Capacity(resource) == 0) return;
    if (Upper(flow_.Price(resource)) == Objective()) return;
    const auto rows = elsewhere_.find(person);
    if (rows == elsewhere_.end()) return;
    for (int32_t row : rows->second) {
      if (static_cast<int32_t>(ServedBy(person).size()) >= capacity) break;
      TakeWhatIsGiven(row);
    }
  }

  const ExpertFlow& experts_;
  const Flow<LevelCosts>& flow_;
  LiveState& state_;
  std::set<int32_t>& changed_;
  // By person: rows that have him in the flow and not in the drafts.
  std::map<int32_t, std::vector<int32_t>> elsewhere_;
  std::set<int32_t> unsettled_;
};

}  // namespace

void RepairExperts(const ExpertFlow& experts, LiveState& state,
                   std::set<int32_t>& changed) {
  Repair(experts, state, changed).Run();
}

}  // namespace jiedui::matcher::engine
