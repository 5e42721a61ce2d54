// The engine against its peers: see HelpText.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/engine/rows.h"
#include "tests/bench/machine.h"
#include "tests/bench/report.h"

namespace jiedui::bench::engine {
namespace {

constexpr char kUsage[] =
    R"(Measures the matching engine beside its peers, in one run.

Usage: jiedui_bench_engine [--only NAME] [--full]

JSON goes to standard output, a table and progress to standard error. The exit
code is 1 when two sides that must agree do not.

  --only NAME   only this row
  --full        the sizes of the table, instead of a minute in all
  --help        this text

Rows:
)";

std::string HelpText() {
  std::string help = kUsage;
  for (const Row& row : Rows()) {
    std::string name(row.name);
    name.resize(20, ' ');
    absl::StrAppend(&help, "  ", name, "  ", std::string(row.about), "\n");
  }
  return help;
}

[[noreturn]] void RefuseUsage(const std::string& what) {
  std::fprintf(stderr, "jiedui_bench_engine: %s; see --help\n", what.c_str());
  std::exit(2);
}

int Run(const Settings& settings, std::string_view only) {
  auto circumstances = DescribeMachine();
  circumstances.emplace_back("sizes", settings.full ? "full" : "small");
  std::vector<Figure> figures;
  for (const Row& row : Rows()) {
    if (!only.empty() && only != row.name) continue;
    std::fprintf(stderr, "measuring %s\n", std::string(row.name).c_str());
    for (Figure& figure : row.measure(settings)) {
      figures.push_back(std::move(figure));
    }
  }
  if (figures.empty()) RefuseUsage(absl::StrCat("there is no such row"));
  std::fputs(ToTable(figures).c_str(), stderr);
  std::fputs(ToJson(circumstances, figures).c_str(), stdout);
  return 0;
}

}  // namespace
}  // namespace jiedui::bench::engine

int main(int argc, char** argv) {
  using namespace jiedui::bench::engine;
  Settings settings;
  std::string_view only;
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--help") {
      std::fputs(HelpText().c_str(), stdout);
      return 0;
    }
    if (words[i] == "--full") {
      settings.full = true;
    } else if (words[i] == "--only" && i + 1 < words.size()) {
      only = words[++i];
    } else {
      RefuseUsage("cannot make sense of " + std::string(words[i]));
    }
  }
  return Run(settings, only);
}
