// Searches for the cheapest path along which an assignment changes, each of
// which leaves the network optimal (network.h states what that means).
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/flow/network.h"

namespace jiedui::matcher::engine {

template <typename Model>
class Search {
 public:
  // Keeps a reference.
  explicit Search(Network<Model>& network) : network_(network) {}

  // Brings `root` in along a cheapest path, which ends at a resource with room
  // or at a row for which staying outside is now cheapest.
  // REQUIRES: the row is not in.
  void Insert(int32_t root);

  // Brings a resource's price down to its next unit's cost, or uses that unit
  // along a cheapest path, which starts at a row that is outside or with the
  // unit of another resource that is worth least. Repeats until the next unit
  // is worth its cost to nobody. REQUIRES: the price is the only one too high.
  void Fill(int32_t resource);

  // Prices a resource that had no capacity so high that it is worth it to
  // nobody, and no higher.
  void Open(int32_t resource);

  // Raises all prices as far as they may: to what one unit less of each
  // resource would cost. A row that comes then finds its path with hardly a
  // detour. O(edges) and a heap of resources.
  void RaisePrices();

  // Edges looked at, in all searches: a measure of work that is the same on
  // every machine.
  int64_t looked_at() const { return looked_at_; }

 private:
  using Key = typename Model::Key;
  using Edge = typename Model::Edge;

  struct Entry {
    Key distance;
    int32_t resource;
    friend bool operator<(const Entry& a, const Entry& b) {  // min-heap
      if (a.distance != b.distance) return b.distance < a.distance;
      return b.resource < a.resource;
    }
  };
  // By resource; valid where stamp equals epoch_.
  struct Reached {
    Key distance;
    uint32_t stamp = 0;
    int32_t parent = kNone;  // the row by way of which it was reached
    int32_t toward = kNone;  // Fill: the resource that row would move to
    bool settled = false;
  };

  void Start();
  void Push(int32_t resource, const Reached& reached);
  bool Pop(Entry& top);
  void Relax(int32_t row, const Key& base, const Key& paid);
  void RelaxInto(int32_t resource, const Key& base);
  void MovePrices(int sign);
  // What is left of a resource's distance when it goes no further.
  Key DistanceToEnd(int32_t resource) const;
  void Augment(int32_t root);
  void FillOnce(int32_t resource);

  Network<Model>& network_;
  int64_t looked_at_ = 0;

  // The search in progress.
  uint32_t epoch_ = 0;
  std::vector<Reached> reached_;
  std::vector<Entry> heap_;
  std::vector<int32_t> tree_;
  Key best_ = 0;
  int32_t end_resource_ = kNone;
  int32_t end_row_ = kNone;
};

}  // namespace jiedui::matcher::engine
