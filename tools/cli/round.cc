// jiedui round …
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/display.h"
#include "tools/cli/pairing_page.h"
#include "tools/cli/progress.h"
#include "tools/cli/question.h"
#include "tools/cli/resources.h"
#include "tools/cli/session.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using google::protobuf::Message;
using matcher::v1::Pairing;
using matcher::v1::Round;
using type::v1::Part;
using Pairings = std::vector<std::unique_ptr<Message>>;
// How often each reason for a gap occurs.
using GapCounts = std::map<type::v1::GapReason, int>;

std::string GapWord(type::v1::GapReason reason, Language language) {
  return EnumWord(language,
                  *type::v1::GapReason_descriptor()->FindValueByNumber(reason));
}

std::string LevelValue(const matcher::v1::Level& level, int64_t value) {
  return level.name() == "quality" ? PointsText(value) : absl::StrCat(value);
}

void ShowLevels(Session& session, const matcher::v1::Certificate& certificate) {
  std::vector<std::vector<std::string>> rows;
  for (const matcher::v1::Level& level : certificate.levels()) {
    rows.push_back(
        {Word(session.language(), "level." + level.name(), level.name()),
         LevelValue(level, level.value()), LevelValue(level, level.bound())});
  }
  session.out() << RenderTable({{session.Say(Msg::kLevel)},
                                {session.Say(Msg::kReached), 0, true},
                                {session.Say(Msg::kBound), 0, true}},
                               rows)
                << session.Say(certificate.exact() ? Msg::kRoundExact
                                                   : Msg::kRoundNotExact,
                               {{"scope", certificate.scope()}})
                << "\n";
  if (certificate.points_bound() > 0) {
    const double gap =
        100.0 *
        static_cast<double>(certificate.points_bound() - certificate.points()) /
        static_cast<double>(certificate.points_bound());
    session.out() << session.Say(
                         Msg::kRoundBundles,
                         {{"points", PointsText(certificate.points())},
                          {"bound", PointsText(certificate.points_bound())},
                          {"gap", absl::StrFormat("%.3f", gap)}})
                  << "\n";
  }
}

void ShowUnpaired(Session& session, const Round& round) {
  GapCounts counts;
  for (const matcher::v1::UnpairedDemand& one : round.unpaired()) {
    ++counts[one.part().gap_reason()];
  }
  for (const auto& [reason, count] : counts) {
    session.out() << session.Say(
                         Msg::kUnpairedBy,
                         {{"reason", GapWord(reason, session.language())},
                          {"count", absl::StrCat(count)}})
                  << "\n";
  }
}

// A line a part that has gaps, with how many by each reason.
void ShowGaps(Session& session, const Pairings& pairings) {
  std::map<type::v1::PartKind, GapCounts> gaps;
  for (const auto& message : pairings) {
    for (const Part& part : static_cast<const Pairing&>(*message).parts()) {
      if (part.status() == type::v1::PART_STATUS_GAP) {
        ++gaps[part.kind()][part.gap_reason()];
      }
    }
  }
  for (const auto& [kind, counts] : gaps) {
    std::vector<std::string> reasons;
    for (const auto& [reason, count] : counts) {
      reasons.push_back(
          absl::StrCat(GapWord(reason, session.language()), " ", count));
    }
    session.out() << session.Say(
                         Msg::kGapsBy,
                         {{"part", EnumWord(session.language(),
                                            *type::v1::PartKind_descriptor()
                                                 ->FindValueByNumber(kind))},
                          {"reasons", absl::StrJoin(reasons, ", ")}})
                  << "\n";
  }
}

std::string Percent(int64_t part, int64_t whole) {
  if (whole == 0) return "100.0";
  const int64_t tenths = part * 1000 / whole;
  return absl::StrFormat("%d.%d", tenths / 10, tenths % 10);
}

// A round that was cancelled or failed has nothing but how it ended.
void ShowUnfinished(Session& session, const Round& round) {
  session.out() << session.Say(Msg::kRoundEnded,
                               {{"name", round.name()},
                                {"state",
                                 FieldText(round, "state", session.language())},
                                {"time", TimeText(round.create_time())},
                                {"actor", round.actor()}})
                << "\n"
                << session.Say(Msg::kReason) << ": " << round.note() << "\n";
}

// The summary, and the pairings as far as they are known.
void ShowRound(Session& session, const Round& round, const Pairings& pairings) {
  session.out() << session.Say(
                       Msg::kRoundSummary,
                       {{"name", round.name()},
                        {"paired", absl::StrCat(round.paired())},
                        {"demands", absl::StrCat(round.demands())},
                        {"percent", Percent(round.paired(), round.demands())},
                        {"volunteers", absl::StrCat(round.volunteers())},
                        {"teams", absl::StrCat(round.teams())},
                        {"projects", absl::StrCat(round.projects())}})
                << "\n";
  ShowUnpaired(session, round);
  ShowGaps(session, pairings);
  ShowLevels(session, round.certificate());
  if (!pairings.empty()) {
    session.out() << "\n"
                  << RenderList(PairingKind(), pairings, session.language());
  }
}

absl::Status RunRound(Session& session, const Arguments& arguments) {
  matcher::v1::RunRoundRequest request;
  request.set_validate_only(arguments.Has("dry-run"));
  request.set_as_of_date(arguments.Get("as-of"));
  Pairings pairings;
  Round round;
  {
    Progress progress(session.err(), session.err_is_terminal(),
                      base::Clock::System());
    matcher::v1::RunRoundResponse response;
    RETURN_IF_ERROR(
        session.Stream("MatcherService.RunRound", request, &response, [&] {
          if (response.has_pairing()) {
            pairings.push_back(std::make_unique<Pairing>(response.pairing()));
          } else if (response.has_round()) {
            round = response.round();
          } else {
            const matcher::v1::RoundProgress& step = response.progress();
            progress.Show(
                Word(session.language(), "phase." + step.phase(), step.phase()),
                step.done(), step.total());
          }
          return absl::OkStatus();
        }));
  }
  if (round.identity().empty()) {
    return absl::InternalError(session.Say(Msg::kNoRound));
  }
  if (session.json()) {
    std::vector<std::string> items;
    for (const auto& pairing : pairings) items.push_back(CompactJson(*pairing));
    session.ShowJson(absl::StrCat("{\"round\":", CompactJson(round), ",",
                                  JsonList("pairings", items).substr(1)));
    return absl::OkStatus();
  }
  ShowRound(session, round, pairings);
  if (request.validate_only()) {
    session.out() << session.Say(Msg::kRoundDry) << "\n";
  }
  return absl::OkStatus();
}

Command RunCommand() {
  Command command;
  command.name = "run";
  command.summary = {"跑一轮结对", "run one round"};
  command.details = {
      "同一份数据再跑一次，得到同一轮，逐字节相同。中途中断或失败只留下记录，"
      "不作任何改动。",
      "The same data give the same round again, byte for byte. One that is "
      "interrupted or\nfails leaves its record and changes nothing."};
  command.arguments = {
      Flag("dry-run", {"只试算，不生效", "try it; commit nothing"}),
      Value("as-of", "DATE",
            {"基准日（默认今天），YYYY-MM-DD",
             "day on which expiries are judged (today)"})};
  command.examples = {
      {"jiedui round run", {"跑一轮", "run one"}},
      {"jiedui round run --dry-run -o json", {"试算", "try, for scripts"}}};
  command.run = RunRound;
  return command;
}

absl::Status RunShow(Session& session, const Arguments& arguments) {
  matcher::v1::GetRoundRequest request;
  const std::string name = arguments.Get("NAME");
  request.set_name(name.find('/') == name.npos ? "rounds/" + name : name);
  Round round;
  RETURN_IF_ERROR(session.Call("MatcherService.GetRound", request, &round));
  if (session.json()) {
    session.ShowJson(CompactJson(round));
    return absl::OkStatus();
  }
  if (round.state() != Round::STATE_COMMITTED) {
    ShowUnfinished(session, round);
    return absl::OkStatus();
  }
  Pairings pairings;
  bool more = false;
  RETURN_IF_ERROR(FetchAll(session, PairingKind(),
                           absl::StrCat("round = \"", round.name(), "\""), "",
                           0, &pairings, &more));
  ShowRound(session, round, pairings);
  return absl::OkStatus();
}

}  // namespace

Command RoundCommand() {
  Command show = ShowCommand(RoundKind());
  show.run = RunShow;
  Command command;
  command.name = "round";
  command.summary = {"轮次：跑一轮结对、查看、重算、推演",
                     "rounds: run, see, replay, what-if"};
  command.subcommands = {RunCommand(),    ListCommand(RoundKind()),
                         std::move(show), ReplayCommand(),
                         WhatIfCommand(), ValueCommand()};
  return command;
}

}  // namespace jiedui::cli
