#include "services/matcher/engine/scenario.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace jiedui::matcher::engine {
namespace {

using Ids = absl::flat_hash_set<std::string>;

constexpr int32_t kProficiency = 4;
constexpr int32_t kCapacity = 2;
// Every day that a demand can ask for.
constexpr Window kAlways = {0, 200'000};

template <typename T>
void EraseIds(const Ids& ids, std::vector<T>& list) {
  std::erase_if(list, [&](const T& one) { return ids.contains(one.id); });
}

// For locks and exclusions. The lock on a requester names nobody.
template <typename T>
void EraseReferring(const Ids& ids, std::vector<T>& list) {
  std::erase_if(list, [&](const T& one) {
    return ids.contains(one.demand) || ids.contains(one.resource);
  });
}

template <typename T>
void CollectWithin(const codes::Region& region, const std::vector<T>& list,
                   Ids& ids) {
  for (const T& one : list) {
    const codes::Region* home = codes::FindRegion(one.region);
    if (home != nullptr && home->IsWithin(region)) ids.insert(one.id);
  }
}

}  // namespace

void OpenTier(codes::Tier tier, std::string_view demand, Problem& problem) {
  for (Demand& one : problem.demands) {
    if (demand.empty() || one.id == demand) {
      one.opened = std::min(one.opened, tier);  // the highest is the least
    }
  }
}

void Remove(const Ids& ids, Problem& problem) {
  EraseIds(ids, problem.demands);
  EraseIds(ids, problem.volunteers);
  EraseIds(ids, problem.teams);
  EraseIds(ids, problem.projects);
  EraseReferring(ids, problem.locks);
  EraseReferring(ids, problem.exclusions);
  for (Team& team : problem.teams) {
    if (ids.contains(team.leader)) team.leader.clear();
    std::erase_if(team.members, [&](const std::string& member) {
      return ids.contains(member);
    });
  }
  for (Project& project : problem.projects) {
    if (ids.contains(project.owner)) project.owner.clear();
  }
}

void CloseCounty(const codes::Region& county, Problem& problem) {
  Ids ids;
  CollectWithin(county, problem.demands, ids);
  CollectWithin(county, problem.volunteers, ids);
  CollectWithin(county, problem.teams, ids);
  Remove(ids, problem);
}

void AddExperts(const NewExperts& experts, Problem& problem) {
  const auto there = std::count_if(
      problem.volunteers.begin(), problem.volunteers.end(),
      [](const Volunteer& one) { return one.id.starts_with(kNewExpert); });
  for (int32_t i = 1; i <= experts.count; ++i) {
    Volunteer& added = problem.volunteers.emplace_back();
    added.id = absl::StrCat(std::string(kNewExpert), there + i);
    added.region = experts.region;
    added.tier = experts.tier;
    added.title = codes::Title::kAssociateSenior;
    added.skills.push_back({experts.subject, kProficiency, {}});
    added.dialects = {codes::Dialect::kMandarin};
    added.capacity = kCapacity;
    added.availability = {kAlways};
  }
}

}  // namespace jiedui::matcher::engine
