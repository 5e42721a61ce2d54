// The candidates of one demand as PostgreSQL 15 finds them: the hard
// constraints, the integer score and the order of the engine's expert part, as
// one SQL statement over one table.
//
// It is meant to be as good as SQL gets. A row has fixed columns rather than
// arrays to be unnested; whatever of the score depends on the person alone is a
// column, what depends on a code or a small number is looked up in an array the
// statement is given (similarities, crosswalk, minutes, marks), so that nothing
// is joined row by row; texts are sorted arrays of token numbers (intarray);
// rows lie in order of the region they serve; the statement is prepared, and
// the table analysed and vacuumed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"
#include "tests/bench/engine/postgres_rows.h"
#include "tests/bench/engine/postgres_sql.h"
#include "tests/bench/engine/ranked.h"

namespace jiedui::bench {

// Not thread-safe. Errors are UNAVAILABLE with what PostgreSQL said; NOT_FOUND
// when it is not installed.
class PostgresPeer {
 public:
  // Starts a server of its own in a new folder below `folder`
  // (postgres_server.h). REQUIRES: Validate(policy) is OK, and the expert is
  // scored by the features of postgres_sql.cc and no others.
  static absl::StatusOr<std::unique_ptr<PostgresPeer>> Start(
      const std::string& folder, const matcher::engine::Policy& policy,
      PostgresIndices indices);
  ~PostgresPeer();

  // Fills the table; once. `next` writes the next volunteer and returns true,
  // or returns false after the last; rows are numbered as they come. Valid ones
  // only (Validate), with at most 4 skills, industries and windows each, else
  // INVALID_ARGUMENT.
  absl::Status Load(absl::FunctionRef<bool(matcher::engine::Volunteer&)> next);

  // A demand ready to be asked for: what a program that keeps the code tables
  // would send. Demands with as many subjects share a prepared statement.
  struct Question {
    std::string statement;
    PostgresValues values;
  };
  // REQUIRES: the demand is valid and has a subject.
  absl::StatusOr<Question> Ask(const matcher::engine::Demand& demand, int k);

  // The best k of those that break no hard constraint and reach the policy's
  // admission floor. Exclusions are not looked at.
  absl::StatusOr<std::vector<Ranked>> Answer(const Question& question);

  // Of the table and its indices.
  absl::StatusOr<int64_t> Bytes();

 private:
  class State;
  explicit PostgresPeer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace jiedui::bench
