#include "services/matcher/engine/bundles/relaxation.h"

#include <algorithm>
#include <cmath>

#include "coin/ClpSolve.hpp"

namespace jiedui::matcher::engine::bundles {
namespace {

constexpr double kNoLimit = 1e30;
constexpr double kWhole = 1e-6;
// What is fixed in one go: at least one column, else those this settled, and at
// most one in so many of those that are not whole.
constexpr double kSettled = 0.6;
constexpr size_t kShare = 4;

}  // namespace

Relaxation::Relaxation(const Instance& instance)
    : instance_(instance),
      column_of_(instance.options(), kNone),
      row_of_(instance.resources(), kNone),
      asked_(instance.resources(), 0) {
  model_.setLogLevel(0);
}

int32_t Relaxation::AddRow(double lower, double upper) {
  row_lower_.push_back(lower);
  row_upper_.push_back(upper);
  return static_cast<int32_t>(row_lower_.size()) - 1;
}

int32_t Relaxation::AddColumn(double value) {
  cost_.push_back(-value);
  whole_.push_back(1);
  seat_group_.push_back(kNone);
  return columns() - 1;
}

void Relaxation::Put(int32_t row, int32_t column, double factor) {
  if (column != kNone) entries_.push_back({row, column, factor});
}

void Relaxation::Build(std::span<const int32_t> demands,
                       const std::vector<std::vector<int32_t>>& options,
                       const std::vector<int32_t>& free) {
  for (const int32_t option : used_) {
    column_of_[option] = kNone;
    row_of_[instance_.resource(option)] = kNone;
    asked_[instance_.resource(option)] = 0;
  }
  used_.clear();
  out_.clear();
  seat_group_.clear();
  row_lower_.clear();
  row_upper_.clear();
  cost_.clear();
  entries_.clear();
  whole_.clear();
  demands_.assign(demands.begin(), demands.end());
  for (size_t i = 0; i < demands.size(); ++i) {
    BuildDemand(demands[i], options[i]);
  }
  BuildResources(free);
  Load();
}

void Relaxation::BuildDemand(int32_t demand,
                             const std::vector<int32_t>& options) {
  const Item& item = instance_.item(demand);
  const int32_t out = item.anchored ? AddColumn(0) : kNone;
  out_.push_back(out);
  // Experts, teams, projects; seats apart.
  const int32_t ends[] = {item.teams, item.projects, item.talents};
  const double least[] = {item.needs_expert || item.anchored ? 1.0 : -kNoLimit,
                          -kNoLimit, -kNoLimit};
  size_t next = 0;
  for (int kind = 0; kind < 3; ++kind) {
    const int32_t row = AddRow(least[kind], 1);
    Put(row, out, 1);
    for (; next < options.size() && options[next] < ends[kind]; ++next) {
      const int32_t option = options[next];
      column_of_[option] = AddColumn(instance_.option(option).value);
      used_.push_back(option);
      Put(row, column_of_[option], 1);
    }
  }
  const std::vector<int32_t> seats(options.begin() + next, options.end());
  BuildSeats(item, out, seats);
  if (item.overlap) BuildDistinct(out, options);
  BuildPairs(item.team_pairs, item.project_pairs);
  BuildPairs(item.project_pairs, item.end_pairs);
}

void Relaxation::BuildSeats(const Item& item, int32_t out,
                            const std::vector<int32_t>& options) {
  size_t next = 0;
  for (int32_t g = item.first_group; g < item.end_group; ++g) {
    const SeatGroup& group = instance_.group(g);
    const int32_t row = AddRow(-kNoLimit, group.seats);
    Put(row, out, group.seats);
    for (; next < options.size() && options[next] < group.end; ++next) {
      const int32_t option = options[next];
      const int32_t column = AddColumn(instance_.option(option).value);
      column_of_[option] = column;
      seat_group_[column] = g;
      used_.push_back(option);
      Put(row, column, 1);
      if (out == kNone || group.seats == 1) continue;
      const int32_t beside = AddRow(-kNoLimit, 1);
      Put(beside, out, 1);
      Put(beside, column, 1);
    }
  }
}

// Nobody serves twice in a bundle.
void Relaxation::BuildDistinct(int32_t out,
                               const std::vector<int32_t>& options) {
  std::vector<std::pair<int32_t, int32_t>> places;  // person, column
  for (const int32_t option : options) {
    const int32_t column = column_of_[option];
    const int32_t resource = instance_.resource(option);
    if (instance_.IsPerson(resource)) {
      places.push_back({instance_.PersonOf(resource), column});
    }
  }
  std::sort(places.begin(), places.end());
  for (size_t i = 0; i < places.size();) {
    size_t end = i + 1;
    while (end < places.size() && places[end].first == places[i].first) ++end;
    if (end - i > 1) {
      const int32_t row = AddRow(-kNoLimit, 1);
      Put(row, out, 1);
      for (size_t k = i; k < end; ++k) Put(row, places[k].second, 1);
    }
    i = end;
  }
}

// A pair earns no more than either of its two is taken; together with others of
// the same expert, or the same team or project, no more than that one is.
void Relaxation::BuildPairs(int64_t begin, int64_t end) {
  std::vector<std::pair<int32_t, int32_t>> rows;  // option, row
  const auto row_of = [&](int32_t option) {
    for (const auto& [of, row] : rows) {
      if (of == option) return row;
    }
    const int32_t row = AddRow(-kNoLimit, 0);
    Put(row, column_of_[option], -1);
    rows.push_back({option, row});
    return row;
  };
  for (int64_t i = begin; i < end; ++i) {
    const Pair& pair = instance_.pair(i);
    if (column_of_[pair.expert] == kNone || column_of_[pair.other] == kNone) {
      continue;
    }
    const int32_t column = AddColumn(pair.value);
    whole_[column] = 0;
    Put(row_of(pair.expert), column, 1);
    Put(row_of(pair.other), column, 1);
  }
}

void Relaxation::BuildResources(const std::vector<int32_t>& free) {
  for (const int32_t option : used_) ++asked_[instance_.resource(option)];
  for (const int32_t option : used_) {
    const int32_t resource = instance_.resource(option);
    const bool quota = instance_.IsQuota(resource);
    if (!quota && asked_[resource] <= free[resource]) continue;
    int32_t& row = row_of_[resource];
    if (row == kNone) {
      row = AddRow(quota ? free[resource] : -kNoLimit, free[resource]);
    }
    Put(row, column_of_[option], 1);
  }
}

void Relaxation::Load() {
  // By column, rows in the order they were made.
  std::vector<int32_t> starts(columns() + 1, 0);
  for (const Entry& entry : entries_) ++starts[entry.column + 1];
  for (int32_t i = 0; i < columns(); ++i) starts[i + 1] += starts[i];
  std::vector<int32_t> next(starts.begin(), starts.end() - 1);
  std::vector<int32_t> rows(entries_.size());
  std::vector<double> factors(entries_.size());
  for (const Entry& entry : entries_) {
    rows[next[entry.column]] = entry.row;
    factors[next[entry.column]++] = entry.factor;
  }
  const std::vector<double> lower(columns(), 0);
  const std::vector<double> upper(columns(), 1);
  model_.loadProblem(columns(), static_cast<int32_t>(row_lower_.size()),
                     starts.data(), rows.data(), factors.data(), lower.data(),
                     upper.data(), cost_.data(), row_lower_.data(),
                     row_upper_.data());
}

bool Relaxation::Solve() {
  ClpSolve how;
  how.setSolveType(ClpSolve::useDual);
  model_.initialSolve(how);
  return model_.status() == 0;
}

void Relaxation::WritePrices(std::vector<int64_t>& prices) const {
  const double* duals = model_.dualRowSolution();
  for (const int32_t option : used_) {
    const int32_t resource = instance_.resource(option);
    if (row_of_[resource] == kNone) continue;
    // The model minimises.
    const int64_t price = std::llround(-duals[row_of_[resource]]);
    prices[resource] =
        instance_.IsQuota(resource) ? price : std::max<int64_t>(price, 0);
  }
}

bool Relaxation::FixSome() {
  const double* solution = model_.primalColumnSolution();
  std::vector<std::pair<double, int32_t>> open;  // −value, column
  for (int32_t i = 0; i < columns(); ++i) {
    if (!whole_[i] || solution[i] < kWhole || solution[i] > 1 - kWhole) {
      continue;
    }
    open.push_back({-solution[i], i});
  }
  if (open.empty()) return false;
  std::sort(open.begin(), open.end());
  // One a row, so that what is fixed together fits together.
  std::vector<char> touched(row_lower_.size(), 0);
  const CoinPackedMatrix& matrix = *model_.matrix();
  size_t fixed = 0;
  for (const auto& [value, column] : open) {
    if (fixed > 0 && (-value < kSettled || fixed >= open.size() / kShare)) {
      break;
    }
    const auto begin = matrix.getVectorStarts()[column];
    const auto end = begin + matrix.getVectorLengths()[column];
    const int* rows = matrix.getIndices();
    bool clear = true;
    for (auto i = begin; i < end; ++i) clear &= !touched[rows[i]];
    if (!clear) continue;
    for (auto i = begin; i < end; ++i) touched[rows[i]] = 1;
    model_.setColLower(column, 1);
    ++fixed;
  }
  return true;
}

bool Relaxation::Dive(Bundles& bundles) {
  while (FixSome()) {
    model_.dual();
    if (model_.status() != 0) return false;
  }
  Read(bundles);
  return true;
}

void Relaxation::Read(Bundles& bundles) const {
  const double* solution = model_.primalColumnSolution();
  bundles.clear();
  size_t next = 0;
  for (const int32_t demand : demands_) {
    const Item& item = instance_.item(demand);
    Bundle bundle = instance_.EmptyBundle(demand);
    int32_t slot = 0;
    int32_t group = kNone;
    int32_t first_slot = 0;
    for (; next < used_.size() && used_[next] < item.end &&
           used_[next] >= item.experts;
         ++next) {
      const int32_t option = used_[next];
      const int32_t column = column_of_[option];
      if (solution[column] < 0.5) continue;
      if (option < item.teams) {
        bundle.expert = option;
      } else if (option < item.projects) {
        bundle.team = option;
      } else if (option < item.talents) {
        bundle.project = option;
      } else {
        if (seat_group_[column] != group) {
          group = seat_group_[column];
          first_slot = 0;
          for (int32_t g = item.first_group; g < group; ++g) {
            first_slot += instance_.group(g).seats;
          }
          slot = first_slot;
        }
        bundle.talents[slot++] = option;
      }
    }
    bundles.push_back(std::move(bundle));
  }
}

}  // namespace jiedui::matcher::engine::bundles
