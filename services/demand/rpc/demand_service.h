// jiedui.demand.v1.DemandService over the registry's commands.
#pragma once

#include "common/runtime/loop.h"
#include "common/runtime/writer.h"
#include "jiedui/demand/v1/demand_service.grpc.pb.h"
#include "services/demand/app/demand_machine.h"
#include "services/demand/domain/life.h"

namespace jiedui::demand {

// What each call promises stands in demand_service.proto.
class DemandServiceImpl : public v1::DemandService::CallbackService {
 public:
  // All must outlive the server. `loop` wakes waiting streams.
  DemandServiceImpl(runtime::Writer* writer, const DemandMachine* machine,
                    runtime::Loop* loop)
      : writer_(writer), machine_(machine), loop_(loop) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateDemand(Context* context,
                        const v1::CreateDemandRequest* request,
                        v1::Demand* response) override;
  Reactor* GetDemand(Context* context, const v1::GetDemandRequest* request,
                     v1::Demand* response) override;
  Reactor* ListDemands(Context* context, const v1::ListDemandsRequest* request,
                       v1::ListDemandsResponse* response) override;
  Reactor* UpdateDemand(Context* context,
                        const v1::UpdateDemandRequest* request,
                        v1::Demand* response) override;
  Reactor* SubmitDemand(Context* context,
                        const v1::SubmitDemandRequest* request,
                        v1::Demand* response) override;
  Reactor* VerifyDemand(Context* context,
                        const v1::VerifyDemandRequest* request,
                        v1::Demand* response) override;
  Reactor* ReturnDemand(Context* context,
                        const v1::ReturnDemandRequest* request,
                        v1::Demand* response) override;
  Reactor* RejectDemand(Context* context,
                        const v1::RejectDemandRequest* request,
                        v1::Demand* response) override;
  Reactor* WithdrawDemand(Context* context,
                          const v1::WithdrawDemandRequest* request,
                          v1::Demand* response) override;
  Reactor* SuspendDemand(Context* context,
                         const v1::SuspendDemandRequest* request,
                         v1::Demand* response) override;
  Reactor* ResumeDemand(Context* context,
                        const v1::ResumeDemandRequest* request,
                        v1::Demand* response) override;
  Reactor* ReopenDemand(Context* context,
                        const v1::ReopenDemandRequest* request,
                        v1::Demand* response) override;
  Reactor* CloseDemand(Context* context, const v1::CloseDemandRequest* request,
                       v1::Demand* response) override;
  Reactor* FindDuplicateDemands(
      Context* context, const v1::FindDuplicateDemandsRequest* request,
      v1::FindDuplicateDemandsResponse* response) override;
  Reactor* ListDemandChanges(Context* context,
                             const v1::ListDemandChangesRequest* request,
                             v1::ListDemandChangesResponse* response) override;
  grpc::ServerWriteReactor<v1::DemandChange>* WatchDemandChanges(
      Context* context, const v1::WatchDemandChangesRequest* request) override;

 private:
  template <typename Request>
  Reactor* Transit(Verb verb, Context* context, const Request* request,
                   v1::Demand* response);

  // Errors: kCursorAhead.
  absl::Status CheckRevision(uint64_t revision) const;

  runtime::Writer* const writer_;
  const DemandMachine* const machine_;
  runtime::Loop* const loop_;
};

}  // namespace jiedui::demand
