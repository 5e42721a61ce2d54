// The demand registry as a state machine over its journal.
#pragma once

#include <string>
#include <string_view>

#include "common/runtime/machine.h"
#include "common/text/search_index.h"
#include "services/demand/app/kinds.h"

namespace jiedui::demand {

// The text in which a demand is searched, and by which duplicates are known.
std::string SearchText(const event::v1::Demand& demand);

class DemandMachine : public runtime::Machine {
 public:
  std::string_view source() const override { return "demand"; }
  int schema_version() const override { return 1; }
  void Load(const jiedui::store::Reader& state) override;
  void Apply(const journal::v1::Fact& fact,
             jiedui::store::Overlay& state) const override;
  void ApplyConsumed(const jiedui::event::v1::Event& event,
                     jiedui::store::Overlay& state) const override;
  void Committed(const journal::v1::Record& record) override;
  absl::Status OnTimer(std::string_view id, runtime::Transaction& txn) override;
  void Publish(const journal::v1::Fact& fact,
               jiedui::event::v1::Event* event) const override;

  // All demands by their text, as of the last commit. Thread-safe.
  const text::SearchIndex& index() const { return index_; }

 private:
  text::SearchIndex index_;
};

}  // namespace jiedui::demand
