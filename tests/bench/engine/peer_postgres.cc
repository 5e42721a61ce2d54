#include "tests/bench/engine/peer_postgres.h"

#include <libpq-fe.h>

#include <charconv>
#include <set>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "tests/bench/engine/postgres_server.h"

namespace jiedui::bench {
namespace {

using matcher::engine::Demand;
using matcher::engine::Policy;
using matcher::engine::Volunteer;

constexpr size_t kCopyBytes = 1 << 16;
constexpr int kBinary = 1;
constexpr int kText = 0;

struct ConnectionDeleter {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, ConnectionDeleter>;
using Result = std::unique_ptr<PGresult, ResultDeleter>;

int32_t NumberAt(const PGresult* result, int row, int column) {
  const std::string_view text = PQgetvalue(result, row, column);
  int32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

class PostgresPeer::State {
 public:
  State(const Policy& policy, PostgresIndices indices)
      : policy(policy), indices(indices), rows(policy) {}

  absl::Status Failed(std::string_view what) const {
    return absl::UnavailableError(absl::StrCat(
        std::string(what), ": ", PQerrorMessage(connection.get())));
  }

  // Statements without parameters.
  absl::StatusOr<Result> Run(const std::string& statements) const {
    Result result(PQexec(connection.get(), statements.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK &&
        status != PGRES_COPY_IN) {
      return Failed(statements);
    }
    return result;
  }

  absl::Status Flush(std::string& lines) const {
    if (PQputCopyData(connection.get(), lines.data(),
                      static_cast<int>(lines.size())) != 1) {
      return Failed("COPY");
    }
    lines.clear();
    return absl::OkStatus();
  }

  absl::StatusOr<Result> Execute(const std::string& statement,
                                 const PostgresValues& values) const {
    std::vector<const char*> data;
    std::vector<int> lengths;
    std::vector<int> formats;
    for (int i = 0; i < values.size(); ++i) {
      data.push_back(values[i].data());
      lengths.push_back(static_cast<int>(values[i].size()));
      formats.push_back(kBinary);
    }
    Result result(PQexecPrepared(connection.get(), statement.c_str(),
                                 values.size(), data.data(), lengths.data(),
                                 formats.data(), kText));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
      return Failed(statement);
    }
    return result;
  }

  absl::Status Prepare(const std::string& name, const std::string& text,
                       const PostgresValues& values) {
    if (!prepared.insert(name).second) return absl::OkStatus();
    const Result result(PQprepare(connection.get(), name.c_str(), text.c_str(),
                                  values.size(), values.types().data()));
    return PQresultStatus(result.get()) == PGRES_COMMAND_OK ? absl::OkStatus()
                                                            : Failed(text);
  }

  const Policy policy;
  const PostgresIndices indices;
  PostgresRows rows;
  std::unique_ptr<PostgresServer> server;  // Outlives the connection.
  Connection connection;
  std::set<std::string> prepared;
};

PostgresPeer::PostgresPeer(std::unique_ptr<State> state)
    : state_(std::move(state)) {}

PostgresPeer::~PostgresPeer() = default;

absl::StatusOr<std::unique_ptr<PostgresPeer>> PostgresPeer::Start(
    const std::string& folder, const Policy& policy, PostgresIndices indices) {
  auto state = std::make_unique<State>(policy, indices);
  ASSIGN_OR_RETURN(state->server, PostgresServer::Start(folder));
  state->connection.reset(
      PQconnectdb(state->server->ConnectionString().c_str()));
  if (PQstatus(state->connection.get()) != CONNECTION_OK) {
    return state->Failed("connecting");
  }
  RETURN_IF_ERROR(state->Run(CreateTable()).status());
  return std::unique_ptr<PostgresPeer>(new PostgresPeer(std::move(state)));
}

absl::Status PostgresPeer::Load(absl::FunctionRef<bool(Volunteer&)> next) {
  PGconn* const connection = state_->connection.get();
  RETURN_IF_ERROR(state_->Run("COPY volunteer FROM STDIN").status());
  std::string lines;
  Volunteer volunteer;
  for (int32_t row = 0; next(volunteer); ++row) {
    RETURN_IF_ERROR(state_->rows.Append(row, volunteer, lines));
    if (lines.size() >= kCopyBytes) RETURN_IF_ERROR(state_->Flush(lines));
  }
  RETURN_IF_ERROR(state_->Flush(lines));
  if (PQputCopyEnd(connection, nullptr) != 1) return state_->Failed("COPY");
  const Result result(PQgetResult(connection));
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
    return state_->Failed("COPY");
  }
  while (const Result rest{PQgetResult(connection)}) continue;
  RETURN_IF_ERROR(state_->Run(CreateIndices(state_->indices)).status());
  return state_->Run("VACUUM (ANALYZE, FREEZE) volunteer").status();
}

absl::StatusOr<PostgresPeer::Question> PostgresPeer::Ask(const Demand& demand,
                                                         int k) {
  Question question = {absl::StrCat("best_", demand.subjects.size(), "_", k),
                       state_->rows.ValuesOf(demand)};
  RETURN_IF_ERROR(state_->Prepare(
      question.statement,
      SelectBest(state_->policy, demand.subjects.size(), k, state_->indices),
      question.values));
  return question;
}

absl::StatusOr<std::vector<Ranked>> PostgresPeer::Answer(
    const Question& question) {
  ASSIGN_OR_RETURN(const Result result,
                   state_->Execute(question.statement, question.values));
  std::vector<Ranked> best;
  for (int i = 0; i < PQntuples(result.get()); ++i) {
    best.push_back({NumberAt(result.get(), i, 2), NumberAt(result.get(), i, 1),
                    NumberAt(result.get(), i, 0)});
  }
  return best;
}

absl::StatusOr<int64_t> PostgresPeer::Bytes() {
  ASSIGN_OR_RETURN(
      const Result result,
      state_->Run("SELECT pg_total_relation_size('volunteer') / 1024"));
  return int64_t{NumberAt(result.get(), 0, 0)} * 1024;
}

}  // namespace jiedui::bench
