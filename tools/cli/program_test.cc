// The program as a whole, short of a server: its tree, help, completion, and
// what it says to a wrong command line.
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/cli/app.h"
#include "tools/cli/completion.h"
#include "tools/cli/errors.h"
#include "tools/cli/parser.h"

namespace jiedui::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Result {
  int code;
  std::string out;
  std::string err;
};

std::string NoEnvironment(const char*) { return ""; }

Result RunWords(const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream err;
  const World world = {NoEnvironment,
                       [](const LocalServerOptions& options)
                           -> absl::StatusOr<std::unique_ptr<LocalServer>> {
                         return base::MakeError(base::Reason::kDataFolderInUse,
                                                {{"path", options.data_dir}});
                       },
                       out, err};
  const int code = RunProgram(words, world);
  return {code, out.str(), err.str()};
}

Result RunLine(const std::string& line) {
  return RunWords(absl::StrSplit(line, ' ', absl::SkipEmpty()));
}

// Every command with the words that lead to it.
void ForEachCommand(
    const Command& command, std::vector<std::string> words,
    const std::function<void(const Command&, const std::vector<std::string>&)>&
        visit) {
  visit(command, words);
  for (const Command& child : command.subcommands) {
    std::vector<std::string> deeper = words;
    deeper.push_back(child.name);
    ForEachCommand(child, deeper, visit);
  }
}

TEST(Tree, EveryTextIsThereInBothLanguages) {
  ForEachCommand(Program(), {}, [](const Command& command, const auto& words) {
    const std::string where = absl::StrJoin(words, " ");
    EXPECT_FALSE(command.summary.zh.empty()) << where;
    EXPECT_FALSE(command.summary.en.empty()) << where;
    EXPECT_EQ(command.details.zh.empty(), command.details.en.empty()) << where;
    for (const Argument& argument : command.arguments) {
      EXPECT_FALSE(argument.help.zh.empty()) << where << argument.name;
      EXPECT_FALSE(argument.help.en.empty()) << where << argument.name;
    }
    EXPECT_NE(command.run == nullptr, command.subcommands.empty()) << where;
  });
}

TEST(Help, OfEveryCommandRendersInBothLanguages) {
  ForEachCommand(Program(), {}, [](const Command& command, const auto& words) {
    for (const char* language : {"zh", "en"}) {
      std::vector<std::string> line = words;
      line.insert(line.end(), {"--help", "--lang", language});
      const Result result = RunWords(line);
      EXPECT_EQ(result.code, kExitOk) << absl::StrJoin(line, " ");
      EXPECT_EQ(result.err, "");
      const Language as = std::string(language) == "zh" ? Language::kChinese
                                                        : Language::kEnglish;
      EXPECT_THAT(result.out, HasSubstr(command.summary.In(as)));
      for (const Argument& argument : command.arguments) {
        EXPECT_THAT(result.out, HasSubstr(argument.Spelling()));
      }
    }
  });
}

TEST(Help, NamesEveryExitCode) {
  const std::string page = RunLine("--help --lang en").out;
  for (const ExitCodeRow& row : ExitCodes()) {
    EXPECT_THAT(page, HasSubstr(absl::StrCat("  ", row.code, " ")));
  }
}

// Every example line must be understood: they are what people copy.
TEST(Help, ExamplesParse) {
  int examples = 0;
  ForEachCommand(Program(), {}, [&](const Command& command, const auto&) {
    for (const Example& example : command.examples) {
      if (!example.line.starts_with("jiedui ")) continue;
      std::vector<std::string> words =
          absl::StrSplit(example.line, ' ', absl::SkipEmpty());
      words.erase(words.begin());
      const auto parsed = Parse(Program(), words, Language::kEnglish);
      EXPECT_TRUE(parsed.ok()) << example.line << "\n" << parsed.status();
      ++examples;
    }
  });
  EXPECT_GT(examples, 50);
}

TEST(WrongLines, AreUsageErrorsThatSayWhatAndWhereToLook) {
  const std::pair<const char*, const char*> kCases[] = {
      {"", "needs a command"},
      {"demand", "needs a command"},
      {"demnd list", "Did you mean: demand"},
      {"demand lst", "Did you mean: list"},
      {"demand list --stat open", "Did you mean: --state"},
      {"demand list --limit", "--limit needs a value"},
      {"demand list extra", "'extra' is not understood"},
      {"demand show", "NAME is missing"},
      {"demand reject D1", "--note TEXT is missing"},
      {"pairing reject P1 --reason X --note y", "WRONG_SPECIALISM"},
      {"pairing evaluate P1 --side requester --stars 6", "1, 2, 3, 4, 5"},
      {"demand list --limit 0", "whole number"},
      {"demand list --state here", "SUBMITTED"},
      {"demand list -o yaml", "table, json"},
      {"demand list --timeout never", "whole number"},
      {"demand list --server a:1 --data d", "not both"},
      {"demand list --server nowhere", "HOST:PORT"},
      {"demand verify D1 D2 --etag 7", "one name only"},
      {"events demand --after x", "whole number"},
      {"service add-late D1 --start 2026-12-01T09:00 --end 2026-12-01T10:00",
       "--evidence REF is missing"},
      {"service supersede S1 --note late", "--start TIME is missing"},
      {"correction refuse C1", "--note TEXT is missing"},
      {"reading baseline D1 --value 3 --source s",
       "--indicator TEXT is missing"},
      {"certificate issue V1", "--issuer UNIT is missing"},
      {"serve", "--data DIR is missing"},
      {"completion tcsh", "bash, zsh, fish"},
  };
  for (const auto& [line, expected] : kCases) {
    const Result result = RunLine(absl::StrCat(line, " --lang en"));
    EXPECT_EQ(result.code, kExitUsage) << line;
    EXPECT_EQ(result.out, "") << line;
    EXPECT_THAT(result.err, HasSubstr(expected)) << line;
  }
}

TEST(GlobalOptions, MayStandAnywhere) {
  for (const char* line : {"--lang en demand lst", "demand --lang en lst",
                           "demand lst --lang=en", "demand lst --lang en"}) {
    EXPECT_THAT(RunLine(line).err, HasSubstr("there is no command 'lst'"))
        << line;
  }
}

TEST(DataFolder, ThatIsInUseHasItsOwnExitCode) {
  const Result result = RunLine("demand list --data held --lang en");
  EXPECT_EQ(result.code, kExitData);
  EXPECT_THAT(result.err, HasSubstr("held"));
}

TEST(Server, ThatIsNotThereHasItsOwnExitCode) {
  const Result result = RunLine("demand list --server 127.0.0.1:1 --lang en");
  EXPECT_EQ(result.code, kExitUnavailable);
  EXPECT_THAT(result.err, HasSubstr("127.0.0.1:1"));
}

class Completion : public ::testing::TestWithParam<const char*> {};

TEST_P(Completion, NamesEveryCommandAndOption) {
  const std::string script =
      CompletionScript(Program(), GetParam(), Language::kEnglish);
  ForEachCommand(Program(), {}, [&](const Command& command, const auto&) {
    EXPECT_THAT(script, HasSubstr(command.name));
    for (const Argument& argument : command.arguments) {
      if (!argument.is_positional()) {
        EXPECT_THAT(script, HasSubstr(argument.name));
      }
    }
  });
  EXPECT_THAT(script, Not(HasSubstr("@")));
}

INSTANTIATE_TEST_SUITE_P(Shells, Completion,
                         ::testing::Values("bash", "zsh", "fish"));

// What bash offers after `line`, by the script itself.
std::string BashOffers(const std::string& line) {
  const std::string file = ::testing::TempDir() + "/jiedui.bash";
  std::ofstream(file) << CompletionScript(Program(), "bash",
                                          Language::kEnglish);
  const std::string command =
      absl::StrCat("bash -c 'source \"", file, "\"; COMP_WORDS=(", line,
                   "); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _jiedui; "
                   "echo \"${COMPREPLY[@]}\"'");
  FILE* pipe = popen(command.c_str(), "r");
  std::string offers;
  char buffer[4096];
  while (fgets(buffer, sizeof(buffer), pipe) != nullptr) offers += buffer;
  EXPECT_EQ(pclose(pipe), 0);
  return offers;
}

TEST(BashCompletion, OffersWhatCanFollow) {
  EXPECT_EQ(BashOffers("jiedui dem"), "demand\n");
  EXPECT_EQ(BashOffers("jiedui demand ver"), "verify\n");
  EXPECT_EQ(BashOffers("jiedui demand list --li"), "--limit\n");
  EXPECT_EQ(BashOffers("jiedui pairing override P1 --part ex"), "expert\n");
  EXPECT_EQ(BashOffers("jiedui demand list --lang e"), "en\n");
  EXPECT_EQ(BashOffers("jiedui events vol"), "volunteer\n");
}

TEST(NearWords, AreSlipsAndBeginnings) {
  const std::vector<std::string> known = {"list", "show", "submit", "suspend"};
  EXPECT_THAT(NearWords("lst", known), ::testing::ElementsAre("list"));
  EXPECT_THAT(NearWords("su", known),
              ::testing::ElementsAre("submit", "suspend"));
  EXPECT_THAT(NearWords("zzzz", known), ::testing::IsEmpty());
}

}  // namespace
}  // namespace jiedui::cli
