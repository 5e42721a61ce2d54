// Any bytes as an assignment problem of OR-Library: refused with a reason, or
// read, and small ones solved to proven optimality.
#include <cstdint>
#include <string_view>

#include "common/base/error.h"
#include "services/matcher/engine/solve/lap.h"
#include "tests/fuzz/expect.h"

namespace jiedui {
namespace {

constexpr int32_t kSolved = 200;  // rows

void ReadAndSolve(std::string_view bytes) {
  namespace engine = matcher::engine;
  const auto instance = engine::ParseLap(bytes, "file");
  if (!instance.ok()) {
    FUZZ_EXPECT(base::Info(instance.status()).has_value());
    return;
  }
  FUZZ_EXPECT(instance->first.size() == size_t(instance->size) + 1);
  FUZZ_EXPECT(instance->first.back() == int64_t(instance->edges.size()));
  if (instance->size > kSolved) return;
  const auto result = engine::SolveLap(*instance);
  if (result.ok()) {
    FUZZ_EXPECT(result->objective == result->bound);
  } else {
    FUZZ_EXPECT(base::Info(result.status()).has_value());
  }
}

}  // namespace
}  // namespace jiedui

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  jiedui::ReadAndSolve({reinterpret_cast<const char*>(data), size});
  return 0;
}
