// That the check can fail: each rule against a planted fault, and each against
// what it must leave alone.
#include "tests/taste/checker.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/taste/code_view.h"
#include "tests/taste/rules.h"

namespace jiedui::taste {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<Violation> Check(std::string_view file, std::string_view text) {
  std::vector<Violation> violations;
  CheckFile(file, text, violations);
  return violations;
}

std::string IncludeOf(std::string_view path) {
  return "#include \"" + std::string(path) + "\"\n";
}

MATCHER_P2(Breaks, rule, line, "") {
  return arg.rule == rule && arg.line == line;
}

TEST(Floors, ALowerFloorMayNotIncludeAHigherOne) {
  EXPECT_THAT(Check("common/store/store.cc",
                    "\n" + IncludeOf("common/runtime/writer.h")),
              ElementsAre(Breaks("floors", 2)));
  EXPECT_THAT(Check("common/base/x.h", IncludeOf("common/codes/region.h")),
              ElementsAre(Breaks("floors", 1)));
  EXPECT_THAT(Check("common/rpc/x.h", IncludeOf("services/demand/bind.h")),
              ElementsAre(AllOf(Breaks("floors", 1))));
  EXPECT_THAT(Check("services/demand/domain/life.cc",
                    IncludeOf("services/demand/app/commands.h")),
              ElementsAre(Breaks("floors", 1)));
}

TEST(Floors, AHigherFloorMayIncludeALowerOneAndItsOwn) {
  EXPECT_THAT(Check("common/runtime/writer.cc",
                    IncludeOf("common/journal/log.h") +
                        IncludeOf("common/runtime/writer.h")),
              IsEmpty());
  EXPECT_THAT(Check("services/demand/main.cc",
                    IncludeOf("services/demand/bind.h") +
                        IncludeOf("services/demand/rpc/handlers.h")),
              IsEmpty());
  EXPECT_THAT(Check("common/base/x.cc", "#include <string>\n"), IsEmpty());
  EXPECT_THAT(Check("common/base/x.cc", "#include \"absl/status/status.h\"\n"),
              IsEmpty());
}

TEST(Floors, AFolderWithoutAFloorIsReported) {
  EXPECT_THAT(Check("common/attic/x.cc", "int x;\n"),
              ElementsAre(Breaks("unknown-floor", 1)));
  EXPECT_THAT(Check("services/demand/attic/x.cc", "int x;\n"),
              ElementsAre(Breaks("unknown-floor", 1)));
  EXPECT_THAT(Check("tools/cli/x.cc", IncludeOf("common/attic/x.h")),
              ElementsAre(Breaks("unknown-floor", 1)));
}

TEST(Floors, TheEngineKnowsOnlyBaseCodesAndText) {
  EXPECT_THAT(
      Check("services/matcher/engine/features/skill.cc",
            IncludeOf("common/text/tokens.h") +
                IncludeOf("common/codes/region.h") +
                IncludeOf("services/matcher/engine/problem.h") +
                IncludeOf("common/store/store.h")),
      ElementsAre(AllOf(Breaks("floors", 4),
                        Field(&Violation::remedy, HasSubstr("without I/O")))));
}

TEST(Services, KnowNothingOfEachOther) {
  EXPECT_THAT(Check("services/matcher/app/x.cc",
                    IncludeOf("services/demand/domain/life.h")),
              ElementsAre(Breaks("services-apart", 1)));
  EXPECT_THAT(
      Check("services/matcher/bind.cc", IncludeOf("services/demand/bind.h")),
      ElementsAre(
          AllOf(Breaks("services-apart", 1),
                Field(&Violation::remedy, HasSubstr("through proto/")))));
}

TEST(Services, EnginesMayBeRunByTools) {
  std::string engine = IncludeOf("services/matcher/engine/solve/lap.h");
  EXPECT_THAT(Check("tools/cli/solve.cc", engine), IsEmpty());
  EXPECT_THAT(Check("services/demand/bind.cc", engine),
              ElementsAre(Breaks("services-apart", 1)));
}

TEST(Services, AreMetByTheAllInOneAndTheToolsThroughTheirBindHeader) {
  std::string bind = IncludeOf("services/demand/bind.h");
  EXPECT_THAT(Check("services/jiedui/serve.cc", bind), IsEmpty());
  EXPECT_THAT(
      Check("tools/cli/serve.cc", bind + IncludeOf("services/jiedui/serve.h")),
      IsEmpty());
  std::string inside = IncludeOf("services/demand/app/x.h");
  EXPECT_THAT(Check("services/jiedui/serve.cc", inside),
              ElementsAre(Breaks("services-apart", 1)));
  EXPECT_THAT(Check("tools/cli/serve.cc", inside),
              ElementsAre(Breaks("services-apart", 1)));
  EXPECT_THAT(Check("tests/e2e/life_test.cc", inside), IsEmpty());
}

TEST(Purity, EveryBannedIncludeIsReportedWithItsRemedy) {
  for (const Ban& ban : IncludesBannedInPureFolders()) {
    std::string path(ban.what);
    if (path.front() == '*') path.replace(0, 1, "jiedui/x/v1/x");
    if (path.back() == '*') path.replace(path.size() - 1, 1, "/x.h");
    SCOPED_TRACE(path);
    std::vector<Violation> found =
        Check("services/demand/domain/life.cc", "#include <" + path + ">\n");
    ASSERT_THAT(found, ElementsAre(Breaks("pure", 1)));
    EXPECT_EQ(found[0].remedy, ban.remedy);
    EXPECT_THAT(
        Check("services/matcher/engine/flow.cc", "#include <" + path + ">\n"),
        testing::Contains(Breaks("pure", 1)));
  }
}

TEST(Purity, EveryBannedCallIsReportedWithItsRemedy) {
  for (auto bans : {CallsOfBaseOnly(), CallsBannedInPureFolders()}) {
    for (const Ban& ban : bans) {
      SCOPED_TRACE(ban.what);
      std::string code = "\nauto x = " + std::string(ban.what) + ";\n";
      std::vector<Violation> found =
          Check("services/volunteer/domain/corps.cc", code);
      ASSERT_THAT(found, ElementsAre(Breaks("pure", 2)));
      EXPECT_EQ(found[0].remedy, ban.remedy);
    }
  }
}

TEST(Purity, OnlyBaseReadsTheClockAndTheDice) {
  for (const Ban& ban : CallsOfBaseOnly()) {
    SCOPED_TRACE(ban.what);
    std::string code = "auto x = " + std::string(ban.what) + ";\n";
    EXPECT_THAT(Check("tests/e2e/life_test.cc", code),
                ElementsAre(Breaks("pure", 1)));
    EXPECT_THAT(Check("common/base/clock.cc", code), IsEmpty());
  }
}

TEST(Purity, TestsAndTheirExamplesMayShuffleButNotReadTheClock) {
  for (std::string_view file : {"services/matcher/engine/flow_test.cc",
                                "services/matcher/engine/example_plans.cc"}) {
    EXPECT_THAT(Check(file, "#include <random>\nstd::mt19937 dice(1);\n"),
                IsEmpty());
    EXPECT_THAT(Check(file, "auto now = absl::Now();\n"),
                ElementsAre(Breaks("pure", 1)));
  }
}

TEST(Purity, WordsInCommentsLiteralsAndLongerNamesAreLeftAlone) {
  EXPECT_THAT(Check("services/demand/domain/life.cc",
                    "// absl::Now() is banned.\n"
                    "/* absl::Now()\n absl::Now() */\n"
                    "const char* s = \"absl::Now() \\\" absl::Now()\";\n"
                    "const char* r = R\"x(absl::Now())\" absl::Now())x\";\n"
                    "char c = '\"'; int n = 1'000'000; int brand();\n"
                    "int y = lifetime(nullptr) + absl::Nowhere();\n"),
              IsEmpty());
  // What follows a literal is code again.
  EXPECT_THAT(Check("services/demand/domain/life.cc",
                    "f(\"x\", '\"', R\"(y)\", absl::Now());\n"),
              ElementsAre(Breaks("pure", 1)));
}

TEST(Layout, FaultsAreReportedWhereTheyAre) {
  EXPECT_THAT(Check("README.md", "a\n\tb\nc \nd"),
              ElementsAre(Breaks("tab", 2), Breaks("trailing-space", 3),
                          Breaks("final-newline", 4)));
  EXPECT_THAT(Check("tools/x.sh", "a\r\n"),
              ElementsAre(Breaks("trailing-space", 1)));
  EXPECT_THAT(Check("README.md", ""), IsEmpty());
}

TEST(Layout, AFileOfMoreLinesThanAllowedIsReported) {
  std::string text;
  for (int i = 0; i < kMaxLines; ++i) text += "x\n";
  EXPECT_THAT(Check("common/base/x.proto", text), IsEmpty());
  EXPECT_THAT(Check("common/base/x.proto", text + "x\n"),
              ElementsAre(Breaks("length", kMaxLines + 1)));
}

TEST(Layout, MarksOfUnfinishedWorkAreReported) {
  for (std::string_view mark : UnfinishedMarks()) {
    EXPECT_THAT(Check("tools/x.sh", "ok\n# " + std::string(mark) + ": x\n"),
                ElementsAre(Breaks("unfinished", 2)));
    EXPECT_THAT(Check("tools/x.sh", "x" + std::string(mark) + "\n"), IsEmpty());
  }
}

TEST(Tree, IsWalkedAndReportedByFileAndLine) {
  namespace fs = std::filesystem;
  fs::path root = fs::path(testing::TempDir()) / "taste tree";
  fs::remove_all(root);
  auto write = [&](const fs::path& name, std::string_view text) {
    fs::create_directories((root / name).parent_path());
    std::ofstream(root / name) << text;
  };
  write("services/demand/domain/life.cc", IncludeOf("rocksdb/db.h"));
  write("tools/script", "#!/bin/bash\n\techo\n");
  write("tools/binary", "\t\n");
  write("deploy/sample/demands.csv", "a\tb\n");
  write("build/x.cc", "\t\n");
  write("proto/google/rpc/x.proto", "\t\n");
  write("proto/node_modules/x.h", "\t\n");

  Report report = CheckTree(root);

  EXPECT_EQ(report.files, 2);
  ASSERT_THAT(report.violations,
              ElementsAre(Breaks("pure", 1), Breaks("tab", 2)));
  EXPECT_EQ(report.violations[0].ToString(),
            "services/demand/domain/life.cc:1: [pure] pure code includes "
            "rocksdb/db.h; instead: return events and take the state as a "
            "parameter; services/<name>/app loads and commits through "
            "common/store");
  EXPECT_EQ(report.violations[1].file, "tools/script");
  fs::remove_all(root);
}

}  // namespace
}  // namespace jiedui::taste
