#include "services/volunteer/bind.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/store/store.h"
#include "services/volunteer/app/volunteer_machine.h"
#include "services/volunteer/rpc/volunteer_service.h"
#include "services/volunteer/rpc/volunteer_sheets.h"

namespace jiedui::volunteer {
namespace {

class VolunteerRegistry : public rpc::HostedService {
 public:
  VolunteerRegistry(const rpc::HostEnvironment& environment,
                    const std::string& data_dir,
                    std::unique_ptr<jiedui::store::Store> store)
      : store_(std::move(store)),
        writer_(data_dir, store_.get(), &machine_, environment.clock),
        service_(&writer_, &machine_),
        importers_(SheetImporters(&writer_)) {}

  runtime::Writer& writer() override { return writer_; }
  std::vector<grpc::Service*> apis() override { return {&service_}; }
  std::vector<rpc::SheetImporter*> importers() override {
    std::vector<rpc::SheetImporter*> importers;
    for (const auto& importer : importers_) {
      importers.push_back(importer.get());
    }
    return importers;
  }

  // It follows nobody.
  std::vector<std::string> sources() const override { return {}; }
  absl::Status React(const jiedui::event::v1::Event&,
                     runtime::Transaction&) override {
    return absl::OkStatus();
  }
  void SetFollowers(std::vector<rpc::Follower*>) override {}

 private:
  const std::unique_ptr<jiedui::store::Store> store_;
  VolunteerMachine machine_;
  runtime::Writer writer_;
  VolunteerServiceImpl service_;
  const std::vector<std::unique_ptr<rpc::SheetImporter>> importers_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<rpc::HostedService>> OpenVolunteerRegistry(
    const rpc::HostEnvironment& environment, const std::string& data_dir) {
  ASSIGN_OR_RETURN(auto store, jiedui::store::OpenRocksStore(data_dir));
  auto registry = std::make_unique<VolunteerRegistry>(environment, data_dir,
                                                      std::move(store));
  RETURN_IF_ERROR(registry->writer().Open());
  return registry;
}

}  // namespace jiedui::volunteer
