#include "services/matcher/engine/bundling.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "services/matcher/engine/menu.h"
#include "services/matcher/engine/parallel.h"

namespace jiedui::matcher::engine {
namespace {

using bundles::Option;

// Puts menus together into one problem.
class ModelBuilder {
 public:
  ModelBuilder(const Prepared& prepared, const std::vector<Draft>& drafts,
               const ExpertFlow& experts, StartFrom from,
               const Remaining& remaining)
      : prepared_(prepared),
        drafts_(drafts),
        experts_(experts),
        from_(from),
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
           static_cast<int32_t>(seat) < draft.locked_talents});
    }
  }

  // Who has a price above quality serves to the full in every plan as good.
  void AddQuotas() {
    const Flow<LevelCosts>& flow = experts_.flow();
    model_.problem.must_be_full.assign(model_.volunteer.size(), 0);
    for (size_t person = 0; person < model_.volunteer.size(); ++person) {
      const int32_t resource = experts_.ResourceOf(model_.volunteer[person]);
      if (resource == kNobody || flow.Capacity(resource) == 0) continue;
      if (Upper(flow.Price(resource)) == Objective()) continue;
      model_.problem.must_be_full[person] = 1;
    }
  }

  BundleModel Finish() && {
    AddSynergies();
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

  void AddStart() {
    const bundles::Problem& problem = model_.problem;
    model_.start = bundles::Selection::Empty(problem);
    for (size_t i = 0; i < model_.demand.size(); ++i) {
      const int32_t demand = model_.demand[i];
      const Draft& draft = drafts_[static_cast<size_t>(demand)];
      const int32_t expert = StartExpert(experts_, drafts_, demand, from_);
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
  const StartFrom from_;
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
  ModelBuilder builder(prepared, drafts, experts, StartFrom::kFlow, remaining);
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
          menus[at] = MakeMenu(prepared, drafts, experts,
                               static_cast<int32_t>(begin + at));
        });
    if (!finished) return base::MakeError(base::Reason::kCancelled);
    for (size_t i = 0; i < count; ++i) {
      if (!menus[i].takes_part) continue;
      builder.Add(static_cast<int32_t>(begin + i), std::move(menus[i]));
    }
  }
  builder.AddQuotas();
  return std::move(builder).Finish();
}

BundleModel BuildPartialModel(const Prepared& prepared,
                              const std::vector<Draft>& drafts,
                              const ExpertFlow& experts, const Remaining& spare,
                              std::span<const int32_t> demands) {
  ModelBuilder builder(prepared, drafts, experts, StartFrom::kDrafts, spare);
  for (int32_t demand : demands) {
    Menu menu = MakeMenu(prepared, drafts, experts, demand, StartFrom::kDrafts);
    if (menu.takes_part) builder.Add(demand, std::move(menu));
  }
  builder.AddQuotas();
  return std::move(builder).Finish();
}

BundleModel BuildModelOfOne(const Prepared& prepared,
                            const std::vector<Draft>& drafts,
                            const ExpertFlow& experts, const Remaining& spare,
                            int32_t demand) {
  ModelBuilder builder(prepared, drafts, experts, StartFrom::kDrafts, spare);
  builder.Add(demand,
              MakeMenu(prepared, drafts, experts, demand, StartFrom::kDrafts));
  return std::move(builder).Finish();
}

void FillDraft(const BundleModel& model, const bundles::Selection& selection,
               size_t i, Draft& draft) {
  const auto volunteer = [&](int32_t person) {
    return person == bundles::kNone
               ? kNobody
               : model.volunteer[static_cast<size_t>(person)];
  };
  const auto fill = [&](Part part, int32_t resource) {
    if (!draft.IsLocked(part)) draft.Set(part, resource);
  };
  fill(Part::kExpert, volunteer(selection.expert[i]));
  fill(Part::kTeam, selection.team[i]);
  fill(Part::kProject, selection.project[i]);
  const auto first = static_cast<size_t>(model.problem.demands[i].first_seat);
  for (size_t seat = static_cast<size_t>(draft.locked_talents);
       seat < draft.talents.size(); ++seat) {
    draft.talents[seat] = volunteer(selection.talent[first + seat]);
  }
}

void TakeSelection(const BundleModel& model,
                   const bundles::Selection& selection,
                   std::vector<Draft>& drafts, Remaining& remaining) {
  const auto take = [](std::vector<int32_t>& left, int32_t resource) {
    if (resource == kNobody) return;
    int32_t& capacity = left[static_cast<size_t>(resource)];
    if (capacity != kUnlimitedLicences) --capacity;
  };
  for (size_t i = 0; i < model.demand.size(); ++i) {
    Draft& draft = drafts[static_cast<size_t>(model.demand[i])];
    FillDraft(model, selection, i, draft);
    const auto take_part = [&](std::vector<int32_t>& left, Part part) {
      if (!draft.IsLocked(part)) take(left, draft.at(part));
    };
    take_part(remaining.volunteers, Part::kExpert);
    take_part(remaining.teams, Part::kTeam);
    take_part(remaining.projects, Part::kProject);
    for (size_t seat = static_cast<size_t>(draft.locked_talents);
         seat < draft.talents.size(); ++seat) {
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
             selection.talent[static_cast<size_t>(wish.first_seat) +
                              static_cast<size_t>(seat)]);
    }
  }
  return rewards;
}

}  // namespace jiedui::matcher::engine
