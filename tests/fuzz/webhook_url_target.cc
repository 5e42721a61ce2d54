// Any text as the address of a sink: refused with a reason, or parts that
// cannot smuggle anything into a request and that make the same address again.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/matcher/domain/webhook_url.h"
#include "tests/fuzz/expect.h"

namespace jiedui::matcher {
namespace {

bool Graphic(std::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isgraph);
}

void Parse(std::string_view text) {
  const auto url = ParseWebhookUrl(text);
  if (!url.ok()) {
    FUZZ_EXPECT(base::HasReason(url.status(), base::Reason::kInvalidFields));
    return;
  }
  FUZZ_EXPECT(!url->host.empty() && Graphic(url->host));
  FUZZ_EXPECT(Graphic(url->authority) && Graphic(url->target));
  FUZZ_EXPECT(url->target.starts_with('/') && url->port != 0);
  const auto again = ParseWebhookUrl(absl::StrCat(
      url->https ? "https" : "http", "://", url->authority, url->target));
  FUZZ_EXPECT(again.ok() ? *again == *url : text.size() > 2000);
}

}  // namespace
}  // namespace jiedui::matcher

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  jiedui::matcher::Parse({reinterpret_cast<const char*>(data), size});
  return 0;
}
