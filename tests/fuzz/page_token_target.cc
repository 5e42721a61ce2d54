// Any text as a page token: refused, or one that was made for this query. And
// every name comes back out of its own token.
#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/error.h"
#include "common/query/page_token.h"
#include "tests/fuzz/expect.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using jiedui::query::MakePageToken;
  using jiedui::query::ReadPageToken;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto name = ReadPageToken(text, "query");
  if (name.ok()) {
    FUZZ_EXPECT(text.empty() ||
                ReadPageToken(MakePageToken(*name, "query"), "query") == name);
  } else {
    FUZZ_EXPECT(jiedui::base::HasReason(name.status(),
                                        jiedui::base::Reason::kBadPageToken));
  }
  if (!text.empty()) {
    const std::string token = MakePageToken(text, "query");
    FUZZ_EXPECT(ReadPageToken(token, "query").value() == text);
    FUZZ_EXPECT(!ReadPageToken(token, "another").ok());
  }
  return 0;
}
