#include "services/matcher/bind.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/store/store.h"
#include "services/matcher/app/matcher_machine.h"
#include "services/matcher/app/outages.h"
#include "services/matcher/app/review.h"
#include "services/matcher/domain/policy_file.h"
#include "services/matcher/rpc/dispatch_service.h"
#include "services/matcher/rpc/matcher_service.h"
#include "services/matcher/rpc/notice_service.h"
#include "services/matcher/rpc/record_service.h"
#include "services/matcher/rpc/search_worker.h"
#include "services/matcher/webhook/worker.h"

namespace jiedui::matcher {
namespace {

class Matcher : public rpc::HostedService {
 public:
  Matcher(const rpc::HostEnvironment& environment, const std::string& data_dir,
          engine::Policy policy, std::unique_ptr<jiedui::store::Store> store,
          Posting posting)
      : policy_(std::move(policy)),
        posting_(posting),
        jobs_(environment.jobs),
        loop_(environment.loop),
        store_(std::move(store)),
        writer_(data_dir, store_.get(), &machine_, environment.clock),
        service_(&writer_, &policy_, environment.jobs, &turn_),
        dispatch_(&writer_),
        notices_(&writer_, environment.loop),
        records_(&writer_) {}

  runtime::Writer& writer() override { return writer_; }
  std::vector<grpc::Service*> apis() override {
    return {&service_, &dispatch_, &notices_, &records_};
  }
  std::vector<rpc::SheetImporter*> importers() override { return {}; }
  std::vector<std::string> sources() const override {
    return {"demand", "volunteer"};
  }
  absl::Status React(const jiedui::event::v1::Event& event,
                     runtime::Transaction& txn) override {
    return OnRegistryEvent(event, txn);
  }
  void SetFollowers(std::vector<rpc::Follower*> followers) override {
    service_.SetFollowers(std::move(followers));
  }
  void Begin() override {
    SearchWorker::Start(jobs_, &writer_, &policy_, &turn_);
    if (posting_ == Posting::kNone) return;
    WebhookWorker::Start(loop_, &writer_,
                         {.to_private = posting_ == Posting::kAnywhere});
  }

 private:
  const engine::Policy policy_;
  const Posting posting_;
  runtime::Loop* const jobs_;
  runtime::Loop* const loop_;
  absl::Mutex turn_;  // of whoever runs a round
  const std::unique_ptr<jiedui::store::Store> store_;
  MatcherMachine machine_;
  runtime::Writer writer_;
  MatcherServiceImpl service_;
  DispatchServiceImpl dispatch_;
  NoticeServiceImpl notices_;
  RecordServiceImpl records_;
};

absl::StatusOr<engine::Policy> LoadPolicy(const std::string& file) {
  if (file.empty()) return engine::Policy();
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in.peek() != EOF) text << in.rdbuf();
  // A folder opens like a file and fails at the first read.
  if (!in.is_open() || in.bad() || text.fail()) {
    return base::MakeError(base::Reason::kFileUnreadable,
                           {{"path", file}, {"detail", strerror(errno)}});
  }
  return ReadPolicy(text.str());
}

// The first command, once the writer starts.
void QueueSignsOfLife(runtime::Writer& writer) {
  runtime::Command command;
  command.actor = "system";
  command.decide = [](runtime::Transaction& txn) {
    BeginSignsOfLife(txn);
    return absl::OkStatus();
  };
  command.done = [](const absl::Status&) {};
  writer.Submit(std::move(command));
}

}  // namespace

absl::StatusOr<std::unique_ptr<rpc::HostedService>> OpenMatcher(
    const rpc::HostEnvironment& environment, const std::string& data_dir,
    const MatcherOptions& options) {
  ASSIGN_OR_RETURN(engine::Policy policy, LoadPolicy(options.policy_file));
  ASSIGN_OR_RETURN(auto store, jiedui::store::OpenRocksStore(data_dir));
  auto matcher =
      std::make_unique<Matcher>(environment, data_dir, std::move(policy),
                                std::move(store), options.posting);
  RETURN_IF_ERROR(matcher->writer().Open());
  QueueSignsOfLife(matcher->writer());
  return matcher;
}

}  // namespace jiedui::matcher
