#include "tools/corps/command_line.h"

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace jiedui::corps {
namespace {

TEST(CommandLine, ReadsOptionsInBothForms) {
  const auto line =
      ParseCommandLine({"--seed", "9", "--volunteers=5200000", "--teams",
                        "110000", "--region", "44", "--out=D", "--force"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->options.seed, 9u);
  EXPECT_EQ(line->options.volunteers, 5'200'000u);
  EXPECT_EQ(line->options.teams, 110'000u);
  EXPECT_EQ(line->options.region, "44");
  EXPECT_EQ(line->out, "D");
  EXPECT_TRUE(line->force);
}

TEST(CommandLine, TellsWhatIsWrong) {
  using base::Reason;
  const std::vector<std::pair<std::vector<std::string>, Reason>> kCases = {
      {{}, Reason::kFieldRequired},
      {{"--out"}, Reason::kFieldRequired},
      {{"--out="}, Reason::kFieldRequired},
      {{"--out", "D", "--volunteer", "5"}, Reason::kUnknownValue},
      {{"--out", "D", "5"}, Reason::kUnknownValue},
      {{"--out", "D", "--seed", "x"}, Reason::kFieldMalformed},
      {{"--out", "D", "--teams", "-1"}, Reason::kFieldMalformed},
      {{"--out", "D", "--region", "99"}, Reason::kInvalidFields},
      {{"--out", "D", "--volunteers", "10000000"}, Reason::kInvalidFields},
  };
  for (const auto& [words, reason] : kCases) {
    EXPECT_TRUE(base::HasReason(ParseCommandLine(words).status(), reason))
        << testing::PrintToString(words);
    EXPECT_EQ(corps::Run(words), 2);
  }
}

TEST(CommandLine, HelpNeedsNothingElseAndNamesEveryOption) {
  EXPECT_TRUE(ParseCommandLine({"--help"})->help);
  for (const char* option :
       {"--seed", "--volunteers", "--teams", "--demands", "--projects",
        "--enterprises", "--stations", "--region", "--out", "--force"}) {
    EXPECT_NE(HelpText().find(option), HelpText().npos) << option;
  }
}

}  // namespace
}  // namespace jiedui::corps
