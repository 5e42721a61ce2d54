#include "tools/cli/help.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/text/normalize.h"
#include "tools/cli/errors.h"
#include "tools/cli/parser.h"

namespace jiedui::cli {
namespace {

using Row = std::pair<std::string, std::string>;

constexpr int64_t kWidestLeft = 34;

// A heading, and rows of two columns under it; nothing without rows.
void AddSection(const std::string& heading, const std::vector<Row>& rows,
                std::string& page) {
  if (rows.empty()) return;
  int64_t width = 0;
  for (const Row& row : rows) {
    const int64_t left = text::DisplayWidth(row.first);
    if (left <= kWidestLeft) width = std::max(width, left);
  }
  absl::StrAppend(&page, "\n", heading, ":\n");
  for (const auto& [left, right] : rows) {
    const int64_t used = text::DisplayWidth(left);
    absl::StrAppend(&page, "  ", left);
    if (used > width) absl::StrAppend(&page, "\n  ", std::string(width, ' '));
    absl::StrAppend(&page, std::string(used > width ? 0 : width - used, ' '),
                    "  ", right, "\n");
  }
}

std::string LeftOf(const Argument& argument) {
  if (argument.is_positional()) return argument.name;
  std::string left = argument.short_name.empty()
                         ? ""
                         : absl::StrCat("-", argument.short_name, ", ");
  absl::StrAppend(&left, argument.Spelling());
  if (argument.kind != Argument::Kind::kFlag) {
    absl::StrAppend(&left, " ", argument.value_name);
  }
  return left;
}

std::string RightOf(const Argument& argument, Language language) {
  std::string right = argument.help.In(language);
  std::vector<std::string> notes;
  if (argument.required && !argument.is_positional()) {
    notes.push_back(Say(language, Msg::kRequired));
  }
  if (!argument.choices.empty()) {
    notes.push_back(Say(language, Msg::kChoices,
                        {{"choices", absl::StrJoin(argument.choices, " ")}}));
  }
  if (!notes.empty()) {
    absl::StrAppend(&right, right.empty() ? "" : " ", "(",
                    absl::StrJoin(notes, "; "), ")");
  }
  return right;
}

std::string UsageLine(const std::vector<const Command*>& path,
                      Language language) {
  const Command& command = *path.back();
  std::string line =
      absl::StrCat(Say(language, Msg::kUsage), ": ", Spelled(path));
  if (!command.subcommands.empty()) {
    absl::StrAppend(&line, " ", Say(language, Msg::kCommandWord));
  }
  for (const Argument& argument : command.arguments) {
    if (argument.kind == Argument::Kind::kPositional) {
      absl::StrAppend(&line, " ",
                      argument.required
                          ? argument.name
                          : absl::StrCat("[", argument.name, "]"));
    } else if (argument.kind == Argument::Kind::kPositionals) {
      absl::StrAppend(&line, " ", argument.name, "...");
    }
  }
  return absl::StrCat(line, " ", Say(language, Msg::kOptionsWord), "\n");
}

std::vector<Row> ArgumentRows(const Command& command, bool positional,
                              Language language) {
  std::vector<Row> rows;
  for (const Argument& argument : command.arguments) {
    if (argument.is_positional() == positional) {
      rows.emplace_back(LeftOf(argument), RightOf(argument, language));
    }
  }
  return rows;
}

void AddExamples(const Command& command, Language language, std::string& page) {
  if (command.examples.empty()) return;
  absl::StrAppend(&page, "\n", Say(language, Msg::kExamples), ":\n");
  for (const Example& example : command.examples) {
    absl::StrAppend(&page, "  # ", example.what.In(language), "\n  ",
                    example.line, "\n");
  }
}

void AddExitCodes(Language language, std::string& page) {
  std::vector<Row> rows;
  for (const ExitCodeRow& row : ExitCodes()) {
    rows.emplace_back(absl::StrCat(row.code), Say(language, row.meaning));
  }
  AddSection(Say(language, Msg::kExitCodes), rows, page);
}

}  // namespace

std::string HelpPage(const std::vector<const Command*>& path,
                     Language language) {
  const Command& command = *path.back();
  const bool is_program = path.size() == 1;
  std::string page = absl::StrCat(UsageLine(path, language), "\n",
                                  command.summary.In(language), "\n");
  if (const std::string& details = command.details.In(language);
      !details.empty()) {
    absl::StrAppend(&page, "\n", details, "\n");
  }
  std::vector<Row> subcommands;
  for (const Command& child : command.subcommands) {
    subcommands.emplace_back(child.name, child.summary.In(language));
  }
  AddSection(Say(language, Msg::kCommands), subcommands, page);
  AddSection(Say(language, Msg::kArguments),
             ArgumentRows(command, true, language), page);
  AddSection(Say(language, is_program ? Msg::kGlobalOptions : Msg::kOptions),
             ArgumentRows(command, false, language), page);
  AddExamples(command, language, page);
  if (is_program) {
    AddExitCodes(language, page);
  } else {
    absl::StrAppend(&page, "\n", Say(language, Msg::kGlobalElsewhere), "\n");
  }
  return page;
}

}  // namespace jiedui::cli
