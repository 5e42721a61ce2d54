// Reads a service's journal as it grows, and holds it against what was promised
// of every service: that nothing acknowledged is lost or done twice, that
// versions, cursors and hashes have no gap, that every step of a life is legal,
// and that the rows are what the journal makes of nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/store/memory_store.h"
#include "jiedui/journal/v1/journal.pb.h"
#include "tests/simulation/catalog.h"
#include "tests/simulation/mail.h"
#include "tests/simulation/node.h"
#include "tests/simulation/verdict.h"
#include "tests/simulation/wire.h"

namespace jiedui::simulation {

class Auditor {
 public:
  // All must outlive it. `catalog` learns what it reads.
  Auditor(const Node* node, Catalog* catalog, Wire* wire, Verdict* verdict);

  // With the rows as they are right after the command.
  using Seen =
      std::function<void(const journal::v1::Entry&, const store::Reader&)>;

  // What has been committed since the last time: visits each command. Every
  // row they changed must be the same in the store.
  void Look(const Seen& seen);

  // Everything at once: rows against journal.
  void CompareAllRows() const;

  // Every answer given is kept; nothing came of what failed.
  void CheckLetters(const Mail& mail) const;

  // Verbs of all facts so far, with their number.
  const std::map<std::string, int64_t>& verbs() const { return verbs_; }

 private:
  void CheckChain(const journal::v1::Record& record, const std::string& bytes);
  void CheckEntry(const journal::v1::Entry& entry);
  void CheckFact(const journal::v1::Fact& fact);
  void CheckConsumed(const journal::v1::Entry& entry);
  void Mirror(const journal::v1::Entry& entry, std::set<std::string>& touched);
  void Fail(std::string invariant, const std::string& what) const;

  const Node* const node_;
  Catalog* const catalog_;
  Wire* const wire_;
  Verdict* const verdict_;

  uint64_t head_ = 0;
  std::string last_sha256_;
  store::MemoryStore mirror_;
  std::map<std::string, uint64_t> cursors_;
  std::set<std::pair<std::string, std::string>> requests_;  // actor, id
  std::map<std::string, uint64_t> versions_;                // kind and subject
  std::map<std::string, int64_t> verbs_;
};

}  // namespace jiedui::simulation
