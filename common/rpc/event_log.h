// Serves the journals of the services in this process as events.
#pragma once

#include <map>
#include <string>

#include "common/runtime/loop.h"
#include "common/runtime/writer.h"
#include "jiedui/event/v1/event.grpc.pb.h"
#include "jiedui/journal/v1/journal.pb.h"

namespace jiedui::rpc {

class EventLogService : public event::v1::EventLogService::CallbackService {
 public:
  // `loop` wakes waiting streams; it must outlive the server.
  explicit EventLogService(runtime::Loop* loop) : loop_(loop) {}

  // Serves the journal of `writer` under its machine's source name. REQUIRES:
  // called before the server starts; `writer` outlives the server.
  void Add(runtime::Writer* writer);

  grpc::ServerUnaryReactor* GetHead(grpc::CallbackServerContext* context,
                                    const event::v1::GetHeadRequest* request,
                                    event::v1::Head* response) override;

  grpc::ServerUnaryReactor* ListEvents(
      grpc::CallbackServerContext* context,
      const event::v1::ListEventsRequest* request,
      event::v1::ListEventsResponse* response) override;

  grpc::ServerWriteReactor<event::v1::Event>* WatchEvents(
      grpc::CallbackServerContext* context,
      const event::v1::WatchEventsRequest* request) override;

 private:
  // Errors: kNotFound for a source that is not served here, kCursorAhead.
  absl::StatusOr<runtime::Writer*> Find(const std::string& source,
                                        uint64_t after) const;

  runtime::Loop* const loop_;
  std::map<std::string, runtime::Writer*> writers_;
};

}  // namespace jiedui::rpc
