// jiedui solve as it is run, on instances with known answers.
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tools/cli/app.h"
#include "tools/cli/errors.h"
#include "tools/cli/solve_report.h"

namespace jiedui::cli {
namespace {

using ::testing::HasSubstr;

constexpr char kTestData[] =
    JIEDUI_SOURCE_DIR "/services/matcher/engine/solve/testdata/";

struct Result {
  int code;
  std::string out;
  std::string err;
};

// @FILE in the line is a file of the test data, whatever its folder is called.
Result RunLine(const std::string& line) {
  std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
  for (std::string& word : words) {
    if (word.front() == '@') word = absl::StrCat(kTestData, word.substr(1));
  }
  std::ostringstream out;
  std::ostringstream err;
  const World world = {[](const char*) { return std::string(); },
                       [](const LocalServerOptions&)
                           -> absl::StatusOr<std::unique_ptr<LocalServer>> {
                         return absl::UnimplementedError("no server is needed");
                       },
                       out, err};
  const int code = RunProgram(words, world);
  return {code, out.str(), err.str()};
}

// The one object a run prints with -o json.
google::protobuf::Struct Solved(const std::string& options) {
  const Result result = RunLine("solve -o json " + options);
  EXPECT_EQ(result.code, kExitOk) << result.err;
  google::protobuf::Struct object;
  EXPECT_TRUE(
      google::protobuf::util::JsonStringToMessage(result.out, &object).ok())
      << result.out;
  return object;
}

double Number(const google::protobuf::Struct& object, const char* name) {
  const auto it = object.fields().find(name);
  EXPECT_NE(it, object.fields().end()) << name;
  return it == object.fields().end() ? -1 : it->second.number_value();
}

TEST(Solve, ReachesTheKnownOptimumOfAnAssignment) {
  const auto object = Solved("--format lap @assign100.txt");
  EXPECT_EQ(Number(object, "objective"), 305);
  EXPECT_EQ(Number(object, "bound"), 305);
  EXPECT_EQ(Number(object, "gap"), 0);
  EXPECT_GT(Number(object, "worst"), 0);
  EXPECT_GE(Number(object, "seconds"), 0);
  EXPECT_GT(Number(object, "peak_bytes"), 0);
  EXPECT_EQ(object.fields().at("assignment").list_value().values_size(), 100);
}

TEST(Solve, ReachesTheKnownFiguresOfMidl) {
  const std::string line = "--format reviewers @midl";
  const auto utility = Solved(line);
  EXPECT_NEAR(Number(utility, "objective"), 201.8849, 5e-5);
  EXPECT_NEAR(Number(utility, "worst"), .9033, 5e-5);
  EXPECT_EQ(Number(utility, "gap"), 0);
  const auto fair = Solved(line + " --objective fair");
  EXPECT_GE(Number(fair, "objective"), 201.7687);
  EXPECT_GE(Number(fair, "worst"), .9448);
  EXPECT_EQ(Number(fair, "worst_bound"), Number(fair, "worst"));
  EXPECT_EQ(Number(fair, "gap"), 0);
  const auto bounded = Solved(line + " --lower-bounds");
  EXPECT_NEAR(Number(bounded, "objective"), 150.0431, 5e-5);
}

TEST(Solve, PairsTheDemandsOfAProblem) {
  const auto object = Solved("--format problem @litchi.json");
  EXPECT_GT(Number(object, "objective"), 0);
  EXPECT_GE(Number(object, "bound"), Number(object, "objective"));
  const auto& pairings = object.fields().at("pairings").list_value();
  ASSERT_EQ(pairings.values_size(), 2);
  EXPECT_EQ(
      pairings.values(0).struct_value().fields().at("demand").string_value(),
      "D-litchi");
}

TEST(Solve, IsReadableInBothLanguages) {
  const std::string line = "solve --format problem @litchi.json";
  EXPECT_THAT(RunLine(line).out, HasSubstr("目标值"));
  const std::string english = RunLine(line + " --lang en").out;
  EXPECT_THAT(english, HasSubstr("Objective"));
  EXPECT_THAT(english, HasSubstr("D-litchi"));
}

TEST(Solve, ErrorsSayWhatAndWhere) {
  const Result missing = RunLine("solve --format lap /nowhere/x.txt --lang en");
  EXPECT_NE(missing.code, kExitOk);
  EXPECT_THAT(missing.err, HasSubstr("/nowhere/x.txt"));
  const Result wrong = RunLine("solve --format lap @litchi.json --lang en");
  EXPECT_EQ(wrong.code, kExitInvalid);
  EXPECT_THAT(wrong.err, HasSubstr("line 1"));
  const Result option =
      RunLine("solve --format lap @assign100.txt --objective fair");
  EXPECT_EQ(option.code, kExitUsage);
  EXPECT_EQ(RunLine("solve x.txt").code, kExitUsage);
}

TEST(DecimalText, IsExact) {
  EXPECT_EQ(DecimalText(0, 1'000), "0");
  EXPECT_EQ(DecimalText(1'500, 1'000), "1.5");
  EXPECT_EQ(DecimalText(-1, 1'000), "-0.001");
  EXPECT_EQ(DecimalText(7, 1), "7");
  EXPECT_EQ(DecimalText(201'768'731'690, 1'000'000'000), "201.76873169");
}

}  // namespace
}  // namespace jiedui::cli
