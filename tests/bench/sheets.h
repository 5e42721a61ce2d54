// Importing sheets, as the command line does.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "tools/corps/corps.h"

namespace jiedui::bench {

// The sheet of the generated rows `begin` … `end` - 1; `file` is that of one of
// corps::Sheets().
std::string GeneratedSheet(const corps::Corps& corps, const std::string& file,
                           uint64_t begin, uint64_t end);

// Imports a sheet and verifies its rows; returns the seconds it took. A row
// that is refused ends the program.
double Import(const std::shared_ptr<grpc::Channel>& channel,
              const std::string& kind, const std::string& content);

// Waits until service `follower` has taken in all that `source` has committed;
// returns the seconds it took.
double Settle(const std::shared_ptr<grpc::Channel>& channel,
              const std::string& source, const std::string& follower);

}  // namespace jiedui::bench
