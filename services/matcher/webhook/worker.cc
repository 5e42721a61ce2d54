#include "services/matcher/webhook/worker.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include "common/base/error.h"
#include "common/rpc/log.h"
#include "services/matcher/domain/webhook_url.h"
#include "services/matcher/webhook/message.h"

namespace jiedui::matcher {
namespace {

namespace asio = boost::asio;

// Under way at a time to one sink.
constexpr int kEach = 4;

HttpPost PostOf(const DueDelivery& due, WebhookUrl url, absl::Time now) {
  HttpPost post;
  post.url = std::move(url);
  post.body = BodyOf(due.notice);
  post.headers = {
      {"Jiedui-Idempotency-Key", due.delivery.delivery().key()},
      {"Jiedui-Signature", SignatureOf(due.webhook.secret(), now, post.body)}};
  return post;
}

}  // namespace

void WebhookWorker::Start(runtime::Loop* loop, runtime::Writer* writer,
                          HttpOptions options) {
  std::shared_ptr<WebhookWorker>(new WebhookWorker(loop, writer, options))
      ->Wake();
}

WebhookWorker::WebhookWorker(runtime::Loop* loop, runtime::Writer* writer,
                             HttpOptions options)
    : loop_(loop), writer_(writer), options_(options), tls_(MakeTlsContext()) {}

void WebhookWorker::Wake() {
  asio::post(loop_->context(), [self = shared_from_this()] { self->Look(); });
}

std::set<WebhookWorker::Attempt> WebhookWorker::UnderWay() {
  absl::MutexLock lock(&mutex_);
  return under_way_;
}

// At most one is under way or awaited: each leads to one wake-up.
void WebhookWorker::Look() {
  if (writer_->feed().closed()) return;
  // Both before the rows: what is committed meanwhile wakes it again, and an
  // attempt that ends meanwhile must not be taken for one that never was,
  // because its row was read before its end.
  const uint64_t head = writer_->head();
  const std::set<Attempt> under_way = UnderWay();
  for (DueDelivery& due :
       NextDeliveries(writer_->store(), writer_->clock().Now(), kEach)) {
    Attempt attempt(due.delivery.delivery().name(),
                    due.delivery.delivery().attempts() + 1);
    if (under_way.contains(attempt)) continue;
    {
      absl::MutexLock lock(&mutex_);
      under_way_.insert(attempt);
    }
    asio::co_spawn(asio::make_strand(loop_->context()),
                   Send(std::move(due), std::move(attempt)), asio::detached);
  }
  writer_->feed().NotifyPast(head,
                             [self = shared_from_this()] { self->Wake(); });
}

asio::awaitable<void> WebhookWorker::Send(DueDelivery due, Attempt attempt) {
  const std::shared_ptr<WebhookWorker> self = shared_from_this();
  AttemptResult result;
  absl::StatusOr<WebhookUrl> url = ParseWebhookUrl(due.webhook.webhook().url());
  if (url.ok()) {
    result = co_await Post(PostOf(due, *std::move(url), writer_->clock().Now()),
                           options_, tls_);
  } else {
    result.detail = std::string(url.status().message());
  }
  Commit(attempt, std::move(result));
}

void WebhookWorker::Commit(const Attempt& attempt, AttemptResult result) {
  runtime::Command command;
  command.actor = "system";
  command.decide = [attempt, result = std::move(result)](Transaction& txn) {
    return RecordAttempt(txn, attempt.first, attempt.second, result);
  };
  command.done = [self = shared_from_this(), attempt](absl::Status status) {
    {
      absl::MutexLock lock(&self->mutex_);
      self->under_way_.erase(attempt);
    }
    if (status.ok() || base::HasReason(status, base::Reason::kShuttingDown)) {
      return;
    }
    // The next commit of anybody's wakes the worker, and it is sent again.
    rpc::LogWarning("webhook.commit_failed", {{"delivery", attempt.first},
                                              {"error", status.ToString()}});
  };
  writer_->Submit(std::move(command));
}

}  // namespace jiedui::matcher
