// The demands of a Nation.
#include <algorithm>
#include <string_view>

#include "tests/bench/engine/nation.h"
#include "tests/bench/engine/nation_words.h"
#include "tools/corps/names.h"
#include "tools/corps/troubles.h"

namespace jiedui::bench {
namespace {

using codes::Action;
using codes::Tier;
using codes::Title;
using corps::Random;
using corps::Weights;
using match::Demand;
using match::Part;
using match::RequesterKind;
using match::Want;

constexpr size_t kMostSubjects = 3;

constexpr std::string_view kVillages[] = {
    "柏桥", "新民", "联丰", "东升", "石龙", "大塘", "上寨", "沙田",
    "水口", "长岭", "白石", "红星", "龙湾", "南山", "竹园", "永安",
    "禾仓", "塘尾", "古楼", "花田", "松树", "金鸡", "平湖", "桥头"};

RequesterKind PickKind(bool urban, Random& random) {
  static const Weights kUrban = {50, 8, 20, 8, 14};
  static const Weights kRural = {36, 5, 8, 40, 11};
  return static_cast<RequesterKind>((urban ? kUrban : kRural).Pick(random));
}

Action PickAction(RequesterKind kind, Random& random) {
  static const Weights kOfEnterprises = {0, 80, 5, 11, 4};
  static const Weights kOfVillages = {12, 0, 85, 3, 0};
  const bool village = kind == RequesterKind::kVillage;
  if (kind == RequesterKind::kCommunity) return Action::kScienceForPeople;
  return static_cast<Action>(
      (village ? kOfVillages : kOfEnterprises).Pick(random) + 1);
}

Title PickTitle(Action action, Random& random) {
  static const Weights kTitles = {45, 0, 26, 20, 9};
  if (action == Action::kAcademiciansToPrefectures && random.Percent(10)) {
    return Title::kAcademician;
  }
  return static_cast<Title>(kTitles.Pick(random) + 1);
}

// none, desired, required
Want PickWant(const Weights& weights, Random& random) {
  return static_cast<Want>(weights.Pick(random));
}

void SetWants(Random& random, Demand& demand) {
  static const Weights kExpert = {2, 10, 88};
  static const Weights kOften = {20, 55, 25};
  static const Weights kSometimes = {55, 35, 10};
  const auto set = [&](Part part, const Weights& weights) {
    demand.want[static_cast<size_t>(part)] = PickWant(weights, random);
  };
  set(Part::kExpert, kExpert);
  set(Part::kProject, kOften);
  set(Part::kTeam, kOften);
  set(Part::kEnterprise, kSometimes);
  set(Part::kTalents, kSometimes);
  set(Part::kIndustry, kSometimes);
  demand.talents_count = 0;
  demand.talents_subjects.clear();
  if (demand.wants(Part::kTalents) == Want::kNone) return;
  demand.talents_count = random.Between(1, 4);
  if (random.Percent(40)) {
    demand.talents_subjects.push_back(demand.subjects.back());
  }
}

void SetTerms(const codes::Region& region, Random& random, Demand& demand) {
  static const Weights kUrgencies = {4, 21, 60, 15};
  static const Weights kModes = {55, 10, 35};
  static const Weights kOpened = {45, 35, 17, 3};
  demand.mandatory = random.Percent(5);
  demand.urgency = static_cast<match::Urgency>(kUrgencies.Pick(random));
  demand.mode = static_cast<match::Mode>(kModes.Pick(random));
  demand.opened = static_cast<Tier>(kOpened.Pick(random) + 1);
  demand.tier = random.Percent(70) || demand.opened == Tier::kTownship
                    ? codes::TierOfRegion(region)
                    : Tier::kCounty;
  demand.window.start = kYear.start + random.Between(0, 280);
  demand.window.end = demand.window.start + random.Between(20, 120);
  demand.dialects.clear();
  if (random.Percent(45)) demand.dialects = corps::LocalDialects(region);
  demand.dialect_required = !demand.dialects.empty() && random.Percent(10);
}

}  // namespace

const corps::Business& Nation::SetRequester(uint32_t county, Random& random,
                                            Demand& demand) const {
  const corps::County& place = places_.counties()[county];
  demand.requester_kind = PickKind(place.is_urban, random);
  demand.requester_credit_code.clear();
  if (demand.requester_kind == RequesterKind::kEnterprise) {
    if (const Firm* firm = PickFirm(county, random)) {
      WriteCode(*firm->region, demand.region);
      demand.requester_name = firm->name;
      if (random.Percent(70)) demand.requester_credit_code = firm->credit_code;
      return *firm->business;
    }
    demand.requester_kind = RequesterKind::kVillage;
  }
  const corps::Business& business = economy_.PickBusiness(county, random);
  const codes::Region& town = places_.PickTown(place, random);
  if (demand.requester_kind == RequesterKind::kVillage ||
      demand.requester_kind == RequesterKind::kCommunity) {
    WriteCode(town, demand.region);
    demand.requester_name = corps::FullName(town);
    demand.requester_name += random.Pick(kVillages);
    demand.requester_name +=
        demand.requester_kind == RequesterKind::kVillage ? "村" : "社区";
    return business;
  }
  WriteCode(*place.region, demand.region);
  demand.requester_name = place.region->name();
  demand.requester_name += business.product;
  demand.requester_name +=
      demand.requester_kind == RequesterKind::kPark ? "产业园" : "行业协会";
  return business;
}

void Nation::Fill(int32_t index, Demand& demand) const {
  Random random(options_.seed, kStreamDemands, static_cast<uint64_t>(index));
  const auto county = static_cast<uint32_t>(county_weights_.Pick(random));
  WriteId("demands/d", index, demand.id);
  const corps::Business& business = SetRequester(county, random, demand);
  demand.industry = business.industry->code;
  const corps::Trouble& trouble =
      random.Pick(corps::TroublesOf(business.words->trade));

  const auto count = static_cast<size_t>(random.Between(1, kMostSubjects));
  demand.subjects.clear();
  if (random.Percent(60)) demand.subjects.emplace_back(trouble.subject);
  // One met twice is left out, and the draws end about there.
  while (demand.subjects.size() < count) {
    const std::string_view subject =
        economy_.PickSubject(*business.words, random).code;
    if (std::find(demand.subjects.begin(), demand.subjects.end(), subject) ==
        demand.subjects.end()) {
      demand.subjects.emplace_back(subject);
    } else if (random.Percent(50)) {
      break;
    }
  }

  demand.text.clear();
  WriteFilled(trouble.title, "{p}", business.product, demand.text);
  demand.text.append("，").append(trouble.observed).append("，");
  const corps::TradeWords& words = corps::WordsOf(trouble.trade);
  std::string number;
  const int tens = random.Between(words.scale_low, words.scale_high);
  WriteNumber(10 * static_cast<uint64_t>(tens), number);
  WriteFilled(words.scale, "{n}", number, demand.text);

  demand.action = PickAction(demand.requester_kind, random);
  demand.title_min = PickTitle(demand.action, random);
  SetTerms(*codes::FindRegion(demand.region), random, demand);
  SetWants(random, demand);
}

}  // namespace jiedui::bench
