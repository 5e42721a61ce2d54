// Shows on standard error how far something is.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "absl/time/time.h"
#include "common/base/clock.h"

namespace jiedui::cli {

// On a terminal one line with a bar that is drawn again and again; elsewhere a
// line every five seconds, so that logs stay short. Not thread-safe.
class Progress {
 public:
  Progress(std::ostream& err, bool is_terminal, const base::Clock& clock);
  // Wipes the bar.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `total` 0: not known.
  void Show(const std::string& label, int64_t done, int64_t total);

 private:
  std::ostream& err_;
  bool is_terminal_;
  const base::Clock& clock_;
  absl::Time next_;
  bool drawn_ = false;
};

}  // namespace jiedui::cli
