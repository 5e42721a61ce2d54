// Requests of clients on their way: late, lost, delivered twice, answered.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/runtime/transaction.h"
#include "tests/simulation/node.h"
#include "tests/simulation/verdict.h"

namespace jiedui::simulation {

struct Request {
  Node* node;
  std::string actor;
  std::string what;  // "approve pairings/… of version 3"
  // The answer, serialised.
  std::function<absl::StatusOr<std::string>(runtime::Transaction&)> decide;
};

class Mail {
 public:
  struct Letter {
    Request request;
    std::string id;
    int queued = 0;                     // copies of it, at the service
    bool lost = false;                  // one of them: who knows what it did
    std::optional<std::string> answer;  // of the first success
    bool refused = false;               // by an error, the last time
    std::string said;                   // in words, the last time
  };

  explicit Mail(Verdict* verdict) : verdict_(verdict) {}

  // Puts a request into the client's hands; returns its number.
  size_t Write(Request request);

  // Brings it to the service's queue. Lost when that is down.
  void Deliver(size_t number);
  // Brings something else under the same request_id.
  void DeliverReused(size_t number);

  // Nobody will answer what was queued there.
  void Lose(const Node* node);

  size_t size() const { return letters_.size(); }
  const Letter& at(size_t number) const { return letters_[number]; }

 private:
  void Answered(Letter& letter, const absl::Status& status, std::string answer);

  Verdict* const verdict_;
  std::deque<Letter> letters_;
};

}  // namespace jiedui::simulation
