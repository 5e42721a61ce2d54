// The matcher as a state machine over its journal.
#pragma once

#include <string_view>

#include "common/runtime/machine.h"

namespace jiedui::matcher {

// Keeps nothing in memory. Thread-safe.
class MatcherMachine : public runtime::Machine {
 public:
  std::string_view source() const override { return "matcher"; }
  int schema_version() const override { return 1; }
  void Load(const jiedui::store::Reader& state) override {}
  void Apply(const journal::v1::Fact& fact,
             jiedui::store::Overlay& state) const override;
  absl::Status Follow(const journal::v1::Fact& fact,
                      runtime::Transaction& txn) const override;
  void ApplyConsumed(const jiedui::event::v1::Event& event,
                     jiedui::store::Overlay& state) const override;
  void Committed(const journal::v1::Record& record) override {}
  absl::Status OnTimer(std::string_view id, runtime::Transaction& txn) override;
  void Publish(const journal::v1::Fact& fact,
               jiedui::event::v1::Event* event) const override;
};

}  // namespace jiedui::matcher
