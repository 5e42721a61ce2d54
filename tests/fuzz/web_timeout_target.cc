// Any text as grpc-timeout: refused, or what its digits and its unit say.
#include <cstdint>
#include <string_view>

#include "common/base/error.h"
#include "services/gateway/wire/timeout.h"
#include "tests/fuzz/expect.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto timeout = jiedui::gateway::ParseTimeout(text);
  if (!timeout.ok()) {
    FUZZ_EXPECT(jiedui::base::HasReason(timeout.status(),
                                        jiedui::base::Reason::kBadTimeout));
    return 0;
  }
  FUZZ_EXPECT(size >= 2 && size <= 9);
  FUZZ_EXPECT(*timeout >= absl::ZeroDuration());
  FUZZ_EXPECT(*timeout <= 99'999'999 * absl::Hours(1));
  return 0;
}
