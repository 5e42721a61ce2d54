// Errors as people and scripts get them: words by language, and exit codes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "tools/cli/messages.h"

namespace grpc {
class Status;
}

namespace jiedui::cli {

enum ExitCode : int {
  kExitOk = 0,
  kExitUsage = 2,
  kExitNotFound = 3,
  kExitInvalid = 4,
  kExitState = 5,
  kExitConflict = 6,
  kExitUnavailable = 7,
  kExitData = 8,
  kExitInternal = 9,
  kExitInterrupted = 130,
};

struct ExitCodeRow {
  ExitCode code;
  Msg meaning;
};
// All of them, for the help page.
std::span<const ExitCodeRow> ExitCodes();

// The command line itself is wrong; `message` is shown as it is.
absl::Status UsageError(std::string_view message);

// Something that is not on the command line but in a file or a value is wrong.
absl::Status InvalidInput(std::string_view message);

// What has been said already, in full, by the command itself: only the code of
// `status` counts from here on.
absl::Status AlreadyTold(absl::Status status);

// Keeps the details (google.rpc.Status) that came with a failed call.
// `address` is whom it was made to, `seconds` how long it was allowed to take.
absl::Status FromGrpc(const grpc::Status& status, std::string_view address,
                      int64_t seconds);

// What is to be written about an error: the LocalizedMessage of the language,
// else what is known; then every field violation, a line each. Ends with a
// newline; empty when it has been told already.
std::string Explain(const absl::Status& status, Language language);

// By the stable reason where one decides, else by the canonical code.
ExitCode ExitCodeOf(const absl::Status& status);

// The stable reason (ErrorInfo.reason); empty when there is none.
std::string ReasonOf(const absl::Status& status);

}  // namespace jiedui::cli
