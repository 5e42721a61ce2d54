#include "tools/cli/question_page.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "tools/cli/display.h"
#include "tools/cli/output.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using matcher::v1::Comparison;
using matcher::v1::DemandChange;
using matcher::v1::NamedResource;
using matcher::v1::ServedDemand;
using matcher::v1::WhyNotResult;

constexpr int64_t kTitleWidth = 40;
constexpr int64_t kPartsWidth = 60;
constexpr size_t kMostRows = 40;
constexpr std::string_view kQuality = "quality";

std::string Signed(int64_t difference, const std::string& magnitude) {
  return difference > 0 ? "+" + magnitude : magnitude;
}

std::string PartWord(type::v1::PartKind part, Language language) {
  const auto* value = type::v1::PartKind_descriptor()->FindValueByNumber(part);
  return value == nullptr ? "" : EnumWord(language, *value);
}

std::string KindWord(DemandChange::Kind kind, Language language) {
  const auto* value = DemandChange::Kind_descriptor()->FindValueByNumber(kind);
  return value == nullptr ? "" : EnumWord(language, *value);
}

// 张三 (V00000012): the name and, to type it, its number.
std::string NameOf(const NamedResource& named) {
  const size_t slash = named.resource().find('/');
  if (slash == std::string::npos) return named.display_name();
  return absl::StrCat(named.display_name(), " (",
                      named.resource().substr(slash + 1), ")");
}

std::string NamesOf(
    const google::protobuf::RepeatedPtrField<NamedResource>& list) {
  if (list.empty()) return "—";
  std::vector<std::string> names;
  for (const NamedResource& named : list) names.push_back(NameOf(named));
  return absl::StrJoin(names, "、");
}

// A row of sums; `text` writes a value.
template <typename Text>
std::vector<std::string> SumRow(std::string what, int64_t before, int64_t after,
                                Text text) {
  const int64_t difference = after - before;
  return {std::move(what), text(before), text(after),
          difference == 0 ? "" : Signed(difference, text(difference))};
}

std::string Whole(int64_t value) { return absl::StrCat(value); }

std::string SumTable(const Comparison& comparison, Language language) {
  std::vector<std::vector<std::string>> rows;
  for (const matcher::v1::LevelChange& level : comparison.levels()) {
    rows.push_back(SumRow(Word(language, "level." + level.name(), level.name()),
                          level.before(), level.after(),
                          level.name() == kQuality ? PointsText : Whole));
  }
  rows.push_back(SumRow(Say(language, Msg::kSumPoints),
                        comparison.points_before(), comparison.points_after(),
                        PointsText));
  rows.push_back(SumRow(Say(language, Msg::kSumDemands),
                        comparison.demands_before(), comparison.demands_after(),
                        Whole));
  rows.push_back(SumRow(Say(language, Msg::kSumServed),
                        comparison.served_before(), comparison.served_after(),
                        Whole));
  rows.push_back(SumRow(Say(language, Msg::kSumGaps), comparison.gaps_before(),
                        comparison.gaps_after(), Whole));
  return RenderTable({{Say(language, Msg::kLevel)},
                      {Say(language, Msg::kBefore), 0, true},
                      {Say(language, Msg::kAfter), 0, true},
                      {Say(language, Msg::kDifference), 0, true}},
                     rows);
}

// 新获服务 3，换专家 2; what does not happen is left out.
std::string CountLine(const Comparison& comparison, Language language) {
  const std::pair<DemandChange::Kind, int32_t> counts[] = {
      {DemandChange::KIND_NEWLY_SERVED, comparison.newly_served()},
      {DemandChange::KIND_NO_LONGER_SERVED, comparison.no_longer_served()},
      {DemandChange::KIND_OTHER_EXPERT, comparison.other_expert()},
      {DemandChange::KIND_OTHER_PARTS, comparison.other_parts()},
      {DemandChange::KIND_LEFT, comparison.left()}};
  std::vector<std::string> words;
  for (const auto& [kind, count] : counts) {
    if (count == 0) continue;
    words.push_back(absl::StrCat(KindWord(kind, language), " ", count));
  }
  if (words.empty()) return Say(language, Msg::kNothingChanges) + "\n";
  return Say(language, Msg::kDemandsChange,
             {{"changes", absl::StrJoin(words, ", ")}}) +
         "\n";
}

// Names of those in `list` who are not in `others`.
std::string NamesApart(
    const google::protobuf::RepeatedPtrField<NamedResource>& list,
    const google::protobuf::RepeatedPtrField<NamedResource>& others) {
  std::vector<std::string> names;
  for (const NamedResource& named : list) {
    const bool stays = std::any_of(
        others.begin(), others.end(), [&](const NamedResource& other) {
          return other.resource() == named.resource();
        });
    if (!stays) names.push_back(named.display_name());
  }
  return names.empty() ? "—" : absl::StrJoin(names, "、");
}

std::string PartsText(const DemandChange& change, Language language) {
  std::vector<std::string> parts;
  for (const DemandChange::PartChange& part : change.parts()) {
    parts.push_back(absl::StrCat(PartWord(part.kind(), language), " ",
                                 NamesApart(part.before(), part.after()), " → ",
                                 NamesApart(part.after(), part.before())));
  }
  return absl::StrJoin(parts, "; ");
}

int64_t Gain(const DemandChange& change) {
  return change.points_after() - change.points_before();
}

// What matters most first: by kind, then by points gained or lost.
Changes MostImportant(Changes changes) {
  std::stable_sort(changes.begin(), changes.end(),
                   [](const DemandChange& a, const DemandChange& b) {
                     if (a.kind() != b.kind()) return a.kind() < b.kind();
                     return std::abs(Gain(a)) > std::abs(Gain(b));
                   });
  if (changes.size() > kMostRows) changes.resize(kMostRows);
  return changes;
}

std::string ChangeTable(const Changes& changes, Language language) {
  std::vector<std::vector<std::string>> rows;
  for (const DemandChange& change : changes) {
    const int64_t difference = Gain(change);
    rows.push_back({change.demand(), change.demand_title(),
                    KindWord(change.kind(), language),
                    Signed(difference, PointsText(difference)),
                    PartsText(change, language)});
  }
  return RenderTable({{Say(language, Msg::kDemandColumn)},
                      {Say(language, Msg::kTitleColumn), kTitleWidth},
                      {Say(language, Msg::kChangeColumn)},
                      {Say(language, Msg::kPointsColumn), 0, true},
                      {Say(language, Msg::kWhoColumn), kPartsWidth}},
                     rows);
}

std::string ServedTable(
    const google::protobuf::RepeatedPtrField<ServedDemand>& list,
    Language language) {
  std::vector<std::vector<std::string>> rows;
  for (const ServedDemand& served : list) {
    rows.push_back({served.demand(), served.demand_title(),
                    PartWord(served.part(), language),
                    PointsText(served.points())});
  }
  return RenderTable({{Say(language, Msg::kDemandColumn)},
                      {Say(language, Msg::kTitleColumn), kTitleWidth},
                      {Say(language, Msg::kPartColumn)},
                      {Say(language, Msg::kPointsColumn), 0, true}},
                     rows);
}

std::string Heading(const NamedResource& resource, const std::string& summary) {
  return absl::StrCat(NameOf(resource), summary.empty() ? "" : " · ", summary,
                      "\n");
}

// A state of a volunteer, or that a team or project is retired.
std::string NotServingWord(const std::string& state, Language language) {
  return Word(language, "Volunteer.STATE_" + state,
              Word(language, "retired_resource", state));
}

std::string BarsText(const WhyNotResult& result, Language language) {
  std::string text = Say(language, Msg::kWhyNotBarred,
                         {{"count", absl::StrCat(result.constraints_size())}}) +
                     "\n";
  for (const matcher::v1::ViolatedConstraint& bar : result.constraints()) {
    absl::StrAppend(&text, "  ", FieldText(bar, "constraint", language), " — ",
                    bar.detail(), "\n");
  }
  return text;
}

}  // namespace

std::string RenderReplay(const matcher::v1::ReplayResult& result,
                         Language language) {
  std::string text;
  if (result.identical()) {
    text = Say(language, Msg::kReplaySame,
               {{"name", result.round()},
                {"proposals", absl::StrCat(result.proposals())},
                {"bytes", absl::StrCat(result.bytes())},
                {"records", absl::StrCat(result.journal_records())}}) +
           "\n";
  } else {
    text = Say(language, Msg::kReplayDiffers,
               {{"name", result.round()},
                {"count", absl::StrCat(result.difference_count())}}) +
           "\n";
  }
  for (const auto& version : result.changed_versions()) {
    absl::StrAppend(&text,
                    Say(language, Msg::kReplayVersion,
                        {{"what", Word(language, "version." + version.name(),
                                       version.name())},
                         {"then", version.then()},
                         {"now", version.now()}}),
                    "\n");
  }
  for (const std::string& difference : result.differences()) {
    absl::StrAppend(&text, "  ", difference, "\n");
  }
  const int more = result.difference_count() - result.differences_size();
  if (more > 0) {
    absl::StrAppend(
        &text, Say(language, Msg::kReplayMore, {{"count", absl::StrCat(more)}}),
        "\n");
  }
  return text;
}

std::string RenderComparison(const Comparison& comparison,
                             const Changes& changes, Language language) {
  std::string text = SumTable(comparison, language);
  absl::StrAppend(&text, CountLine(comparison, language));
  if (changes.empty()) return text;
  absl::StrAppend(&text, "\n", ChangeTable(MostImportant(changes), language));
  if (changes.size() > kMostRows) {
    absl::StrAppend(&text,
                    Say(language, Msg::kChangesMore,
                        {{"count", absl::StrCat(changes.size() - kMostRows)}}),
                    "\n");
  }
  return text;
}

std::string RenderWhyNot(const WhyNotResult& result, const Changes& changes,
                         Language language) {
  std::string text =
      absl::StrCat(result.demand(), " ", result.demand_title(), " · ",
                   PartWord(result.part(), language), "\n",
                   Heading(result.resource(), result.summary()));
  switch (result.verdict()) {
    case WhyNotResult::VERDICT_BARRED:
      return text + BarsText(result, language);
    case WhyNotResult::VERDICT_NOT_SERVING:
      return text +
             Say(language, Msg::kWhyNotServing,
                 {{"state", NotServingWord(result.not_serving(), language)}}) +
             "\n";
    case WhyNotResult::VERDICT_PROPOSED:
      return text +
             Say(language, Msg::kWhyNotProposed,
                 {{"points", PointsText(result.points())}}) +
             "\n";
    default:
      break;
  }
  absl::StrAppend(
      &text,
      Say(language, Msg::kWhyNotPossible,
          {{"points", PointsText(result.points())},
           {"proposed", NamesOf(result.proposed())},
           {"proposed_points", PointsText(result.proposed_points())}}),
      "\n\n", RenderComparison(result.comparison(), changes, language));
  return text;
}

std::string RenderValue(const matcher::v1::ValueResult& result,
                        const Changes& changes, Language language) {
  std::string text = Heading(result.resource(), result.summary());
  if (result.serves().empty()) {
    return text + Say(language, Msg::kValueNone) + "\n";
  }
  absl::StrAppend(&text, "\n", Say(language, Msg::kValueServes), "\n",
                  ServedTable(result.serves(), language), "\n",
                  Say(language, Msg::kValueWithout), "\n",
                  RenderComparison(result.without(), changes, language), "\n");
  if (result.instead().empty()) {
    return text + Say(language, Msg::kValueNoInstead) + "\n";
  }
  absl::StrAppend(&text, Say(language, Msg::kValueInstead), "\n",
                  ServedTable(result.instead(), language));
  return text;
}

}  // namespace jiedui::cli
