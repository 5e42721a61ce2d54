#include "tools/cli/output.h"

#include "common/text/normalize.h"
#include "gtest/gtest.h"
#include "jiedui/demand/v1/demand.pb.h"

namespace jiedui::cli {
namespace {

TEST(Table, ColumnsLineUpUnderChineseAndLatinText) {
  const std::string table =
      RenderTable({{"名称"}, {"State"}, {"N", 0, true}},
                  {{"D1", "待结对", "7"}, {"荔枝保鲜", "open", "12"}});
  EXPECT_EQ(table,
            "名称      State    N\n"
            "D1        待结对   7\n"
            "荔枝保鲜  open    12\n");
}

TEST(Table, LongCellsAreCutByPlacesNotBytes) {
  const std::string table = RenderTable({{"T", 7}}, {{"荔枝保鲜技术"}});
  EXPECT_EQ(table, "T\n荔枝保…\n");
}

TEST(Table, LineBreaksInCellsStayInTheRow) {
  EXPECT_EQ(RenderTable({{"T"}}, {{"a\nb\r\tc"}}), "T\na b  c\n");
}

TEST(Wrap, ChineseBreaksAnywhereLatinAtBlanks) {
  const std::string lines =
      Wrapped("荔枝采后保鲜技术 storage temperature", 24, "  ");
  EXPECT_EQ(lines, "  荔枝采后保鲜技术\n  storage temperature\n");
}

TEST(Wrap, NoLineBeginsWithAStop) {
  EXPECT_EQ(Wrapped("一二三四五六七八九十，完", 22, "  "),
            "  一二三四五六七八九\n  十，完\n");
}

TEST(Wrap, NoLineIsWiderThanAsked) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "腐烂率a ";
  std::string lines = Wrapped(text, 30, "    ");
  while (!lines.empty()) {
    const size_t end = lines.find('\n');
    EXPECT_LE(text::DisplayWidth(lines.substr(0, end)), 30);
    lines.erase(0, end + 1);
  }
}

TEST(Wrap, KeepsLineBreaksOfTheText) {
  EXPECT_EQ(Wrapped("一\n二", 40, " "), " 一\n 二\n");
}

TEST(Json, FieldsComeInTheOrderOfTheirNumbers) {
  demand::v1::Demand demand;
  demand.set_etag("9");
  demand.set_state(demand::v1::Demand::STATE_OPEN);
  demand.set_title("荔枝");
  demand.set_name("demands/D1");
  EXPECT_EQ(CompactJson(demand),
            "{\"name\":\"demands/D1\",\"title\":\"荔枝\","
            "\"state\":\"STATE_OPEN\",\"etag\":\"9\"}");
}

TEST(Json, PrettyKeepsStringsAndEmptyContainers) {
  EXPECT_EQ(PrettyJson(R"({"a":[],"b":{"c":"x{\",]"},"d":[1,2],"e":{}})"),
            "{\n"
            "  \"a\": [],\n"
            "  \"b\": {\n"
            "    \"c\": \"x{\\\",]\"\n"
            "  },\n"
            "  \"d\": [\n"
            "    1,\n"
            "    2\n"
            "  ],\n"
            "  \"e\": {}\n"
            "}\n");
}

TEST(Json, AListOfNothingStillNamesItsKey) {
  EXPECT_EQ(JsonList("demands", {}), "{\"demands\":[]}");
  EXPECT_EQ(JsonList("demands", {"{}", "{}"}), "{\"demands\":[{},{}]}");
}

}  // namespace
}  // namespace jiedui::cli
