// jiedui.matcher.v1.NoticeService over inboxes and sinks.
#pragma once

#include "common/runtime/loop.h"
#include "common/runtime/writer.h"
#include "jiedui/matcher/v1/notice_service.grpc.pb.h"

namespace jiedui::matcher {

// What each call promises stands in notice_service.proto.
class NoticeServiceImpl : public v1::NoticeService::CallbackService {
 public:
  // Both must outlive the server. Streams are woken on `loop`.
  NoticeServiceImpl(runtime::Writer* writer, runtime::Loop* loop)
      : writer_(writer), loop_(loop) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* GetNotice(Context* context, const v1::GetNoticeRequest* request,
                     v1::Notice* response) override;
  Reactor* ListNotices(Context* context, const v1::ListNoticesRequest* request,
                       v1::ListNoticesResponse* response) override;
  grpc::ServerWriteReactor<v1::WatchNoticesResponse>* WatchNotices(
      Context* context, const v1::WatchNoticesRequest* request) override;
  Reactor* MarkRead(Context* context, const v1::MarkReadRequest* request,
                    v1::MarkReadResponse* response) override;
  Reactor* CreateWebhook(Context* context,
                         const v1::CreateWebhookRequest* request,
                         v1::Webhook* response) override;
  Reactor* ListWebhooks(Context* context,
                        const v1::ListWebhooksRequest* request,
                        v1::ListWebhooksResponse* response) override;
  Reactor* DeleteWebhook(Context* context,
                         const v1::DeleteWebhookRequest* request,
                         v1::Webhook* response) override;
  Reactor* ListDeliveries(Context* context,
                          const v1::ListDeliveriesRequest* request,
                          v1::ListDeliveriesResponse* response) override;
  Reactor* RetryDelivery(Context* context,
                         const v1::RetryDeliveryRequest* request,
                         v1::Delivery* response) override;

 private:
  runtime::Writer* const writer_;
  runtime::Loop* const loop_;
};

}  // namespace jiedui::matcher
