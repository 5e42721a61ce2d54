#include <algorithm>
#include <iterator>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "tools/corps/calendar.h"
#include "tools/corps/corps.h"
#include "tools/corps/credit_codes.h"
#include "tools/corps/names.h"
#include "tools/corps/troubles.h"

namespace jiedui::corps {
namespace {

using codes::Action;
using codes::Region;
using codes::Tier;
using codes::Title;

std::string Text(std::string_view view) { return std::string(view); }

// What every hundred demands of a county are; enterprises' and parks' become
// villages' where there is no enterprise.
Requester PickRequester(const County& county, Random& random) {
  static const Weights kUrban = {50, 8, 20, 8, 14};
  static const Weights kRural = {36, 5, 8, 40, 11};
  return static_cast<Requester>(
      (county.is_urban ? kUrban : kRural).Pick(random));
}

// A village or community of the town where the table has them, else the town.
const Region& VillageOf(const Region& town, Random& random) {
  const auto count = static_cast<uint64_t>(
      std::distance(town.children().begin(), town.children().end()));
  if (town.level() != codes::RegionLevel::kTownship || count == 0) return town;
  return *std::next(town.children().begin(),
                    static_cast<std::ptrdiff_t>(random.Below(count)));
}

std::string LocalName(const Region& region, Requester requester) {
  const std::string name = FullName(region);
  if (region.level() == codes::RegionLevel::kVillage) return name;
  return name +
         (requester == Requester::kVillage ? "农业农村办公室" : "社区服务中心");
}

Action PickAction(const Demand& demand, Random& random) {
  static const Weights kOfEnterprises = {0, 80, 5, 11, 4};
  static const Weights kOfVillages = {12, 0, 85, 3, 0};
  switch (demand.requester) {
    case Requester::kCommunity:
      return Action::kScienceForPeople;
    case Requester::kVillage:
      return static_cast<Action>(kOfVillages.Pick(random) + 1);
    default:
      return static_cast<Action>(kOfEnterprises.Pick(random) + 1);
  }
}

std::string_view WhoSays(Requester requester) {
  switch (requester) {
    case Requester::kEnterprise:
      return "我单位";
    case Requester::kPark:
      return "园区内多家企业";
    case Requester::kCommunity:
      return "社区及周边";
    case Requester::kVillage:
      return "本村及邻近村";
    case Requester::kAssociation:
      return "会员单位";
  }
  return "";
}

std::string Tenths(int value) {
  if (value % 10 == 0) return std::to_string(value / 10);
  return absl::StrCat(value / 10, ".", value % 10);
}

void SetTexts(const Trouble& trouble, std::string_view product, Random& random,
              Demand& demand) {
  const int percent = random.Between(trouble.target_low, trouble.target_high);
  demand.metric = trouble.metric;
  demand.unit = trouble.unit;
  demand.baseline_tenths = random.Between(trouble.low * 10, trouble.high * 10);
  demand.target_tenths = demand.baseline_tenths * percent / 100;
  demand.title = Fill(trouble.title, "{p}", product);
  const std::string unit = Text(demand.unit);
  const std::string scale = ScaleOf(WordsOf(trouble.trade), random);
  const int years = random.Between(1, 4);
  demand.description = absl::StrCat(
      Text(WhoSays(demand.requester)), scale, "，主营", Text(product), "。近",
      years, "年", Text(trouble.observed), "，目前", Text(demand.metric),
      Tenths(demand.baseline_tenths), unit, "。", Text(trouble.tried),
      "。希望对接", Text(trouble.method), "，请专家到现场诊断并培训人员，把",
      Text(demand.metric), percent < 100 ? "降到" : "提高到",
      Tenths(demand.target_tenths), unit, "。");
  demand.risks = PartOf(WordsOf(trouble.trade).risks, random.Next());
}

void SetTerms(Random& random, Demand& demand) {
  static const Weights kLibraries = {55, 30, 15};
  static const Weights kUrgencies = {4, 21, 60, 15};
  static const Weights kModes = {55, 10, 35};
  static const Weights kTiers = {45, 40, 15, 0};
  demand.library = static_cast<Library>(kLibraries.Pick(random));
  demand.urgency = static_cast<Urgency>(kUrgencies.Pick(random));
  demand.mode = static_cast<Mode>(kModes.Pick(random));
  demand.max_tier = static_cast<Tier>(kTiers.Pick(random) + 1);
  demand.insured = random.Percent(35);
  demand.mandatory = random.Percent(3);
  const absl::CivilDay spring(2027, 3, 31);
  demand.window_start = DayBetween(kSeasonStart, spring, random);
  demand.window_end =
      DayBetween(std::max(demand.window_start + 30, absl::CivilDay(2027, 3, 1)),
                 kSeasonEnd, random);
  if (random.Percent(45)) {
    demand.dialects = LocalDialects(*demand.region);
    demand.dialect_required = !demand.dialects.empty() && random.Percent(6);
  }
}

Title PickTitle(Action action, Random& random) {
  static const Weights kTitles = {45, 0, 26, 20, 9};
  if (action == Action::kAcademiciansToPrefectures && random.Percent(30)) {
    return Title::kAcademician;
  }
  return static_cast<Title>(kTitles.Pick(random) + 1);
}

Wish PickWish(const Weights& weights, Random& random) {
  return static_cast<Wish>(weights.Pick(random));
}

void SetWishes(Random& random, Demand& demand) {
  static const Weights kExpert = {90, 10, 0};
  static const Weights kOften = {25, 55, 20};
  static const Weights kSometimes = {10, 35, 55};
  demand.title_min = PickTitle(demand.action, random);
  demand.want_expert = PickWish(kExpert, random);
  demand.want_project = PickWish(kOften, random);
  demand.want_team = PickWish(kOften, random);
  demand.want_enterprise = demand.requester == Requester::kEnterprise
                               ? Wish::kRequired
                               : PickWish(kSometimes, random);
  demand.want_talents = PickWish(kSometimes, random);
  demand.want_industry = PickWish(kSometimes, random);
  if (demand.want_talents == Wish::kNotNeeded) return;
  demand.talents_count = random.Between(1, 6);
  if (random.Percent(40)) demand.talents_subjects = {demand.subjects.back()};
}

}  // namespace

Demand Corps::MakeDemand(uint64_t index) const {
  Random random(options_.seed, kStreamDemands, index);
  const size_t county = county_weights_.Pick(random);

  Demand demand;
  demand.index = index;
  demand.contact_name = PersonName(random);
  demand.phone = PhoneSuffix(random);
  const Business& business = SetRequester(county, random, demand);
  demand.industry = business.industry;
  const Trouble& trouble = random.Pick(TroublesOf(business.words->trade));
  Subjects first;
  if (random.Percent(60)) {
    first.push_back(codes::FindSubject(trouble.subject));
  }
  demand.subjects =
      PickSubjects(*business.words, static_cast<size_t>(random.Between(1, 3)),
                   std::move(first), random);
  demand.action = PickAction(demand, random);
  SetTexts(trouble, business.product, random, demand);
  SetTerms(random, demand);
  SetWishes(random, demand);
  return demand;
}

// Who asks, and where. Returns the industry it is about, one of the county's.
const Business& Corps::SetRequester(size_t at, Random& random,
                                    Demand& demand) const {
  const County& county = places_->counties()[at];
  demand.requester = PickRequester(county, random);
  if (demand.requester == Requester::kEnterprise ||
      demand.requester == Requester::kPark) {
    if (auto enterprise = PickEnterprise(at, random)) {
      demand.requester = enterprise->kind == BusinessKind::kPark
                             ? Requester::kPark
                             : Requester::kEnterprise;
      demand.region = enterprise->region;
      demand.requester_name = std::move(enterprise->name);
      demand.credit_code = std::move(enterprise->credit_code);
      return *enterprise->business;
    }
    demand.requester = Requester::kVillage;
  }
  const Business& business = economy_->PickBusiness(at, random);
  const Region& town = places_->PickTown(county, random);
  if (demand.requester == Requester::kAssociation) {
    const auto position =
        static_cast<uint64_t>(&business - economy_->BusinessesOf(at).data());
    demand.region = &town;
    demand.requester_name = absl::StrCat(Text(county.region->name()),
                                         Text(business.product), "行业协会");
    demand.credit_code = MakeCreditCode(BodyKind::kAssociation, *county.region,
                                        at * Economy::kBusinesses + position);
    return business;
  }
  demand.region = random.Percent(70) ? &VillageOf(town, random) : &town;
  demand.requester_name = LocalName(*demand.region, demand.requester);
  return business;
}

}  // namespace jiedui::corps
