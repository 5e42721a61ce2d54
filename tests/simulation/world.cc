#include "tests/simulation/world.h"

#include <memory>
#include <ostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/demand/app/demand_machine.h"
#include "services/demand/app/pairing_events.h"
#include "services/matcher/app/matcher_machine.h"
#include "services/matcher/app/outages.h"
#include "services/matcher/app/review.h"
#include "services/matcher/app/webhooks.h"
#include "services/volunteer/app/volunteer_machine.h"
#include "tests/simulation/province.h"

namespace jiedui::simulation {
namespace {

absl::Time FirstMorning() {
  return base::StartOfChinaDay(absl::CivilDay(2026, 12, 1)) + absl::Hours(9);
}

Service DemandRegistry() {
  return {.source = "demand",
          .machine = [] { return std::make_unique<demand::DemandMachine>(); },
          .follows = {"matcher"},
          .react = demand::OnPairingEvent};
}

Service VolunteerRegistry() {
  return {.source = "volunteer", .machine = [] {
            return std::make_unique<volunteer::VolunteerMachine>();
          }};
}

Service Matcher() {
  return {.source = "matcher",
          .machine = [] { return std::make_unique<matcher::MatcherMachine>(); },
          .follows = {"demand", "volunteer"},
          .react = matcher::OnRegistryEvent,
          .begin =
              [](runtime::Transaction& txn) {
                matcher::BeginSignsOfLife(txn);
                return absl::OkStatus();
              }};
}

absl::Status AddSink(runtime::Transaction& txn) {
  matcher::store::v1::Webhook sink;
  sink.set_url("https://example.org/jiedui");
  return matcher::CreateWebhook(txn, sink, "a secret of some length").status();
}

}  // namespace

World::World(uint64_t seed, std::ostream* trace)
    : trace_(trace),
      time_(FirstMorning()),
      demand_(DemandRegistry(), &time_, &verdict_),
      volunteer_(VolunteerRegistry(), &time_, &verdict_),
      matcher_(Matcher(), &time_, &verdict_),
      auditors_{Auditor(&demand_, &catalog_, &wire_, &verdict_),
                Auditor(&volunteer_, &catalog_, &wire_, &verdict_),
                Auditor(&matcher_, &catalog_, &wire_, &verdict_)} {
  for (Node* node : nodes_) {
    wire_.Add(node);
    node->Start();
  }
  absl::Status founded = Run(
      volunteer_, "founder",
      [seed](runtime::Transaction& txn) { return RegisterSupply(seed, txn); });
  founded.Update(Run(matcher_, "founder", AddSink));
  if (!founded.ok()) verdict_.Fail("founding", founded.ToString());
  Look();
}

void World::Begin(const std::string& line) {
  if (traced()) *trace_ << line << "\n";
}

void World::Say(const std::string& line) {
  if (traced()) *trace_ << "      " << line << "\n";
}

absl::Status World::Run(
    Node& node, std::string actor,
    std::function<absl::Status(runtime::Transaction&)> decide) {
  runtime::Command command;
  command.actor = std::move(actor);
  command.decide = std::move(decide);
  return node.writer().Run(std::move(command));
}

void World::Crash(Node& node) {
  if (!node.up()) return;
  Say(absl::StrCat(node.source(), " crashes"));
  node.Crash();
  mail_.Lose(&node);
  Look();
  for (const Auditor& auditor : auditors_) auditor.CheckLetters(mail_);
}

void World::Bury() {
  for (Node* node : nodes_) {
    if (node->failed()) Crash(*node);
  }
}

void World::Look() {
  auditors_[0].Look([](const auto&...) {});
  auditors_[1].Look([](const auto&...) {});
  auditors_[2].Look([this](const auto& entry, const auto& rows) {
    matcher_auditor_.Look(entry, rows);
  });
}

void World::CompareAll() {
  for (const Auditor& auditor : auditors_) {
    auditor.CompareAllRows();
    auditor.CheckLetters(mail_);
  }
}

std::map<std::string, int64_t> World::Verbs() const {
  std::map<std::string, int64_t> verbs;
  for (const Auditor& auditor : auditors_) {
    for (const auto& [verb, count] : auditor.verbs()) verbs[verb] += count;
  }
  return verbs;
}

}  // namespace jiedui::simulation
