// A machine for tests of what stands on the runtime: a registry of one kind.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/runtime/collection.h"
#include "common/runtime/machine.h"
#include "common/runtime/transaction.h"
#include "jiedui/volunteer/store/v1/volunteer_store.pb.h"

namespace jiedui::runtime {

struct ProjectKind {
  using Record = volunteer::store::v1::ProjectRecord;
  using Fact = volunteer::event::v1::Project;
  static constexpr std::string_view kCollection = "projects";
  static constexpr char kLetter = 'P';
  static constexpr char kRowKey = '\x20';
  static constexpr char kExternalKey = '\x21';
  static const Fact& fact(const Record& record) { return record.project(); }
  static Fact& fact(Record& record) { return *record.mutable_project(); }
};

using Projects = Collection<ProjectKind>;

// Publishes its projects, but no fact whose verb is "private". What it consumes
// from elsewhere is added to one row a subject, so that twice would show.
class TestRegistry : public Machine {
 public:
  explicit TestRegistry(std::string source = "volunteer")
      : source_(std::move(source)) {}

  static std::string ConsumedRow(std::string_view subject) {
    return std::string("\x22").append(subject);
  }

  std::string_view source() const override { return source_; }
  int schema_version() const override { return 1; }
  void Load(const store::Reader&) override {}
  void Apply(const journal::v1::Fact& fact,
             store::Overlay& state) const override {
    Projects::Apply(fact, state);
  }
  void ApplyConsumed(const event::v1::Event& event,
                     store::Overlay& state) const override {
    const std::string row = ConsumedRow(event.subject());
    state.Put(row,
              absl::StrCat(state.Get(row).value_or(""), event.verb(), " "));
  }
  void Committed(const journal::v1::Record&) override {}
  absl::Status OnTimer(std::string_view, Transaction&) override {
    return absl::OkStatus();
  }
  void Publish(const journal::v1::Fact& fact,
               event::v1::Event* event) const override {
    if (fact.verb() == "private") return;
    Projects::Record record;
    fact.record().UnpackTo(&record);
    event->mutable_payload()->PackFrom(record.project());
  }

 private:
  const std::string source_;
};

// Creates a project; returns its name.
inline std::string CreateProject(Transaction& txn, std::string external_id,
                                 std::string display_name,
                                 std::string verb = "create") {
  Projects::Record record;
  record.mutable_project()->set_external_id(std::move(external_id));
  record.mutable_project()->set_display_name(std::move(display_name));
  Projects::Number(txn, record);
  Projects::Save(txn, record, {.verb = std::move(verb)});
  return record.project().name();
}

}  // namespace jiedui::runtime
