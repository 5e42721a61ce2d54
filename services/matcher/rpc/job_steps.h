// What the streaming calls about rounds have in common: they run a solve, tell
// how far it is, and stop when the caller has gone.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/rpc/stream_job.h"
#include "common/runtime/writer.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"
#include "services/matcher/engine/policy.h"

namespace jiedui::matcher {

// Waits until all registries followed are caught up with. Errors:
// kUnreachable.
using CatchUp = std::function<absl::Status(absl::Time deadline)>;

// One call; plain code on a thread that may block.
template <typename Request>
struct JobCall {
  Request request;
  std::string actor;
  runtime::Writer* writer;
  const engine::Policy* policy;
  absl::Mutex* turn;  // of whoever runs a round that commits
  CatchUp catch_up;
};

inline absl::Status Cancelled() {
  return base::MakeError(base::Reason::kCancelled);
}

// Tells the caller of every phase, and within one of every percent.
template <typename Response>
class Reporter {
 public:
  explicit Reporter(rpc::StreamJob<Response>* job) : job_(job) {}

  // False when the caller has gone.
  bool operator()(std::string_view phase, int64_t done, int64_t total) {
    if (job_->cancelled()) return false;
    const int64_t percent = total == 0 ? 0 : done * 100 / total;
    if (phase == phase_ && percent == percent_) return true;
    phase_ = std::string(phase);
    percent_ = percent;
    Response response;
    v1::RoundProgress* progress = response.mutable_progress();
    progress->set_phase(phase_);
    progress->set_done(done);
    progress->set_total(total);
    return job_->Write(response);
  }

 private:
  rpc::StreamJob<Response>* const job_;
  std::string phase_;
  int64_t percent_ = 0;
};

// The day asked for; empty: today in China. Errors: a violation of as_of_date.
absl::StatusOr<absl::CivilDay> AsOf(const std::string& asked, absl::Time now);

// Catches up within half a minute of the machine's time: how long somebody
// waits is no part of the answer. Errors: kUnreachable.
absl::Status CatchUpSoon(const CatchUp& catch_up);

}  // namespace jiedui::matcher
