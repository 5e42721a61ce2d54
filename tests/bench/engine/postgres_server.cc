#include "tests/bench/engine/postgres_server.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "absl/strings/str_cat.h"

namespace jiedui::bench {
namespace {

namespace fs = std::filesystem;

constexpr char kPrograms[] = "/usr/lib/postgresql/15/bin/";
constexpr char kUser[] = "postgres";
constexpr int kPatienceMilliseconds = 30'000;

// Room for the table and its indices, and nothing that disturbs a measurement.
// Durability costs nothing to reads; it is off so that loading is quick.
constexpr const char* kSettings[] = {"listen_addresses=",
                                     "shared_buffers=512MB",
                                     "work_mem=64MB",
                                     "maintenance_work_mem=512MB",
                                     "effective_cache_size=2GB",
                                     "random_page_cost=1.1",
                                     "jit=off",
                                     "autovacuum=off",
                                     "fsync=off",
                                     "wal_level=minimal",
                                     "max_wal_senders=0",
                                     "max_wal_size=4GB"};

bool IsRoot() { return geteuid() == 0; }

// The command as the user the server may run as. What it starts ends with it.
std::vector<std::string> AsServerUser(std::vector<std::string> command) {
  if (!IsRoot()) return command;
  std::vector<std::string> whole = {
      "setpriv",          absl::StrCat("--reuid=", kUser),
      "--init-groups",    absl::StrCat("--regid=", kUser),
      "--pdeathsig=QUIT", "--"};
  whole.insert(whole.end(), command.begin(), command.end());
  return whole;
}

// Runs beside this process; what it says goes to `log`. −1 when no process can
// be made.
pid_t Spawn(const std::vector<std::string>& command, const std::string& log) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  const pid_t pid = fork();
  if (pid != 0) return pid;
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

std::string WhatItSaid(const std::string& log) {
  std::ostringstream text;
  text << std::ifstream(log).rdbuf();
  return text.str();
}

absl::StatusOr<std::string> MakeFolder(const std::string& below) {
  std::string folder = absl::StrCat(below, "/postgres-XXXXXX");
  if (mkdtemp(folder.data()) == nullptr) {
    return absl::UnavailableError(absl::StrCat("cannot write in ", below));
  }
  if (!IsRoot()) return folder;
  const passwd* user = getpwnam(kUser);
  if (user == nullptr ||
      chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0) {
    fs::remove_all(folder);
    return absl::UnavailableError("there is no user postgres");
  }
  return folder;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PostgresServer>> PostgresServer::Start(
    const std::string& folder) {
  if (!fs::exists(absl::StrCat(kPrograms, "initdb"))) {
    return absl::NotFoundError(
        "PostgreSQL 15 is not installed: apt-get install postgresql-15");
  }
  absl::StatusOr<std::string> made = MakeFolder(folder);
  if (!made.ok()) return made.status();
  std::unique_ptr<PostgresServer> server(new PostgresServer(*made));
  const std::string data = absl::StrCat(*made, "/data");
  const std::string log = absl::StrCat(*made, "/log");

  const pid_t initdb =
      Spawn(AsServerUser({absl::StrCat(kPrograms, "initdb"), "--pgdata", data,
                          "--auth=trust", absl::StrCat("--username=", kUser),
                          "--encoding=UTF8", "--locale=C", "--no-sync"}),
            log);
  int status = 0;
  if (initdb < 0 || waitpid(initdb, &status, 0) != initdb || status != 0) {
    return absl::UnavailableError(
        absl::StrCat("initdb failed: ", WhatItSaid(log)));
  }

  std::vector<std::string> command = {absl::StrCat(kPrograms, "postgres"), "-D",
                                      data, "-k", *made};
  for (const char* setting : kSettings) {
    command.insert(command.end(), {"-c", setting});
  }
  server->pid_ = Spawn(AsServerUser(command), log);
  for (int waited = 0; waited < kPatienceMilliseconds; waited += 50) {
    if (PQping(server->ConnectionString().c_str()) == PQPING_OK) return server;
    if (waitpid(server->pid_, &status, WNOHANG) == server->pid_) {
      server->pid_ = 0;
      break;
    }
    usleep(50'000);
  }
  return absl::UnavailableError(
      absl::StrCat("PostgreSQL did not start: ", WhatItSaid(log)));
}

PostgresServer::~PostgresServer() {
  if (pid_ > 0) {
    kill(pid_, SIGINT);  // a fast shutdown
    waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string PostgresServer::ConnectionString() const {
  return absl::StrCat("host='", folder_, "' dbname=postgres user=", kUser);
}

}  // namespace jiedui::bench
