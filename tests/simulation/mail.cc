#include "tests/simulation/mail.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/sha256.h"
#include "google/protobuf/wrappers.pb.h"

namespace jiedui::simulation {
namespace {

runtime::Command CommandOf(
    const Mail::Letter& letter, std::string_view what,
    std::shared_ptr<google::protobuf::BytesValue> reply) {
  runtime::Command command;
  command.actor = letter.request.actor;
  command.request_id = letter.id;
  command.request_sha256 = base::Sha256(what);
  command.reply = reply.get();
  command.decide = [decide = letter.request.decide,
                    reply](runtime::Transaction& txn) {
    absl::StatusOr<std::string> answer = decide(txn);
    if (answer.ok()) reply->set_value(*std::move(answer));
    return answer.status();
  };
  return command;
}

}  // namespace

size_t Mail::Write(Request request) {
  Letter& letter = letters_.emplace_back();
  letter.request = std::move(request);
  letter.id = absl::StrCat("r", letters_.size());
  return letters_.size() - 1;
}

void Mail::Deliver(size_t number) {
  Letter& letter = letters_[number];
  if (!letter.request.node->up()) return;
  auto reply = std::make_shared<google::protobuf::BytesValue>();
  runtime::Command command = CommandOf(letter, letter.request.what, reply);
  command.done = [this, &letter, reply](absl::Status status) {
    Answered(letter, status, reply->value());
  };
  ++letter.queued;
  letter.request.node->writer().Submit(std::move(command));
}

void Mail::DeliverReused(size_t number) {
  Letter& letter = letters_[number];
  if (!letter.request.node->up() || !letter.answer) return;
  auto reply = std::make_shared<google::protobuf::BytesValue>();
  runtime::Command command =
      CommandOf(letter, letter.request.what + " otherwise", reply);
  command.done = [this, &letter](absl::Status status) {
    if (letter.request.node->failed()) return;
    if (!base::HasReason(status, base::Reason::kRequestIdReused)) {
      verdict_->Fail("I2", absl::StrCat(letter.id, " of '", letter.request.what,
                                        "' was reused: ", status.ToString()));
    }
  };
  letter.request.node->writer().Submit(std::move(command));
}

void Mail::Answered(Letter& letter, const absl::Status& status,
                    std::string answer) {
  --letter.queued;
  if (letter.request.node->failed()) {
    letter.lost = true;
    return;
  }
  letter.refused = !status.ok();
  letter.said = status.ok() ? "OK" : std::string(status.message());
  if (!status.ok()) {
    if (letter.answer) {
      verdict_->Fail(
          "I2", absl::StrCat("'", letter.request.what,
                             "' was answered, and repeated: ", letter.said));
    }
  } else if (!letter.answer) {
    letter.answer = std::move(answer);
  } else if (*letter.answer != answer) {
    verdict_->Fail("I2", absl::StrCat("'", letter.request.what,
                                      "' was answered in two ways"));
  }
}

void Mail::Lose(const Node* node) {
  for (Letter& letter : letters_) {
    if (letter.request.node != node || letter.queued == 0) continue;
    letter.queued = 0;
    letter.lost = true;
  }
}

}  // namespace jiedui::simulation
