// Takes in another service's events: the effects of a commit there and the
// cursor that says so in one commit here. How the events come is another's
// matter (common/rpc/follower.h).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/runtime/writer.h"
#include "jiedui/event/v1/event.pb.h"

namespace jiedui::runtime {

// Not thread-safe. All it keeps in memory can be lost: what is delivered again
// from the stored cursor on changes nothing twice.
class Consumer {
 public:
  // What an event does here, besides being consumed: more facts, as part of the
  // same commit. Must not fail for good: a failing commit is to be delivered
  // again until it succeeds.
  using React =
      std::function<absl::Status(const event::v1::Event&, Transaction&)>;

  // `source` is consumed for `writer`, which must outlive it.
  Consumer(std::string source, Writer* writer, React react);

  // Takes in the events of one commit of the source. What has been taken in
  // already changes nothing. Errors: those of `react` and the writer;
  // kInternal when commits before this one have not been delivered. Nothing is
  // changed then. REQUIRES: `commit` is whole, see EventsOf.
  absl::Status TakeIn(const std::vector<event::v1::Event>& commit);

  // Everything up to here has been taken in: deliver from the next one on. Not
  // behind the stored cursor, but often ahead of it.
  uint64_t position() const { return position_; }

  const std::string& source() const { return source_; }

 private:
  uint64_t Cursor() const;
  absl::Status Commit(const std::vector<event::v1::Event>& commit);

  const std::string source_;
  Writer* const writer_;
  const React react_;
  uint64_t position_;
};

}  // namespace jiedui::runtime
