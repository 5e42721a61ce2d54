#include "services/matcher/engine/usage.h"

#include <algorithm>

namespace jiedui::matcher::engine {

template <typename Visit>
void Usage::ForEach(const Draft& draft, Visit visit) {
  const auto see = [&](Holders& holders, int32_t resource) {
    if (resource != kNobody) visit(holders, resource);
  };
  see(persons_, draft.at(Part::kExpert));
  for (int32_t talent : draft.talents) see(persons_, talent);
  see(teams_, draft.at(Part::kTeam));
  see(projects_, draft.at(Part::kProject));
}

void Usage::Add(int32_t demand, const Draft& draft) {
  ForEach(draft, [demand](Holders& holders, int32_t resource) {
    auto& demands = holders[resource];
    demands.insert(std::lower_bound(demands.begin(), demands.end(), demand),
                   demand);
  });
}

void Usage::Remove(int32_t demand, const Draft& draft) {
  ForEach(draft, [demand](Holders& holders, int32_t resource) {
    const auto found = holders.find(resource);
    auto& demands = found->second;
    demands.erase(std::lower_bound(demands.begin(), demands.end(), demand));
    if (demands.empty()) holders.erase(found);
  });
}

std::span<const int32_t> Usage::Of(Part part, int32_t resource) const {
  const Holders& holders = part == Part::kTeam      ? teams_
                           : part == Part::kProject ? projects_
                                                    : persons_;
  const auto found = holders.find(resource);
  if (found == holders.end()) return {};
  return {found->second.data(), found->second.size()};
}

}  // namespace jiedui::matcher::engine
