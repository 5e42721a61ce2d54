// A server stream that follows a journal: everything after a cursor, then each
// commit as it happens. See FeedStream.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/journal/journal.h"
#include "common/rpc/feed_stream.h"

namespace jiedui::rpc {

// A record of the journal is missing or damaged.
inline absl::Status UnreadableRecord(const runtime::Writer& writer,
                                     uint64_t seq) {
  return base::MakeError(
      base::Reason::kDataDamaged,
      {{"path", std::string(writer.machine().source())},
       {"detail", absl::StrCat("journal record ", seq, " cannot be read")}});
}

template <typename Message>
class JournalStream {
 public:
  // What a commit looks like on this stream; may be nothing.
  using Convert =
      std::function<std::vector<Message>(const journal::v1::Record&)>;

  // Owns itself. `loop` and `writer` must outlive the call.
  static FeedStream<Message>* Start(runtime::Loop* loop,
                                    runtime::Writer* writer, uint64_t after,
                                    Convert convert) {
    using Batch = typename FeedStream<Message>::Batch;
    return FeedStream<Message>::Start(
        loop, writer,
        [writer, cursor = after, convert = std::move(convert)](
            uint64_t head) mutable -> absl::StatusOr<Batch> {
          if (cursor >= head) return Batch();
          const std::optional<journal::v1::Record> record =
              journal::Journal::Read(writer->store(), cursor + 1);
          if (!record) return UnreadableRecord(*writer, cursor + 1);
          ++cursor;
          return Batch{convert(*record), /*more=*/true};
        });
  }
};

}  // namespace jiedui::rpc
