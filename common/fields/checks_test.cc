#include "common/fields/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace jiedui::fields {
namespace {

using base::Reason;
using base::Violations;

struct Case {
  const char* name;
  std::function<void(Violations&)> check;
  // Nothing: the field is right.
  std::optional<Reason> reason;
};

class ChecksTest : public testing::TestWithParam<Case> {};

TEST_P(ChecksTest, TellWhatIsWrongAndNothingElse) {
  Violations found;
  GetParam().check(found);
  if (!GetParam().reason) {
    EXPECT_TRUE(found.empty()) << found.ToStatus();
    return;
  }
  ASSERT_EQ(found.list().size(), 1u) << found.ToStatus();
  EXPECT_EQ(found.list()[0].reason, *GetParam().reason);
  EXPECT_EQ(found.list()[0].field.substr(0, 1), "f");
}

INSTANTIATE_TEST_SUITE_P(
    Fields, ChecksTest,
    testing::Values(
        Case{"TextFits",
             [](auto& v) { CheckText("f", "荔枝", Need::kRequired, 2, v); },
             std::nullopt},
        Case{"TextTooLong",
             [](auto& v) { CheckText("f", "荔枝果", Need::kRequired, 2, v); },
             Reason::kFieldTooLong},
        Case{"TextBlank",
             [](auto& v) { CheckText("f", " \u3000", Need::kRequired, 9, v); },
             Reason::kFieldRequired},
        Case{"TextMayBeBlank",
             [](auto& v) { CheckText("f", "", Need::kOptional, 9, v); },
             std::nullopt},
        Case{"TextNotUtf8",
             [](auto& v) { CheckText("f", "\xff", Need::kOptional, 9, v); },
             Reason::kFieldMalformed},
        Case{"InRange", [](auto& v) { CheckRange("f", 3, 1, 3, v); },
             std::nullopt},
        Case{"OutOfRange", [](auto& v) { CheckRange("f", 4, 1, 3, v); },
             Reason::kValueOutOfRange},
        Case{"TooManyItems", [](auto& v) { CheckItems("f", 4, 3, v); },
             Reason::kTooManyItems},
        Case{"Region", [](auto& v) { CheckRegion("f", "440981", v); },
             std::nullopt},
        Case{"NoRegion", [](auto& v) { CheckRegion("f", "", v); },
             Reason::kFieldRequired},
        Case{"UnknownRegion", [](auto& v) { CheckRegion("f", "999999", v); },
             Reason::kUnknownCode},
        Case{"Subject", [](auto& v) { CheckSubject("f", "21040", v); },
             std::nullopt},
        Case{"SectionIsNoSubject", [](auto& v) { CheckSubject("f", "A", v); },
             Reason::kUnknownCode},
        Case{"UnknownIndustry",
             [](auto& v) { CheckIndustry("f", "Z9", Need::kOptional, v); },
             Reason::kUnknownCode},
        Case{"CreditCode",
             [](auto& v) { CheckCreditCode("f", "91440101MA5CJKQ00X", v); },
             Reason::kBadCreditCode},
        Case{"Phone", [](auto& v) { CheckPhone("f", "19900000000", v); },
             std::nullopt},
        Case{"PhoneWithDashes",
             [](auto& v) { CheckPhone("f", "139-0000-000", v); },
             Reason::kFieldMalformed},
        Case{"LeapDay",
             [](auto& v) { CheckDate("f", "2028-02-29", Need::kRequired, v); },
             std::nullopt},
        Case{"NoSuchDay",
             [](auto& v) { CheckDate("f", "2027-02-29", Need::kRequired, v); },
             Reason::kFieldMalformed},
        Case{"Reversed",
             [](auto& v) { CheckSpan("f", "2027-02-02", "2027-02-01", v); },
             Reason::kWindowReversed},
        Case{"OpenSpan", [](auto& v) { CheckSpan("f", "2027-02-02", "", v); },
             std::nullopt}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace jiedui::fields
