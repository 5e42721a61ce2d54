#include "tools/cli/progress.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tools/cli/output.h"

namespace jiedui::cli {
namespace {

constexpr absl::Duration kBetweenLines = absl::Seconds(5);
constexpr absl::Duration kBetweenFrames = absl::Milliseconds(50);
constexpr int64_t kBarCells = 24;
constexpr int64_t kLabelWidth = 36;
constexpr char kWipe[] = "\r\x1b[K";

std::string Bar(int64_t done, int64_t total) {
  const int64_t full =
      std::clamp<int64_t>(done * kBarCells / total, 0, kBarCells);
  std::string bar;
  for (int64_t i = 0; i < kBarCells; ++i) bar += i < full ? "█" : "░";
  return bar;
}

}  // namespace

Progress::Progress(std::ostream& err, bool is_terminal,
                   const base::Clock& clock)
    : err_(err),
      is_terminal_(is_terminal),
      clock_(clock),
      next_(is_terminal ? absl::InfinitePast() : clock.Now() + kBetweenLines) {}

Progress::~Progress() {
  if (drawn_) err_ << kWipe << std::flush;
}

void Progress::Show(const std::string& label, int64_t done, int64_t total) {
  const absl::Time now = clock_.Now();
  const bool complete = total > 0 && done >= total;
  if (now < next_ && !(is_terminal_ && complete)) return;
  next_ = now + (is_terminal_ ? kBetweenFrames : kBetweenLines);
  const std::string count =
      total > 0 ? absl::StrCat(done, "/", total) : absl::StrCat(done);
  if (!is_terminal_) {
    err_ << label << " " << count << std::endl;
    return;
  }
  err_ << kWipe << Padded(Cut(label, kLabelWidth), kLabelWidth) << " "
       << (total > 0 ? Bar(done, total) + " " : "") << count << std::flush;
  drawn_ = true;
}

}  // namespace jiedui::cli
