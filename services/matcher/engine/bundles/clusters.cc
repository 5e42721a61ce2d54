#include "services/matcher/engine/bundles/clusters.h"

namespace jiedui::matcher::engine::bundles {

void Clusters::Grow(std::vector<int32_t>& cluster, int32_t size,
                    CounterRandom* random) {
  for (size_t at = 0; at < cluster.size(); ++at) {
    const Item& item = instance_.item(cluster[at]);
    for (int32_t i = item.experts; i < item.end; ++i) {
      const int32_t resource = instance_.resource(i);
      if (!contest_.has_resource[resource]) continue;
      if (random != nullptr && random->Below(4) != 0) continue;
      for (const int32_t other : users_.of(resource)) {
        if (static_cast<int32_t>(cluster.size()) == size) return;
        if (seen_[other]) continue;
        if (random != nullptr && random->Below(4) != 0) continue;
        seen_[other] = 1;
        cluster.push_back(other);
      }
    }
  }
}

std::vector<std::vector<int32_t>> Clusters::Split(int32_t size) {
  std::vector<std::vector<int32_t>> clusters;
  for (const int32_t demand : contest_.demands) {
    if (seen_[demand]) continue;
    seen_[demand] = 1;
    // Small ones are filled up by what comes next, near or not.
    if (clusters.empty() ||
        static_cast<int32_t>(clusters.back().size()) >= size / 2) {
      clusters.emplace_back();
    }
    clusters.back().push_back(demand);
    Grow(clusters.back(), size, nullptr);
  }
  seen_.assign(seen_.size(), 0);
  return clusters;
}

std::vector<int32_t> Clusters::Around(int32_t seed, int32_t size,
                                      CounterRandom& random) {
  std::vector<int32_t> cluster = {seed};
  seen_[seed] = 1;
  Grow(cluster, size, &random);
  for (const int32_t demand : cluster) seen_[demand] = 0;
  return cluster;
}

}  // namespace jiedui::matcher::engine::bundles
