// A PostgreSQL 15 server of one's own, for measuring beside it: its data in a
// new folder, reached by a Unix socket in that folder only, gone afterwards.
// Debian's postgresql-15 must be installed.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace jiedui::bench {

class PostgresServer {
 public:
  // Makes a cluster in a new folder below `folder` and starts it; returns when
  // it takes connections. PostgreSQL does not run as root: for root it runs as
  // the user postgres, who must be able to reach `folder`, whose path a
  // socket's limit keeps below 80 characters. NOT_FOUND when it is not
  // installed, UNAVAILABLE with what the server said; nothing is left then.
  static absl::StatusOr<std::unique_ptr<PostgresServer>> Start(
      const std::string& folder);

  // Stops it and removes its folder.
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // For PQconnectdb.
  std::string ConnectionString() const;

 private:
  explicit PostgresServer(std::string folder) : folder_(std::move(folder)) {}

  std::string folder_;
  pid_t pid_ = 0;
};

}  // namespace jiedui::bench
