#include "services/demand/bind.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/store/store.h"
#include "services/demand/app/demand_machine.h"
#include "services/demand/app/pairing_events.h"
#include "services/demand/rpc/demand_service.h"
#include "services/demand/rpc/demand_sheet.h"

namespace jiedui::demand {
namespace {

class DemandRegistry : public rpc::HostedService {
 public:
  DemandRegistry(const rpc::HostEnvironment& environment,
                 const std::string& data_dir,
                 std::unique_ptr<jiedui::store::Store> store)
      : store_(std::move(store)),
        writer_(data_dir, store_.get(), &machine_, environment.clock),
        service_(&writer_, &machine_, environment.loop),
        sheet_(MakeDemandSheet(&writer_, &machine_)) {}

  runtime::Writer& writer() override { return writer_; }
  std::vector<grpc::Service*> apis() override { return {&service_}; }
  std::vector<rpc::SheetImporter*> importers() override {
    return {sheet_.get()};
  }
  std::vector<std::string> sources() const override { return {"matcher"}; }
  absl::Status React(const jiedui::event::v1::Event& event,
                     runtime::Transaction& txn) override {
    return OnPairingEvent(event, txn);
  }
  void SetFollowers(std::vector<rpc::Follower*>) override {}

 private:
  const std::unique_ptr<jiedui::store::Store> store_;
  DemandMachine machine_;
  runtime::Writer writer_;
  DemandServiceImpl service_;
  const std::unique_ptr<rpc::SheetImporter> sheet_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<rpc::HostedService>> OpenDemandRegistry(
    const rpc::HostEnvironment& environment, const std::string& data_dir) {
  ASSIGN_OR_RETURN(auto store, jiedui::store::OpenRocksStore(data_dir));
  auto registry =
      std::make_unique<DemandRegistry>(environment, data_dir, std::move(store));
  RETURN_IF_ERROR(registry->writer().Open());
  return registry;
}

}  // namespace jiedui::demand
