// Any text as the JSON of a matching problem: refused with a reason, or solved
// to a plan that the judge accepts.
#include <cstdint>
#include <string_view>

#include "common/base/error.h"
#include "google/protobuf/stubs/logging.h"
#include "services/matcher/engine/judge.h"
#include "services/matcher/engine/round.h"
#include "services/matcher/engine/solve/problem_json.h"
#include "tests/fuzz/expect.h"

namespace jiedui {
namespace {

void ReadSolveAndJudge(std::string_view json) {
  namespace engine = matcher::engine;
  const google::protobuf::LogSilencer silencer;  // of a line for each bad text
  const auto problem = engine::ParseProblem(json, "file");
  if (!problem.ok()) {
    FUZZ_EXPECT(base::Info(problem.status()).has_value());
    return;
  }
  const engine::Policy policy;
  const auto plan = engine::Solve(*problem, policy);
  FUZZ_EXPECT(plan.ok());
  FUZZ_EXPECT(engine::Judge(*problem, policy, *plan,
                            engine::ExpertScores(*problem, policy))
                  .ok());
}

}  // namespace
}  // namespace jiedui

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  jiedui::ReadSolveAndJudge({reinterpret_cast<const char*>(data), size});
  return 0;
}
