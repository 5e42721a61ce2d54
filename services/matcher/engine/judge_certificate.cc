// Optimality of the expert part by linear-programming duality, over the ordered
// group of Objective tuples: with prices p ≥ 0 of volunteers, no assignment can
// cost less than
//   Σ over demands of min(cost of staying outside, min over feasible pairs of
//   cost + p) − Σ over a volunteer's pairings n of max(0, p − load cost of n).
// All feasible pairs are looked at, also those the solver never saw.
#include <algorithm>

#include "common/base/status_macros.h"
#include "services/matcher/engine/judge_internal.h"

namespace jiedui::matcher::engine::judging {
namespace {

class CertificateJudge {
 public:
  explicit CertificateJudge(const Case& c)
      : c_(c),
        capacity_(c.problem.volunteers.size()),
        price_(c.problem.volunteers.size()) {}

  absl::Status Run() {
    ReadCapacities();
    RETURN_IF_ERROR(ReadPrices());
    IndexVolunteers();
    for (const Bundle& bundle : c_.plan.bundles) LookAt(bundle);
    return JudgeLevels();
  }

 private:
  // What the flow had to give: stated capacity less what locks use.
  void ReadCapacities() {
    for (size_t i = 0; i < capacity_.size(); ++i) {
      capacity_[i] = c_.problem.volunteers[i].capacity;
    }
    for (const Lock& lock : c_.problem.locks) {
      if (lock.part == Part::kExpert || lock.part == Part::kTalents) {
        --capacity_[c_.volunteers.at(lock.resource)];
      }
    }
  }

  absl::Status ReadPrices() {
    for (const auto& [id, price] : c_.plan.expert.prices) {
      const auto found = c_.volunteers.find(id);
      if (found == c_.volunteers.end()) {
        return Fault(id, "price of an unknown volunteer");
      }
      if (price < Objective()) return Fault(id, "negative price");
      price_[found->second] = price;
    }
    for (size_t i = 0; i < capacity_.size(); ++i) {
      if (price_[i] != Objective()) bound_ -= Earned(i);
    }
    return absl::OkStatus();
  }

  // What a volunteer's pairings earn at most at its price, each less what it
  // costs in load.
  Objective Earned(size_t volunteer) const {
    Objective earned;
    for (int32_t n = 1; n <= capacity_[volunteer]; ++n) {
      Objective cost;
      cost.loss = int64_t{c_.policy.load_step} * std::min(n - 1, 3);
      const Objective left = price_[volunteer] - cost;
      if (left <= Objective()) break;  // costs do not fall
      earned += left;
    }
    return earned;
  }

  // By discipline and the digits of the region served.
  void IndexVolunteers() {
    for (size_t i = 0; i < c_.problem.volunteers.size(); ++i) {
      const Volunteer& person = c_.problem.volunteers[i];
      const std::string served = ServedPrefix(person);
      for (const Skill& skill : person.skills) {
        std::vector<size_t>& list =
            serving_[Discipline(skill.subject) + ":" + served];
        if (list.empty() || list.back() != i) list.push_back(i);
      }
    }
  }

  // Everyone who serves where the demand lies in one of its disciplines.
  std::vector<size_t> Near(const Demand& demand) const {
    std::vector<size_t> near;
    for (const std::string& subject : demand.subjects) {
      for (size_t digits : {2, 4, 6, 9, 12}) {
        const auto found = serving_.find(Discipline(subject) + ":" +
                                         demand.region.substr(0, digits));
        if (found == serving_.end()) continue;
        near.insert(near.end(), found->second.begin(), found->second.end());
      }
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    return near;
  }

  Objective PairCost(size_t demand, size_t volunteer, int32_t score) const {
    Objective cost;
    cost.tier_distance = PersonDistance(c_, demand, volunteer, score);
    cost.loss = -int64_t{score};
    return cost;
  }

  Objective OutsideCost(const Demand& demand) const {
    Objective cost;
    cost.mandatory_unmet = demand.mandatory ? 1 : 0;
    cost.unmet[static_cast<size_t>(demand.urgency)] = 1;
    return cost;
  }

  bool Feasible(size_t demand, size_t volunteer, int32_t score) const {
    const Demand& wish = c_.problem.demands[demand];
    return score >= c_.policy.admission[static_cast<size_t>(Part::kExpert)] &&
           !IsLocked(c_, wish.id, Part::kTalents,
                     c_.problem.volunteers[volunteer].id);
  }

  // What the demand must pay at least.
  Objective Least(size_t demand) const {
    const Demand& wish = c_.problem.demands[demand];
    Objective least = OutsideCost(wish);
    for (size_t volunteer : Near(wish)) {
      if (capacity_[volunteer] == 0) continue;
      if (c_.eligibility.PersonFault(demand, volunteer, wish.subjects,
                                     /*title_counts=*/true) != nullptr) {
        continue;
      }
      const int32_t score = c_.score(demand, volunteer);
      if (!Feasible(demand, volunteer, score)) continue;
      least = std::min(least,
                       PairCost(demand, volunteer, score) + price_[volunteer]);
    }
    return least;
  }

  void LookAt(const Bundle& bundle) {
    const size_t demand = c_.demands.at(bundle.demand);
    const Demand& wish = c_.problem.demands[demand];
    if (wish.wants(Part::kExpert) == Want::kNone) return;
    const std::vector<Choice>& chosen = bundle.part(Part::kExpert).chosen;
    if (!chosen.empty() &&
        IsLocked(c_, bundle.demand, Part::kExpert, chosen[0].resource)) {
      return;
    }
    ++demands_;
    bound_ += Least(demand);
    if (chosen.empty()) {
      reached_ += OutsideCost(wish);
      return;
    }
    const size_t volunteer = c_.volunteers.at(chosen[0].resource);
    reached_ += PairCost(demand, volunteer, c_.score(demand, volunteer));
  }

  absl::Status JudgeLevels() {
    const Certificate& told = c_.plan.expert;
    if (told.bound != bound_) return Fault("certificate", "wrong bound");
    if (told.value != told.bound) {
      return Fault("certificate", "value is not the bound");
    }
    if (told.demands != demands_ || told.over != BoundOver::kAllFeasiblePairs) {
      return Fault("certificate", "wrong count of demands");
    }
    // Below the levels the bundles decide.
    reached_.loss = bound_.loss;
    if (reached_ != bound_) {
      return Fault("plan", "experts are not the best on the higher levels");
    }
    return absl::OkStatus();
  }

  const Case& c_;
  std::vector<int32_t> capacity_;
  std::vector<Objective> price_;
  absl::flat_hash_map<std::string, std::vector<size_t>> serving_;
  Objective reached_;  // by the plan
  Objective bound_;
  int64_t demands_ = 0;
};

}  // namespace

absl::Status JudgeCertificate(const Case& c) {
  return CertificateJudge(c).Run();
}

}  // namespace jiedui::matcher::engine::judging
