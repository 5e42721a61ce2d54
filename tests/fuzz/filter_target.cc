// Any text as a filter of demands, matched with a full and an empty one.
#include <cstdint>
#include <string_view>

#include "common/base/error.h"
#include "common/query/filter.h"
#include "jiedui/demand/v1/demand.pb.h"
#include "tests/fuzz/expect.h"

namespace jiedui {
namespace {

demand::v1::Demand FullDemand() {
  demand::v1::Demand demand;
  demand.set_name("demands/D00000001");
  demand.set_title("荔枝采后保鲜");
  demand.set_region("440981103000");
  demand.set_state(demand::v1::Demand::STATE_OPEN);
  demand.set_urgency(type::v1::URGENCY_CRITICAL);
  demand.add_subjects("2104030");
  demand.add_subjects("55020");
  demand.set_mandatory(true);
  demand.mutable_requester()->set_kind(type::v1::REQUESTER_KIND_VILLAGE);
  demand.mutable_metric()->set_baseline(18.5);
  demand.mutable_create_time()->set_seconds(1'800'000'000);
  return demand;
}

void ParseAndMatch(std::string_view text) {
  const auto filter =
      query::Filter::Parse(text, *demand::v1::Demand::descriptor());
  if (!filter.ok()) {
    FUZZ_EXPECT(base::HasReason(filter.status(), base::Reason::kBadFilter));
    return;
  }
  static const demand::v1::Demand full = FullDemand();
  static const demand::v1::Demand empty;
  filter->Matches(full);
  filter->Matches(empty);
}

}  // namespace
}  // namespace jiedui

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  jiedui::ParseAndMatch({reinterpret_cast<const char*>(data), size});
  return 0;
}
