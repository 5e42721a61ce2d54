#include "common/runtime/consumer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace jiedui::runtime {
namespace {

// Commits without events for us whose cursor is not stored: after a restart
// they are looked at again. Storing each would be a commit of our own, and two
// services that follow each other would answer one another for ever.
constexpr uint64_t kLongestUnsaved = 1000;

}  // namespace

Consumer::Consumer(std::string source, Writer* writer, React react)
    : source_(std::move(source)),
      writer_(writer),
      react_(std::move(react)),
      position_(Cursor()) {}

uint64_t Consumer::Cursor() const {
  return CursorOf(writer_->store(), source_);
}

absl::Status Consumer::TakeIn(const std::vector<event::v1::Event>& commit) {
  const uint64_t seq = commit.back().seq();
  if (seq <= position_) return absl::OkStatus();
  if (seq > position_ + 1) {
    return base::MakeError(
        base::Reason::kInternal,
        {{"detail", absl::StrCat("commit ", seq, " of ", source_, " after ",
                                 position_)}});
  }
  const bool concerns_us =
      std::any_of(commit.begin(), commit.end(),
                  [](const auto& event) { return event.has_payload(); });
  if (concerns_us || seq >= Cursor() + kLongestUnsaved) {
    RETURN_IF_ERROR(Commit(commit));
  }
  position_ = seq;
  return absl::OkStatus();
}

absl::Status Consumer::Commit(const std::vector<event::v1::Event>& commit) {
  Command command;
  command.actor = "system";
  command.decide = [this, &commit](Transaction& txn) {
    const uint64_t seq = commit.back().seq();
    if (seq <= txn.Cursor(source_)) return absl::OkStatus();
    for (const event::v1::Event& event : commit) {
      if (event.has_payload()) RETURN_IF_ERROR(react_(event, txn));
    }
    txn.MoveCursor(source_, seq);
    return absl::OkStatus();
  };
  return writer_->Run(std::move(command));
}

}  // namespace jiedui::runtime
