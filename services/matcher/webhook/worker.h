// Sends what is due to the sinks, after the commit that made it due.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/runtime/loop.h"
#include "common/runtime/writer.h"
#include "services/matcher/app/webhooks.h"
#include "services/matcher/webhook/http_post.h"

namespace jiedui::matcher {

// Woken by the writer's feed, it sends from the loop and commits what came of
// each attempt. It keeps nothing that matters: what was under way when the
// process ended is due again at the next start, under the same key. It ends
// with the feed or the loop, whichever is first. Thread-safe.
class WebhookWorker : public std::enable_shared_from_this<WebhookWorker> {
 public:
  // Both must outlive the loop's threads. REQUIRES: the writer has started.
  static void Start(runtime::Loop* loop, runtime::Writer* writer,
                    HttpOptions options);

 private:
  // A delivery's name and the attempt.
  using Attempt = std::pair<std::string, int32_t>;

  WebhookWorker(runtime::Loop* loop, runtime::Writer* writer,
                HttpOptions options);

  void Wake();
  void Look();
  std::set<Attempt> UnderWay();
  boost::asio::awaitable<void> Send(DueDelivery due, Attempt attempt);
  void Commit(const Attempt& attempt, AttemptResult result);

  runtime::Loop* const loop_;
  runtime::Writer* const writer_;
  const HttpOptions options_;
  boost::asio::ssl::context tls_;

  absl::Mutex mutex_;
  std::set<Attempt> under_way_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiedui::matcher
