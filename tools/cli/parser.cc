#include "tools/cli/parser.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/cli/errors.h"

namespace jiedui::cli {
namespace {

// One argument bound to CLI11. Everything is read as text and nothing is
// required there, so that complaints are made here, in the reader's language.
struct Binding {
  const Argument* argument;
  CLI::Option* option;
};

// A command bound to its CLI::App.
struct Node {
  const Command* command;
  CLI::App* app;
  std::vector<Binding> bindings;
  std::vector<std::unique_ptr<Node>> children;
};

CLI::Option* AddOption(CLI::App& app, const Argument& argument) {
  std::string names = argument.Spelling();
  if (!argument.short_name.empty()) {
    names = absl::StrCat("-", argument.short_name, ",", names);
  }
  if (argument.kind == Argument::Kind::kFlag) return app.add_flag(names);
  // The callback is called only after parsing, with what results() holds.
  CLI::Option* option =
      app.add_option(names, [](const CLI::results_t&) { return true; });
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  option->type_size(1);
  if (argument.kind == Argument::Kind::kPositionals) {
    option->expected(1, CLI::detail::expected_max_vector_size)
        ->allow_extra_args(true);
  } else {
    option->expected(1)->allow_extra_args(false);
  }
  return option;
}

std::unique_ptr<Node> Bind(const Command& command, CLI::App& app) {
  auto node = std::make_unique<Node>();
  node->command = &command;
  node->app = &app;
  app.set_help_flag("");
  app.allow_extras();
  app.fallthrough();
  // One is enough: else the value of a positional that is also the name of a
  // command (events demand) would be taken for it.
  app.require_subcommand(0, 1);
  for (const Argument& argument : command.arguments) {
    node->bindings.push_back({&argument, AddOption(app, argument)});
  }
  for (const Command& child : command.subcommands) {
    node->children.push_back(Bind(child, *app.add_subcommand(child.name)));
  }
  return node;
}

// The bound commands that were named, from the program down.
std::vector<const Node*> Named(const Node& root) {
  std::vector<const Node*> path = {&root};
  for (bool found = true; found;) {
    found = false;
    for (const auto& child : path.back()->children) {
      if (child->app->parsed()) {
        path.push_back(child.get());
        found = true;
        break;
      }
    }
  }
  return path;
}

class Reader {
 public:
  Reader(std::vector<const Node*> nodes, Language language)
      : nodes_(std::move(nodes)), language_(language) {
    for (const Node* node : nodes_) parsed_.path.push_back(node->command);
  }

  absl::StatusOr<Parsed> Read() {
    if (AsksForHelp()) {
      parsed_.help = true;
      return parsed_;
    }
    if (absl::Status status = CheckValues(); !status.ok()) return status;
    if (absl::Status status = CheckExtras(); !status.ok()) return status;
    for (const Node* node : nodes_) {
      for (const Binding& binding : node->bindings) {
        if (absl::Status status = Take(binding); !status.ok()) return status;
      }
    }
    if (!parsed_.command().run) {
      return Complain(Say(language_, Msg::kMissingCommand,
                          {{"command", Spelled(parsed_.path)}}));
    }
    return parsed_;
  }

  absl::Status Complain(const std::string& what) const {
    return UsageError(absl::StrCat(
        what, "\n",
        Say(language_, Msg::kSeeHelp, {{"command", Spelled(parsed_.path)}})));
  }

 private:
  bool AsksForHelp() const {
    return std::any_of(nodes_.front()->bindings.begin(),
                       nodes_.front()->bindings.end(),
                       [](const Binding& binding) {
                         return binding.argument->name == "help" &&
                                binding.option->count() > 0;
                       });
  }

  // CLI11 takes the next word for an option's value, also another option.
  absl::Status CheckValues() const {
    for (const Node* node : nodes_) {
      for (const Binding& binding : node->bindings) {
        if (binding.argument->is_positional()) continue;
        for (const std::string& value : binding.option->results()) {
          if (!value.starts_with("--")) continue;
          return Complain(Say(language_, Msg::kMissingValue,
                              {{"name", binding.argument->Spelling()}}));
        }
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckExtras() const {
    for (const Node* node : nodes_) {
      const std::vector<std::string> extras = node->app->remaining();
      if (!extras.empty()) return Unknown(extras.front());
    }
    return absl::OkStatus();
  }

  absl::Status Unknown(const std::string& word) const {
    const Command& command = parsed_.command();
    const bool is_option = word.starts_with("-");
    std::vector<std::string> known;
    if (is_option) {
      for (const Command* at : parsed_.path) {
        for (const Argument& argument : at->arguments) {
          if (!argument.is_positional()) known.push_back(argument.Spelling());
        }
      }
    } else {
      for (const Command& child : command.subcommands) {
        known.push_back(child.name);
      }
    }
    const bool is_command = !is_option && !command.subcommands.empty();
    std::string what =
        Say(language_, is_command ? Msg::kUnknownCommand : Msg::kUnknownOption,
            {{"word", word}});
    const std::vector<std::string> near =
        NearWords(word.substr(0, word.find('=')), known);
    if (!near.empty()) {
      what += Say(language_, Msg::kDidYouMean,
                  {{"near", absl::StrJoin(near, ", ")}});
    }
    return Complain(what);
  }

  absl::Status Take(const Binding& binding) {
    const Argument& argument = *binding.argument;
    if (binding.option->count() == 0) {
      if (!argument.required) return absl::OkStatus();
      return Complain(
          Say(language_, Msg::kMissingArgument, {{"name", ShownAs(argument)}}));
    }
    if (argument.kind == Argument::Kind::kFlag) {
      parsed_.arguments.Add(argument.name, "true");
      return absl::OkStatus();
    }
    for (const std::string& value : binding.option->results()) {
      if (!argument.choices.empty() &&
          std::find(argument.choices.begin(), argument.choices.end(), value) ==
              argument.choices.end()) {
        return Complain(
            Say(language_, Msg::kBadChoice,
                {{"name", ShownAs(argument)},
                 {"value", value},
                 {"allowed", absl::StrJoin(argument.choices, ", ")}}));
      }
      parsed_.arguments.Add(argument.name, value);
    }
    return absl::OkStatus();
  }

  static std::string ShownAs(const Argument& argument) {
    return argument.is_positional()
               ? argument.name
               : absl::StrCat(argument.Spelling(), " ", argument.value_name);
  }

  std::vector<const Node*> nodes_;
  Language language_;
  Parsed parsed_;
};

}  // namespace

std::string Spelled(const std::vector<const Command*>& path) {
  return absl::StrJoin(path, " ", [](std::string* out, const Command* command) {
    absl::StrAppend(out, command->name);
  });
}

absl::StatusOr<Parsed> Parse(const Command& root,
                             const std::vector<std::string>& words,
                             Language language) {
  CLI::App app;
  const std::unique_ptr<Node> tree = Bind(root, app);
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::ArgumentMismatch& mismatch) {
    // CLI11 says "--limit: 1 required …".
    const std::string what = mismatch.what();
    return Reader(Named(*tree), language)
        .Complain(Say(language, Msg::kMissingValue,
                      {{"name", what.substr(0, what.find(':'))}}));
  } catch (const CLI::ParseError& error) {
    return Reader(Named(*tree), language).Complain(error.what());
  }
  return Reader(Named(*tree), language).Read();
}

}  // namespace jiedui::cli
