// Optimality of the expert part by linear-programming duality, over the ordered
// group of Objective tuples: with prices p ≥ 0 of volunteers and what each
// demand pays u, no assignment can cost less than Σ u − Σ capacity · p as long
// as u ≤ cost + p for every feasible pair and u ≤ cost of staying outside.
#include <algorithm>

#include "common/base/status_macros.h"
#include "services/matcher/engine/judge_internal.h"

namespace jiedui::matcher::engine::judging {
namespace {

constexpr size_t kNone = static_cast<size_t>(-1);

class CertificateJudge {
 public:
  explicit CertificateJudge(const Case& c)
      : c_(c),
        capacity_(c.problem.volunteers.size()),
        load_(c.problem.volunteers.size(), 0),
        price_(c.problem.volunteers.size()),
        expert_(c.problem.demands.size(), kNone),
        taking_part_(c.problem.demands.size(), false) {}

  absl::Status Run() {
    ReadCapacities();
    ReadExperts();
    RETURN_IF_ERROR(ReadPrices());
    IndexDisciplines();
    for (size_t demand = 0; demand < expert_.size(); ++demand) {
      if (taking_part_[demand]) RETURN_IF_ERROR(JudgeDemand(demand));
    }
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

  void ReadExperts() {
    for (const Bundle& bundle : c_.plan.bundles) {
      const size_t demand = c_.demands.at(bundle.demand);
      const PartResult& part = bundle.part(Part::kExpert);
      const bool wanted =
          c_.problem.demands[demand].wants(Part::kExpert) != Want::kNone;
      const bool locked =
          !part.chosen.empty() &&
          IsLocked(c_, bundle.demand, Part::kExpert, part.chosen[0].resource);
      taking_part_[demand] = wanted && !locked;
      if (!taking_part_[demand] || part.chosen.empty()) continue;
      expert_[demand] = c_.volunteers.at(part.chosen[0].resource);
      ++load_[expert_[demand]];
    }
  }

  absl::Status ReadPrices() {
    for (const auto& [id, price] : c_.plan.expert.prices) {
      const auto found = c_.volunteers.find(id);
      if (found == c_.volunteers.end()) {
        return Fault(id, "price of an unknown volunteer");
      }
      if (price < Objective()) return Fault(id, "negative price");
      if (price > Objective() &&
          load_[found->second] < capacity_[found->second]) {
        return Fault(id, "a price though there is room");
      }
      price_[found->second] = price;
    }
    for (size_t i = 0; i < capacity_.size(); ++i) {
      bound_ -= capacity_[i] * price_[i];
    }
    return absl::OkStatus();
  }

  void IndexDisciplines() {
    for (size_t i = 0; i < c_.problem.volunteers.size(); ++i) {
      for (const Skill& skill : c_.problem.volunteers[i].skills) {
        std::vector<size_t>& list = near_[Discipline(skill.subject)];
        if (list.empty() || list.back() != i) list.push_back(i);
      }
    }
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
    cost.unmet[static_cast<int>(demand.urgency)] = 1;
    return cost;
  }

  // Everyone who shares a discipline with the demand, each once.
  std::vector<size_t> Near(const Demand& demand) const {
    std::vector<size_t> near;
    for (const std::string& subject : demand.subjects) {
      const auto found = near_.find(Discipline(subject));
      if (found == near_.end()) continue;
      near.insert(near.end(), found->second.begin(), found->second.end());
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    return near;
  }

  bool Feasible(size_t demand, size_t volunteer, int32_t score) const {
    const Demand& wish = c_.problem.demands[demand];
    return score >= c_.policy.admission[static_cast<int>(Part::kExpert)] &&
           !IsLocked(c_, wish.id, Part::kTalents,
                     c_.problem.volunteers[volunteer].id);
  }

  absl::Status JudgeDemand(size_t demand) {
    const Demand& wish = c_.problem.demands[demand];
    const Objective outside = OutsideCost(wish);
    Objective cost = outside;
    Objective paid = outside;
    if (expert_[demand] != kNone) {
      const size_t volunteer = expert_[demand];
      cost = PairCost(demand, volunteer, c_.score(demand, volunteer));
      paid = cost + price_[volunteer];
    }
    if (paid > outside) return Fault(wish.id, "staying outside costs less");
    for (size_t volunteer : Near(wish)) {
      if (capacity_[volunteer] == 0) continue;
      if (c_.eligibility.PersonFault(demand, volunteer, wish.subjects,
                                     /*title_counts=*/true) != nullptr) {
        continue;
      }
      const int32_t score = c_.score(demand, volunteer);
      if (!Feasible(demand, volunteer, score)) continue;
      ++pairs_;
      if (PairCost(demand, volunteer, score) + price_[volunteer] < paid) {
        return Fault(wish.id + " / " + c_.problem.volunteers[volunteer].id,
                     "this pair would be better: the plan is not optimal");
      }
    }
    value_ += cost;
    bound_ += paid;
    ++demands_;
    return absl::OkStatus();
  }

  absl::Status JudgeLevels() const {
    const Certificate& told = c_.plan.expert;
    if (told.value != value_) return Fault("certificate", "wrong level values");
    if (told.bound != bound_) return Fault("certificate", "wrong bound");
    if (value_ != bound_) return Fault("certificate", "value above the bound");
    if (told.demands != demands_ || told.pairs != pairs_ ||
        told.over != BoundOver::kAllFeasiblePairs) {
      return Fault("certificate", "wrong count of demands or pairs");
    }
    return absl::OkStatus();
  }

  const Case& c_;
  std::vector<int32_t> capacity_;
  std::vector<int32_t> load_;
  std::vector<Objective> price_;
  std::vector<size_t> expert_;  // by demand; kNone when without
  std::vector<bool> taking_part_;
  absl::flat_hash_map<std::string, std::vector<size_t>> near_;
  Objective value_;
  Objective bound_;
  int64_t demands_ = 0;
  int64_t pairs_ = 0;
};

}  // namespace

absl::Status JudgeCertificate(const Case& c) {
  return CertificateJudge(c).Run();
}

}  // namespace jiedui::matcher::engine::judging
