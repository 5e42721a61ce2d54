#include "services/matcher/bind.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/store/store.h"
#include "services/matcher/app/matcher_machine.h"
#include "services/matcher/app/review.h"
#include "services/matcher/rpc/matcher_service.h"

namespace jiedui::matcher {
namespace {

class Matcher : public rpc::HostedService {
 public:
  Matcher(const rpc::HostEnvironment& environment, const std::string& data_dir,
          std::unique_ptr<jiedui::store::Store> store)
      : store_(std::move(store)),
        writer_(data_dir, store_.get(), &machine_, environment.clock),
        service_(&writer_, environment.jobs) {}

  runtime::Writer& writer() override { return writer_; }
  grpc::Service* api() override { return &service_; }
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

 private:
  const std::unique_ptr<jiedui::store::Store> store_;
  MatcherMachine machine_;
  runtime::Writer writer_;
  MatcherServiceImpl service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<rpc::HostedService>> OpenMatcher(
    const rpc::HostEnvironment& environment, const std::string& data_dir) {
  ASSIGN_OR_RETURN(auto store, jiedui::store::OpenRocksStore(data_dir));
  auto matcher =
      std::make_unique<Matcher>(environment, data_dir, std::move(store));
  RETURN_IF_ERROR(matcher->writer().Open());
  return matcher;
}

}  // namespace jiedui::matcher
