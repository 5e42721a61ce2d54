// An ε-scaling auction: where many rows contend for few resources it comes near
// the optimum much sooner than one shortest path a row does (Bertsekas, "The
// auction algorithm: a distributed relaxation method for the assignment
// problem", 1988). Exact searches then mend what is not optimal.
//
// Units of which nobody is the holder must not cost more than at first. Here
// this comes about by lowering all prices before each finer scale, by more than
// the coarser one can have overshot; what is still too high the exact repair
// fills. That is quicker than reverse auctions, which lower them one by one.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "services/matcher/engine/flow/guide.h"
#include "services/matcher/engine/flow/network.h"

namespace jiedui::matcher::engine {

template <typename Model>
class Auction {
 public:
  // Takes the rows that are in or waiting out of the network's assignment; the
  // prices it starts from are as if there was none. Keeps a reference.
  explicit Auction(Network<Model>& network);

  // Asked now and then, with the scales done and in all; false stops it.
  using Go = std::function<bool(int done, int total)>;

  // False when `go` stopped it. It also ends, well, after a number of bids at
  // which it would no longer be quicker than searches.
  bool Run(const Go& go);

  // Puts prices and assignment into the network. The rows are in; those not at
  // their cheapest option are without a resource, paying less than their
  // outside option, and are returned. Prices of resources with room may be too
  // high. Both is for the caller to mend.
  std::vector<int32_t> HandBack();

 private:
  using Edge = typename Model::Edge;

  struct Unit {
    int64_t price;
    int64_t least;  // its marginal cost
    int32_t row;    // its holder, or kNone
  };
  struct Bidder {
    int64_t outside;
    int32_t resource = kNone;  // of the unit it holds
    int32_t unit = kNone;
  };

  void AddUnits();
  // The coarsest scale, at which nothing is out of reach of a few bids.
  int64_t CoarsestScale() const;
  int64_t Cheapest(int32_t row, int64_t* paid) const;
  void Lower(int64_t by);
  void ReleaseUnhappy(int64_t epsilon);
  // By how much units that nobody holds cost more than at first, in all, one
  // counting as `most` at most.
  int64_t Overpriced(int64_t most) const;
  bool Forward(int64_t epsilon, const std::function<bool()>& go);
  // Its bid; returns who loses a unit to it, or kNone.
  int32_t Bid(int32_t row, int64_t epsilon);
  void PlaceFirst(int32_t resource, const Unit& unit);
  void Put(int32_t index, const Unit& unit);

  Network<Model>& network_;
  const Guide<Model> guide_;
  std::vector<int32_t> active_;  // rows
  std::vector<Bidder> bidders_;  // by row
  std::vector<int64_t> price_;   // by resource: of its cheapest unit
  // Units of a resource are a heap from its first one, the cheapest in front.
  std::vector<int32_t> first_;  // by resource, and one past the last
  std::vector<Unit> units_;
  std::vector<int32_t> waiting_;  // rows that are to bid
  int64_t bids_ = 0;
};

}  // namespace jiedui::matcher::engine
