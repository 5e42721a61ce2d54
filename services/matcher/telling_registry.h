// A registry for tests of the matcher's services, which tells what the test
// says.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "common/rpc/host.h"
#include "common/runtime/machine.h"
#include "common/runtime/transaction.h"
#include "common/runtime/writer.h"
#include "common/store/memory_store.h"

namespace jiedui::matcher {

// Its facts' records are what it tells.
class TellingMachine : public runtime::Machine {
 public:
  explicit TellingMachine(std::string source) : source_(std::move(source)) {}
  std::string_view source() const override { return source_; }
  int schema_version() const override { return 1; }
  void Load(const jiedui::store::Reader&) override {}
  void Apply(const journal::v1::Fact&, jiedui::store::Overlay&) const override {
  }
  void ApplyConsumed(const jiedui::event::v1::Event&,
                     jiedui::store::Overlay&) const override {}
  void Committed(const journal::v1::Record&) override {}
  absl::Status OnTimer(std::string_view, runtime::Transaction&) override {
    return absl::OkStatus();
  }
  void Publish(const journal::v1::Fact& fact,
               jiedui::event::v1::Event* event) const override {
    *event->mutable_payload() = fact.record();
  }

 private:
  const std::string source_;
};

class TellingRegistry : public rpc::HostedService {
 public:
  TellingRegistry(std::string source, const base::Clock* clock)
      : machine_(std::move(source)),
        writer_("test", &store_, &machine_, clock) {
    EXPECT_TRUE(writer_.Open().ok());
  }

  template <typename Resource>
  void Tell(const Resource& resource) {
    runtime::Command command;
    command.decide = [&resource](runtime::Transaction& txn) {
      journal::v1::Fact fact;
      fact.set_subject(resource.name());
      fact.mutable_record()->PackFrom(resource, "");
      txn.Record(std::move(fact));
      return absl::OkStatus();
    };
    EXPECT_TRUE(writer_.Run(std::move(command)).ok());
  }

  runtime::Writer& writer() override { return writer_; }
  std::vector<grpc::Service*> apis() override { return {&api_}; }
  std::vector<rpc::SheetImporter*> importers() override { return {}; }
  std::vector<std::string> sources() const override { return {}; }
  absl::Status React(const jiedui::event::v1::Event&,
                     runtime::Transaction&) override {
    return absl::OkStatus();
  }
  void SetFollowers(std::vector<rpc::Follower*>) override {}

 private:
  jiedui::store::MemoryStore store_;
  TellingMachine machine_;
  runtime::Writer writer_;
  grpc::Service api_;
};

}  // namespace jiedui::matcher
