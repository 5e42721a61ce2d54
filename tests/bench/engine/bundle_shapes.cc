#include "tests/bench/engine/bundle_shapes.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace jiedui::bench::engine {
namespace {

using matcher::engine::bundles::Demand;
using matcher::engine::bundles::ExpertRule;
using matcher::engine::bundles::Lists;
using matcher::engine::bundles::Option;
using matcher::engine::bundles::Problem;

constexpr int32_t kSubjects = 400;  // three digits: field, discipline, leaf
constexpr int32_t kCounties = 122;
constexpr int32_t kCountiesOfCity = 6;
constexpr int32_t kSeats = 3;
// ‰ of a bundle.
constexpr int32_t kExpert = 350;
constexpr int32_t kTeam = 200;
constexpr int32_t kProject = 200;
constexpr int32_t kTalents = 150;
constexpr int32_t kSynergy = 50;  // leads the team; owns the project

struct Supplier {
  int32_t subject;
  int32_t county;
  int32_t quality;  // ‰
};

struct Pool {
  std::vector<Supplier> members;
  std::vector<std::vector<int32_t>> by_discipline;
};

int32_t SubjectNearness(int32_t a, int32_t b) {
  if (a == b) return 1000;
  if (a / 10 == b / 10) return 700;
  return a / 100 == b / 100 ? 350 : 0;
}

int32_t PlaceNearness(int32_t a, int32_t b) {
  if (a == b) return 1000;
  return a / kCountiesOfCity == b / kCountiesOfCity ? 700 : 300;
}

class Maker {
 public:
  explicit Maker(const BundleShape& shape)
      : shape_(shape), random_(shape.seed) {}

  Problem Make() {
    const int32_t demands = shape_.demands;
    const Pool experts = MakePool(demands * 4 / 10);
    const Pool teams = MakePool(demands / 8);
    const Pool projects = MakePool(demands / 3);
    const Pool talents = MakePool(demands * 2);
    first_talent_ = static_cast<int32_t>(experts.members.size());
    AddCapacities(experts, 1, problem_.persons);
    AddCapacities(talents, kSeats, problem_.persons);
    AddCapacities(teams, 1, problem_.teams);
    AddCapacities(projects, 1, problem_.projects);
    AddSynergies(teams, experts, problem_.team_synergies);
    AddSynergies(projects, experts, problem_.project_synergies);
    for (int32_t i = 0; i < demands; ++i) {
      AddDemand(experts, teams, projects, talents);
    }
    return std::move(problem_);
  }

 private:
  double Fraction() { return static_cast<double>(random_() >> 11) * 0x1p-53; }
  int32_t Below(int32_t n) { return static_cast<int32_t>(random_() % n); }
  int32_t Subject() {
    const double x = Fraction();
    return static_cast<int32_t>(kSubjects * x * x);
  }
  int32_t County() {
    return std::min(kCounties - 1, static_cast<int32_t>(
                                       kCounties * std::pow(Fraction(), 1.3)));
  }

  Pool MakePool(int32_t size) {
    Pool pool;
    pool.by_discipline.resize(kSubjects / 10);
    for (int32_t i = 0; i < size; ++i) {
      pool.members.push_back({Subject(), County(), 300 + Below(700)});
      pool.by_discipline[pool.members.back().subject / 10].push_back(i);
    }
    return pool;
  }

  // About `supply` of `each` use a demand, in uneven shares.
  void AddCapacities(const Pool& pool, int32_t each,
                     std::vector<int32_t>& capacities) {
    const double mean = shape_.demands * shape_.supply * each /
                        static_cast<double>(pool.members.size());
    for (size_t i = 0; i < pool.members.size(); ++i) {
      const double share = mean * (0.3 + 1.4 * Fraction());
      capacities.push_back(
          std::max(1, static_cast<int32_t>(share + Fraction())));
    }
  }

  // Each has one expert of its subject who leads or owns it.
  void AddSynergies(const Pool& pool, const Pool& experts, Lists& synergies) {
    for (const Supplier& member : pool.members) {
      std::vector<int32_t> peers;
      for (const int32_t i : experts.by_discipline[member.subject / 10]) {
        if (experts.members[i].subject == member.subject) peers.push_back(i);
      }
      const auto all = static_cast<int32_t>(experts.members.size());
      const Option with{peers.empty() ? Below(all) : peers[Below(peers.size())],
                        kSynergy * 1000};
      synergies.Add({&with, 1});
    }
  }

  static int32_t Score(const Supplier& member, int32_t subject,
                       int32_t county) {
    return 600 * SubjectNearness(member.subject, subject) +
           250 * PlaceNearness(member.county, county) + 150 * member.quality;
  }

  // The best of the subject's discipline and of three others of its field.
  std::vector<Option> Best(const Pool& pool, int32_t subject, int32_t county,
                           size_t most) {
    std::vector<Option> best;
    const int32_t discipline = subject / 10;
    const int32_t field = discipline - discipline % 10;
    for (const int32_t step : {0, 1, 3, 5}) {
      for (const int32_t i :
           pool.by_discipline[field + (discipline + step) % 10]) {
        best.push_back({i, Score(pool.members[i], subject, county)});
      }
    }
    std::sort(best.begin(), best.end(), [](const Option& a, const Option& b) {
      return a.value != b.value ? a.value > b.value : a.resource < b.resource;
    });
    if (best.size() > most) best.resize(most);
    return best;
  }

  // `weight` ‰ of the bundle, in so many equal seats.
  int32_t AddList(std::vector<Option> options, int32_t weight, int32_t seats,
                  int32_t first) {
    for (Option& option : options) {
      option.resource += first;
      option.value =
          static_cast<int32_t>(int64_t{option.value} * weight / (1000 * seats));
    }
    return problem_.lists.Add(options);
  }

  void AddDemand(const Pool& experts, const Pool& teams, const Pool& projects,
                 const Pool& talents) {
    const int32_t subject = Subject();
    const int32_t county = County();
    std::vector<Option> with_experts = Best(experts, subject, county, 24);
    const std::vector<Option> with_teams = Best(teams, subject, county, 8);
    for (const Option& team : with_teams) {
      const int32_t leader = problem_.team_synergies[team.resource][0].resource;
      const auto same = [&](const Option& option) {
        return option.resource == leader;
      };
      if (std::none_of(with_experts.begin(), with_experts.end(), same)) {
        with_experts.push_back(
            {leader, Score(experts.members[leader], subject, county)});
      }
    }
    Demand demand;
    demand.expert_rule = ExpertRule::kMayStayOut;
    demand.experts = AddList(std::move(with_experts), kExpert, 1, 0);
    demand.teams = AddList(with_teams, kTeam, 1, 0);
    demand.projects =
        AddList(Best(projects, subject, county, 8), kProject, 1, 0);
    demand.first_seat = static_cast<int32_t>(problem_.seats.size());
    demand.seats = kSeats;
    const int32_t list = AddList(Best(talents, subject, county, 12), kTalents,
                                 kSeats, first_talent_);
    problem_.seats.insert(problem_.seats.end(), kSeats, {list, false});
    problem_.demands.push_back(demand);
  }

  const BundleShape shape_;
  std::mt19937_64 random_;
  int32_t first_talent_ = 0;
  Problem problem_;
};

}  // namespace

Problem MakeBundleProblem(const BundleShape& shape) {
  return Maker(shape).Make();
}

}  // namespace jiedui::bench::engine
