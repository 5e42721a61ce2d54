#include "tools/cli/local_server.h"

#include <utility>
#include <vector>

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
  int web_port() const override {
    const std::vector<int> ports = all_->web_ports();
    return ports.empty() ? 0 : ports.front();
  }
  absl::Status WaitSettled() override {
    return all_->Settle(base::Clock::System().Now() + kLongestSettling);
  }
  void Stop() override { all_->Stop(); }

 private:
  std::unique_ptr<AllInOne> all_;
};

gateway::GatewayOptions ToGateway(const LocalWebOptions& web) {
  gateway::GatewayOptions options;
  if (web.port == 0) return options;
  options.listen = {{web.host, web.port, !web.certificate.empty()}};
  options.certificate_file = web.certificate;
  options.key_file = web.key;
  options.origins = web.origins;
  options.hosts = web.names;
  options.files = web.files;
  return options;
}

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
  all.web = ToGateway(options.web);
  ASSIGN_OR_RETURN(std::unique_ptr<AllInOne> started, AllInOne::Start(all));
  return std::make_unique<InThisProcess>(std::move(started));
}

}  // namespace jiedui::cli
