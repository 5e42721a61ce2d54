#include "common/rpc/event_log.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/journal/journal.h"
#include "common/rpc/journal_stream.h"
#include "common/rpc/unary.h"
#include "common/runtime/events.h"

namespace jiedui::rpc {
namespace {

constexpr int kDefaultCommits = 100;
constexpr int kMaxCommits = 1000;

// A page ends after the commit that reaches this: clients take messages of
// 4 MiB unless told otherwise.
constexpr size_t kMaxPageBytes = 2u << 20;

}  // namespace

void EventLogService::Add(runtime::Writer* writer) {
  writers_[std::string(writer->machine().source())] = writer;
}

absl::StatusOr<runtime::Writer*> EventLogService::Find(
    const std::string& source, uint64_t after) const {
  const auto it = writers_.find(source);
  if (it == writers_.end()) {
    return base::MakeError(base::Reason::kNotFound,
                           {{"resource", absl::StrCat("source ", source)}});
  }
  const uint64_t head = it->second->head();
  if (after > head) {
    return base::MakeError(
        base::Reason::kCursorAhead,
        {{"cursor", absl::StrCat(after)}, {"head", absl::StrCat(head)}});
  }
  return it->second;
}

grpc::ServerUnaryReactor* EventLogService::GetHead(
    grpc::CallbackServerContext* context,
    const event::v1::GetHeadRequest* request, event::v1::Head* response) {
  const auto writer = Find(request->source(), 0);
  if (!writer.ok()) return Finish(context, writer.status());
  response->set_source(request->source());
  response->set_seq((*writer)->head());
  runtime::VisitCursors((*writer)->store(), [&](event::v1::Cursor cursor) {
    *response->add_cursors() = std::move(cursor);
  });
  return Finish(context, absl::OkStatus());
}

grpc::ServerUnaryReactor* EventLogService::ListEvents(
    grpc::CallbackServerContext* context,
    const event::v1::ListEventsRequest* request,
    event::v1::ListEventsResponse* response) {
  const auto writer = Find(request->source(), request->after_seq());
  if (!writer.ok()) return Finish(context, writer.status());
  const int limit = request->page_size() <= 0
                        ? kDefaultCommits
                        : std::min(request->page_size(), kMaxCommits);
  const uint64_t last =
      std::min((*writer)->head(), request->after_seq() + limit);
  uint64_t next = request->after_seq();
  size_t bytes = 0;
  journal::Journal::Visit(
      (*writer)->store(), request->after_seq(),
      [&](const journal::v1::Record& record) {
        if (record.seq() != next + 1) return false;
        for (auto& event : runtime::EventsOf((*writer)->machine(), record)) {
          if (request->subject().empty() ||
              request->subject() == event.subject()) {
            bytes += event.ByteSizeLong();
            *response->add_events() = std::move(event);
          }
        }
        next = record.seq();
        return next < last && bytes < kMaxPageBytes;
      });
  if (next < last && bytes < kMaxPageBytes) {
    return Finish(context, UnreadableRecord(**writer, next + 1));
  }
  response->set_next_after_seq(next);
  response->set_at_head(next >= (*writer)->head());
  return Finish(context, absl::OkStatus());
}

grpc::ServerWriteReactor<event::v1::Event>* EventLogService::WatchEvents(
    grpc::CallbackServerContext* context,
    const event::v1::WatchEventsRequest* request) {
  const auto writer = Find(request->source(), request->after_seq());
  if (!writer.ok()) {
    return new FailedStream<event::v1::Event>(ToGrpcStatus(writer.status()));
  }
  const runtime::Machine& machine = (*writer)->machine();
  return JournalStream<event::v1::Event>::Start(
      loop_, *writer, request->after_seq(),
      [&machine](const journal::v1::Record& record) {
        return runtime::EventsOf(machine, record);
      });
}

}  // namespace jiedui::rpc
