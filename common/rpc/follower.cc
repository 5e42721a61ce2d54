#include "common/rpc/follower.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "common/rpc/log.h"

namespace jiedui::rpc {
namespace {

constexpr absl::Duration kFirstWait = absl::Milliseconds(50);
constexpr absl::Duration kLongestWait = absl::Seconds(2);

}  // namespace

Follower::Follower(std::shared_ptr<grpc::Channel> channel, std::string source,
                   runtime::Writer* writer, React react)
    : channel_(std::move(channel)),
      stub_(event::v1::EventLogService::NewStub(channel_)),
      consumer_(std::move(source), writer, std::move(react)),
      taken_in_(consumer_.position()),
      thread_([this] { Run(); }) {}

Follower::~Follower() { Stop(); }

void Follower::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
    for (grpc::ClientContext* call : calls_) call->TryCancel();
  }
  if (thread_.joinable()) thread_.join();
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(
      +[](std::set<grpc::ClientContext*>* calls) { return calls->empty(); },
      &calls_));
}

bool Follower::Begin(grpc::ClientContext& call) {
  absl::MutexLock lock(&mutex_);
  if (!stopped_) calls_.insert(&call);
  return !stopped_;
}

void Follower::End(grpc::ClientContext& call) {
  absl::MutexLock lock(&mutex_);
  calls_.erase(&call);
}

uint64_t Follower::TakenIn() {
  absl::MutexLock lock(&mutex_);
  return taken_in_;
}

bool Follower::Stopped() {
  absl::MutexLock lock(&mutex_);
  return stopped_;
}

void Follower::Run() {
  absl::Duration wait = kFirstWait;
  while (!Stopped()) {
    const uint64_t before = TakenIn();
    FollowOnce();
    wait = TakenIn() > before ? kFirstWait : std::min(wait * 2, kLongestWait);
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&stopped_), wait);
  }
}

void Follower::FollowOnce() {
  grpc::ClientContext context;
  if (!Begin(context)) return;
  event::v1::WatchEventsRequest request;
  request.set_source(source());
  request.set_after_seq(TakenIn());
  const auto reader = stub_->WatchEvents(&context, request);
  std::vector<event::v1::Event> commit;
  event::v1::Event event;
  while (reader->Read(&event)) {
    const bool last = event.last();
    commit.push_back(std::move(event));
    if (!last) continue;
    const absl::Status status = TakeIn(std::exchange(commit, {}));
    if (!status.ok()) {
      if (!Stopped()) {
        LogWarning("follower.commit_failed",
                   {{"source", source()}, {"error", status.ToString()}});
      }
      context.TryCancel();
      break;
    }
  }
  const grpc::Status status = reader->Finish();
  End(context);
  // A source that has lost its end is a matter for people: say so each time.
  if (status.error_code() == grpc::StatusCode::OUT_OF_RANGE) {
    LogWarning("follower.cursor_ahead",
               {{"source", source()}, {"error", status.error_message()}});
  }
}

absl::Status Follower::TakeIn(const std::vector<event::v1::Event>& commit) {
  absl::Status status = consumer_.TakeIn(commit);
  absl::MutexLock lock(&mutex_);
  taken_in_ = consumer_.position();
  return status;
}

absl::Status Follower::CatchUp(absl::Time deadline) {
  const auto unreachable = [this] {
    return base::MakeError(base::Reason::kUnreachable,
                           {{"address", "service '" + source() + "'"}});
  };
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(deadline));
  context.set_wait_for_ready(true);
  event::v1::GetHeadRequest request;
  request.set_source(source());
  event::v1::Head head;
  if (!Begin(context)) return unreachable();
  const grpc::Status status = stub_->GetHead(&context, request, &head);
  End(context);
  if (!status.ok()) return unreachable();
  absl::MutexLock lock(&mutex_);
  auto over = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopped_ || taken_in_ >= head.seq();
  };
  mutex_.AwaitWithDeadline(absl::Condition(&over), deadline);
  return taken_in_ >= head.seq() ? absl::OkStatus() : unreachable();
}

}  // namespace jiedui::rpc
