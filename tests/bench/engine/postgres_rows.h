// Volunteers as rows and demands as parameters of the PostgreSQL peer: codes,
// names and words become numbers, marks become arrays to look up in.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "common/codes/regions.h"
#include "services/matcher/engine/dictionary.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::bench {

// Values of a prepared statement's parameters, in order, in PostgreSQL's binary
// format, with the numbers of their types.
class PostgresValues {
 public:
  void Add(int32_t value);                       // int4
  void Add(const std::vector<int32_t>& values);  // int4[]

  int size() const { return static_cast<int>(values_.size()); }
  const std::string& operator[](int i) const {
    return values_[static_cast<size_t>(i)];
  }
  const std::vector<uint32_t>& types() const { return types_; }

 private:
  std::vector<std::string> values_;
  std::vector<uint32_t> types_;
};

class PostgresRows {
 public:
  static constexpr size_t kSlots = 4;  // skills, industries, windows a row

  explicit PostgresRows(const matcher::engine::Policy& policy)
      : policy_(policy) {}

  // Appends one line of COPY's text format: the columns of CreateTable().
  // INVALID_ARGUMENT when the volunteer has more of something than kSlots.
  absl::Status Append(int32_t row, const matcher::engine::Volunteer& volunteer,
                      std::string& lines);

  // The parameters of SelectBest().
  PostgresValues ValuesOf(const matcher::engine::Demand& demand);

 private:
  int32_t HubNumber(const codes::Region& place);
  void AddWords(const matcher::engine::Demand& demand, PostgresValues& values);
  void AddGeo(const matcher::engine::Demand& demand,
              PostgresValues& values) const;

  const matcher::engine::Policy policy_;
  matcher::engine::Dictionary dictionary_;
  absl::flat_hash_map<const codes::Region*, int32_t> hub_numbers_;
  std::vector<const codes::Region*> hubs_;
};

}  // namespace jiedui::bench
