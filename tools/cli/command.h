// The tree of commands as data: help, completion and the parser are all made
// from it, so that they cannot disagree.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "tools/cli/messages.h"

namespace jiedui::cli {

class Session;

// What was given for a command, by the names of its arguments. Values are as
// typed; only choices and the presence of required ones have been checked.
class Arguments {
 public:
  bool Has(const std::string& name) const { return values_.contains(name); }
  // The value, or the last of several; empty when not given.
  std::string Get(const std::string& name) const;
  // All values in the order typed.
  const std::vector<std::string>& All(const std::string& name) const;
  void Add(const std::string& name, std::string value) {
    values_[name].push_back(std::move(value));
  }

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

struct Argument {
  enum class Kind {
    kPositional,   // NAME
    kPositionals,  // NAME..., one or more
    kValue,        // --note TEXT
    kList,         // --part KIND, may be given several times
    kFlag,         // --all
  };
  std::string name;  // "NAME" for a positional, else "note" for --note
  Kind kind = Kind::kValue;
  Text help;
  std::string value_name = "TEXT";  // shown after the option
  bool required = false;
  std::vector<std::string> choices;  // empty: anything
  std::string short_name;            // "o" for -o

  bool is_positional() const {
    return kind == Kind::kPositional || kind == Kind::kPositionals;
  }
  // "NAME" or "--note".
  std::string Spelling() const { return is_positional() ? name : "--" + name; }
};

struct Example {
  std::string line;  // "jiedui demand list --state open"
  Text what;
};

// A command that does something (run) or holds others (subcommands).
struct Command {
  std::string name;
  Text summary;  // one line
  Text details;  // more, for its own help; may be empty
  std::vector<Argument> arguments;
  std::vector<Command> subcommands;
  std::vector<Example> examples;
  std::function<absl::Status(Session&, const Arguments&)> run;

  // Null when there is none of that name.
  const Command* Find(std::string_view subcommand) const;
};

// Short forms for the trees.
Argument Positional(std::string name, Text help);
Argument Positionals(std::string name, Text help);
Argument Value(std::string name, std::string value_name, Text help);
Argument List(std::string name, std::string value_name, Text help);
Argument Flag(std::string name, Text help);
Argument Required(Argument argument);
Argument OneOf(Argument argument, std::vector<std::string> choices);

// The words of `known` that `word` may be a slip of, nearest first, at most 3.
std::vector<std::string> NearWords(std::string_view word,
                                   const std::vector<std::string>& known);

}  // namespace jiedui::cli
