// Any text as a body in base64, in pieces of any size: the same outcome however
// it is cut, and what is decoded encodes to the same digits. The first byte
// says how large the pieces are.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "services/gateway/wire/base64.h"
#include "tests/fuzz/expect.h"

namespace jiedui::gateway {
namespace {

bool Decode(std::string_view text, size_t step, std::string* bytes) {
  Base64Decoder decoder;
  for (size_t i = 0; i < text.size(); i += step) {
    if (!decoder.Feed(text.substr(i, step), bytes).ok()) return false;
  }
  return decoder.Finish().ok();
}

void Check(std::string_view text, size_t step) {
  std::string whole, pieces;
  const bool good = Decode(text, text.size() + 1, &whole);
  FUZZ_EXPECT(Decode(text, step, &pieces) == good);
  if (!good) return;
  FUZZ_EXPECT(whole == pieces);
  FUZZ_EXPECT(whole.size() <= text.size() / 4 * 3);
  std::string again;
  FUZZ_EXPECT(Decode(Base64Encode(whole), step, &again) && again == whole);
}

}  // namespace
}  // namespace jiedui::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  jiedui::gateway::Check({reinterpret_cast<const char*>(data) + 1, size - 1},
                         data[0] + 1);
  return 0;
}
