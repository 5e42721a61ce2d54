// The volunteer registry as a state machine over its journal.
#pragma once

#include <string_view>
#include <tuple>

#include "common/runtime/machine.h"
#include "common/text/search_index.h"
#include "services/volunteer/app/kinds.h"

namespace jiedui::volunteer {

class VolunteerMachine : public runtime::Machine {
 public:
  std::string_view source() const override { return "volunteer"; }
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

  // All resources of a kind by their text (domain/search_text.h), as of the
  // last commit. Thread-safe.
  template <typename Kind>
  const text::SearchIndex& index() const {
    return std::get<Index<Kind>>(indices_);
  }

 private:
  template <typename Kind>
  struct Index : text::SearchIndex {};

  template <typename Kind>
  void Put(const typename Kind::Fact& fact);

  std::tuple<Index<VolunteerKind>, Index<TeamKind>, Index<ProjectKind>,
             Index<EnterpriseKind>, Index<StationKind>, Index<SpecialtyKind>>
      indices_;
};

}  // namespace jiedui::volunteer
