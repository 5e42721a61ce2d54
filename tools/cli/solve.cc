// jiedui solve: the engine on instances in files, without any service.
#include <sys/resource.h>

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/judge.h"
#include "services/matcher/engine/round.h"
#include "services/matcher/engine/solve/lap.h"
#include "services/matcher/engine/solve/problem_json.h"
#include "services/matcher/engine/solve/review.h"
#include "tools/cli/commands.h"
#include "tools/cli/errors.h"
#include "tools/cli/fields.h"
#include "tools/cli/progress.h"
#include "tools/cli/session.h"
#include "tools/cli/solve_report.h"

namespace jiedui::cli {
namespace {

namespace engine = matcher::engine;

int64_t PeakBytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return int64_t{usage.ru_maxrss} * 1024;
}

absl::StatusOr<SolveReport> SolveLap(Session& session, const std::string& path,
                                     const engine::Progress& progress) {
  std::string bytes;
  RETURN_IF_ERROR(ReadWhole(path, &bytes, session.language()));
  ASSIGN_OR_RETURN(const engine::LapInstance instance,
                   engine::ParseLap(bytes, path));
  ASSIGN_OR_RETURN(const engine::LapResult result,
                   engine::SolveLap(instance, progress));
  return ReportOf(result);
}

absl::StatusOr<engine::ReviewInstance> ReadReview(Session& session,
                                                  const std::string& folder,
                                                  bool least_loads) {
  const auto read = [&](const char* name, std::string* bytes) {
    const std::filesystem::path file = std::filesystem::path(folder) / name;
    return ReadWhole(file.string(), bytes, session.language());
  };
  engine::ReviewFiles files;
  RETURN_IF_ERROR(read("scores.npy", &files.scores));
  RETURN_IF_ERROR(read("loads.npy", &files.loads));
  RETURN_IF_ERROR(read("covs.npy", &files.covers));
  if (least_loads) {
    RETURN_IF_ERROR(read("loads-lb.npy", &files.least.emplace()));
  }
  return engine::ParseReview(files);
}

absl::StatusOr<SolveReport> SolveReviewers(Session& session,
                                           const Arguments& arguments,
                                           const engine::Progress& progress) {
  ASSIGN_OR_RETURN(const engine::ReviewInstance instance,
                   ReadReview(session, arguments.Get("PATH"),
                              arguments.Has("lower-bounds")));
  const bool fair = arguments.Get("objective") == "fair";
  ASSIGN_OR_RETURN(const engine::ReviewResult result,
                   fair ? engine::SolveFair(instance, progress)
                        : engine::SolveUtility(instance, progress));
  return ReportOf(instance, result, session.language());
}

absl::StatusOr<SolveReport> SolveProblem(Session& session,
                                         const std::string& path,
                                         const engine::Progress& progress) {
  std::string json;
  RETURN_IF_ERROR(ReadWhole(path, &json, session.language()));
  ASSIGN_OR_RETURN(const engine::Problem problem,
                   engine::ParseProblem(json, path));
  const engine::Policy policy;
  ASSIGN_OR_RETURN(const engine::Plan plan,
                   engine::Solve(problem, policy, progress));
  RETURN_IF_ERROR(engine::Judge(problem, policy, plan,
                                engine::ExpertScores(problem, policy)));
  return ReportOf(plan, session.language());
}

absl::StatusOr<SolveReport> Solve(Session& session,
                                  const Arguments& arguments) {
  const std::string path = arguments.Get("PATH");
  const std::string label = session.Say(Msg::kSolving, {{"file", path}});
  Progress bar(session.err(), session.err_is_terminal(), base::Clock::System());
  const engine::Progress progress = [&](int64_t done, int64_t total) {
    bar.Show(label, done, total);
    return true;  // Ctrl-C ends the whole program
  };
  const std::string format = arguments.Get("format");
  if (format == "lap") return SolveLap(session, path, progress);
  if (format == "problem") return SolveProblem(session, path, progress);
  return SolveReviewers(session, arguments, progress);
}

absl::Status RunSolve(Session& session, const Arguments& arguments) {
  if (arguments.Get("format") != "reviewers") {
    for (const char* option : {"objective", "lower-bounds"}) {
      if (!arguments.Has(option)) continue;
      return UsageError(session.Say(Msg::kReviewersOnly,
                                    {{"option", absl::StrCat("--", option)}}));
    }
  }
  const base::Clock& clock = base::Clock::System();
  const absl::Time began = clock.Now();
  ASSIGN_OR_RETURN(const SolveReport report, Solve(session, arguments));
  const double seconds = absl::ToDoubleSeconds(clock.Now() - began);
  if (session.json()) {
    session.ShowJson(ReportJson(report, seconds, PeakBytes()));
  } else {
    session.out() << ReportPage(report, seconds, PeakBytes(),
                                session.language());
  }
  return absl::OkStatus();
}

}  // namespace

Command SolveCommand() {
  Command command;
  command.name = "solve";
  command.summary = {"用引擎求解公开算例，可自行核对",
                     "run the engine on published instances, for anyone to "
                     "check"};
  command.details = {
      "不连服务，不写任何数据。lap：OR-Library 指派问题（最小化）；reviewers："
      "审稿分配目录，内有 scores.npy、loads.npy、covs.npy；problem：本系统的"
      "结对问题 JSON。格式与结果说明见 docs/SOLVE.md。",
      "Needs no service and writes nothing. lap: assignment problems of "
      "OR-Library (minimised); reviewers: a folder with scores.npy, loads.npy "
      "and covs.npy; problem: a matching problem in our own JSON. The formats "
      "and what is printed: docs/SOLVE.md."};
  command.arguments = {
      Positional("PATH", {"文件，或目录（reviewers）",
                          "the file, or the folder (reviewers)"}),
      Required(OneOf(Value("format", "FORMAT", {"算例格式", "format"}),
                     {"lap", "reviewers", "problem"})),
      OneOf(Value("objective", "GOAL",
                  {"reviewers 的目标：utility 总分最高（默认），fair "
                   "先让最差的论文尽量好",
                   "for reviewers: utility, the greatest total (default), or "
                   "fair, the worst paper as well served as possible first"}),
            {"utility", "fair"}),
      Flag("lower-bounds",
           {"reviewers：每位评审人至少要有 loads-lb.npy 所列的篇数",
            "for reviewers: everyone gets at least loads-lb.npy papers"})};
  command.examples = {
      {"jiedui solve --format lap assign100.txt -o json",
       {"指派问题", "an assignment problem"}},
      {"jiedui solve --format reviewers midl --objective fair",
       {"审稿分配，先顾最差的论文", "reviewers, the worst paper first"}},
      {"jiedui solve --format problem problem.json",
       {"自己的结对问题", "a matching problem of one's own"}}};
  command.run = RunSolve;
  return command;
}

}  // namespace jiedui::cli
