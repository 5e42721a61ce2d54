#include "services/matcher/engine/bundling.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "common/base/error.h"
#include "services/matcher/engine/candidates.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/parallel.h"
#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {
namespace {

using bundles::ExpertRule;
using bundles::Option;

constexpr int32_t kTeamsLookedAt = 8;
constexpr int32_t kProjectsLookedAt = 8;
constexpr int32_t kTalentsLookedAt = 12;
constexpr int32_t kExpertsLookedAt = 24;

// The levels above quality.
Objective Upper(Objective cost) {
  cost.loss = 0;
  return cost;
}

// Whether bundles may decide which of several demands, equal on the higher
// levels, are served. Not where fairness between counties has decided it.
bool MayVary(const Policy& policy) { return policy.fairness_band == 0; }

// What one demand may take, by positions in Prepared.
struct Menu {
  // False: its expert is wanted, nobody can be, and nothing is locked.
  bool takes_part = true;
  ExpertRule rule = ExpertRule::kUnwanted;
  std::vector<Option> experts;
  std::vector<Option> teams;
  std::vector<Option> projects;
  std::vector<std::vector<Option>> talents;  // lists that seats share
  std::vector<int32_t> list_of_seat;
};

class MenuMaker {
 public:
  MenuMaker(const Prepared& prepared, const std::vector<Draft>& drafts,
            const ExpertFlow& experts)
      : prepared_(prepared),
        policy_(prepared.policy()),
        drafts_(drafts),
        experts_(experts) {}

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
    const int32_t row = experts_.RowOf(facts.index);
    if (row == ExpertFlow::kNoRow) return;
    menu.rule = RuleOf(row, draft);
    if (menu.rule != ExpertRule::kUnwanted) AddTightExperts(facts, row, menu);
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

  void AddTightExperts(const DemandFacts& facts, int32_t row,
                       Menu& menu) const {
    const Flow<LevelCosts>& flow = experts_.flow();
    const Objective paid = Upper(flow.Paid(row));
    int32_t left = kExpertsLookedAt;
    for (const LevelEdge& edge : flow.Edges(row)) {
      const bool own = edge.resource == flow.Assigned(row);
      if (left <= 0 && !own) continue;
      if (flow.Capacity(edge.resource) == 0) continue;
      Objective cost = Upper(flow.Price(edge.resource));
      cost.tier_distance += static_cast<int32_t>(edge.tier_distance);
      if (cost != paid) continue;
      menu.experts.push_back(
          Expert(facts, experts_.VolunteerOf(edge.resource)));
      --left;
    }
  }

  // The best few, and those that belong to one of the experts.
  template <typename Find, typename OfExpert, typename Admit>
  std::vector<int32_t> Gather(const Menu& menu, Find find, OfExpert of_expert,
                              Admit admit) const {
    std::vector<int32_t> found;
    for (const Candidate& candidate : find()) {
      found.push_back(candidate.resource);
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
          menu,
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
          menu,
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
      if (talent != kNobody) {
        menu.list_of_seat.push_back(next);
        menu.talents.push_back({Talent(asked, talent, seats)});
        continue;
      }
      const SubjectIndex subject =
          asked.subjects.empty() ? 0 : asked.subjects.front().subject;
      const auto [found, fresh] = lists.try_emplace(subject, next);
      menu.list_of_seat.push_back(found->second);
      if (!fresh) continue;
      std::vector<Option>& options = menu.talents.emplace_back();
      const int32_t most = kTalentsLookedAt + seats;
      for (const Candidate& candidate :
           FindTalents(prepared_, asked, most).best) {
        if (!IsLockedPerson(draft, candidate.resource)) {
          options.push_back(Talent(asked, candidate.resource, seats));
        }
      }
    }
  }

  Option Talent(const DemandFacts& seat, int32_t volunteer,
                int32_t seats) const {
    const int64_t points = PointsOf(policy_, Part::kTalents, seat,
                                    prepared_.corps().facts(volunteer), seats);
    return {volunteer, Value(Part::kTalents, DemandOf(seat), points)};
  }

  static bool IsLockedPerson(const Draft& draft, int32_t volunteer) {
    if (draft.IsLocked(Part::kExpert) && draft.at(Part::kExpert) == volunteer) {
      return true;
    }
    return std::find(draft.talents.begin(), draft.talents.end(), volunteer) !=
           draft.talents.end();
  }

  const Prepared& prepared_;
  const Policy& policy_;
  const std::vector<Draft>& drafts_;
  const ExpertFlow& experts_;
};

// Puts menus together into one problem.
class ModelBuilder {
 public:
  ModelBuilder(const Prepared& prepared, const std::vector<Draft>& drafts,
               const ExpertFlow& experts, const Remaining& remaining)
      : prepared_(prepared),
        drafts_(drafts),
        experts_(experts),
        remaining_(remaining),
        person_of_(remaining.volunteers.size(), kNobody) {
    model_.problem.teams = remaining.teams;
    for (int32_t licences : remaining.projects) {
      model_.problem.projects.push_back(
          licences == kUnlimitedLicences ? bundles::kUnlimited : licences);
    }
  }

  void Add(int32_t demand, Menu menu) {
    bundles::Problem& problem = model_.problem;
    const Draft& draft = drafts_[static_cast<size_t>(demand)];
    bundles::Demand& added = problem.demands.emplace_back();
    model_.demand.push_back(demand);
    added.expert_rule = menu.rule;
    added.expert_fixed = draft.IsLocked(Part::kExpert);
    added.team_fixed = draft.IsLocked(Part::kTeam);
    added.project_fixed = draft.IsLocked(Part::kProject);
    added.experts = AddPersons(menu.experts);
    added.teams = AddList(menu.teams);
    added.projects = AddList(menu.projects);
    added.first_seat = static_cast<int32_t>(problem.seats.size());
    added.seats = static_cast<int32_t>(menu.list_of_seat.size());
    std::vector<int32_t> lists;
    for (auto& talents : menu.talents) lists.push_back(AddPersons(talents));
    for (size_t seat = 0; seat < menu.list_of_seat.size(); ++seat) {
      problem.seats.push_back(
          {lists[static_cast<size_t>(menu.list_of_seat[seat])],
           draft.talents[seat] != kNobody});
    }
  }

  BundleModel Finish() && {
    AddSynergies();
    AddQuotas();
    AddStart();
    return std::move(model_);
  }

 private:
  int32_t AddList(const std::vector<Option>& options) {
    return options.empty() ? bundles::kNone : model_.problem.lists.Add(options);
  }

  int32_t AddPersons(std::vector<Option>& options) {
    for (Option& option : options) option.resource = PersonOf(option.resource);
    return AddList(options);
  }

  int32_t PersonOf(int32_t volunteer) {
    int32_t& person = person_of_[static_cast<size_t>(volunteer)];
    if (person == kNobody) {
      person = static_cast<int32_t>(model_.volunteer.size());
      model_.volunteer.push_back(volunteer);
      model_.problem.persons.push_back(
          remaining_.volunteers[static_cast<size_t>(volunteer)]);
    }
    return person;
  }

  // Only persons on somebody's list can bring one.
  void AddSynergies() {
    const Policy& policy = prepared_.policy();
    int64_t team_value = int64_t{policy.expert_team} * 1000;
    for (const FeatureWeight& feature :
         policy.features[static_cast<size_t>(Part::kTeam)]) {
      if (feature.feature == Feature::kTogether) {
        team_value += int64_t{policy.bundle[static_cast<size_t>(Part::kTeam)]} *
                      feature.weight;
      }
    }
    const FactsTable& teams = prepared_.teams();
    for (int32_t i = 0; i < teams.size(); ++i) {
      const Facts team = teams[i];
      std::vector<Option> own;
      Own(team.leader, team_value, own);
      for (int32_t member : team.members) Own(member, team_value, own);
      model_.problem.team_synergies.Add(own);
    }
    const FactsTable& projects = prepared_.projects();
    for (int32_t i = 0; i < projects.size(); ++i) {
      std::vector<Option> own;
      Own(projects[i].leader, int64_t{policy.expert_owns} * 1000, own);
      model_.problem.project_synergies.Add(own);
    }
  }

  void Own(int32_t volunteer, int64_t value, std::vector<Option>& own) const {
    if (volunteer == kNobody || value == 0) return;
    const int32_t person = person_of_[static_cast<size_t>(volunteer)];
    if (person != kNobody) own.push_back({person, static_cast<int32_t>(value)});
  }

  // Who has a price above quality serves to the full in every plan as good.
  void AddQuotas() {
    const Flow<LevelCosts>& flow = experts_.flow();
    model_.problem.must_be_full.assign(model_.volunteer.size(), 0);
    for (int32_t resource = 0; resource < flow.resources(); ++resource) {
      if (flow.Capacity(resource) == 0) continue;
      if (Upper(flow.Price(resource)) == Objective()) continue;
      const int32_t person =
          person_of_[static_cast<size_t>(experts_.VolunteerOf(resource))];
      if (person != kNobody) {
        model_.problem.must_be_full[static_cast<size_t>(person)] = 1;
      }
    }
  }

  void AddStart() {
    const bundles::Problem& problem = model_.problem;
    model_.start = bundles::Selection::Empty(problem);
    for (size_t i = 0; i < model_.demand.size(); ++i) {
      const int32_t demand = model_.demand[i];
      const Draft& draft = drafts_[static_cast<size_t>(demand)];
      int32_t expert = draft.at(Part::kExpert);
      const int32_t row = experts_.RowOf(demand);
      if (row != ExpertFlow::kNoRow) expert = experts_.Assigned(row);
      if (expert != kNobody) {
        model_.start.expert[i] = person_of_[static_cast<size_t>(expert)];
      }
      model_.start.team[i] = draft.at(Part::kTeam);
      model_.start.project[i] = draft.at(Part::kProject);
      for (size_t seat = 0; seat < draft.talents.size(); ++seat) {
        if (draft.talents[seat] == kNobody) continue;
        const auto at =
            static_cast<size_t>(problem.demands[i].first_seat) + seat;
        model_.start.talent[at] =
            person_of_[static_cast<size_t>(draft.talents[seat])];
      }
    }
  }

  const Prepared& prepared_;
  const std::vector<Draft>& drafts_;
  const ExpertFlow& experts_;
  const Remaining& remaining_;
  std::vector<int32_t> person_of_;
  BundleModel model_;
};

}  // namespace

absl::StatusOr<BundleModel> BuildBundleModel(const Prepared& prepared,
                                             const std::vector<Draft>& drafts,
                                             const ExpertFlow& experts,
                                             const Remaining& remaining,
                                             int threads,
                                             const Progress& progress) {
  const MenuMaker maker(prepared, drafts, experts);
  ModelBuilder builder(prepared, drafts, experts, remaining);
  // In slices, so that menus are not all there at once.
  constexpr size_t kSlice = 1 << 14;
  std::vector<Menu> menus;
  for (size_t begin = 0; begin < drafts.size(); begin += kSlice) {
    const size_t count = std::min(kSlice, drafts.size() - begin);
    menus.assign(count, Menu());
    const Progress so_far = [&](int64_t done, int64_t) {
      return !progress || progress(static_cast<int64_t>(begin) + done,
                                   static_cast<int64_t>(drafts.size()));
    };
    const bool finished = ParallelFor(
        static_cast<int64_t>(count), threads, so_far, [&](int64_t i) {
          const auto at = static_cast<size_t>(i);
          menus[at] = maker.Make(static_cast<int32_t>(begin + at));
        });
    if (!finished) return base::MakeError(base::Reason::kCancelled);
    for (size_t i = 0; i < count; ++i) {
      if (!menus[i].takes_part) continue;
      builder.Add(static_cast<int32_t>(begin + i), std::move(menus[i]));
    }
  }
  return std::move(builder).Finish();
}

void TakeSelection(const BundleModel& model,
                   const bundles::Selection& selection,
                   std::vector<Draft>& drafts, Remaining& remaining) {
  const auto volunteer = [&](int32_t person) {
    return person == bundles::kNone
               ? kNobody
               : model.volunteer[static_cast<size_t>(person)];
  };
  const auto take = [](std::vector<int32_t>& left, int32_t resource) {
    if (resource == kNobody) return;
    int32_t& capacity = left[static_cast<size_t>(resource)];
    if (capacity != kUnlimitedLicences) --capacity;
  };
  for (size_t i = 0; i < model.demand.size(); ++i) {
    Draft& draft = drafts[static_cast<size_t>(model.demand[i])];
    if (!draft.IsLocked(Part::kExpert)) {
      draft.Set(Part::kExpert, volunteer(selection.expert[i]));
      take(remaining.volunteers, draft.at(Part::kExpert));
    }
    if (!draft.IsLocked(Part::kTeam)) {
      draft.Set(Part::kTeam, selection.team[i]);
      take(remaining.teams, draft.at(Part::kTeam));
    }
    if (!draft.IsLocked(Part::kProject)) {
      draft.Set(Part::kProject, selection.project[i]);
      take(remaining.projects, draft.at(Part::kProject));
    }
    const auto first = static_cast<size_t>(model.problem.demands[i].first_seat);
    for (size_t seat = static_cast<size_t>(draft.locked_talents);
         seat < draft.talents.size(); ++seat) {
      draft.talents[seat] = volunteer(selection.talent[first + seat]);
      take(remaining.volunteers, draft.talents[seat]);
    }
  }
}

int64_t RewardsOf(const Prepared& prepared, const BundleModel& model,
                  const bundles::Selection& selection) {
  int64_t rewards = 0;
  for (size_t i = 0; i < model.demand.size(); ++i) {
    const Demand& demand =
        prepared.problem().demands[static_cast<size_t>(model.demand[i])];
    const auto reward = [&](Part part, int32_t chosen) {
      if (chosen == bundles::kNone) return;
      if (demand.wants(part) == Want::kRequired) rewards += kRequiredReward;
    };
    reward(Part::kTeam, selection.team[i]);
    reward(Part::kProject, selection.project[i]);
    const bundles::Demand& wish = model.problem.demands[i];
    for (int32_t seat = 0; seat < wish.seats; ++seat) {
      reward(Part::kTalents,
             selection.talent[static_cast<size_t>(wish.first_seat + seat)]);
    }
  }
  return rewards;
}

}  // namespace jiedui::matcher::engine
