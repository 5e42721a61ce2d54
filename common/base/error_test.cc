#include "common/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace jiedui::base {
namespace {

TEST(ErrorTest, CarriesReasonCodeAndBothMessages) {
  const absl::Status status =
      MakeError(Reason::kEtagMismatch,
                {{"resource", "demands/D1"}, {"current", "2"}, {"given", "1"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_TRUE(HasReason(status, Reason::kEtagMismatch));
  EXPECT_THAT(Message(status, Language::kEnglish),
              testing::StartsWith("demands/D1 was changed"));
  EXPECT_THAT(Message(status, Language::kChinese),
              testing::StartsWith("demands/D1 已被他人修改"));
}

TEST(ErrorTest, ArgumentsOfAnyBytesSurviveTheJourney) {
  const std::string odd("7:x\0{field}；中文", 17);
  const std::optional<ErrorInfo> info =
      Info(MakeError(Reason::kNotFound, {{"resource", odd}, {"", ""}}));
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->args, (std::vector<ErrorArg>{{"resource", odd}, {"", ""}}));
}

TEST(ErrorTest, StatusesFromElsewhereHaveNoReason) {
  EXPECT_FALSE(Info(absl::InternalError("x")).has_value());
  EXPECT_FALSE(Info(absl::OkStatus()).has_value());
  EXPECT_EQ(Message(absl::InternalError("x"), Language::kChinese), "x");
}

TEST(ErrorTest, ViolationsAreToldAllAtOnce) {
  Violations violations;
  EXPECT_TRUE(violations.ToStatus().ok());
  violations.Add("title", Reason::kFieldRequired);
  violations.Add("region", Reason::kUnknownCode,
                 {{"value", "999"}, {"system", "GB/T 2260"}});
  const std::optional<ErrorInfo> info = Info(violations.ToStatus());
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->reason, Reason::kInvalidFields);
  EXPECT_EQ(info->violations, violations.list());
  EXPECT_EQ(info->violations[1].Message(Language::kEnglish),
            "region has code '999', which GB/T 2260 does not hold: check the "
            "code table");
}

TEST(ErrorTest, NamesAreScreamingSnakeCaseAndUnique) {
  EXPECT_EQ(ReasonName(Reason::kEtagMismatch), "ETAG_MISMATCH");
  std::set<std::string_view> seen;
  for (int i = 0; i <= static_cast<int>(Reason::kUnreachable); ++i) {
    const Reason reason = static_cast<Reason>(i);
    EXPECT_TRUE(seen.insert(ReasonName(reason)).second);
    EXPECT_EQ(ReasonFromName(ReasonName(reason)), reason);
  }
  EXPECT_EQ(ReasonFromName("NO_SUCH"), std::nullopt);
}

}  // namespace
}  // namespace jiedui::base
