#include "services/matcher/engine/experts.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/features/feature.h"
#include "services/matcher/engine/parallel.h"
#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {
namespace {

// Candidates looked at first, and how many times longer a list that was too
// short becomes.
constexpr int32_t kFirstCandidates = 8;
constexpr int32_t kGrowth = 4;

Objective CostOf(const LevelEdge& edge) {
  Objective cost;
  cost.tier_distance = static_cast<int32_t>(edge.tier_distance);
  cost.loss = -static_cast<int64_t>(edge.quality);
  return cost;
}

LevelEdge EdgeTo(const Candidate& candidate) {
  LevelEdge edge;
  edge.resource = candidate.resource;
  edge.tier_distance = static_cast<uint32_t>(candidate.distance);
  edge.quality = static_cast<uint32_t>(candidate.score);
  return edge;
}

constexpr int32_t kMostTold = 4;  // load costs; from there on all are the same

// By number of pairings; empty where there is but one.
std::vector<Objective> LoadCosts(const Policy& policy, int32_t capacity) {
  std::vector<Objective> costs;
  if (capacity < 2 || policy.load_step == 0) return costs;
  for (int32_t n = 1; n <= std::min(capacity, kMostTold); ++n) {
    costs.emplace_back().loss = LoadCost(policy, n);
  }
  return costs;
}

// Leaves of `edges` those to resources that are not in `known`.
void DropKnown(absl::Span<const LevelEdge> known,
               std::vector<LevelEdge>& edges) {
  std::vector<int32_t> resources;
  for (const LevelEdge& edge : known) resources.push_back(edge.resource);
  std::sort(resources.begin(), resources.end());
  std::erase_if(edges, [&](const LevelEdge& edge) {
    return std::binary_search(resources.begin(), resources.end(),
                              edge.resource);
  });
}

absl::Status Cancelled() { return base::MakeError(base::Reason::kCancelled); }

}  // namespace

std::optional<Candidate> ExpertPair(const Prepared& prepared,
                                    const DemandFacts& demand,
                                    int32_t volunteer) {
  if (!VolunteerConstraints(prepared, demand, volunteer).empty()) return {};
  const Policy& policy = prepared.policy();
  const Facts facts = prepared.corps().facts(volunteer);
  const int32_t score = Scorer(policy, Part::kExpert, demand).Score(facts);
  if (score < policy.admission[static_cast<size_t>(Part::kExpert)]) return {};
  return Candidate{volunteer, PersonDistance(policy, demand, facts, score),
                   score};
}

absl::StatusOr<ExpertFlow> ExpertFlow::Solve(const Prepared& prepared,
                                             const std::vector<Draft>& drafts,
                                             const Remaining& remaining,
                                             int threads,
                                             const Progress& progress,
                                             Use use) {
  ExpertFlow experts(prepared, drafts, remaining, threads, use);
  RETURN_IF_ERROR(experts.AddRows(progress));
  RETURN_IF_ERROR(experts.flow_.Solve([&](int64_t, int64_t) {
    const auto demands = static_cast<int64_t>(drafts.size());
    return !progress || progress(demands, demands);
  }));
  while (true) {
    ASSIGN_OR_RETURN(const bool extended, experts.ExtendRows());
    if (!extended) return experts;
    const auto demands = static_cast<int64_t>(drafts.size());
    if (progress && !progress(demands, demands)) return Cancelled();
  }
}

// Edges to volunteers by row number in the corps, for now. Those who reach the
// floor first: they are few, quickly found, and nearly always enough.
std::vector<LevelEdge> ExpertFlow::FirstEdges(int32_t demand, Reach& reach) {
  const DemandFacts& facts = prepared_->demands()[static_cast<size_t>(demand)];
  const int32_t floor = prepared_->policy().floor;
  if (!IsAboutWhoComes(facts.action)) {
    const CandidateList list =
        FindExperts(*prepared_, facts, kFirstCandidates, floor);
    if (!list.best.empty()) {
      std::vector<LevelEdge> edges = TakeList(demand, list, reach);
      reach.most = kFirstCandidates;
      if (list.complete) {
        // All others are below the floor.
        reach.beyond = Objective();
        reach.beyond.tier_distance = kBelowFloorDistance;
        reach.beyond.loss = 1 - int64_t{floor};
      }
      reach.complete = false;
      return edges;
    }
  }
  return EdgesOf(demand, kFirstCandidates, reach);
}

std::vector<LevelEdge> ExpertFlow::EdgesOf(int32_t demand, int32_t most,
                                           Reach& reach) {
  const CandidateList list = FindExperts(
      *prepared_, prepared_->demands()[static_cast<size_t>(demand)], most);
  reach.most = most;
  reach.complete = list.complete;
  return TakeList(demand, list, reach);
}

std::vector<LevelEdge> ExpertFlow::TakeList(int32_t demand,
                                            const CandidateList& list,
                                            Reach& reach) const {
  const Draft& draft = (*drafts_)[static_cast<size_t>(demand)];
  std::vector<LevelEdge> edges;
  edges.reserve(list.best.size());
  for (const Candidate& candidate : list.best) {
    const LevelEdge edge = EdgeTo(candidate);
    reach.beyond = CostOf(edge);
    // One role a person in a bundle: a talent locked here is no candidate.
    if (!draft.HasLockedPerson(candidate.resource)) edges.push_back(edge);
  }
  return edges;
}

// Rows in an order in which those that look at the same lists of the index come
// one after another: what one has fetched, the next finds at hand.
std::vector<int32_t> ExpertFlow::NeighboursTogether() const {
  std::vector<std::pair<uint64_t, int32_t>> rows;
  rows.reserve(demand_of_row_.size());
  for (size_t row = 0; row < demand_of_row_.size(); ++row) {
    const DemandFacts& demand =
        prepared_->demands()[static_cast<size_t>(demand_of_row_[row])];
    const uint64_t discipline =
        demand.disciplines.empty() ? 0 : demand.disciplines.front();
    rows.emplace_back(static_cast<uint64_t>(demand.place) << 16 | discipline,
                      static_cast<int32_t>(row));
  }
  std::sort(rows.begin(), rows.end());
  std::vector<int32_t> order;
  order.reserve(rows.size());
  for (const auto& [neighbourhood, row] : rows) order.push_back(row);
  return order;
}

absl::Status ExpertFlow::AddRows(const Progress& progress) {
  const Problem& problem = prepared_->problem();
  row_of_demand_.assign(problem.demands.size(), kNoRow);
  resource_of_volunteer_.assign(static_cast<size_t>(prepared_->corps().size()),
                                kNobody);
  for (size_t i = 0; i < problem.demands.size(); ++i) {
    if (!Wanted(problem.demands[i], (*drafts_)[i], Part::kExpert)) continue;
    row_of_demand_[i] = static_cast<int32_t>(demand_of_row_.size());
    demand_of_row_.push_back(static_cast<int32_t>(i));
  }
  const auto rows = static_cast<int64_t>(demand_of_row_.size());
  reach_.resize(demand_of_row_.size());
  std::vector<std::vector<LevelEdge>> edges(demand_of_row_.size());
  const std::vector<int32_t> order = NeighboursTogether();
  const bool finished = ParallelFor(rows, threads_, progress, [&](int64_t i) {
    const auto at = static_cast<size_t>(order[static_cast<size_t>(i)]);
    edges[at] = FirstEdges(demand_of_row_[at], reach_[at]);
  });
  if (!finished) return Cancelled();
  flow_.Reserve(rows, rows * kFirstCandidates);
  for (size_t row = 0; row < demand_of_row_.size(); ++row) {
    ASSIGN_OR_RETURN(const auto known, TakeEdges(edges[row]));
    const auto demand = static_cast<size_t>(demand_of_row_[row]);
    RETURN_IF_ERROR(
        flow_.AddRow(UnmetCost(problem.demands[demand]), known).status());
    edges[row] = {};
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<LevelEdge>> ExpertFlow::TakeEdges(
    const std::vector<LevelEdge>& by_volunteer) {
  std::vector<LevelEdge> edges = by_volunteer;
  for (LevelEdge& edge : edges) {
    const auto volunteer = static_cast<size_t>(edge.resource);
    int32_t& resource = resource_of_volunteer_[volunteer];
    if (resource == kNobody) {
      const int32_t capacity = remaining_->volunteers[volunteer];
      const int32_t told = use_ == Use::kOnce ? capacity : kMostTold;
      ASSIGN_OR_RETURN(
          resource,
          flow_.AddResource(capacity, LoadCosts(prepared_->policy(), told)));
      volunteer_of_resource_.push_back(edge.resource);
    }
    edge.resource = resource;
  }
  return edges;
}

absl::StatusOr<bool> ExpertFlow::ExtendRows() {
  std::vector<int32_t> short_rows;
  for (int32_t row = 0; row < flow_.rows(); ++row) {
    const Reach& reach = reach_[static_cast<size_t>(row)];
    if (!reach.complete && flow_.IsIn(row) && reach.beyond < flow_.Paid(row)) {
      short_rows.push_back(row);
    }
  }
  std::vector<std::vector<LevelEdge>> edges(short_rows.size());
  ParallelFor(static_cast<int64_t>(short_rows.size()), threads_, nullptr,
              [&](int64_t i) {
                const auto row =
                    static_cast<size_t>(short_rows[static_cast<size_t>(i)]);
                Reach& reach = reach_[row];
                edges[static_cast<size_t>(i)] =
                    EdgesOf(demand_of_row_[row], reach.most * kGrowth, reach);
              });
  for (size_t i = 0; i < short_rows.size(); ++i) {
    ASSIGN_OR_RETURN(auto found, TakeEdges(edges[i]));
    DropKnown(flow_.Edges(short_rows[i]), found);
    RETURN_IF_ERROR(flow_.ExtendRow(short_rows[i], found));
    edges[i] = {};
  }
  return !short_rows.empty();
}

absl::Status ExpertFlow::Settle() {
  while (true) {
    ASSIGN_OR_RETURN(const bool extended, ExtendRows());
    if (!extended) return absl::OkStatus();
  }
}

void ExpertFlow::Grow() {
  row_of_demand_.resize(prepared_->problem().demands.size(), kNoRow);
  resource_of_volunteer_.resize(static_cast<size_t>(prepared_->corps().size()),
                                kNobody);
}

absl::Status ExpertFlow::Refresh(int32_t demand) {
  Grow();
  const auto at = static_cast<size_t>(demand);
  const Demand& wish = prepared_->problem().demands[at];
  int32_t& row = row_of_demand_[at];
  if (!Wanted(wish, (*drafts_)[at], Part::kExpert)) {
    if (row == kNoRow) return absl::OkStatus();
    flow_.Remove(row);
    reach_[static_cast<size_t>(row)] = {};
    return flow_.ReplaceRow(row, {}, {});
  }
  Reach reach;
  ASSIGN_OR_RETURN(const auto edges, TakeEdges(FirstEdges(demand, reach)));
  if (row == kNoRow) {
    ASSIGN_OR_RETURN(row, flow_.AddRow(UnmetCost(wish), edges));
    demand_of_row_.push_back(demand);
    reach_.emplace_back();
  } else {
    RETURN_IF_ERROR(flow_.ReplaceRow(row, UnmetCost(wish), edges));
  }
  reach_[static_cast<size_t>(row)] = reach;
  flow_.Insert(row);
  return absl::OkStatus();
}

absl::Status ExpertFlow::RefreshVolunteer(int32_t volunteer,
                                          std::span<const int32_t> demands) {
  Grow();
  for (int32_t demand : demands) {
    const int32_t row = RowOf(demand);
    if (row == kNoRow || !flow_.IsIn(row)) continue;
    RETURN_IF_ERROR(RefreshPair(row, volunteer));
  }
  return absl::OkStatus();
}

absl::Status ExpertFlow::RefreshPair(int32_t row, int32_t volunteer) {
  const auto demand = static_cast<size_t>(DemandOf(row));
  std::optional<Candidate> pair =
      ExpertPair(*prepared_, prepared_->demands()[demand], volunteer);
  if ((*drafts_)[demand].HasLockedPerson(volunteer)) pair.reset();
  const absl::Span<const LevelEdge> edges = flow_.Edges(row);
  const int32_t resource = ResourceOf(volunteer);
  const auto listed = std::find_if(
      edges.begin(), edges.end(),
      [&](const LevelEdge& edge) { return edge.resource == resource; });
  if (listed == edges.end()) {
    if (!pair) return absl::OkStatus();
    const Reach& reach = reach_[static_cast<size_t>(row)];
    const LevelEdge edge = EdgeTo(*pair);
    if (!reach.complete && !(CostOf(edge) < reach.beyond)) {
      return absl::OkStatus();  // one more of those left out
    }
    ASSIGN_OR_RETURN(const auto known, TakeEdges({edge}));
    return flow_.ExtendRow(row, known);
  }
  if (pair && CostOf(EdgeTo(*pair)) == CostOf(*listed)) {
    return absl::OkStatus();
  }
  std::vector<LevelEdge> others(edges.begin(), listed);
  others.insert(others.end(), listed + 1, edges.end());
  if (pair) {
    others.push_back(EdgeTo(*pair));
    others.back().resource = resource;
  }
  return flow_.ReplaceRow(row, flow_.Outside(row), others);
}

absl::Status ExpertFlow::RefreshCapacity(int32_t volunteer) {
  Grow();
  const int32_t resource = ResourceOf(volunteer);
  if (resource == kNobody) return absl::OkStatus();
  return flow_.SetCapacity(
      resource, remaining_->volunteers[static_cast<size_t>(volunteer)]);
}

absl::Status ExpertFlow::ForgetSharing() {
  for (int32_t row = 0; row < flow_.rows(); ++row) {
    const auto demand = static_cast<size_t>(DemandOf(row));
    const Objective outside = UnmetCost(prepared_->problem().demands[demand]);
    if (!flow_.IsIn(row) || flow_.Outside(row) == outside) continue;
    const auto edges = flow_.Edges(row);
    const std::vector<LevelEdge> same(edges.begin(), edges.end());
    RETURN_IF_ERROR(flow_.ReplaceRow(row, outside, same));
  }
  return Settle();
}

int32_t ExpertFlow::Assigned(int32_t row) const {
  const int32_t resource = flow_.Assigned(row);
  return resource == Flow<LevelCosts>::kOutside ? kNobody
                                                : VolunteerOf(resource);
}

Certificate ExpertFlow::Certify() const {
  Certificate certificate;
  certificate.value = flow_.Value();
  certificate.bound = flow_.Bound();
  for (int32_t row = 0; row < flow_.rows(); ++row) {
    certificate.demands += flow_.IsIn(row);
  }
  certificate.pairs = flow_.edge_count();
  for (int32_t resource = 0; resource < flow_.resources(); ++resource) {
    if (flow_.Capacity(resource) == 0) continue;
    const Objective price = flow_.Price(resource);
    if (price == Objective()) continue;
    certificate.prices.emplace_back(
        prepared_->corps().id(VolunteerOf(resource)), price);
  }
  std::sort(certificate.prices.begin(), certificate.prices.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return certificate;
}

}  // namespace jiedui::matcher::engine
