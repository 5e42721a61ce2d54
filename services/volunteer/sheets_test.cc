// The sheets of the volunteer registry through its public API.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/volunteer/registry_server.h"

namespace jiedui::volunteer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kTeams[] =
    "编号,名称,层级,系统,地区,上级,队长,学科,简介,容量,成立日期\n"
    "T-1,市队,市,科协,440900,,V-1,21040,,3,2019-05-17\n"
    "T-2,县队,县,科协,广东省/茂名市/高州市,T-1,V-2,园艺学,,2,\n";

constexpr char kVolunteers[] =
    "编号,姓名,职称,地区,层级,系统,学科,每月次数,可服务开始,可服务结束,"
    "联系电话,队伍\n"
    "V-1,张三,正高,440981,县,科协,2104010:5;21045:4,2,2026-12-01,"
    "2027-12-31,19900000001,T-1;T-2\n"
    "V-2,李四,副高,广东省/茂名市/高州市/根子镇,乡,科协,果树学:4,1,,,"
    "19900000002,T-2\n";

class SheetsTest : public RegistryServerTest {
 protected:
  v1::Volunteer VolunteerOf(const std::string& name) {
    v1::GetVolunteerRequest request;
    request.set_name(name);
    v1::Volunteer volunteer;
    EXPECT_TRUE(Call(&Stub::GetVolunteer, request, &volunteer).ok());
    return volunteer;
  }
  v1::Team TeamOf(const std::string& name) {
    v1::GetTeamRequest request;
    request.set_name(name);
    v1::Team team;
    EXPECT_TRUE(Call(&Stub::GetTeam, request, &team).ok());
    return team;
  }

  // "row column REASON" of each error.
  static std::vector<std::string> Errors(
      const sheet::v1::ImportSummary& summary) {
    std::vector<std::string> errors;
    for (const auto& error : summary.errors()) {
      errors.push_back(std::to_string(error.row()) + " " + error.column() +
                       " " + error.reason());
    }
    return errors;
  }
};

TEST_F(SheetsTest, TeamsComeBeforeTheirLeadersAndEndUpWithThem) {
  const Imported teams = Import("teams", kTeams);
  ASSERT_TRUE(teams.status.ok()) << teams.status.error_message();
  EXPECT_EQ(teams.summary.created(), 2) << teams.summary.DebugString();
  EXPECT_EQ(TeamOf("teams/T00000001").leader(), "");
  const Imported people = Import("volunteers", kVolunteers, true);
  EXPECT_EQ(people.summary.created(), 2) << people.summary.DebugString();
  EXPECT_EQ(TeamOf("teams/T00000001").leader(), "volunteers/V00000001");
  EXPECT_EQ(TeamOf("teams/T00000002").leader(), "volunteers/V00000002");
  EXPECT_EQ(TeamOf("teams/T00000002").parent(), "teams/T00000001");
  EXPECT_EQ(TeamOf("teams/T00000002").parent_since(), "2026-11-22");

  const v1::Volunteer one = VolunteerOf("volunteers/V00000001");
  EXPECT_EQ(one.state(), v1::Volunteer::STATE_ACTIVE);
  EXPECT_EQ(one.region(), "440981000000");
  EXPECT_EQ(one.skills(1).subject(), "21045");
  EXPECT_EQ(one.skills(1).proficiency(), 4);
  EXPECT_EQ(one.windows(0).end_date(), "2027-12-31");
  EXPECT_EQ(one.memberships(1).team(), "teams/T00000002");
  EXPECT_EQ(one.memberships(1).start_date(), "2026-12-01");
  EXPECT_EQ(one.mode(), type::v1::MODE_EITHER);
  const v1::Volunteer two = VolunteerOf("volunteers/V00000002");
  EXPECT_EQ(two.region(), "440981104000");
  EXPECT_EQ(two.skills(0).subject(), "2104010");
  EXPECT_THAT(two.windows(), IsEmpty());
}

TEST_F(SheetsTest, ImportingAgainChangesNothing) {
  Import("teams", kTeams);
  Import("volunteers", kVolunteers, true);
  const std::string before =
      VolunteerOf("volunteers/V00000001").SerializeAsString();
  const Imported teams = Import("teams", kTeams);
  EXPECT_EQ(teams.summary.unchanged(), 2) << teams.summary.DebugString();
  const Imported people = Import("volunteers", kVolunteers, true);
  EXPECT_EQ(people.summary.unchanged(), 2) << people.summary.DebugString();
  EXPECT_EQ(VolunteerOf("volunteers/V00000001").SerializeAsString(), before);
}

TEST_F(SheetsTest, EnglishHeadersDoAsWell) {
  const Imported imported = Import(
      "specialties",
      "external_id,name,region,industry,weight,summary\nI-1,高州荔枝,440981,"
      "0154,60,\n");
  EXPECT_EQ(imported.summary.created(), 1) << imported.summary.DebugString();
}

TEST_F(SheetsTest, EveryTemplateCanBeImportedOnceItsReferencesAreThere) {
  for (const bool english : {false, true}) {
    for (const char* kind : {"teams", "volunteers", "projects", "enterprises",
                             "stations", "specialties"}) {
      sheet::v1::GetSheetTemplateRequest request;
      request.set_kind(kind);
      request.set_english(english);
      grpc::ClientContext context;
      sheet::v1::SheetTemplate sheet;
      ASSERT_TRUE(sheets_->GetSheetTemplate(&context, request, &sheet).ok());
      const Imported imported = Import(kind, sheet.content());
      ASSERT_TRUE(imported.status.ok()) << imported.status.error_message();
      EXPECT_EQ(imported.summary.total_rows(), 1);
      EXPECT_THAT(Errors(imported.summary), IsEmpty()) << kind;
      EXPECT_THAT(imported.summary.ignored_columns(), IsEmpty()) << kind;
    }
  }
}

TEST_F(SheetsTest, WrongCellsAreNamedByRowAndColumn) {
  Import("teams", kTeams);
  const Imported imported = Import(
      "volunteers",
      "编号,姓名,职称,地区,层级,系统,学科,每月次数,可服务开始,可服务结束,队伍\n"
      "V-1,张三,正高,440981,县,科协,2104010:6,2,,,\n"
      "V-2,李四,正高,440981,县,科协,2104010,2,,,\n"
      "V-3,王五,正高,4409,县,科协,2104010:5,2,,,\n"
      "V-4,赵六,正高,440981,县,科协,2104010:5,2,2027-06-01,2027-01-01,\n"
      "V-5,钱七,正高,440981,县,科协,2104010:5;果树学:4,2,,,\n"
      "V-6,孙八,正高,440981,县,科协,2104010:5,2,,,T-9\n"
      "V-6,周九,正高,440981,县,科协,2104010:5,2,,,\n");
  EXPECT_TRUE(imported.summary.nothing_changed());
  EXPECT_THAT(Errors(imported.summary),
              ElementsAre("2 学科 VALUE_OUT_OF_RANGE", "3 学科 FIELD_MALFORMED",
                          "4 地区 FIELD_MALFORMED",
                          "5 可服务结束 WINDOW_REVERSED", "6 学科 DUPLICATE_ID",
                          "7 队伍 REFERENCE_MISSING", "8 编号 ROW_REPEATED"));
}

TEST_F(SheetsTest, AParentFurtherDownIsMissingAndAnUnknownKindNotFound) {
  const Imported imported = Import("teams",
                                   "编号,名称,层级,系统,地区,上级,学科,容量\n"
                                   "T-2,县队,县,科协,440981,T-1,21040,2\n"
                                   "T-1,市队,市,科协,440900,,21040,2\n");
  EXPECT_THAT(Errors(imported.summary),
              ElementsAre("2 上级 REFERENCE_MISSING"));
  EXPECT_EQ(ReasonOf(Import("patents", "编号\n1\n").status), "NOT_FOUND");
}

TEST_F(SheetsTest, ADryRunTellsWhatWouldHappen) {
  sheet::v1::ImportSheetRequest request;
  request.set_kind("teams");
  request.set_content(kTeams);
  request.set_validate_only(true);
  const Imported imported = Import(request);
  EXPECT_EQ(imported.summary.created(), 2);
  EXPECT_TRUE(imported.summary.nothing_changed());
  v1::ListTeamsResponse teams;
  ASSERT_TRUE(Call(&Stub::ListTeams, v1::ListTeamsRequest(), &teams).ok());
  EXPECT_EQ(teams.teams_size(), 0);
}

}  // namespace
}  // namespace jiedui::volunteer
