#include "tests/simulation/node.h"

#include <utility>

namespace jiedui::simulation {
namespace {

// The service's machine, watched.
class WatchedMachine : public runtime::Machine {
 public:
  WatchedMachine(std::unique_ptr<runtime::Machine> machine, Verdict* verdict)
      : machine_(std::move(machine)), verdict_(verdict) {}

  std::string_view source() const override { return machine_->source(); }
  int schema_version() const override { return machine_->schema_version(); }
  void Load(const store::Reader& state) override { machine_->Load(state); }
  void Apply(const journal::v1::Fact& fact,
             store::Overlay& state) const override {
    machine_->Apply(fact, state);
  }
  void ApplyConsumed(const event::v1::Event& event,
                     store::Overlay& state) const override {
    machine_->ApplyConsumed(event, state);
  }
  void Committed(const journal::v1::Record& record) override {
    machine_->Committed(record);
  }
  absl::Status Follow(const journal::v1::Fact& fact,
                      runtime::Transaction& txn) const override {
    const absl::Status status = machine_->Follow(fact, txn);
    if (!status.ok()) {
      verdict_->Fail("follow", fact.subject() + " " + fact.verb() + ": " +
                                   status.ToString());
    }
    return status;
  }
  absl::Status OnTimer(std::string_view id,
                       runtime::Transaction& txn) override {
    const absl::Status status = machine_->OnTimer(id, txn);
    if (!status.ok()) {
      verdict_->Fail("timers", std::string(id) + ": " + status.ToString());
    }
    return status;
  }
  void Publish(const journal::v1::Fact& fact,
               event::v1::Event* event) const override {
    machine_->Publish(fact, event);
  }

 private:
  const std::unique_ptr<runtime::Machine> machine_;
  Verdict* const verdict_;
};

}  // namespace

Node::Process::Process(Node* node, const VirtualTime* time)
    : clock(time, time),
      machine(std::make_unique<WatchedMachine>(node->service_.machine(),
                                               node->verdict_)),
      writer(node->source(), &node->store_, machine.get(), &clock,
             {.on_fatal = [this](const absl::Status&) { failed = true; }}) {}

Node::Node(Service service, const VirtualTime* time, Verdict* verdict)
    : service_(std::move(service)),
      time_(time),
      verdict_(verdict),
      reader_(service_.machine()) {}

void Node::Start() {
  process_ = std::make_unique<Process>(this, time_);
  const absl::Status opened = process_->writer.Open();
  if (!opened.ok()) verdict_->Fail("restart", opened.ToString());
  for (const std::string& source : service_.follows) {
    process_->consumers.emplace_back(source, &process_->writer, service_.react);
  }
  if (!service_.begin) return;
  runtime::Command command;
  command.actor = "system";
  command.decide = service_.begin;
  process_->writer.Run(std::move(command)).IgnoreError();
}

void Node::Crash() {
  CancelCrash();
  process_ = nullptr;
}

void Node::CrashInNextWrite(store::MemoryStore::Fate fate) {
  next_write_ = fate;
  store_.FailNextWrite(absl::InternalError("crash"), fate);
}

void Node::CancelCrash() {
  next_write_.reset();
  store_.FailNextWrite(absl::OkStatus());
}

void Node::WithoutFaults(const std::function<void()>& work) {
  const auto planned = next_write_;
  CancelCrash();
  work();
  if (planned) CrashInNextWrite(*planned);
}

}  // namespace jiedui::simulation
