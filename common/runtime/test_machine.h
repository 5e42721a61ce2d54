// A machine for tests of the runtime: counters by name.
#pragma once

#include <string>
#include <vector>

#include "common/runtime/machine.h"
#include "common/runtime/transaction.h"

namespace jiedui::runtime {

// A fact's note is appended to the row of its subject.
class TestMachine : public Machine {
 public:
  static std::string Row(std::string_view subject) {
    return std::string("\x20").append(subject);
  }
  static journal::v1::Fact Say(std::string subject, std::string note) {
    journal::v1::Fact fact;
    fact.set_subject(std::move(subject));
    fact.set_note(std::move(note));
    return fact;
  }

  std::string_view source() const override { return "test"; }
  int schema_version() const override { return 3; }
  void Load(const store::Reader&) override {}
  void Apply(const journal::v1::Fact& fact,
             store::Overlay& state) const override {
    state.Put(Row(fact.subject()),
              state.Get(Row(fact.subject())).value_or("") + fact.note());
  }
  absl::Status Follow(const journal::v1::Fact& fact,
                      Transaction&) const override {
    if (fact.subject() != "dead-end") return absl::OkStatus();
    return absl::InternalError("nothing can follow");
  }
  void ApplyConsumed(const event::v1::Event& event,
                     store::Overlay& state) const override {
    state.Put(Row(event.subject()), event.note());
  }
  void Committed(const journal::v1::Record& record) override {
    committed.push_back(record.seq());
  }
  absl::Status OnTimer(std::string_view id, Transaction& txn) override {
    if (id == "bad") return absl::InternalError("bad timer");
    txn.Record(Say("fired", std::string(id)));
    return absl::OkStatus();
  }
  void Publish(const journal::v1::Fact&, event::v1::Event*) const override {}

  std::vector<uint64_t> committed;
};

}  // namespace jiedui::runtime
