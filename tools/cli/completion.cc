#include "tools/cli/completion.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace jiedui::cli {
namespace {

// One command with all that may follow it.
struct Place {
  std::string path;  // "demand list"; empty for the program
  const Command* command;
};

void Collect(const Command& command, const std::string& path,
             std::vector<Place>& places) {
  places.push_back({path, &command});
  for (const Command& child : command.subcommands) {
    Collect(child,
            path.empty() ? child.name : absl::StrCat(path, " ", child.name),
            places);
  }
}

std::vector<std::string> WordsAt(const Command& root, const Place& place) {
  std::vector<std::string> words;
  for (const Command& child : place.command->subcommands) {
    words.push_back(child.name);
  }
  for (const Argument& argument : place.command->arguments) {
    if (!argument.is_positional()) {
      words.push_back(argument.Spelling());
    } else {
      words.insert(words.end(), argument.choices.begin(),
                   argument.choices.end());
    }
  }
  if (!place.path.empty()) {
    for (const Argument& argument : root.arguments) {
      words.push_back(argument.Spelling());
    }
  }
  return words;
}

// Lines of a shell's case: "pattern) action", by command and by option.
std::string WordCases(const Command& root, const std::vector<Place>& places,
                      const std::string& format) {
  std::string cases;
  for (const Place& place : places) {
    absl::StrAppend(
        &cases,
        absl::StrReplaceAll(
            format, {{"@path@", place.path},
                     {"@words@", absl::StrJoin(WordsAt(root, place), " ")}}));
  }
  return cases;
}

std::string ChoiceCases(const std::vector<Place>& places,
                        const std::string& format) {
  std::string cases;
  for (const Place& place : places) {
    for (const Argument& argument : place.command->arguments) {
      if (argument.is_positional() || argument.choices.empty()) continue;
      absl::StrAppend(
          &cases,
          absl::StrReplaceAll(
              format,
              // The program's own options may stand anywhere.
              {{"@path@",
                place.path.empty() ? "*" : absl::StrCat("'", place.path, "'")},
               {"@option@", argument.Spelling()},
               {"@words@", absl::StrJoin(argument.choices, " ")}}));
    }
  }
  return cases;
}

// Names of all groups and commands: what a path is made of.
std::string PathCases(const std::vector<Place>& places) {
  std::vector<std::string> paths;
  for (const Place& place : places) {
    if (!place.path.empty())
      paths.push_back(absl::StrCat("'", place.path, "'"));
  }
  return absl::StrJoin(paths, "|");
}

constexpr char kBash[] =
    R"(# bash completion for jiedui; made by: jiedui completion bash
_jiedui() {
  local word path='' current previous words='' i
  current="${COMP_WORDS[COMP_CWORD]}"
  previous="${COMP_WORDS[COMP_CWORD-1]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="${COMP_WORDS[i]}"
    case "${path:+$path }$word" in
      @paths@) path="${path:+$path }$word" ;;
    esac
  done
  case "$path $previous" in
@choices@  esac
  if [[ -z "$words" ]]; then
    case "$path" in
@words@    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _jiedui jiedui
)";

constexpr char kZsh[] = R"(#compdef jiedui
# zsh completion for jiedui; made by: jiedui completion zsh
_jiedui() {
  local word at='' i
  local -a options
  for ((i = 2; i < CURRENT; i++)); do
    word="${words[i]}"
    case "${at:+$at }$word" in
      @paths@) at="${at:+$at }$word" ;;
    esac
  done
  case "$at ${words[CURRENT-1]}" in
@choices@  esac
  if (( ! ${#options} )); then
    case "$at" in
@words@    esac
  fi
  compadd -- $options
  _files
}
compdef _jiedui jiedui
)";

std::string CaseScript(const Command& root, const char* script,
                       const std::string& word_format,
                       const std::string& choice_format) {
  std::vector<Place> places;
  Collect(root, "", places);
  return absl::StrReplaceAll(
      script, {{"@paths@", PathCases(places)},
               {"@choices@", ChoiceCases(places, choice_format)},
               {"@words@", WordCases(root, places, word_format)}});
}

std::string Quoted(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "\\'"}}), "'");
}

// fish asks "is this the path so far?" for every word it may offer.
std::string FishScript(const Command& root, Language language) {
  std::vector<Place> places;
  Collect(root, "", places);
  std::string script =
      "# fish completion for jiedui; made by: jiedui completion fish\n";
  for (const Place& place : places) {
    std::string when;
    if (!place.path.empty()) {
      when = absl::StrCat(
          "__fish_seen_subcommand_from ",
          absl::StrReplaceAll(place.path,
                              {{" ", "; and __fish_seen_subcommand_from "}}));
    } else {
      when = "__fish_use_subcommand";
    }
    const std::string line = absl::StrCat("complete -c jiedui -n '", when, "'");
    for (const Command& child : place.command->subcommands) {
      absl::StrAppend(&script, line, " -f -a ", child.name, " -d ",
                      Quoted(child.summary.In(language)), "\n");
    }
    for (const Argument& argument : place.command->arguments) {
      const std::string choices = absl::StrJoin(argument.choices, " ");
      if (argument.is_positional()) {
        if (choices.empty()) continue;
        absl::StrAppend(&script, line, " -f -a ", Quoted(choices), "\n");
        continue;
      }
      const bool global = place.path.empty();
      absl::StrAppend(
          &script, global ? "complete -c jiedui" : line, " -l ", argument.name,
          argument.kind == Argument::Kind::kFlag ? "" : " -r",
          choices.empty() ? "" : absl::StrCat(" -f -a ", Quoted(choices)),
          " -d ", Quoted(argument.help.In(language)), "\n");
    }
  }
  return script;
}

}  // namespace

std::string CompletionScript(const Command& root, std::string_view shell,
                             Language language) {
  if (shell == "bash") {
    return CaseScript(root, kBash, "      '@path@') words='@words@' ;;\n",
                      "    @path@' @option@') words='@words@' ;;\n");
  }
  if (shell == "zsh") {
    return CaseScript(root, kZsh, "      '@path@') options=(@words@) ;;\n",
                      "    @path@' @option@') options=(@words@) ;;\n");
  }
  if (shell == "fish") return FishScript(root, language);
  return "";
}

}  // namespace jiedui::cli
