#include "common/query/filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "jiedui/demand/v1/demand.pb.h"

namespace jiedui::query {
namespace {

demand::v1::Demand Example() {
  demand::v1::Demand demand;
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

class MatchesTest
    : public testing::TestWithParam<std::pair<const char*, bool>> {};

TEST_P(MatchesTest, AsTheFilterSays) {
  const auto filter =
      Filter::Parse(GetParam().first, *demand::v1::Demand::descriptor());
  ASSERT_TRUE(filter.ok()) << filter.status();
  EXPECT_EQ(filter->Matches(Example()), GetParam().second);
}

INSTANTIATE_TEST_SUITE_P(
    Filters, MatchesTest,
    testing::Values(
        std::pair{"", true}, std::pair{"  ", true},
        std::pair{"state = OPEN", true}, std::pair{"state=STATE_OPEN", true},
        std::pair{"state != OPEN", false},
        std::pair{"state = OPEN AND urgency = HIGH", false},
        std::pair{"state = OPEN and region : \"4409\"", true},
        std::pair{"region : 4408", false}, std::pair{"subjects : 2104", true},
        std::pair{"subjects = 2104", false},
        std::pair{"subjects = 55020", true},
        std::pair{"subjects != 55020", false},
        std::pair{"mandatory = true", true},
        std::pair{"requester.kind = VILLAGE", true},
        std::pair{"metric.baseline >= 18.5", true},
        std::pair{"metric.baseline > 18.5", false},
        std::pair{"title : 荔枝", true}, std::pair{"title = 荔枝", false},
        std::pair{"title = \"荔枝采后保鲜\"", true},
        std::pair{"create_time < 2027-01-15T08:00:01Z", true},
        std::pair{"create_time < 2027-01-15T08:00:00Z", false}));

class RefusedTest
    : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(RefusedTest, NamesThePlaceAndTheFault) {
  const auto filter =
      Filter::Parse(GetParam().first, *demand::v1::Demand::descriptor());
  ASSERT_TRUE(base::HasReason(filter.status(), base::Reason::kBadFilter));
  EXPECT_THAT(base::Message(filter.status(), base::Language::kEnglish),
              testing::HasSubstr(GetParam().second));
}

INSTANTIATE_TEST_SUITE_P(
    Filters, RefusedTest,
    testing::Values(
        std::pair{"colour = red", "character 1: no field 'colour'"},
        std::pair{"state ~ OPEN", "character 7: expected = "},
        std::pair{"state = LOST", "character 9: 'state' has no value 'LOST'"},
        std::pair{"title = \"荔枝", "character 9: a quote is not closed"},
        std::pair{"title = 荔枝 OR x = 1", "character 12: expected AND"},
        std::pair{"mandatory = maybe", "expected true or false"},
        std::pair{"metric = 1", "'metric' cannot be compared"},
        std::pair{"metric.baseline = much", "expected a number"},
        std::pair{"create_time > yesterday", "expected a time"},
        std::pair{"state =", "character 8: expected a value"},
        std::pair{"state = OPEN AND", "no field ''"}));

}  // namespace
}  // namespace jiedui::query
