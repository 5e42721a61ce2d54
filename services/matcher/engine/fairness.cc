#include "services/matcher/engine/fairness.h"

#include <algorithm>
#include <vector>

#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace jiedui::matcher::engine {
namespace {

// Looks at rows in all tries together, at most: a try looks at every row once.
constexpr int64_t kMostLooks = 50'000'000;
constexpr int64_t kMostTries = 2'000;
// A stay outside that costs more than any exchange may give up.
constexpr int64_t kMostBonus = (1 << 26) - 1;

struct County {
  int64_t posted = 0;
  int64_t served = 0;
};

// Whether a's served ratio is below b's.
bool Behind(const County& a, const County& b) {
  return a.served * b.posted < b.served * a.posted;
}

class Sharing {
 public:
  Sharing(const Prepared& prepared, ExpertFlow& experts)
      : prepared_(prepared),
        experts_(experts),
        flow_(experts.mutable_flow()),
        served_(static_cast<size_t>(flow_.rows())),
        county_of_row_(served_.size()) {
    CountHistory();
    for (int32_t row = 0; row < flow_.rows(); ++row) {
      const auto at = static_cast<size_t>(row);
      county_of_row_[at] = CountyAt(
          prepared.demands()[static_cast<size_t>(experts.DemandOf(row))].place);
      County& county = counties_[county_of_row_[at]];
      ++county.posted;
      served_[at] = experts.Assigned(row) != kNobody;
      if (served_[at]) ++county.served;
    }
    levels_ = flow_.Value();
    const int64_t quality = std::max<int64_t>(0, -levels_.loss);
    left_ = quality * prepared.policy().fairness_band / 1000;
  }

  absl::Status Run(const Progress& progress) {
    int64_t tries = kMostTries;
    if (!served_.empty()) {
      tries =
          std::min(tries, kMostLooks / static_cast<int64_t>(served_.size()));
    }
    bool gained = true;
    while (gained) {
      gained = false;
      for (int32_t row : Waiting()) {
        if (tries-- <= 0) return absl::OkStatus();
        if (progress && !progress(0, 0)) {
          return base::MakeError(base::Reason::kCancelled);
        }
        ASSIGN_OR_RETURN(const bool exchanged, Try(row));
        gained |= exchanged;
      }
    }
    return absl::OkStatus();
  }

 private:
  using Index = size_t;

  Index CountyAt(PlaceIndex place) {
    const codes::Region& region = RegionOf(place);
    const codes::Region* county =
        region.AncestorAt(codes::RegionLevel::kCounty);
    const PlaceIndex key = IndexOf(county == nullptr ? region : *county);
    const auto [found, added] = index_.try_emplace(key, counties_.size());
    if (added) counties_.emplace_back();
    return found->second;
  }

  void CountHistory() {
    for (const CountyHistory& history : prepared_.problem().history) {
      County& county = counties_[CountyAt(IndexOfPlace(history.region))];
      county.posted += history.posted;
      county.served += history.served;
    }
  }

  // Rows left outside that have somebody to serve them, of the county served
  // least first.
  std::vector<int32_t> Waiting() const {
    std::vector<int32_t> rows;
    for (int32_t row = 0; row < flow_.rows(); ++row) {
      if (!served_[static_cast<size_t>(row)] && !flow_.Edges(row).empty()) {
        rows.push_back(row);
      }
    }
    std::stable_sort(rows.begin(), rows.end(), [this](int32_t a, int32_t b) {
      return Behind(CountyOf(a), CountyOf(b));
    });
    return rows;
  }

  const County& CountyOf(int32_t row) const {
    return counties_[county_of_row_[static_cast<size_t>(row)]];
  }
  County& CountyOf(int32_t row) {
    return counties_[county_of_row_[static_cast<size_t>(row)]];
  }

  // Makes staying outside dearer for the row, so that another gives way; undone
  // when that one should not have.
  absl::StatusOr<bool> Try(int32_t row) {
    const Objective outside = flow_.Outside(row);
    const std::vector<LevelEdge> edges(flow_.Edges(row).begin(),
                                       flow_.Edges(row).end());
    Objective dearer = outside;
    dearer.loss = std::min(left_, kMostBonus);
    if (dearer.loss <= 0) return false;
    RETURN_IF_ERROR(flow_.ReplaceRow(row, dearer, edges));
    if (experts_.Assigned(row) != kNobody) {
      const int32_t gave_way = WhoGaveWay(row);
      const Objective now = flow_.Value();
      const int64_t lost = now.loss - levels_.loss;
      if (gave_way != kNobody && SameAbove(now) && lost <= left_ &&
          Improves(CountyOf(row), CountyOf(gave_way))) {
        served_[static_cast<size_t>(row)] = true;
        served_[static_cast<size_t>(gave_way)] = false;
        ++CountyOf(row).served;
        --CountyOf(gave_way).served;
        left_ -= std::max<int64_t>(0, lost);
        levels_ = now;
        return true;
      }
    }
    RETURN_IF_ERROR(flow_.ReplaceRow(row, outside, edges));
    LookAgain();
    return false;
  }

  // Among equals, others may be served than before.
  void LookAgain() {
    for (int32_t row = 0; row < flow_.rows(); ++row) {
      const bool is = experts_.Assigned(row) != kNobody;
      if (served_[static_cast<size_t>(row)] == is) continue;
      served_[static_cast<size_t>(row)] = is;
      CountyOf(row).served += is ? 1 : -1;
    }
  }

  // The one row that was served and is not; kNobody when there is none, or
  // more.
  int32_t WhoGaveWay(int32_t gained) const {
    int32_t found = kNobody;
    for (int32_t row = 0; row < flow_.rows(); ++row) {
      const bool was = served_[static_cast<size_t>(row)];
      const bool is = experts_.Assigned(row) != kNobody;
      if (was == is || row == gained) continue;
      if (is || found != kNobody) return kNobody;
      found = row;
    }
    return found;
  }

  bool SameAbove(Objective now) const {
    now.loss = levels_.loss;
    return now == levels_;
  }

  // The one that gains was behind where the one that gives way ends up.
  static bool Improves(const County& gains, County gives) {
    --gives.served;
    return Behind(gains, gives);
  }

  const Prepared& prepared_;
  ExpertFlow& experts_;
  Flow<LevelCosts>& flow_;
  std::vector<bool> served_;  // by row
  std::vector<Index> county_of_row_;
  std::vector<County> counties_;
  absl::flat_hash_map<PlaceIndex, Index> index_;
  Objective levels_;
  int64_t left_ = 0;  // of quality that may still be given up
};

}  // namespace

absl::Status ShareBetweenCounties(const Prepared& prepared, ExpertFlow& experts,
                                  const Progress& progress) {
  return Sharing(prepared, experts).Run(progress);
}

}  // namespace jiedui::matcher::engine
