#include "services/matcher/engine/flow/bulk.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "common/base/error.h"
#include "services/matcher/engine/flow/auction.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int64_t kTellEvery = 256;  // rows, or resources

template <typename Model>
class Bulk {
 public:
  Bulk(Network<Model>& network, Search<Model>& search, int64_t patience,
       const Progress& progress)
      : network_(network),
        search_(search),
        enough_(search.looked_at() + patience),
        progress_(progress) {}

  absl::Status Run() {
    if (Insert() && AuctionOff() && Mend()) return absl::OkStatus();
    network_.Reset();
    return base::MakeError(base::Reason::kCancelled);
  }

 private:
  bool Tell(int64_t done) {
    return !progress_ || progress_(done, network_.rows());
  }

  // Row by row, until all are in or it turns out that they are contested.
  bool Insert() {
    for (; next_ < network_.rows(); ++next_) {
      if (search_.looked_at() >= enough_) return true;
      if (next_ % kTellEvery == 0 && !Tell(next_)) return false;
      if (network_.row(next_).state == RowState::kWaiting) {
        search_.Insert(next_);
      }
    }
    return true;
  }

  // Half of the rows that are left count as done by it.
  bool AuctionOff() {
    if (next_ == network_.rows()) return true;
    const int64_t half = (network_.rows() - next_) / 2;
    Auction<Model> auction(network_);
    const bool done = auction.Run([&](int scales, int total) {
      return Tell(next_ + half * scales / total);
    });
    if (!done) return false;
    pending_ = auction.HandBack();
    next_ += static_cast<int32_t>(half);
    return true;
  }

  // First prices that are too high, then rows not at their cheapest option.
  bool Mend() {
    if (next_ == network_.rows()) return true;
    for (int32_t resource = 0; resource < network_.resources(); ++resource) {
      if (resource % kTellEvery == 0 && !Tell(next_)) return false;
      search_.Fill(resource);
    }
    int64_t mended = 0;
    for (int32_t row : pending_) {
      if (mended++ % kTellEvery == 0 && !Tell(next_)) return false;
      auto& left = network_.row(row);
      if (left.resource != kNone) continue;  // it filled a unit
      left.state = RowState::kWaiting;
      left.paid = -Model::kInfinite;
      search_.Insert(row);
    }
    return true;
  }

  Network<Model>& network_;
  Search<Model>& search_;
  const int64_t enough_;
  const Progress& progress_;
  int32_t next_ = 0;  // row; those before it are done
  std::vector<int32_t> pending_;
};

}  // namespace

template <typename Model>
absl::Status BringIn(Network<Model>& network, Search<Model>& search,
                     int64_t patience, const Progress& progress) {
  return Bulk<Model>(network, search, patience, progress).Run();
}

template absl::Status BringIn(Network<PlainCosts>&, Search<PlainCosts>&,
                              int64_t, const Progress&);
template absl::Status BringIn(Network<LevelCosts>&, Search<LevelCosts>&,
                              int64_t, const Progress&);

}  // namespace jiedui::matcher::engine
