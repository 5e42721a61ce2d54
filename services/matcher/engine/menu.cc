#include "services/matcher/engine/menu.h"

#include <algorithm>
#include <map>
#include <span>

#include "services/matcher/engine/candidates.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {
namespace {

using bundles::ExpertRule;
using bundles::Option;

constexpr int32_t kTeamsLookedAt = 8;
constexpr int32_t kProjectsLookedAt = 8;
constexpr int32_t kTalentsLookedAt = 12;
constexpr int32_t kExpertsLookedAt = 24;

// Whether bundles may decide which of several demands, equal on the higher
// levels, are served. Not where fairness between counties has decided it.
bool MayVary(const Policy& policy) { return policy.fairness_band == 0; }

class MenuMaker {
 public:
  MenuMaker(const Prepared& prepared, const std::vector<Draft>& drafts,
            const ExpertFlow& experts, StartFrom from)
      : prepared_(prepared),
        policy_(prepared.policy()),
        drafts_(drafts),
        experts_(experts),
        from_(from) {}

  Menu Make(int32_t demand) const {
    const DemandFacts& facts = prepared_.demands()[At(demand)];
    Menu menu;
    AddExperts(facts, menu);
    if (!menu.takes_part) return menu;
    AddTeams(facts, menu);
    AddProjects(facts, menu);
    AddTalents(facts, menu);
    return menu;
  }

 private:
  static size_t At(int32_t index) { return static_cast<size_t>(index); }

  int32_t Value(Part part, const Demand& demand, int64_t points) const {
    const bool required = demand.wants(part) == Want::kRequired;
    return static_cast<int32_t>(points) + (required ? kRequiredReward : 0);
  }
  int32_t Admission(Part part) const {
    return policy_.admission[static_cast<size_t>(part)];
  }
  const Demand& DemandOf(const DemandFacts& facts) const {
    return prepared_.problem().demands[At(facts.index)];
  }

  Option Expert(const DemandFacts& facts, int32_t volunteer) const {
    const Facts candidate = prepared_.corps().facts(volunteer);
    // Every bundle with an expert has one: nothing is gained by a reward.
    return {volunteer, static_cast<int32_t>(
                           PointsOf(policy_, Part::kExpert, facts, candidate))};
  }

  void AddExperts(const DemandFacts& facts, Menu& menu) const {
    const Draft& draft = drafts_[At(facts.index)];
    if (draft.IsLocked(Part::kExpert)) {
      menu.rule = ExpertRule::kRequired;
      menu.experts = {Expert(facts, draft.at(Part::kExpert))};
      return;
    }
    if (DemandOf(facts).wants(Part::kExpert) == Want::kNone) return;
    const int32_t start = StartExpert(experts_, drafts_, facts.index, from_);
    const int32_t row = experts_.RowOf(facts.index);
    if (from_ == StartFrom::kFlow) {
      menu.rule = RuleOf(row, draft);
    } else if (start != kNobody) {
      menu.rule = ExpertRule::kRequired;
    }
    if (menu.rule != ExpertRule::kUnwanted) {
      if (row != ExpertFlow::kNoRow && experts_.flow().IsIn(row)) {
        AddTightExperts(facts, row, start, menu);
      } else {
        AddExpertsAsNear(facts, start, menu);
      }
    }
    if (menu.experts.empty()) menu.rule = ExpertRule::kUnwanted;
    menu.takes_part = !menu.experts.empty() || draft.HasLocks();
  }

  // Complementary slackness on the higher levels: a plan is optimal there
  // exactly when it uses tight pairs only, leaves out only those for whom that
  // is tight, and uses those with a price to the full.
  ExpertRule RuleOf(int32_t row, const Draft& draft) const {
    const Flow<LevelCosts>& flow = experts_.flow();
    if (MayVary(policy_) && Upper(flow.Paid(row)) == Upper(flow.Outside(row))) {
      return draft.HasLocks() ? ExpertRule::kOptional : ExpertRule::kMayStayOut;
    }
    return experts_.Assigned(row) == kNobody ? ExpertRule::kUnwanted
                                             : ExpertRule::kRequired;
  }

  void AddExpertsAsNear(const DemandFacts& facts, int32_t start,
                        Menu& menu) const {
    const Facts own = prepared_.corps().facts(start);
    const int32_t score = Scorer(policy_, Part::kExpert, facts).Score(own);
    const int32_t distance = PersonDistance(policy_, facts, own, score);
    const Draft& draft = drafts_[At(facts.index)];
    menu.experts = {Expert(facts, start)};
    for (const Candidate& candidate :
         FindExperts(prepared_, facts, kExpertsLookedAt).best) {
      if (candidate.resource != start && candidate.distance <= distance &&
          !draft.HasLockedPerson(candidate.resource)) {
        menu.experts.push_back(Expert(facts, candidate.resource));
      }
    }
  }

  // The flow's own lists are as short as its optimum allows; here more are
  // looked at, since another expert may bring a better bundle.
  void AddTightExperts(const DemandFacts& facts, int32_t row, int32_t start,
                       Menu& menu) const {
    const Objective paid = Upper(experts_.flow().Paid(row));
    const Draft& draft = drafts_[At(facts.index)];
    if (start != kNobody) menu.experts.push_back(Expert(facts, start));
    for (const Candidate& candidate :
         FindExperts(prepared_, facts, kExpertsLookedAt).best) {
      if (candidate.resource != start && IsTight(candidate, paid) &&
          !draft.HasLockedPerson(candidate.resource)) {
        menu.experts.push_back(Expert(facts, candidate.resource));
      }
    }
  }

  // Whoever is on no row's list has no price.
  bool IsTight(const Candidate& candidate, const Objective& paid) const {
    const Flow<LevelCosts>& flow = experts_.flow();
    Objective cost;
    const int32_t resource = experts_.ResourceOf(candidate.resource);
    if (resource != kNobody) {
      if (flow.Capacity(resource) == 0) return false;
      cost = Upper(flow.Price(resource));
    }
    cost.tier_distance += candidate.distance;
    return cost == paid;
  }

  // The best few, what the draft holds, and those that belong to one of the
  // experts.
  template <typename Find, typename OfExpert, typename Admit>
  std::vector<int32_t> Gather(const Menu& menu, int32_t held, Find find,
                              OfExpert of_expert, Admit admit) const {
    std::vector<int32_t> found;
    for (const Candidate& candidate : find()) {
      found.push_back(candidate.resource);
    }
    if (held != kNobody &&
        std::find(found.begin(), found.end(), held) == found.end()) {
      found.push_back(held);
    }
    for (const Option& expert : menu.experts) {
      for (int32_t own : of_expert(expert.resource)) {
        if (std::find(found.begin(), found.end(), own) == found.end() &&
            admit(own)) {
          found.push_back(own);
        }
      }
    }
    return found;
  }

  void AddTeams(const DemandFacts& facts, Menu& menu) const {
    const Draft& draft = drafts_[At(facts.index)];
    const Demand& demand = DemandOf(facts);
    std::vector<int32_t> teams;
    if (draft.IsLocked(Part::kTeam)) {
      teams = {draft.at(Part::kTeam)};
    } else if (Wanted(demand, draft, Part::kTeam)) {
      const Scorer scorer(policy_, Part::kTeam, facts);
      teams = Gather(
          menu, draft.at(Part::kTeam),
          [&] { return FindTeams(prepared_, facts, kTeamsLookedAt).best; },
          [&](int32_t expert) { return prepared_.TeamsOf(expert); },
          [&](int32_t team) {
            return TeamConstraints(prepared_, facts, team).empty() &&
                   scorer.Score(prepared_.teams()[team]) >=
                       Admission(Part::kTeam);
          });
    }
    for (int32_t team : teams) {
      const int64_t points =
          PointsOf(policy_, Part::kTeam, facts, prepared_.teams()[team]);
      menu.teams.push_back({team, Value(Part::kTeam, demand, points)});
    }
  }

  void AddProjects(const DemandFacts& facts, Menu& menu) const {
    const Draft& draft = drafts_[At(facts.index)];
    const Demand& demand = DemandOf(facts);
    std::vector<int32_t> projects;
    if (draft.IsLocked(Part::kProject)) {
      projects = {draft.at(Part::kProject)};
    } else if (Wanted(demand, draft, Part::kProject)) {
      const Scorer scorer(policy_, Part::kProject, facts);
      projects = Gather(
          menu, draft.at(Part::kProject),
          [&] {
            return FindProjects(prepared_, facts, kProjectsLookedAt).best;
          },
          [&](int32_t expert) { return prepared_.ProjectsOf(expert); },
          [&](int32_t project) {
            return ProjectConstraints(prepared_, facts, project).empty() &&
                   scorer.Score(prepared_.projects()[project]) >=
                       Admission(Part::kProject);
          });
    }
    for (int32_t project : projects) {
      const int64_t points = PointsOf(policy_, Part::kProject, facts,
                                      prepared_.projects()[project]);
      menu.projects.push_back({project, Value(Part::kProject, demand, points)});
    }
  }

  void AddTalents(const DemandFacts& facts, Menu& menu) const {
    const Draft& draft = drafts_[At(facts.index)];
    const auto seats = static_cast<int32_t>(draft.talents.size());
    std::map<SubjectIndex, int32_t> lists;
    for (int32_t seat = 0; seat < seats; ++seat) {
      const DemandFacts asked = prepared_.Seat(facts.index, seat);
      const int32_t talent = draft.talents[At(seat)];
      const auto next = static_cast<int32_t>(menu.talents.size());
      if (seat < draft.locked_talents) {
        menu.list_of_seat.push_back(next);
        menu.talents.push_back({Talent(asked, talent, seats)});
        continue;
      }
      const SubjectIndex subject =
          asked.subjects.empty() ? 0 : asked.subjects.front().subject;
      const auto [found, fresh] = lists.try_emplace(subject, next);
      menu.list_of_seat.push_back(found->second);
      if (fresh) FindOptions(asked, seats, menu.talents.emplace_back());
      if (talent == kNobody) continue;
      std::vector<Option>& options = menu.talents[At(found->second)];
      const Option held = Talent(asked, talent, seats);
      if (std::find(options.begin(), options.end(), held) == options.end()) {
        options.push_back(held);
      }
    }
  }

  void FindOptions(const DemandFacts& seat, int32_t seats,
                   std::vector<Option>& options) const {
    const Draft& draft = drafts_[At(seat.index)];
    const int32_t most = kTalentsLookedAt + seats;
    for (const Candidate& candidate : FindTalents(prepared_, seat, most).best) {
      if (!draft.HasLockedPerson(candidate.resource)) {
        options.push_back(Talent(seat, candidate.resource, seats));
      }
    }
  }

  Option Talent(const DemandFacts& seat, int32_t volunteer,
                int32_t seats) const {
    const int64_t points = PointsOf(policy_, Part::kTalents, seat,
                                    prepared_.corps().facts(volunteer), seats);
    return {volunteer, Value(Part::kTalents, DemandOf(seat), points)};
  }

  const Prepared& prepared_;
  const Policy& policy_;
  const std::vector<Draft>& drafts_;
  const ExpertFlow& experts_;
  const StartFrom from_;
};

}  // namespace

int32_t StartExpert(const ExpertFlow& experts, const std::vector<Draft>& drafts,
                    int32_t demand, StartFrom from) {
  const int32_t row = experts.RowOf(demand);
  const bool assigned = from == StartFrom::kFlow && row != ExpertFlow::kNoRow;
  return assigned ? experts.Assigned(row)
                  : drafts[static_cast<size_t>(demand)].at(Part::kExpert);
}

Menu MakeMenu(const Prepared& prepared, const std::vector<Draft>& drafts,
              const ExpertFlow& experts, int32_t demand, StartFrom from) {
  return MenuMaker(prepared, drafts, experts, from).Make(demand);
}

}  // namespace jiedui::matcher::engine
