#include "services/matcher/engine/solve/lap.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/flow/flow.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

constexpr int64_t kMostSize = 20'000;
constexpr int64_t kMostCost = 1 << 26;
constexpr size_t kShown = 24;  // bytes of a bad number, in an error

// Whole numbers between white space, with the line each stands on.
class Numbers {
 public:
  Numbers(std::string_view text, const std::string& file)
      : text_(text), file_(file) {}

  // False at the end of the text.
  bool AtEnd() {
    while (!text_.empty() && IsBlank(text_.front())) {
      line_ += text_.front() == '\n';
      text_.remove_prefix(1);
    }
    return text_.empty();
  }

  // REQUIRES: !AtEnd().
  absl::StatusOr<int64_t> Next(int64_t min, int64_t max) {
    size_t length = 0;
    while (length < text_.size() && !IsBlank(text_[length])) ++length;
    const std::string_view word = text_.substr(0, length);
    text_.remove_prefix(length);
    int64_t value = 0;
    const auto [end, error] =
        std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size() ||
        value < min || value > max) {
      return base::MakeError(Reason::kNumberMalformed,
                             {{"file", file_},
                              {"line", absl::StrCat(line_)},
                              {"value", std::string(word.substr(0, kShown))},
                              {"min", absl::StrCat(min)},
                              {"max", absl::StrCat(max)}});
    }
    return value;
  }

  // How many words are left.
  int64_t Count() const {
    int64_t count = 0;
    bool in_word = false;
    for (char c : text_) {
      const bool blank = IsBlank(c);
      count += !blank && !in_word;
      in_word = !blank;
    }
    return count;
  }

 private:
  static bool IsBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\v' ||
           c == '\f';
  }

  std::string_view text_;
  const std::string& file_;
  int64_t line_ = 1;
};

absl::Status Missing(const std::string& file, int64_t expected, int64_t found) {
  return base::MakeError(Reason::kNumbersMissing,
                         {{"file", file},
                          {"expected", absl::StrCat(expected)},
                          {"found", absl::StrCat(found)}});
}

absl::Status ReadMatrix(Numbers& numbers, LapInstance& instance) {
  const int32_t n = instance.size;
  instance.edges.reserve(int64_t{n} * n);
  for (int32_t row = 0; row < n; ++row) {
    for (int32_t column = 0; column < n; ++column) {
      numbers.AtEnd();
      ASSIGN_OR_RETURN(const int64_t cost, numbers.Next(-kMostCost, kMostCost));
      instance.edges.push_back({column, static_cast<int32_t>(cost)});
    }
    instance.first.push_back(static_cast<int64_t>(instance.edges.size()));
  }
  return absl::OkStatus();
}

absl::Status ReadTriples(Numbers& numbers, LapInstance& instance) {
  const int32_t n = instance.size;
  std::vector<std::pair<int32_t, PlainEdge>> triples;
  while (!numbers.AtEnd()) {
    ASSIGN_OR_RETURN(const int64_t row, numbers.Next(1, n));
    numbers.AtEnd();
    ASSIGN_OR_RETURN(const int64_t column, numbers.Next(1, n));
    numbers.AtEnd();
    ASSIGN_OR_RETURN(const int64_t cost, numbers.Next(-kMostCost, kMostCost));
    triples.push_back(
        {static_cast<int32_t>(row - 1),
         {static_cast<int32_t>(column - 1), static_cast<int32_t>(cost)}});
  }
  std::stable_sort(
      triples.begin(), triples.end(),
      [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [row, edge] : triples) {
    while (static_cast<int32_t>(instance.first.size()) <= row) {
      instance.first.push_back(static_cast<int64_t>(instance.edges.size()));
    }
    instance.edges.push_back(edge);
  }
  instance.first.resize(n + 1, static_cast<int64_t>(instance.edges.size()));
  return absl::OkStatus();
}

// Dearer than any chain of moves that would place the row, so that a row is
// left over only if one must be.
int64_t CostOfLeavingOver(const LapInstance& instance) {
  int64_t least = 0;
  int64_t most = 0;
  for (const PlainEdge& edge : instance.edges) {
    least = std::min<int64_t>(least, edge.cost);
    most = std::max<int64_t>(most, edge.cost);
  }
  return (most - least + 1) * (instance.size + 1);
}

}  // namespace

absl::StatusOr<LapInstance> ParseLap(std::string_view bytes,
                                     const std::string& file) {
  Numbers numbers(bytes, file);
  if (numbers.AtEnd()) return Missing(file, 1, 0);
  LapInstance instance;
  instance.file = file;
  instance.first = {0};
  ASSIGN_OR_RETURN(const int64_t n, numbers.Next(1, kMostSize));
  instance.size = static_cast<int32_t>(n);
  const int64_t left = numbers.Count();
  if (left == n * n) {
    RETURN_IF_ERROR(ReadMatrix(numbers, instance));
  } else if (left > 0 && left % 3 == 0 && left <= 3 * n * n) {
    RETURN_IF_ERROR(ReadTriples(numbers, instance));
  } else {
    return Missing(file, n * n, left);
  }
  return instance;
}

absl::StatusOr<LapResult> SolveLap(const LapInstance& instance,
                                   const Progress& progress) {
  const int32_t n = instance.size;
  const int64_t left_over = CostOfLeavingOver(instance);
  Flow<PlainCosts> flow;
  flow.Reserve(n, static_cast<int64_t>(instance.edges.size()));
  for (int32_t column = 0; column < n; ++column) {
    RETURN_IF_ERROR(flow.AddResource(1).status());
  }
  for (int32_t row = 0; row < n; ++row) {
    const auto edges =
        absl::MakeConstSpan(instance.edges)
            .subspan(instance.first[row],
                     instance.first[row + 1] - instance.first[row]);
    RETURN_IF_ERROR(flow.AddRow(left_over, edges).status());
  }
  RETURN_IF_ERROR(flow.Solve(progress));

  LapResult result;
  int32_t placed = 0;
  int32_t first_left = -1;
  for (int32_t row = 0; row < n; ++row) {
    const int32_t column = flow.Assigned(row);
    result.column.push_back(column);
    placed += column >= 0;
    if (column < 0 && first_left < 0) first_left = row;
  }
  if (first_left >= 0) {
    return base::MakeError(Reason::kNoAssignment,
                           {{"file", instance.file},
                            {"found", absl::StrCat(placed)},
                            {"expected", absl::StrCat(n)},
                            {"row", absl::StrCat(first_left + 1)}});
  }
  result.objective = flow.Value();
  result.bound = flow.Bound();
  for (int32_t row = 0; row < n; ++row) {
    for (const PlainEdge& edge : flow.Edges(row)) {
      if (edge.resource != result.column[row]) continue;
      if (row == 0 || edge.cost > result.worst) result.worst = edge.cost;
      break;
    }
  }
  return result;
}

}  // namespace jiedui::matcher::engine
