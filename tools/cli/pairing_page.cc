#include "tools/cli/pairing_page.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/text/normalize.h"
#include "tools/cli/display.h"
#include "tools/cli/output.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using matcher::v1::Offer;
using matcher::v1::Pairing;
using matcher::v1::ServiceRecord;
using type::v1::Alternative;
using type::v1::Choice;
using type::v1::FeaturePoints;
using type::v1::Part;

constexpr int64_t kLineWidth = 96;
constexpr int64_t kLabelWidth = 10;
constexpr int64_t kFeatureWidth = 18;
constexpr int64_t kRawWidth = 16;
constexpr int64_t kPointsWidth = 9;
constexpr int kBarCells = 10;
constexpr int64_t kMillion = 1'000'000;
constexpr int64_t kMicroPerMille = 1'000;

std::string RightAligned(const std::string& text, int64_t width) {
  return std::string(
             std::max<int64_t>(0, width - static_cast<int64_t>(text.size())),
             ' ') +
         text;
}

// Ten cells, filled as far as `value` of a million goes.
std::string Bar(int64_t value) {
  const int full =
      static_cast<int>((value * kBarCells + kMillion / 2) / kMillion);
  std::string bar;
  for (int i = 0; i < kBarCells; ++i) bar += i < full ? "█" : "░";
  return bar;
}

std::string FeatureWord(const std::string& feature, Language language) {
  return Word(language, "feature." + feature, feature);
}

std::string KindWord(const Part& part, Language language) {
  return EnumWord(language, *type::v1::PartKind_descriptor()->FindValueByNumber(
                                part.kind()));
}

std::string StatusWord(const Part& part, Language language) {
  return EnumWord(
      language,
      *type::v1::PartStatus_descriptor()->FindValueByNumber(part.status()));
}

// The most a choice could bring: its points are value × weight × most, floored
// feature by feature, and `most` is whole per milles but for seats.
int64_t MostOfChoice(const Choice& choice) {
  int64_t reached = 0;  // Σ value × weight, at most 10^9
  for (const FeaturePoints& feature : choice.features()) {
    reached += feature.value() * feature.weight();
  }
  if (reached == 0) return 0;
  return static_cast<int64_t>(static_cast<double>(choice.points()) * 1e9 /
                                  static_cast<double>(reached) +
                              .5);
}

class Page {
 public:
  Page(const PairingPage& data, Language language)
      : data_(data), language_(language) {}

  std::string Render() {
    AddHead();
    for (const Part& part : data_.pairing.parts()) AddPart(part);
    AddSynergies();
    AddTotal();
    AddReview();
    AddNext();
    return std::move(out_);
  }

 private:
  std::string Say(Msg message, std::initializer_list<MsgArg> args = {}) const {
    return cli::Say(language_, message, args);
  }

  void AddLine(const std::string& label, const std::string& text) {
    if (text.empty()) return;
    const std::string lines =
        Wrapped(text, kLineWidth, std::string(kLabelWidth, ' '));
    absl::StrAppend(&out_, Padded(label, kLabelWidth),
                    lines.substr(kLabelWidth));
  }

  void AddHead() {
    const Pairing& pairing = data_.pairing;
    const demand::v1::Demand& demand = data_.demand;
    absl::StrAppend(&out_, pairing.name(), " · ",
                    FieldText(pairing, "state", language_), " · ",
                    pairing.round(), "\n\n");
    AddLine(FieldWordOf("demand"),
            absl::StrCat(pairing.demand_title(), " (", pairing.demand(), ")"));
    AddLine(Say(Msg::kPlace), PlaceText(pairing.region()));
    AddLine(Say(Msg::kWho), FieldText(demand, "requester", language_));
    const std::string window = FieldText(demand, "window", language_);
    AddLine(Say(Msg::kWhen),
            absl::StrCat(window.empty() ? Say(Msg::kAnyTime) : window, " · ",
                         FieldText(demand, "mode", language_)));
    AddLine(FieldWordOf("urgency"), UrgencyText(demand));
    AddLine(Say(Msg::kGoal), FieldText(demand, "metric", language_));
    AddLine(FieldWordOf("description"), demand.description());
    AddLine(FieldWordOf("risks"), demand.risks());
  }

  std::string FieldWordOf(const std::string& name) const {
    return Word(language_, name, name);
  }

  std::string UrgencyText(const demand::v1::Demand& demand) const {
    std::string text = FieldText(demand, "urgency", language_);
    if (demand.mandatory()) {
      absl::StrAppend(&text, text.empty() ? "" : " · ",
                      FieldWordOf("mandatory"));
    }
    return text;
  }

  void AddPart(const Part& part) {
    std::string head =
        absl::StrCat(part.kind(), "  ", KindWord(part, language_), " · ",
                     StatusWord(part, language_));
    if (part.seats() > 1) {
      absl::StrAppend(
          &head, " · ",
          Say(Msg::kSeatsFilled, {{"filled", absl::StrCat(part.choices_size())},
                                  {"seats", absl::StrCat(part.seats())}}));
    }
    const std::string points = part.choices_size() == 0
                                   ? ""
                                   : PointsOf(part.points(), MostPoints(part));
    absl::StrAppend(&out_, "\n", Padded(head, 44), points);
    out_.erase(out_.find_last_not_of(' ') + 1);
    out_ += "\n";
    if (part.gap_reason() != 0) AddGap(part);
    for (const Choice& choice : part.choices()) {
      AddChoice(choice, MostPoints(part) / std::max(1, part.seats()),
                part.choices_size() > 1);
    }
    AddRunnersUp(part);
    AddExcluded(part);
    AddOutlook(part);
  }

  std::string PointsOf(int64_t points, int64_t most) const {
    if (most == 0) {
      return Say(Msg::kPointsOnly, {{"points", PointsText(points)}});
    }
    return Say(Msg::kPointsOf,
               {{"points", PointsText(points)}, {"max", PointsText(most)}});
  }

  void AddGap(const Part& part) {
    const std::string reason = EnumWord(
        language_, *type::v1::GapReason_descriptor()->FindValueByNumber(
                       part.gap_reason()));
    const std::string why =
        part.gap_detail().empty()
            ? reason
            : absl::StrCat(reason, " (", part.gap_detail(), ")");
    out_ += Wrapped(why, kLineWidth, "   ");
    out_ += Wrapped(Say(Msg::kGapRemedy, {{"remedy", RemedyOf(part)}}),
                    kLineWidth, "   ");
  }

  std::string RemedyOf(const Part& part) const {
    static constexpr std::pair<type::v1::GapReason, Msg> kRemedies[] = {
        {type::v1::GAP_REASON_NO_CANDIDATE, Msg::kRemedyNoCandidate},
        {type::v1::GAP_REASON_BELOW_FLOOR, Msg::kRemedyBelowFloor},
        {type::v1::GAP_REASON_CAPACITY, Msg::kRemedyCapacity},
        {type::v1::GAP_REASON_WINDOW, Msg::kRemedyWindow},
        {type::v1::GAP_REASON_CONFLICT_OF_INTEREST, Msg::kRemedyConflict},
        {type::v1::GAP_REASON_EXCLUDED, Msg::kRemedyExcluded},
        {type::v1::GAP_REASON_TIER_CLOSED, Msg::kRemedyTierClosed},
        {type::v1::GAP_REASON_DECLINED, Msg::kRemedyDeclined},
        {type::v1::GAP_REASON_DATA_MISSING, Msg::kRemedyData},
    };
    for (const auto& [reason, remedy] : kRemedies) {
      if (reason == part.gap_reason()) {
        return Say(remedy, {{"demand", data_.pairing.demand()}});
      }
    }
    return Say(Msg::kRemedyNoCandidate);
  }

  void AddChoice(const Choice& choice, int64_t most, bool one_of_several) {
    std::string head =
        absl::StrCat(choice.display_name(), " (", choice.resource(), ")");
    if (one_of_several) {
      absl::StrAppend(
          &head, "  ",
          Say(Msg::kPointsOnly, {{"points", PointsText(choice.points())}}));
    }
    out_ += Wrapped(head, kLineWidth, "   ");
    out_ += Wrapped(choice.summary(), kLineWidth, "   ");
    for (const FeaturePoints& feature : choice.features()) {
      AddFeature(feature, most * feature.weight() / 1000);
    }
  }

  void AddFeature(const FeaturePoints& feature, int64_t most) {
    absl::StrAppend(
        &out_, "     ",
        Padded(FeatureWord(feature.feature(), language_), kFeatureWidth), " ",
        Bar(feature.value()), " ",
        RightAligned(PointsText(feature.points()), kPointsWidth),
        most > 0 ? absl::StrCat(" / ", Padded(PointsText(most), kPointsWidth))
                 : "",
        " ", Padded(feature.raw(), kRawWidth));
    out_.erase(out_.find_last_not_of(' ') + 1);
    out_ += "\n";
  }

  static std::string NameOf(const Alternative& other) {
    return absl::StrCat(other.display_name(), " (", other.resource(), ")");
  }

  void AddRunnersUp(const Part& part) {
    int64_t width = 0;
    for (const Alternative& other : part.runners_up()) {
      width = std::max(width, text::DisplayWidth(NameOf(other)));
    }
    for (int i = 0; i < part.runners_up_size(); ++i) {
      const Alternative& other = part.runners_up(i);
      const std::string lacks =
          other.lacks_feature().empty()
              ? Say(Msg::kAheadElsewhere)
              : Say(Msg::kLacks,
                    {{"feature", FeatureWord(other.lacks_feature(), language_)},
                     {"points", PointsText(other.lacks_points())}});
      const std::string serves =
          other.serves_instead().empty()
              ? Say(Msg::kFree)
              : Say(Msg::kServesInstead, {{"demand", other.serves_instead()}});
      absl::StrAppend(&out_, "   ",
                      Padded(absl::StrCat(Say(Msg::kRunnersUp), " ", i + 1),
                             kLabelWidth + 2),
                      Padded(NameOf(other), width), " ",
                      RightAligned(PointsText(other.points()), kPointsWidth),
                      "  ", lacks, "; ", serves, "\n");
    }
  }

  void AddExcluded(const Part& part) {
    if (!part.has_best_excluded()) return;
    const type::v1::Excluded& best = part.best_excluded();
    out_ += Wrapped(
        absl::StrCat(Say(Msg::kBestExcluded), ": ", best.display_name(), " (",
                     best.resource(), ") ", PointsText(best.points()), " · ",
                     ConstraintsText(best, language_)),
        kLineWidth, "   ");
  }

  // What the expert is worth to the round, and what more tiers would bring.
  void AddOutlook(const Part& part) {
    if (part.has_marginal()) {
      const type::v1::Marginal& marginal = part.marginal();
      std::string text =
          marginal.next().empty()
              ? Say(Msg::kMarginalNobody)
              : Say(Msg::kMarginalNext,
                    {{"next", absl::StrCat(marginal.next_display_name(), " (",
                                           marginal.next(), ")")},
                     {"tiers", absl::StrCat(marginal.tier_distance())},
                     {"points", PointsText(marginal.quality())}});
      if (!marginal.instead().empty()) {
        absl::StrAppend(
            &text, " · ",
            Say(Msg::kMarginalInstead, {{"demand", marginal.instead()}}));
      }
      out_ += Wrapped(absl::StrCat(Say(Msg::kMarginal), ": ", text), kLineWidth,
                      "   ");
    }
    if (part.has_opening()) {
      const type::v1::Opening& opening = part.opening();
      out_ += Wrapped(
          absl::StrCat(Say(Msg::kOpening), ": ",
                       Say(Msg::kOpeningGain,
                           {{"name", absl::StrCat(opening.display_name(), " (",
                                                  opening.resource(), ")")},
                            {"points", PointsText(opening.gain_points())}})),
          kLineWidth, "   ");
    }
  }

  void AddSynergies() {
    if (data_.pairing.synergies_size() == 0) return;
    absl::StrAppend(&out_, "\n+  ", Say(Msg::kSynergy), "\n");
    for (const FeaturePoints& synergy : data_.pairing.synergies()) {
      AddFeature(synergy, SynergyMost(synergy));
    }
  }

  // A synergy is a feature of the whole pairing: full value, full weight.
  static int64_t SynergyMost(const FeaturePoints& synergy) {
    if (synergy.value() == 0) return 0;
    return (synergy.points() * kMillion / synergy.value() +
            kMicroPerMille / 2) /
           kMicroPerMille * kMicroPerMille;
  }

  void AddTotal() {
    std::vector<std::string> terms;
    for (const Part& part : data_.pairing.parts()) {
      if (part.points() == 0) continue;
      terms.push_back(absl::StrCat(KindWord(part, language_), " ",
                                   PointsText(part.points())));
    }
    int64_t synergy = 0;
    for (const FeaturePoints& one : data_.pairing.synergies()) {
      synergy += one.points();
    }
    if (synergy != 0) {
      terms.push_back(
          absl::StrCat(Say(Msg::kSynergy), " ", PointsText(synergy)));
    }
    out_ += "\n";
    AddLine(Say(Msg::kTotal),
            absl::StrCat(
                absl::StrJoin(terms, " + "), " = ",
                PointsText(data_.pairing.points()),
                Say(Msg::kOutOfAttainable,
                    {{"max", PointsText(data_.pairing.attainable_points())}})));
  }

  // What people decided about it, as far as they have.
  void AddReview() {
    const Pairing& pairing = data_.pairing;
    if (pairing.regret_points() != 0) {
      AddLine("", Say(Msg::kRegret,
                      {{"points", PointsText(pairing.regret_points())}}));
    }
    std::string reason =
        Word(language_, "code." + pairing.reason_code(), pairing.reason_code());
    if (!pairing.note().empty()) {
      absl::StrAppend(&reason, reason.empty() ? "" : " · ", pairing.note());
    }
    AddLine(FieldWordOf("note"), reason);
    AddLine(FieldWordOf("locked_parts"),
            FieldText(pairing, "locked_parts", language_));
    AddLine(FieldWordOf("outcome"), FieldText(pairing, "outcome", language_));
    for (const auto& evaluation : pairing.evaluations()) {
      AddLine(FieldWordOf("evaluations"),
              absl::StrCat(FieldText(evaluation, "side", language_), " ",
                           Say(Msg::kStars,
                               {{"stars", absl::StrCat(evaluation.stars())}}),
                           " ", evaluation.comment()));
    }
  }

  void AddNext() {
    const std::vector<NextStep> steps = NextSteps(data_);
    if (steps.empty()) {
      absl::StrAppend(&out_, "\n", Say(Msg::kNothingNext), "\n");
      return;
    }
    absl::StrAppend(&out_, "\n", Say(Msg::kNextStep), ":\n");
    for (const NextStep& step : steps) {
      absl::StrAppend(&out_, "  # ", Say(step.what), "\n  ", step.line, "\n");
    }
  }

  const PairingPage& data_;
  Language language_;
  std::string out_;
};

std::vector<NextStep> StepsOfOffers(const PairingPage& page) {
  std::vector<NextStep> steps;
  for (const Offer& offer : page.offers) {
    if (offer.state() != Offer::STATE_PENDING) continue;
    steps.push_back({Msg::kDoAccept, "jiedui offer accept " + offer.name()});
  }
  return steps;
}

std::vector<NextStep> StepsOfService(const PairingPage& page) {
  const std::string& name = page.pairing.name();
  std::vector<NextStep> steps;
  for (const ServiceRecord& record : page.records) {
    if (record.state() != ServiceRecord::STATE_OPEN) continue;
    steps.push_back(
        {Msg::kDoCheckOut, "jiedui service check-out " + record.name()});
  }
  if (steps.empty()) {
    steps.push_back(
        {Msg::kDoComplete, absl::StrCat("jiedui pairing complete ", name,
                                        " --reached N "
                                        "--summary TEXT")});
    steps.push_back({Msg::kDoCheckIn, "jiedui service check-in " + name});
  }
  return steps;
}

}  // namespace

int64_t MostPoints(const Part& part) {
  if (part.choices_size() == 0) return 0;
  const int64_t one = MostOfChoice(part.choices(0));
  const int64_t all = one * std::max(1, part.seats());
  return (all + kMicroPerMille / 2) / kMicroPerMille * kMicroPerMille;
}

std::vector<NextStep> NextSteps(const PairingPage& page) {
  const std::string& name = page.pairing.name();
  switch (page.pairing.state()) {
    case Pairing::STATE_PROPOSED:
      return {
          {Msg::kDoApprove, "jiedui pairing approve " + name},
          {Msg::kDoOverride,
           absl::StrCat("jiedui pairing override ", name,
                        " --part expert --resource V00000001"
                        " --reason LOCAL_KNOWLEDGE --note TEXT")},
          {Msg::kDoReject, absl::StrCat("jiedui pairing reject ", name,
                                        " --reason UNSUITABLE --note TEXT")}};
    case Pairing::STATE_OVERRIDDEN:
      return {
          {Msg::kDoApprove, "jiedui pairing approve " + name},
          {Msg::kDoReject, absl::StrCat("jiedui pairing reject ", name,
                                        " --reason UNSUITABLE --note TEXT")}};
    case Pairing::STATE_APPROVED:
    case Pairing::STATE_OFFERED:
      return StepsOfOffers(page);
    case Pairing::STATE_ACCEPTED:
      return {{Msg::kDoCheckIn, "jiedui service check-in " + name},
              {Msg::kDoCancel, absl::StrCat("jiedui pairing cancel ", name,
                                            " --reason OTHER --note TEXT")}};
    case Pairing::STATE_ACTIVE:
      return StepsOfService(page);
    case Pairing::STATE_COMPLETED:
      return {{Msg::kDoEvaluateRequester,
               absl::StrCat("jiedui pairing evaluate ", name,
                            " --side requester --stars 5 --comment TEXT")},
              {Msg::kDoEvaluateVolunteer,
               absl::StrCat("jiedui pairing evaluate ", name,
                            " --side volunteer --stars 5 --comment TEXT")}};
    case Pairing::STATE_EVALUATED:
      if (page.demand.state() != demand::v1::Demand::STATE_EVALUATED) return {};
      return {{Msg::kDoClose, "jiedui demand close " + page.pairing.demand()}};
    case Pairing::STATE_REJECTED:
    case Pairing::STATE_DECLINED:
    case Pairing::STATE_CANCELLED:
      return {{Msg::kDoRound, "jiedui round run"}};
    default:
      return {};
  }
}

std::string RenderPairingPage(const PairingPage& page, Language language) {
  return Page(page, language).Render();
}

std::string ExpertOf(const google::protobuf::Message& pairing,
                     Language language) {
  for (const Part& part : static_cast<const Pairing&>(pairing).parts()) {
    if (part.kind() == type::v1::PART_KIND_EXPERT && part.choices_size() > 0) {
      return part.choices(0).display_name();
    }
  }
  return "-";
}

std::string PartsOf(const google::protobuf::Message& pairing,
                    Language language) {
  std::string marks;
  for (const Part& part : static_cast<const Pairing&>(pairing).parts()) {
    switch (part.status()) {
      case type::v1::PART_STATUS_FILLED:
        marks += "●";
        break;
      case type::v1::PART_STATUS_LOCKED:
        marks += "■";
        break;
      case type::v1::PART_STATUS_GAP:
      case type::v1::PART_STATUS_PENDING:
        marks += "○";
        break;
      default:
        marks += "·";
    }
  }
  return marks;
}

std::string ScoreOf(const google::protobuf::Message& message,
                    Language language) {
  const auto& pairing = static_cast<const Pairing&>(message);
  return absl::StrCat(PointsText(pairing.points()), "/",
                      PointsText(pairing.attainable_points()));
}

std::string ConstraintsText(const type::v1::Excluded& excluded,
                            Language language) {
  return FieldText(excluded, "constraints", language);
}

}  // namespace jiedui::cli
