#include "tools/cli/fields.h"

#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "jiedui/demand/v1/demand.pb.h"
#include "jiedui/matcher/v1/record_service.pb.h"
#include "jiedui/volunteer/v1/volunteer.pb.h"
#include "tools/cli/errors.h"

namespace jiedui::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Language kEn = Language::kEnglish;

TEST(FullName, IsCompletedOnlyWhenShort) {
  EXPECT_EQ(FullName("demands", "D00000001"), "demands/D00000001");
  EXPECT_EQ(FullName("demands", "demands/D00000001"), "demands/D00000001");
  EXPECT_EQ(FullName("demands", ""), "");
}

TEST(SetField, ReadsWordsOfBothLanguages) {
  demand::v1::Demand demand;
  ASSERT_TRUE(SetField(&demand, "urgency", {"紧急"}, kEn).ok());
  ASSERT_TRUE(SetField(&demand, "mode", {"on-site"}, kEn).ok());
  ASSERT_TRUE(SetField(&demand, "insured", {"是"}, kEn).ok());
  ASSERT_TRUE(SetField(&demand, "requester.kind", {"VILLAGE"}, kEn).ok());
  ASSERT_TRUE(SetField(&demand, "parts.talents_count", {"3"}, kEn).ok());
  ASSERT_TRUE(SetField(&demand, "metric.baseline", {"18.5"}, kEn).ok());
  EXPECT_EQ(demand.urgency(), type::v1::URGENCY_HIGH);
  EXPECT_EQ(demand.mode(), type::v1::MODE_ON_SITE);
  EXPECT_TRUE(demand.insured());
  EXPECT_EQ(demand.requester().kind(), type::v1::REQUESTER_KIND_VILLAGE);
  EXPECT_EQ(demand.parts().talents_count(), 3);
  EXPECT_EQ(demand.metric().baseline(), 18.5);
}

TEST(SetField, ReadsTimesOfChina) {
  matcher::v1::AddLateRecordRequest request;
  for (const char* text :
       {"2026-12-01T09:30", "2026-12-01 09:30", "2026-12-01T01:30:00Z"}) {
    request.clear_start_time();
    ASSERT_TRUE(SetField(&request, "start_time", {text}, kEn).ok()) << text;
    EXPECT_EQ(request.start_time().seconds(), 1796088600) << text;
  }
  const absl::Status wrong =
      SetField(&request, "start_time", {"yesterday"}, kEn);
  EXPECT_THAT(std::string(wrong.message()), HasSubstr("a time in China"));
}

TEST(SetField, ReadsPlacesAndSubjectsByName) {
  demand::v1::Demand demand;
  ASSERT_TRUE(SetField(&demand, "region", {"广东省/茂名市/高州市"}, kEn).ok());
  ASSERT_TRUE(SetField(&demand, "subjects", {"园艺学、21045"}, kEn).ok());
  EXPECT_EQ(demand.region(), "440981000000");
  EXPECT_THAT(demand.subjects(), ElementsAre("21040", "21045"));
}

TEST(SetField, ANewListReplacesTheOldOneAndNothingClearsIt) {
  demand::v1::Demand demand;
  demand.add_dialects(type::v1::DIALECT_HAKKA);
  ASSERT_TRUE(SetField(&demand, "dialects", {"粤,潮"}, kEn).ok());
  EXPECT_THAT(demand.dialects(), ElementsAre(type::v1::DIALECT_CANTONESE,
                                             type::v1::DIALECT_TEOCHEW));
  ASSERT_TRUE(SetField(&demand, "dialects", {""}, kEn).ok());
  EXPECT_EQ(demand.dialects_size(), 0);
}

TEST(SetField, ItemsOfSeveralFieldsAreWrittenWithColons) {
  volunteer::v1::Volunteer volunteer;
  ASSERT_TRUE(
      SetField(&volunteer, "skills", {"21040:4:论文,园艺学:3"}, kEn).ok());
  ASSERT_EQ(volunteer.skills_size(), 2);
  EXPECT_EQ(volunteer.skills(0).proficiency(), 4);
  EXPECT_EQ(volunteer.skills(0).evidence(), "论文");
  EXPECT_EQ(volunteer.skills(1).subject(), "21040");
  ASSERT_TRUE(
      SetField(&volunteer, "memberships", {"T00000002:2026-01-01"}, kEn).ok());
  EXPECT_EQ(volunteer.memberships(0).team(), "teams/T00000002");
}

TEST(SetField, SaysWhatIsExpected) {
  demand::v1::Demand demand;
  const std::tuple<std::string, std::string, std::string> kCases[] = {
      {"urgency", "soon", "CRITICAL"},
      {"insured", "maybe", "yes or no"},
      {"parts.talents_count", "many", "whole number"},
      {"metric.target", "lots", "a number"},
      {"region", "无此地方", "region code"},
      {"subjects", "无此学科", "GB/T 13745"},
      {"industry", "无此行业", "GB/T 4754"},
      {"colour", "red", "external_id"},
      {"requester.colour", "red", "requester.name"},
      {"state", "OPEN", "kept by the system"},
  };
  for (const auto& [path, value, expected] : kCases) {
    const absl::Status status = SetField(&demand, path, {value}, kEn);
    EXPECT_EQ(ExitCodeOf(status), kExitInvalid) << path;
    EXPECT_THAT(Explain(status, kEn), HasSubstr(expected)) << path;
  }
}

TEST(SplitAssignment, TakesTheFirstEqualsSign) {
  std::string path;
  std::string value;
  ASSERT_TRUE(SplitAssignment("title=a=b", &path, &value, kEn).ok());
  EXPECT_EQ(path, "title");
  EXPECT_EQ(value, "a=b");
  EXPECT_EQ(ExitCodeOf(SplitAssignment("title", &path, &value, kEn)),
            kExitUsage);
  EXPECT_EQ(ExitCodeOf(SplitAssignment("=x", &path, &value, kEn)), kExitUsage);
}

TEST(JsonFile, IsMergedOrSaysWhatIsWrong) {
  const std::string file = ::testing::TempDir() + "/demand.json";
  std::ofstream(file) << R"({"title":"荔枝","urgency":"URGENCY_HIGH"})";
  demand::v1::Demand demand;
  ASSERT_TRUE(MergeJsonFile(file, &demand, kEn).ok());
  EXPECT_EQ(demand.title(), "荔枝");
  EXPECT_EQ(demand.urgency(), type::v1::URGENCY_HIGH);
  std::ofstream(file) << "{\"colour\":1}";
  EXPECT_EQ(ExitCodeOf(MergeJsonFile(file, &demand, kEn)), kExitInvalid);
  EXPECT_EQ(ExitCodeOf(MergeJsonFile(file + ".none", &demand, kEn)),
            kExitInvalid);
  EXPECT_EQ(ExitCodeOf(MergeJsonFile(::testing::TempDir(), &demand, kEn)),
            kExitInvalid);
}

}  // namespace
}  // namespace jiedui::cli
