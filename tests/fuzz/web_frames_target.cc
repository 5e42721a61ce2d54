// Any bytes as a gRPC-web body, in pieces of any size: the same outcome however
// it is cut, and never more memory than bytes that came. The first byte says
// how large the pieces are.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "services/gateway/wire/frames.h"
#include "services/gateway/wire/gzip.h"
#include "tests/fuzz/expect.h"

namespace jiedui::gateway {
namespace {

constexpr size_t kLimit = 1000;

struct Outcome {
  absl::Status status;
  Message message;
};

Outcome Decode(std::string_view body, size_t step) {
  Outcome outcome;
  FrameDecoder decoder(kLimit);
  for (size_t i = 0; i < body.size() && outcome.status.ok(); i += step) {
    outcome.status = decoder.Feed(body.substr(i, step));
  }
  if (outcome.status.ok()) outcome.status = decoder.Finish();
  if (outcome.status.ok()) outcome.message = decoder.TakeMessage();
  return outcome;
}

void Check(std::string_view body, size_t step) {
  const Outcome whole = Decode(body, body.size() + 1);
  const Outcome pieces = Decode(body, step);
  FUZZ_EXPECT(whole.status == pieces.status);
  if (!whole.status.ok()) return;
  const Message& message = whole.message;
  FUZZ_EXPECT(message.bytes == pieces.message.bytes);
  FUZZ_EXPECT(message.bytes.size() <= kLimit);
  FUZZ_EXPECT(MessageFrame(message.bytes, message.compressed) == body);
  const auto inflated = Gunzip(message.bytes, kLimit);
  FUZZ_EXPECT(!inflated.ok() || inflated->size() <= kLimit);
}

}  // namespace
}  // namespace jiedui::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  jiedui::gateway::Check({reinterpret_cast<const char*>(data) + 1, size - 1},
                         data[0] + 1);
  return 0;
}
