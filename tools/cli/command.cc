#include "tools/cli/command.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace jiedui::cli {
namespace {

Argument Make(std::string name, Argument::Kind kind, std::string value_name,
              Text help) {
  Argument argument;
  argument.name = std::move(name);
  argument.kind = kind;
  argument.value_name = std::move(value_name);
  argument.help = std::move(help);
  return argument;
}

// Levenshtein's distance in bytes.
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1,
                         diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string Arguments::Get(const std::string& name) const {
  const auto it = values_.find(name);
  return it == values_.end() ? "" : it->second.back();
}

const std::vector<std::string>& Arguments::All(const std::string& name) const {
  static const auto* const none = new std::vector<std::string>();
  const auto it = values_.find(name);
  return it == values_.end() ? *none : it->second;
}

const Command* Command::Find(std::string_view subcommand) const {
  for (const Command& command : subcommands) {
    if (command.name == subcommand) return &command;
  }
  return nullptr;
}

Argument Positional(std::string name, Text help) {
  return Required(
      Make(std::move(name), Argument::Kind::kPositional, "", std::move(help)));
}

Argument Positionals(std::string name, Text help) {
  return Required(
      Make(std::move(name), Argument::Kind::kPositionals, "", std::move(help)));
}

Argument Value(std::string name, std::string value_name, Text help) {
  return Make(std::move(name), Argument::Kind::kValue, std::move(value_name),
              std::move(help));
}

Argument List(std::string name, std::string value_name, Text help) {
  return Make(std::move(name), Argument::Kind::kList, std::move(value_name),
              std::move(help));
}

Argument Flag(std::string name, Text help) {
  return Make(std::move(name), Argument::Kind::kFlag, "", std::move(help));
}

Argument Required(Argument argument) {
  argument.required = true;
  return argument;
}

Argument OneOf(Argument argument, std::vector<std::string> choices) {
  argument.choices = std::move(choices);
  return argument;
}

std::vector<std::string> NearWords(std::string_view word,
                                   const std::vector<std::string>& known) {
  std::vector<std::pair<size_t, std::string>> near;
  for (const std::string& candidate : known) {
    const bool begins = !word.empty() && candidate.starts_with(word);
    const size_t distance = begins ? 0 : EditDistance(word, candidate);
    const size_t limit = std::max<size_t>(1, candidate.size() / 3);
    if (distance <= limit) near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> words;
  for (size_t i = 0; i < near.size() && i < 3; ++i) {
    words.push_back(near[i].second);
  }
  return words;
}

}  // namespace jiedui::cli
