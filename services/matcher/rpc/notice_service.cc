#include "services/matcher/rpc/notice_service.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/query/convert.h"
#include "common/rpc/feed_stream.h"
#include "common/rpc/list.h"
#include "common/rpc/unary.h"
#include "services/matcher/app/notices.h"
#include "services/matcher/app/webhooks.h"

namespace jiedui::matcher {
namespace {

// Read from an inbox at a time by a stream.
constexpr int kBatch = 50;

void ToApi(const store::v1::NoticeRecord& record, v1::Notice* api) {
  query::CopyByName(record.notice(), *api);
}

// The secret is of the record alone, and stays there.
void ToApi(const store::v1::WebhookRecord& record, v1::Webhook* api) {
  query::CopyByName(record.webhook(), *api);
}

void ToApi(const store::v1::DeliveryRecord& record, v1::Delivery* api) {
  query::CopyByName(record.delivery(), *api);
}

template <typename Record, typename Api>
absl::Status Answer(const absl::StatusOr<Record>& record, Api* response) {
  if (record.ok()) ToApi(*record, response);
  return record.status();
}

absl::Status CheckPlace(std::string_view recipient, int64_t after_sequence) {
  RETURN_IF_ERROR(CheckRecipient(recipient));
  if (after_sequence >= 0) return absl::OkStatus();
  base::Violations violations;
  violations.Add("after_sequence", base::Reason::kValueOutOfRange,
                 {{"value", std::to_string(after_sequence)},
                  {"min", "0"},
                  {"max", std::to_string(INT64_MAX)}});
  return violations.ToStatus();
}

absl::Status ListInbox(const jiedui::store::Reader& state,
                       const v1::ListNoticesRequest& request,
                       v1::ListNoticesResponse* response) {
  RETURN_IF_ERROR(CheckPlace(request.recipient(), request.after_sequence()));
  ASSIGN_OR_RETURN(const int page_size, rpc::PageSize(request.page_size()));
  // One more, to know whether there is more.
  const auto records =
      NoticesAfter(state, request.recipient(), request.after_sequence(),
                   request.unread_only(), page_size + 1);
  response->set_at_end(static_cast<int>(records.size()) <= page_size);
  response->set_next_after_sequence(request.after_sequence());
  for (const store::v1::NoticeRecord& record : records) {
    if (response->notices_size() == page_size) break;
    ToApi(record, response->add_notices());
    response->set_next_after_sequence(record.notice().sequence());
  }
  response->set_unread(InboxOf(state, request.recipient()).unread());
  return absl::OkStatus();
}

template <typename Kind, typename Request, typename Api>
absl::Status ListKind(const jiedui::store::Reader& state,
                      const Request& request,
                      google::protobuf::RepeatedPtrField<Api>* page,
                      std::string* next_page_token) {
  const auto to_api = [](const typename Kind::Record& record, Api* api) {
    ToApi(record, api);
  };
  return rpc::ListPage<Kind>(state, rpc::ListQueryOf(request), nullptr, to_api,
                             page, next_page_token);
}

}  // namespace

NoticeServiceImpl::Reactor* NoticeServiceImpl::GetNotice(
    Context* context, const v1::GetNoticeRequest* request,
    v1::Notice* response) {
  return rpc::Finish(
      context,
      Answer(Notices::Require(writer_->store(), request->name()), response));
}

NoticeServiceImpl::Reactor* NoticeServiceImpl::ListNotices(
    Context* context, const v1::ListNoticesRequest* request,
    v1::ListNoticesResponse* response) {
  return rpc::Finish(
      context, ListInbox(*writer_->store().Snapshot(), *request, response));
}

grpc::ServerWriteReactor<v1::WatchNoticesResponse>*
NoticeServiceImpl::WatchNotices(Context* context,
                                const v1::WatchNoticesRequest* request) {
  using Stream = rpc::FeedStream<v1::WatchNoticesResponse>;
  const absl::Status asked =
      CheckPlace(request->recipient(), request->after_sequence());
  if (!asked.ok()) {
    return new rpc::FailedStream<v1::WatchNoticesResponse>(
        rpc::ToGrpcStatus(asked));
  }
  return Stream::Start(
      loop_, writer_,
      [writer = writer_, recipient = request->recipient(),
       place = request->after_sequence()](
          uint64_t) mutable -> absl::StatusOr<Stream::Batch> {
        Stream::Batch batch;
        for (const store::v1::NoticeRecord& record :
             NoticesAfter(writer->store(), recipient, place,
                          /*unread_only=*/false, kBatch)) {
          ToApi(record, batch.messages.emplace_back().mutable_notice());
          place = record.notice().sequence();
        }
        return batch;
      });
}

NoticeServiceImpl::Reactor* NoticeServiceImpl::MarkRead(
    Context* context, const v1::MarkReadRequest* request,
    v1::MarkReadResponse* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) -> absl::Status {
        ASSIGN_OR_RETURN(
            const Marked marked,
            matcher::MarkRead(txn, request->recipient(), request->notice(),
                              request->up_to_sequence()));
        response->set_marked(marked.marked);
        response->set_unread(marked.unread);
        return absl::OkStatus();
      });
}

NoticeServiceImpl::Reactor* NoticeServiceImpl::CreateWebhook(
    Context* context, const v1::CreateWebhookRequest* request,
    v1::Webhook* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) {
        store::v1::Webhook webhook;
        query::CopyByName(request->webhook(), webhook);
        return Answer(
            matcher::CreateWebhook(txn, webhook, request->webhook().secret()),
            response);
      });
}

NoticeServiceImpl::Reactor* NoticeServiceImpl::ListWebhooks(
    Context* context, const v1::ListWebhooksRequest* request,
    v1::ListWebhooksResponse* response) {
  return rpc::Finish(
      context, ListKind<WebhookKind>(writer_->store(), *request,
                                     response->mutable_webhooks(),
                                     response->mutable_next_page_token()));
}

NoticeServiceImpl::Reactor* NoticeServiceImpl::DeleteWebhook(
    Context* context, const v1::DeleteWebhookRequest* request,
    v1::Webhook* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) {
        return Answer(matcher::DeleteWebhook(txn, request->name()), response);
      });
}

NoticeServiceImpl::Reactor* NoticeServiceImpl::ListDeliveries(
    Context* context, const v1::ListDeliveriesRequest* request,
    v1::ListDeliveriesResponse* response) {
  return rpc::Finish(
      context, ListKind<DeliveryKind>(writer_->store(), *request,
                                      response->mutable_deliveries(),
                                      response->mutable_next_page_token()));
}

NoticeServiceImpl::Reactor* NoticeServiceImpl::RetryDelivery(
    Context* context, const v1::RetryDeliveryRequest* request,
    v1::Delivery* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) {
        return Answer(matcher::RetryDelivery(txn, request->name()), response);
      });
}

}  // namespace jiedui::matcher
