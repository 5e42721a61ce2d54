// What a simulation has found.
#pragma once

#include <optional>
#include <string>
#include <utility>

namespace jiedui::simulation {

struct Violation {
  std::string invariant;  // "I4"
  std::string what;
};

// Keeps the first violation; what follows may only follow from it.
class Verdict {
 public:
  void Fail(std::string invariant, std::string what) {
    if (!violation_) violation_ = {std::move(invariant), std::move(what)};
  }
  bool failed() const { return violation_.has_value(); }
  const std::optional<Violation>& violation() const { return violation_; }

 private:
  std::optional<Violation> violation_;
};

}  // namespace jiedui::simulation
