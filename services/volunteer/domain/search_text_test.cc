#include "services/volunteer/domain/search_text.h"

#include <gtest/gtest.h>

#include <string>

namespace jiedui::volunteer {
namespace {

TEST(SearchTextTest, HasNamesEmployerTaxonomyNamesAndSummary) {
  event::v1::Volunteer volunteer;
  volunteer.set_display_name("张三");
  volunteer.set_employer("水果所");
  volunteer.add_skills()->set_subject("21040");
  volunteer.add_industries("1530");
  volunteer.set_summary("荔枝保鲜");
  EXPECT_EQ(SearchText(volunteer),
            "张三\n水果所\n园艺学\n精制茶加工\n荔枝保鲜\n");
}

TEST(SearchTextTest, HasNoPersonalContact) {
  event::v1::Volunteer volunteer;
  volunteer.set_display_name("张三");
  volunteer.set_employer_credit_code("91440515MA6C6DK71A");
  EXPECT_EQ(SearchText(volunteer), "张三\n");
}

TEST(SearchTextTest, TakesOnlyTheBeginningOfALongSummary) {
  event::v1::Specialty specialty;
  specialty.set_display_name("高州荔枝");
  std::string summary;
  for (int i = 0; i < kSearchedSummary; ++i) summary += "荔";
  specialty.set_summary(summary + "尾");
  EXPECT_EQ(SearchText(specialty).find("尾"), std::string::npos);
}

TEST(SearchTextTest, CoversTheOtherKinds) {
  event::v1::Team team;
  team.set_display_name("荔枝队");
  team.add_subjects("21040");
  EXPECT_EQ(SearchText(team), "荔枝队\n园艺学\n");
  event::v1::Project project;
  project.set_display_name("预冷");
  project.set_holder("水果所");
  project.add_industries("1530");
  EXPECT_EQ(SearchText(project), "预冷\n水果所\n精制茶加工\n");
  event::v1::Enterprise enterprise;
  enterprise.set_display_name("茶厂");
  enterprise.set_industry("1530");
  EXPECT_EQ(SearchText(enterprise), "茶厂\n精制茶加工\n");
  event::v1::Station station;
  station.set_display_name("小院");
  station.set_host("柏桥村");
  EXPECT_EQ(SearchText(station), "小院\n柏桥村\n");
}

}  // namespace
}  // namespace jiedui::volunteer
