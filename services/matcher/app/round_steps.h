// What committing a round consists of, whole or partial.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "services/matcher/app/round.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

// How a round ends: by which verb, in which state.
struct RoundEnding {
  std::string_view verb;
  std::string_view state;
};
inline constexpr RoundEnding kRoundCommit = {kCommitVerb, kRoundCommitted};

// Records the round as it ended now.
void KeepRound(Transaction& txn, event::v1::Round round,
               const RoundEnding& ending);

absl::Status SupersedeDraft(Transaction& txn, const std::string& pairing);

// Under a name that was proposed before, it is proposed once more.
absl::Status ProposeDraft(Transaction& txn, const event::v1::Pairing& proposal);

// The tier found nobody: the demand's dispatch hops at once.
absl::Status HopUnpaired(Transaction& txn,
                         const event::v1::UnpairedDemand& unpaired);

}  // namespace jiedui::matcher
