#include "tests/taste/checker.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "tests/taste/code_view.h"
#include "tests/taste/rules.h"

namespace jiedui::taste {
namespace {

using std::string_view;

// Takes the first name off `path`.
string_view PopName(string_view& path) {
  size_t end = std::min(path.find('/'), path.size());
  string_view name = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return name;
}

string_view FolderOf(string_view file) {
  size_t slash = file.rfind('/');
  return slash == file.npos ? string_view() : file.substr(0, slash);
}

// Whether `folder` is what `pattern` names, or, `with_subfolders`, inside it.
bool Matches(string_view folder, string_view pattern, bool with_subfolders) {
  while (!pattern.empty()) {
    if (folder.empty()) return false;
    string_view wanted = PopName(pattern);
    string_view name = PopName(folder);
    if (wanted != "*" && wanted != name) return false;
  }
  return folder.empty() || with_subfolders;
}

const Floor* FloorOf(string_view file) {
  string_view folder = FolderOf(file);
  // The all-in-one's folder looks like any service's, but is a floor of its
  // own: an exact name goes before a pattern.
  const Floor* found = nullptr;
  for (const Floor& floor : Floors()) {
    if (!Matches(folder, floor.folder, floor.reach == Reach::kWithSubfolders)) {
      continue;
    }
    bool exact = floor.folder.find('*') == string_view::npos;
    if (found == nullptr || exact) found = &floor;
  }
  return found;
}

// "demand" of "services/demand/app/x.h"; nothing elsewhere.
std::optional<string_view> ServiceOf(string_view file) {
  if (PopName(file) != "services") return std::nullopt;
  return PopName(file);
}

bool InAnyOf(string_view file, std::span<const string_view> patterns) {
  return std::ranges::any_of(patterns, [&](string_view pattern) {
    return Matches(FolderOf(file), pattern, true);
  });
}

bool IsOurs(string_view include) {
  string_view top = PopName(include);
  return !include.empty() && (top == "common" || top == "services" ||
                              top == "tools" || top == "tests");
}

bool MatchesInclude(string_view include, string_view pattern) {
  if (pattern.starts_with('*')) return include.ends_with(pattern.substr(1));
  if (pattern.ends_with('*')) {
    return include.starts_with(pattern.substr(0, pattern.size() - 1));
  }
  return include == pattern;
}

bool EndsLike(string_view file, std::span<const string_view> endings) {
  return std::ranges::any_of(
      endings, [&](string_view ending) { return file.ends_with(ending); });
}

bool IsCpp(string_view file) {
  return file.ends_with(".cc") || file.ends_with(".h");
}

// Checks one file.
class FileChecker {
 public:
  FileChecker(string_view file, string_view text,
              std::vector<Violation>& violations)
      : file_(file), text_(text), violations_(violations) {}

  void CheckLayout() {
    std::vector<string_view> lines = LinesOf(text_);
    for (size_t i = 0; i < lines.size(); ++i) {
      CheckLine(static_cast<int>(i) + 1, lines[i]);
    }
    int count = static_cast<int>(lines.size());
    if (!text_.empty() && text_.back() != '\n') {
      Add(count, "final-newline", "the last line has no line break",
          "end the file with one");
    }
    if (count > kMaxLines && !file_.ends_with(".json")) {
      Add(count, "length", "more than " + std::to_string(kMaxLines) + " lines",
          "split it into files about one thing each");
    }
  }

  void CheckIncludes() {
    const Floor* floor = FloorOf(file_);
    if (floor == nullptr) {
      Add(1, "unknown-floor", "this folder stands on no floor",
          "move the file, or give its folder a floor in "
          "tests/taste/rules.cc and docs/ARCHITECTURE.md");
      return;
    }
    for (const Include& include : IncludesOf(text_)) {
      if (IsOurs(include.path)) CheckArrow(*floor, include);
      CheckPurity(include);
      if (include.path.starts_with("../")) {
        Add(include.line, "include-path", "includes " + include.path,
            "name it from the root of the tree");
      }
    }
  }

  void CheckCalls() {
    std::string code = CodeView(text_);
    bool is_base = Matches(FolderOf(file_), kBaseFolder, true);
    bool is_pure = IsPure();
    std::vector<string_view> lines = LinesOf(code);
    for (size_t i = 0; i < lines.size(); ++i) {
      int line = static_cast<int>(i) + 1;
      bool found = !is_base && CheckCallsOn(line, lines[i], CallsOfBaseOnly());
      if (!found && is_pure) {
        CheckCallsOn(line, lines[i], CallsBannedInPureFolders());
      }
    }
  }

 private:
  void Add(int line, string_view rule, std::string what, string_view remedy) {
    violations_.push_back({std::string(file_), line, std::string(rule),
                           std::move(what), std::string(remedy)});
  }

  void CheckLine(int number, string_view line) {
    if (line.find('\t') != line.npos) {
      Add(number, "tab", "a tab", "indent with spaces");
    }
    if (line.ends_with(' ') || line.ends_with('\r')) {
      Add(number, "trailing-space", "white space at the end of the line",
          "remove it (C++: tools/format does)");
    }
    for (string_view mark : UnfinishedMarks()) {
      if (ContainsWord(line, mark)) {
        Add(number, "unfinished", "says " + std::string(mark),
            "do it now, or open an issue and leave no mark");
      }
    }
  }

  // What `file_` includes of this project must stand no higher than itself,
  // and must not be another service's.
  void CheckArrow(const Floor& from, const Include& include) {
    const Floor* to = FloorOf(include.path);
    std::string what = "includes " + include.path;
    if (to == nullptr) {
      Add(include.line, "unknown-floor", what + ", which stands on no floor",
          "give its folder a floor in tests/taste/rules.cc");
    } else if (to->height > from.height) {
      Add(include.line, "floors",
          "a lower floor (" + std::string(from.folder) + ") " + what +
              " of a higher one (" + std::string(to->folder) + ")",
          "move what both need down, or pass it in as a parameter");
    } else if (!MayMeet(from, include.path)) {
      Add(include.line, "services-apart",
          what + ", the inside of a service that is not its own",
          "talk through proto/; only services/jiedui and tools put services "
          "together, by their bind.h, and tools may run an engine");
    } else if (!from.only.empty() && to != &from &&
               !InAnyOf(include.path, from.only)) {
      Add(include.line, "floors",
          what + ", which " + std::string(from.folder) + " may not use",
          "keep the engine a library without I/O: problem in, plan out");
    }
  }

  // Whether `file_` may know `include` of some service.
  bool MayMeet(const Floor& from, string_view include) const {
    // The policy file is for people: tools read and check it on their own.
    if (file_.starts_with("tools/") &&
        include.starts_with("services/matcher/domain/policy_")) {
      return true;
    }
    std::optional<string_view> theirs = ServiceOf(include);
    if (!theirs || ServiceOf(file_) == theirs) return true;
    if (Matches(FolderOf(file_), "tests", true)) return true;
    bool puts_together =
        from.folder == kAllInOneFolder || from.folder == "tools";
    // An engine is a library without I/O: a tool may run it by itself.
    bool runs_engine = from.folder == "tools" &&
                       Matches(FolderOf(include), "services/*/engine", true);
    return runs_engine ||
           (puts_together && (include.ends_with("/bind.h") ||
                              include.starts_with(kAllInOneFolder)));
  }

  // Tests of pure code, and the examples they share, may read files and
  // shuffle with a fixed seed.
  bool IsPure() const {
    return InAnyOf(file_, PureFolders()) && !file_.ends_with("_test.cc") &&
           file_.find("/example_") == file_.npos;
  }

  void CheckPurity(const Include& include) {
    if (!IsPure()) return;
    for (const Ban& ban : IncludesBannedInPureFolders()) {
      if (!MatchesInclude(include.path, ban.what)) continue;
      Add(include.line, "pure", "pure code includes " + include.path,
          ban.remedy);
      return;
    }
  }

  bool CheckCallsOn(int line, string_view code, std::span<const Ban> bans) {
    for (const Ban& ban : bans) {
      if (!ContainsWord(code, ban.what)) continue;
      Add(line, "pure", "uses " + std::string(ban.what), ban.remedy);
      return true;
    }
    return false;
  }

  string_view file_;
  string_view text_;
  std::vector<Violation>& violations_;
};

bool IsSkipped(const std::filesystem::path& folder, string_view from_root) {
  std::string name = folder.filename().string();
  return std::ranges::any_of(SkippedFolders(), [&](string_view skipped) {
    return skipped == name || skipped == from_root;
  });
}

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    throw std::filesystem::filesystem_error(
        "cannot read", path, std::make_error_code(std::errc::io_error));
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

bool IsScript(const std::filesystem::path& path) {
  if (path.has_extension()) return false;
  std::array<char, 2> start{};
  std::ifstream(path, std::ios::binary).read(start.data(), start.size());
  return start[0] == '#' && start[1] == '!';
}

}  // namespace

std::string Violation::ToString() const {
  return file + ":" + std::to_string(line) + ": [" + rule + "] " + what +
         "; instead: " + remedy;
}

void CheckFile(string_view file, string_view text,
               std::vector<Violation>& violations) {
  size_t first = violations.size();
  FileChecker checker(file, text, violations);
  checker.CheckLayout();
  if (IsCpp(file)) {
    checker.CheckIncludes();
    checker.CheckCalls();
  }
  std::stable_sort(
      violations.begin() + static_cast<std::ptrdiff_t>(first), violations.end(),
      [](const auto& a, const auto& b) { return a.line < b.line; });
}

Report CheckTree(const std::filesystem::path& root) {
  std::vector<std::pair<std::string, std::filesystem::path>> files;
  using Walk = std::filesystem::recursive_directory_iterator;
  for (Walk walk(root); walk != Walk(); ++walk) {
    std::string name = walk->path().lexically_relative(root).generic_string();
    if (walk->is_directory() && IsSkipped(walk->path(), name)) {
      walk.disable_recursion_pending();
    } else if (walk->is_regular_file() &&
               (EndsLike(name, CheckedEndings()) || IsScript(walk->path()))) {
      files.emplace_back(std::move(name), walk->path());
    }
  }
  std::ranges::sort(files);

  Report report;
  for (const auto& [name, path] : files) {
    CheckFile(name, ReadAll(path), report.violations);
    ++report.files;
  }
  return report;
}

}  // namespace jiedui::taste
