#include "tests/bench/report.h"

#include <gtest/gtest.h>

#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace jiedui::bench {
namespace {

TEST(ReportTest, NamesWithQuotesAreStillJson) {
  Figure figure;
  figure.name = "a province's \"round\", 省";
  figure.unit = "s";
  figure.ours = "exact\\";
  figure.runs = {1.5};
  google::protobuf::Struct report;
  const auto parsed = google::protobuf::util::JsonStringToMessage(
      ToJson({{"machine", "it's"}}, {figure}), &report);
  ASSERT_TRUE(parsed.ok()) << parsed.ToString();
  EXPECT_EQ(report.fields().at("machine").string_value(), "it's");
  EXPECT_EQ(report.fields()
                .at("figures")
                .list_value()
                .values(0)
                .struct_value()
                .fields()
                .at("name")
                .string_value(),
            figure.name);
}

}  // namespace
}  // namespace jiedui::bench
