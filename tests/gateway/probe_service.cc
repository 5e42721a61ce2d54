#include "tests/gateway/probe_service.h"

#include <grpcpp/alarm.h>

#include <algorithm>
#include <utility>

#include "common/base/clock.h"
#include "google/rpc/status.pb.h"

namespace jiedui::gateway {
namespace {

using grpc::CallbackServerContext;
using probe::v1::Line;
using probe::v1::Plan;
using probe::v1::ProbeRequest;
using probe::v1::ProbeResponse;

// For what was written to be with the peer before the connection is cut.
constexpr absl::Duration kBeforeDeath = absl::Milliseconds(500);

void AddReceived(const CallbackServerContext& context,
                 ProbeResponse* response) {
  for (const auto& [name, value] : context.client_metadata()) {
    // gRPC's own.
    if (name == "user-agent" || name.starts_with("grpc-")) continue;
    Line* const line = response->add_received();
    line->set_name(std::string(name.data(), name.size()));
    line->set_value(std::string(value.data(), value.size()));
  }
}

void AddHeaders(const Plan& plan, CallbackServerContext* context) {
  for (const Line& line : plan.headers()) {
    context->AddInitialMetadata(line.name(), line.value());
  }
}

ProbeResponse FirstResponse(const ProbeServiceImpl& service,
                            const CallbackServerContext& context,
                            const ProbeRequest& request) {
  ProbeResponse response;
  AddReceived(context, &response);
  const absl::Time deadline = absl::FromChrono(context.deadline());
  // "No deadline" is gRPC's largest time, not absl's.
  const absl::Duration left = deadline - base::Clock::System().Now();
  if (left < absl::Hours(24 * 365 * 10)) {
    response.set_timeout_ms(absl::ToInt64Milliseconds(left));
  }
  response.set_received_bytes(static_cast<int64_t>(request.payload().size()));
  response.set_payload(std::string(request.plan().size(), 'x'));
  response.set_active(service.active());
  return response;
}

grpc::Status EndOf(const Plan& plan, CallbackServerContext* context) {
  for (const Line& line : plan.trailers()) {
    context->AddTrailingMetadata(line.name(), line.value());
  }
  if (plan.code() == 0) return grpc::Status::OK;
  google::rpc::Status details;
  details.set_code(plan.code());
  details.set_message(plan.message());
  *details.mutable_details() = plan.details();
  return {static_cast<grpc::StatusCode>(plan.code()), plan.message(),
          plan.details().empty() ? "" : details.SerializeAsString()};
}

// What unary calls and streams share: waiting, being cancelled, and the end,
// which comes once. Reactor: ServerUnaryReactor or ServerWriteReactor.
template <typename Reactor>
class Answering : public Reactor {
 public:
  Answering(ProbeServiceImpl* service, CallbackServerContext* context,
            const Plan& plan)
      : service_(*service), context_(*context), plan_(plan) {
    service_.Begin();
  }

  void OnCancel() override {
    bool waiting = false;
    {
      absl::MutexLock lock(&mutex_);
      cancelled_ = true;
      waiting = waiting_;
      if (!waiting && !hanging_) return;
    }
    waiting ? alarm_.Cancel() : FinishOnce(grpc::Status::CANCELLED);
  }
  void OnDone() override {
    service_.End(context_.IsCancelled());
    delete this;
  }

 protected:
  // Runs `then` after `pause`, unless the call was cancelled.
  void After(absl::Duration pause, std::function<void()> then) {
    {
      absl::MutexLock lock(&mutex_);
      waiting_ = !cancelled_;
    }
    if (!waiting_) return FinishOnce(grpc::Status::CANCELLED);
    alarm_.Set(absl::ToChronoTime(base::Clock::System().Now() + pause),
               [this, then = std::move(then)](bool fired) {
                 waiting_ = false;
                 if (!fired) return FinishOnce(grpc::Status::CANCELLED);
                 then();
               });
  }
  void Hang() {
    {
      absl::MutexLock lock(&mutex_);
      hanging_ = true;
      if (!cancelled_) return;
    }
    FinishOnce(grpc::Status::CANCELLED);
  }
  void Die() {
    After(kBeforeDeath, [this] {
      service_.Cut(context_.peer());
      Hang();
    });
  }
  void FinishOnce(const grpc::Status& status) {
    if (!finished_.exchange(true)) this->Finish(status);
  }

  ProbeServiceImpl& service_;
  CallbackServerContext& context_;
  const Plan& plan_;

 private:
  absl::Mutex mutex_;
  std::atomic<bool> waiting_ = false;
  bool hanging_ ABSL_GUARDED_BY(mutex_) = false;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  std::atomic<bool> finished_ = false;
  grpc::Alarm alarm_;
};

class UnaryAnswer : public Answering<grpc::ServerUnaryReactor> {
 public:
  UnaryAnswer(ProbeServiceImpl* service, CallbackServerContext* context,
              const ProbeRequest& request, ProbeResponse* response)
      : Answering(service, context, request.plan()) {
    *response = FirstResponse(*service, *context, request);
    AddHeaders(plan_, context);
    if (plan_.die()) {
      Die();
    } else if (plan_.hang()) {
      Hang();
    } else if (plan_.delay_ms() == 0) {
      FinishOnce(EndOf(plan_, &context_));
    } else {
      After(absl::Milliseconds(plan_.delay_ms()),
            [this] { FinishOnce(EndOf(plan_, &context_)); });
    }
  }
};

class StreamAnswer : public Answering<grpc::ServerWriteReactor<ProbeResponse>> {
 public:
  StreamAnswer(ProbeServiceImpl* service, CallbackServerContext* context,
               const ProbeRequest& request)
      : Answering(service, context, request.plan()),
        response_(FirstResponse(*service, *context, request)) {
    AddHeaders(plan_, context);
    StartSendInitialMetadata();
  }

 private:
  void OnSendInitialMetadataDone(bool ok) override {
    ok ? Next() : FinishOnce(grpc::Status::CANCELLED);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return FinishOnce(grpc::Status::CANCELLED);
    const int index = response_.index() + 1;
    response_.clear_received();
    response_.set_index(index);
    ++written_;
    Next();
  }
  void Next() {
    if (written_ == plan_.messages()) {
      if (plan_.die()) return Die();
      if (plan_.hang()) return Hang();
      return FinishOnce(EndOf(plan_, &context_));
    }
    if (plan_.delay_ms() == 0) return StartWrite(&response_);
    After(absl::Milliseconds(plan_.delay_ms()),
          [this] { StartWrite(&response_); });
  }

  ProbeResponse response_;
  int written_ = 0;
};

}  // namespace

grpc::ServerUnaryReactor* ProbeServiceImpl::Unary(
    CallbackServerContext* context, const ProbeRequest* request,
    ProbeResponse* response) {
  return new UnaryAnswer(this, context, *request, response);
}

grpc::ServerWriteReactor<ProbeResponse>* ProbeServiceImpl::Stream(
    CallbackServerContext* context, const ProbeRequest* request) {
  return new StreamAnswer(this, context, *request);
}

void ProbeServiceImpl::Begin() {
  absl::MutexLock lock(&mutex_);
  ++active_;
}

void ProbeServiceImpl::End(bool cancelled) {
  absl::MutexLock lock(&mutex_);
  --active_;
  if (cancelled) ++cancelled_;
}

bool ProbeServiceImpl::WaitForActive(int count, absl::Duration patience) {
  absl::MutexLock lock(&mutex_);
  const auto there = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return active_ == count;
  };
  return mutex_.AwaitWithTimeout(absl::Condition(&there), patience);
}

}  // namespace jiedui::gateway
