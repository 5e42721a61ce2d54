#include "tests/bench/engine/assignments.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <random>
#include <utility>

#include "tests/bench/fail.h"

namespace jiedui::bench::engine {
namespace {

using matcher::engine::Flow;
using matcher::engine::LevelCosts;
using matcher::engine::LevelEdge;
using matcher::engine::Objective;
using matcher::engine::PlainCosts;
using matcher::engine::PlainEdge;

constexpr int kTownsOfACounty = 13;
constexpr int kMostSkills = 3;  // of one volunteer

int CountyOf(int town) { return town / kTownsOfACounty; }

struct Volunteer {
  int town;
  int capacity;
  int weakness;  // cost to any demand
};

class Maker {
 public:
  explicit Maker(const AssignmentShape& shape)
      : shape_(shape),
        random_(shape.seed),
        by_skill_(shape.skills),
        by_skill_and_county_(shape.skills * shape.counties),
        seen_(shape.volunteers, 0) {
    double sum = 0;
    for (int i = 0; i < shape.skills; ++i) {
      sum += 1.0 / (i + 1);
      skill_shares_.push_back(sum);
    }
    for (double& share : skill_shares_) share /= sum;
    for (int i = 0; i < shape.volunteers; ++i) AddVolunteer(i);
  }

  Assignment Make() {
    Assignment assignment;
    for (int i = 0; i < shape_.demands; ++i) {
      assignment.rows.push_back(CandidatesOf(i));
    }
    Renumber(assignment);
    return assignment;
  }

 private:
  int Below(int limit) { return static_cast<int>(random_() % limit); }

  int Skill() {
    const double at = static_cast<double>(random_() >> 11) * 0x1p-53;
    return static_cast<int>(
        std::lower_bound(skill_shares_.begin(), skill_shares_.end(), at) -
        skill_shares_.begin());
  }

  void AddVolunteer(int volunteer) {
    const int town = Below(shape_.counties * kTownsOfACounty);
    volunteers_.push_back({town, 1 + Below(3), Below(3000)});
    std::array<int, kMostSkills> skills = {-1, -1, -1};
    const int count = 1 + Below(kMostSkills);
    for (int i = 0; i < count; ++i) {
      const int skill = Skill();
      if (std::find(skills.begin(), skills.end(), skill) != skills.end()) {
        continue;
      }
      skills[i] = skill;
      by_skill_[skill].push_back(volunteer);
      by_skill_and_county_[skill * shape_.counties + CountyOf(town)].push_back(
          volunteer);
    }
  }

  std::vector<PlainEdge> CandidatesOf(int demand) {
    const auto wanted = static_cast<size_t>(shape_.candidates);
    int skill = Skill();
    while (by_skill_[skill].size() < wanted) skill = Skill();
    const int town = Below(shape_.counties * kTownsOfACounty);
    std::vector<PlainEdge> edges;
    const auto add = [&](int32_t volunteer) {
      if (seen_[volunteer] == demand + 1) return;
      seen_[volunteer] = demand + 1;
      edges.push_back({volunteer, Cost(volunteer, town)});
    };
    size_t looked_at = wanted;
    if (shape_.choice == Candidates::kNearest) {
      looked_at = 4 * wanted;
      for (int32_t volunteer :
           by_skill_and_county_[skill * shape_.counties + CountyOf(town)]) {
        add(volunteer);
      }
    }
    const std::vector<int32_t>& all = by_skill_[skill];
    for (size_t tries = 0; edges.size() < looked_at && tries < 50 * wanted;
         ++tries) {
      add(all[random_() % all.size()]);
    }
    std::sort(
        edges.begin(), edges.end(), [](const PlainEdge& a, const PlainEdge& b) {
          return std::pair(a.cost, a.resource) < std::pair(b.cost, b.resource);
        });
    if (edges.size() > wanted) edges.resize(wanted);
    return edges;
  }

  int32_t Cost(int32_t volunteer, int town) {
    const Volunteer& one = volunteers_[volunteer];
    int32_t cost = one.weakness + Below(500);
    if (one.town != town) cost += 1500;
    if (CountyOf(one.town) != CountyOf(town)) cost += 2500;
    return cost;
  }

  void Renumber(Assignment& assignment) const {
    std::vector<int32_t> number(volunteers_.size(), -1);
    for (std::vector<PlainEdge>& row : assignment.rows) {
      for (PlainEdge& edge : row) {
        int32_t& given = number[edge.resource];
        if (given == -1) {
          given = static_cast<int32_t>(assignment.capacity.size());
          assignment.capacity.push_back(volunteers_[edge.resource].capacity);
        }
        edge.resource = given;
      }
    }
  }

  const AssignmentShape& shape_;
  std::mt19937_64 random_;
  std::vector<double> skill_shares_;  // cumulated
  std::vector<Volunteer> volunteers_;
  std::vector<std::vector<int32_t>> by_skill_;
  std::vector<std::vector<int32_t>> by_skill_and_county_;
  std::vector<int> seen_;  // by volunteer: the last demand, from 1
};

template <typename Model, typename ToCosts>
Flow<Model> FlowOf(const Assignment& assignment, ToCosts to_costs) {
  Flow<Model> flow;
  flow.Reserve(static_cast<int64_t>(assignment.rows.size()),
               assignment.edge_count());
  for (int32_t capacity : assignment.capacity) {
    OrFail(flow.AddResource(capacity));
  }
  for (const auto& row : assignment.rows) {
    const auto& [outside, edges] = to_costs(flow.rows(), row);
    OrFail(flow.AddRow(outside, edges));
  }
  return flow;
}

}  // namespace

int64_t Assignment::edge_count() const {
  int64_t count = 0;
  for (const auto& row : rows) count += static_cast<int64_t>(row.size());
  return count;
}

double Assignment::Scarcity() const {
  return static_cast<double>(rows.size()) /
         std::accumulate(capacity.begin(), capacity.end(), 0.0);
}

Assignment MakeAssignment(const AssignmentShape& shape) {
  return Maker(shape).Make();
}

Flow<PlainCosts> PlainFlowOf(const Assignment& assignment) {
  return FlowOf<PlainCosts>(
      assignment, [](int32_t, const std::vector<PlainEdge>& row) {
        return std::pair<int64_t, const std::vector<PlainEdge>&>(
            Assignment::kOutside, row);
      });
}

Flow<LevelCosts> LevelFlowOf(const Assignment& assignment) {
  return FlowOf<LevelCosts>(
      assignment, [](int32_t number, const std::vector<PlainEdge>& row) {
        Objective outside;
        outside.mandatory_unmet = number % 10 == 0;
        outside.unmet[number % matcher::engine::kUrgencyClasses] = 1;
        std::vector<LevelEdge> edges;
        for (const PlainEdge& plain : row) {
          LevelEdge edge;
          edge.resource = plain.resource;
          edge.tier_distance = plain.cost / 2000;
          edge.quality = 1'000'000 - plain.cost % 2000 * 100;
          edges.push_back(edge);
        }
        return std::pair(outside, edges);
      });
}

}  // namespace jiedui::bench::engine
