// Any text as a policy file: refused with a reason, or a policy that is written
// and read back the same.
#include <cstdint>
#include <string_view>

#include "common/base/error.h"
#include "services/matcher/domain/policy_file.h"
#include "services/matcher/domain/policy_message.h"
#include "tests/fuzz/expect.h"

namespace jiedui::matcher {
namespace {

void ReadAndWrite(std::string_view text) {
  const auto policy = ReadPolicy(text);
  if (!policy.ok()) {
    FUZZ_EXPECT(base::HasReason(policy.status(), base::Reason::kPolicySyntax) ||
                base::HasReason(policy.status(), base::Reason::kPolicyInvalid));
    return;
  }
  FUZZ_EXPECT(engine::Validate(*policy).ok());
  const auto again = ReadPolicy(WritePolicy(ToMessage(*policy)));
  FUZZ_EXPECT(again.ok());
  FUZZ_EXPECT(engine::Canonical(*again) == engine::Canonical(*policy));
  FUZZ_EXPECT(DifferencesOf(ToMessage(*policy), ToMessage(*again)).empty());
}

}  // namespace
}  // namespace jiedui::matcher

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  jiedui::matcher::ReadAndWrite({reinterpret_cast<const char*>(data), size});
  return 0;
}
