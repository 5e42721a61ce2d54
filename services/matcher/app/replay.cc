#include "services/matcher/app/replay.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/codes/tables.h"
#include "common/journal/journal.h"
#include "common/runtime/transaction.h"
#include "common/store/memory_store.h"
#include "common/store/overlay.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/domain/dates.h"
#include "services/matcher/domain/life.h"
#include "services/matcher/domain/proposal.h"

namespace jiedui::matcher {
namespace {

using event::v1::Pairing;
using event::v1::Round;
using jiedui::store::Reader;
using journal::Journal;

constexpr int kDifferencesShown = 10;
constexpr uint64_t kTellEvery = 256;  // records

absl::Status Damaged(std::string detail) {
  return base::MakeError(base::Reason::kDataDamaged,
                         {{"path", "matcher"}, {"detail", std::move(detail)}});
}

// The state after the record at `position`.
absl::Status Rebuild(const Reader& live, const runtime::Machine& machine,
                     uint64_t position, const RoundProgress& progress,
                     jiedui::store::Overlay& state) {
  uint64_t reached = 0;
  bool go_on = progress("replay", 0, static_cast<int64_t>(position));
  Journal::Visit(live, 0, [&](const journal::v1::Record& record) {
    if (!go_on || record.seq() > position) return false;
    for (const journal::v1::Entry& entry : record.entries()) {
      runtime::ReplayEntry(entry, machine, state);
    }
    reached = record.seq();
    if (reached % kTellEvery == 0) {
      go_on = progress("replay", static_cast<int64_t>(reached),
                       static_cast<int64_t>(position));
    }
    return reached < position;
  });
  if (!go_on) return base::MakeError(base::Reason::kCancelled);
  if (reached < position) {
    return Damaged(absl::StrCat("journal record ", reached + 1));
  }
  return absl::OkStatus();
}

// The command that committed the round, somewhere after its snapshot.
std::optional<journal::v1::Entry> CommitOf(const Reader& live,
                                           const Round& round) {
  std::optional<journal::v1::Entry> commit;
  Journal::Visit(
      live, round.snapshot_position(), [&](const journal::v1::Record& record) {
        for (const journal::v1::Entry& entry : record.entries()) {
          for (const journal::v1::Fact& fact : entry.facts()) {
            if (fact.subject() == round.name() && fact.verb() == kCommitVerb) {
              commit = entry;
              return false;
            }
          }
        }
        return true;
      });
  return commit;
}

// What solving gives: without what the commit adds.
Round AsSolved(Round round) {
  round.clear_create_time();
  round.clear_state();
  round.clear_actor();
  round.clear_stale();
  return round;
}

Pairing AsSolved(Pairing pairing) {
  pairing.clear_create_time();
  pairing.clear_update_time();
  pairing.clear_review_deadline();
  pairing.clear_review_tier();
  return pairing;
}

// By demand: names follow from the identity, which may be what differs.
std::map<std::string, Pairing> ProposalsIn(const journal::v1::Entry& commit) {
  std::map<std::string, Pairing> proposals;
  for (const journal::v1::Fact& fact : commit.facts()) {
    store::v1::PairingRecord record;
    if (fact.verb() == kPropose.name && fact.record().UnpackTo(&record)) {
      proposals[record.pairing().demand()] = AsSolved(record.pairing());
    }
  }
  return proposals;
}

class Comparer {
 public:
  explicit Comparer(v1::ReplayResult& result) : result_(result) {}

  template <typename Message>
  void Compare(const std::string& name, const Message& committed,
               const Message& derived) {
    const std::string bytes = committed.SerializeAsString();
    result_.set_bytes(result_.bytes() + static_cast<int64_t>(bytes.size()));
    if (bytes == derived.SerializeAsString()) return;
    std::string report;
    google::protobuf::util::MessageDifferencer differencer;
    differencer.ReportDifferencesToString(&report);
    differencer.Compare(committed, derived);
    for (absl::string_view line :
         absl::StrSplit(report, '\n', absl::SkipEmpty())) {
      Add(absl::StrCat(name, ": ", line));
    }
  }

  void Add(std::string difference) {
    result_.set_difference_count(result_.difference_count() + 1);
    if (result_.differences_size() < kDifferencesShown) {
      result_.add_differences(std::move(difference));
    }
  }

 private:
  v1::ReplayResult& result_;
};

// Nothing was committed for demands that were `stale`.
void CompareProposals(std::map<std::string, Pairing> committed,
                      const std::set<std::string>& stale,
                      const RoundPlan& derived, Comparer& comparer) {
  for (const Pairing& proposal : derived.proposals) {
    if (stale.contains(proposal.demand())) continue;
    const auto found = committed.find(proposal.demand());
    if (found == committed.end()) {
      comparer.Add(proposal.demand() + ": 只在重算中 / only as derived");
      continue;
    }
    comparer.Compare(found->second.name(), found->second, proposal);
    committed.erase(found);
  }
  for (const auto& [demand, proposal] : committed) {
    comparer.Add(demand + ": 只在原轮中 / only as committed");
  }
}

void CompareVersions(const Round& committed, const Round& now,
                     v1::ReplayResult& result) {
  const auto compare = [&result](const char* name, const std::string& then,
                                 const std::string& now) {
    if (then == now) return;
    v1::ReplayResult::Version* version = result.add_changed_versions();
    version->set_name(name);
    version->set_then(then);
    version->set_now(now);
  };
  compare("policy", committed.policy_version(), now.policy_version());
  compare("policy_sha256", committed.policy_sha256(), now.policy_sha256());
  compare("engine", committed.engine_version(), now.engine_version());
  compare("tables", committed.tables_version(), now.tables_version());
}

absl::StatusOr<RoundPlan> SolveAgain(const Reader& state,
                                     const engine::Policy& policy,
                                     const Round& round, absl::CivilDay as_of,
                                     const RoundProgress& progress) {
  if (round.scope().empty()) return SolveRound(state, policy, as_of, progress);
  return SolvePartialRound(state, policy, as_of,
                           {round.scope().begin(), round.scope().end()},
                           progress);
}

}  // namespace

absl::StatusOr<v1::ReplayResult> ReplayRound(const Reader& live,
                                             const runtime::Machine& machine,
                                             const engine::Policy& policy,
                                             std::string_view name,
                                             const RoundProgress& progress) {
  ASSIGN_OR_RETURN(const store::v1::RoundRecord record,
                   Rounds::Require(live, name));
  const Round& committed = record.round();
  if (committed.state() != kRoundCommitted) {
    return base::MakeError(base::Reason::kWrongState,
                           {{"resource", committed.name()},
                            {"state", committed.state()},
                            {"action_zh", "重算"},
                            {"action", "be replayed"},
                            {"allowed", std::string(kRoundCommitted)}});
  }
  const std::optional<journal::v1::Entry> commit = CommitOf(live, committed);
  const auto as_of = ParseDay(committed.as_of_date());
  if (!commit || !as_of) return Damaged(committed.name());
  const jiedui::store::MemoryStore empty;
  jiedui::store::Overlay state(&empty);
  RETURN_IF_ERROR(
      Rebuild(live, machine, committed.snapshot_position(), progress, state));
  ASSIGN_OR_RETURN(RoundPlan derived,
                   SolveAgain(state, policy, committed, *as_of, progress));
  // What is rebuilt has no journal of its own to stand at.
  derived.round.set_snapshot_position(committed.snapshot_position());

  v1::ReplayResult result;
  result.set_round(committed.name());
  result.set_proposals(derived.proposals.size());
  result.set_journal_records(committed.snapshot_position());
  CompareVersions(committed, derived.round, result);
  Comparer comparer(result);
  comparer.Compare(committed.name(), AsSolved(committed), derived.round);
  CompareProposals(ProposalsIn(*commit),
                   {committed.stale().begin(), committed.stale().end()},
                   derived, comparer);
  result.set_identical(result.difference_count() == 0);
  return result;
}

}  // namespace jiedui::matcher
