// Any bytes as a .npy array: refused with a reason, or as many values as the
// shape says; and as the scores of reviewers, small ones solved.
#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/error.h"
#include "services/matcher/engine/solve/npy.h"
#include "services/matcher/engine/solve/review.h"
#include "tests/fuzz/expect.h"

namespace jiedui {
namespace {

namespace engine = matcher::engine;

constexpr int64_t kSolved = 400;  // pairs

// An array of `count` bytes of one value.
std::string Column(int64_t count, char value) {
  std::string header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" +
                       std::to_string(count) + ",), }\n";
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(header.size());
  bytes += '\0';
  return bytes + header + std::string(count, value);
}

void SolveAsScores(std::string_view bytes, const engine::NpyArray& array) {
  if (array.shape.size() != 2) return;
  if (array.values.empty() || array.values.size() > kSolved) return;
  const auto instance =
      engine::ParseReview({std::string(bytes), Column(array.shape[0], 2),
                           std::nullopt, Column(array.shape[1], 1)});
  if (!instance.ok()) {
    FUZZ_EXPECT(base::Info(instance.status()).has_value());
    return;
  }
  const auto utility = engine::SolveUtility(*instance);
  const auto fair = engine::SolveFair(*instance);
  FUZZ_EXPECT(utility.ok() == fair.ok());
  if (!utility.ok()) return;
  FUZZ_EXPECT(utility->bound == utility->utility);
  FUZZ_EXPECT(fair->worst >= utility->worst);
  FUZZ_EXPECT(fair->worst <= fair->worst_bound);
  FUZZ_EXPECT(fair->utility <= fair->bound);
  FUZZ_EXPECT(fair->bound <= utility->utility);
}

void Read(std::string_view bytes) {
  const auto array = engine::ParseNpy(bytes, "file");
  if (!array.ok()) {
    FUZZ_EXPECT(base::Info(array.status()).has_value());
    return;
  }
  int64_t count = 1;
  for (int64_t size : array->shape) count *= size;
  FUZZ_EXPECT(count == int64_t(array->values.size()));
  FUZZ_EXPECT(array->values.size() <= bytes.size());
  SolveAsScores(bytes, *array);
}

}  // namespace
}  // namespace jiedui

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  jiedui::Read({reinterpret_cast<const char*>(data), size});
  return 0;
}
