#include "common/rpc/host.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/calendar/calendar.h"
#include "common/rpc/log.h"

namespace jiedui::rpc {
namespace {

// Imports and rounds under way at the same time; more wait their turn.
constexpr int kJobThreads = 4;
constexpr int kLoopThreads = 2;

void WarnOfMissingYears(absl::CivilDay today) {
  for (int year : calendar::MissingYears(today)) {
    LogWarning(
        "calendar.year_missing",
        {{"year", absl::StrCat(year)},
         {"effect",
          "缺该年节假日：周一至周五一律按工作日计 / no holidays are known "
          "for this year: Monday to Friday count as working days"},
         {"remedy",
          "升级，或补充 common/calendar/holidays.def / upgrade, or add "
          "it to common/calendar/holidays.def"}});
  }
}

}  // namespace

Host::Host(const base::Clock* clock)
    : clock_(clock),
      loop_(kLoopThreads),
      jobs_(kJobThreads),
      event_log_(&loop_),
      sheets_(&jobs_) {}

Host::~Host() { Stop(); }

HostEnvironment Host::environment() { return {clock_, &jobs_, &loop_}; }

void Host::Add(std::unique_ptr<HostedService> service) {
  services_.push_back(std::move(service));
}

absl::Status Host::Start(const HostOptions& options) {
  WarnOfMissingYears(base::ChinaDay(clock_->Now()));
  auto metrics = std::make_unique<Metrics>();
  std::vector<grpc::Service*> apis = {&event_log_, &sheets_};
  for (const auto& service : services_) {
    service->writer().Start();
    event_log_.Add(&service->writer());
    for (SheetImporter* importer : service->importers()) sheets_.Add(importer);
    metrics->Watch(&service->writer());
    for (grpc::Service* api : service->apis()) apis.push_back(api);
  }
  ASSIGN_OR_RETURN(server_,
                   Server::Start(options.server, apis, std::move(metrics)));
  channel_ = server_->InProcessChannel();
  RETURN_IF_ERROR(StartFollowers(options));
  for (const auto& service : services_) {
    timers_.push_back(std::make_unique<runtime::TimerDriver>(
        &loop_, &service->writer(), clock_));
  }
  for (const auto& service : services_) service->Begin();
  return absl::OkStatus();
}

absl::Status Host::StartFollowers(const HostOptions& options) {
  const auto here = [this](const std::string& source) {
    return std::any_of(services_.begin(), services_.end(), [&](auto& service) {
      return service->writer().machine().source() == source;
    });
  };
  for (const auto& service : services_) {
    std::vector<Follower*> followers;
    for (const std::string& source : service->sources()) {
      std::shared_ptr<grpc::Channel> channel = channel_;
      if (!here(source)) {
        const auto peer = options.peers.find(source);
        if (peer == options.peers.end()) {
          return base::MakeError(base::Reason::kFieldRequired,
                                 {{"field", "--" + source}});
        }
        channel = ConnectTo(peer->second);
      }
      followers_.push_back(std::make_unique<Follower>(
          channel, source, &service->writer(),
          [service = service.get()](const event::v1::Event& event,
                                    runtime::Transaction& txn) {
            return service->React(event, txn);
          }));
      followers.push_back(followers_.back().get());
    }
    service->SetFollowers(std::move(followers));
  }
  return absl::OkStatus();
}

absl::Status Host::Settle(absl::Time deadline) {
  // An event can lead to another one in the service it came from; a pass in
  // which no journal grew has seen the end of it.
  for (;;) {
    std::vector<uint64_t> heads;
    for (const auto& service : services_) {
      heads.push_back(service->writer().head());
    }
    for (const auto& follower : followers_) {
      RETURN_IF_ERROR(follower->CatchUp(deadline));
    }
    bool grew = false;
    for (size_t i = 0; i < services_.size(); ++i) {
      grew = grew || services_[i]->writer().head() != heads[i];
    }
    if (!grew) return absl::OkStatus();
  }
}

void Host::Stop() {
  timers_.clear();
  // What would go on for ever or wait for others ends first, or it would hold
  // the server up for the whole drain. Calls may use the followers to the end.
  for (const auto& follower : followers_) follower->Stop();
  for (const auto& service : services_) service->writer().feed().Close();
  if (server_ != nullptr) server_->Shutdown();
  followers_.clear();
  channel_ = nullptr;
  for (const auto& service : services_) service->writer().Stop();
  jobs_.Stop();
  loop_.Stop();
  server_ = nullptr;
  services_.clear();
}

}  // namespace jiedui::rpc
