// The services, the wires between them, their clients' letters, the clock, and
// those who watch all of it.
#pragma once

#include <array>
#include <functional>
#include <iosfwd>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "common/runtime/transaction.h"
#include "services/matcher/engine/policy.h"
#include "tests/simulation/auditor.h"
#include "tests/simulation/catalog.h"
#include "tests/simulation/mail.h"
#include "tests/simulation/matcher_auditor.h"
#include "tests/simulation/node.h"
#include "tests/simulation/verdict.h"
#include "tests/simulation/virtual_time.h"
#include "tests/simulation/wire.h"

namespace jiedui::simulation {

class World {
 public:
  // A province founded, all services up. `trace` may be null.
  World(uint64_t seed, std::ostream* trace);

  VirtualTime& time() { return time_; }
  Verdict& verdict() { return verdict_; }
  const matcher::engine::Policy& policy() const { return policy_; }
  const Catalog& catalog() const { return catalog_; }
  Wire& wire() { return wire_; }
  Mail& mail() { return mail_; }

  const std::array<Node*, 3>& nodes() const { return nodes_; }
  Node& demand() { return demand_; }
  Node& volunteer() { return volunteer_; }
  Node& matcher() { return matcher_; }
  const Node& matcher() const { return matcher_; }

  // Adds to the trace, when there is one.
  void Say(const std::string& line);
  void Begin(const std::string& line);
  bool traced() const { return trace_ != nullptr; }

  // A command of the service's own. REQUIRES: it is up.
  absl::Status Run(Node& node, std::string actor,
                   std::function<absl::Status(runtime::Transaction&)> decide);

  void Crash(Node& node);
  // Processes whose write has failed are gone.
  void Bury();

  // Holds whatever has been committed since against the promises.
  void Look();
  // The same for what nobody has touched.
  void CompareAll();

  // Facts by kind and verb.
  std::map<std::string, int64_t> Verbs() const;

 private:
  std::ostream* const trace_;
  Verdict verdict_;
  VirtualTime time_;
  const matcher::engine::Policy policy_;
  Node demand_;
  Node volunteer_;
  Node matcher_;
  const std::array<Node*, 3> nodes_{&demand_, &volunteer_, &matcher_};
  Catalog catalog_;
  Wire wire_;
  Mail mail_{&verdict_};
  std::array<Auditor, 3> auditors_;
  MatcherAuditor matcher_auditor_{&catalog_, &time_, &verdict_};
};

}  // namespace jiedui::simulation
