#include "tools/cli/local_server.h"

#include <utility>

#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "services/jiedui/all_in_one.h"

namespace jiedui::cli {
namespace {

constexpr absl::Duration kLongestSettling = absl::Seconds(30);

class InThisProcess : public LocalServer {
 public:
  explicit InThisProcess(std::unique_ptr<AllInOne> all)
      : all_(std::move(all)) {}

  std::shared_ptr<grpc::Channel> channel() override { return all_->channel(); }
  int port() const override { return all_->port(); }
  absl::Status WaitSettled() override {
    return all_->Settle(base::Clock::System().Now() + kLongestSettling);
  }
  void Stop() override { all_->Stop(); }

 private:
  std::unique_ptr<AllInOne> all_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<LocalServer>> StartAllInOne(
    const LocalServerOptions& options) {
  AllInOneOptions all;
  all.data_dir = options.data_dir;
  all.matcher.policy_file = options.policy_file;
  if (options.posts) {
    all.matcher.posting = options.posts_to_private
                              ? matcher::Posting::kAnywhere
                              : matcher::Posting::kToPublic;
  }
  // Here nothing stands for 0; there a negative port does.
  all.server.port = options.port == 0 ? -1 : options.port;
  all.server.metrics_port =
      options.metrics_port == 0 ? -1 : options.metrics_port;
  ASSIGN_OR_RETURN(std::unique_ptr<AllInOne> started, AllInOne::Start(all));
  return std::make_unique<InThisProcess>(std::move(started));
}

}  // namespace jiedui::cli
