// What stands in a county: enterprises, stations, specialties.
#include <string_view>

#include "absl/strings/str_cat.h"
#include "tools/corps/corps.h"
#include "tools/corps/credit_codes.h"
#include "tools/corps/names.h"
#include "tools/corps/troubles.h"

namespace jiedui::corps {
namespace {

using codes::StationKind;

std::string Text(std::string_view view) { return std::string(view); }

BodyKind BodyOf(BusinessKind kind) {
  switch (kind) {
    case BusinessKind::kEnterprise:
      return BodyKind::kCompany;
    case BusinessKind::kCooperative:
      return BodyKind::kCooperative;
    case BusinessKind::kPark:
      return BodyKind::kInstitution;
  }
  return BodyKind::kCompany;
}

bool IsOfTheLand(Trade trade) { return trade <= Trade::kAquaculture; }

BusinessKind PickKind(Trade trade, Random& random) {
  if (random.Percent(4)) return BusinessKind::kPark;
  return IsOfTheLand(trade) && random.Percent(55) ? BusinessKind::kCooperative
                                                  : BusinessKind::kEnterprise;
}

std::string MakeName(const Enterprise& enterprise, const County& county,
                     Random& random) {
  const Business& business = *enterprise.business;
  const std::string product = Text(business.product);
  switch (enterprise.kind) {
    case BusinessKind::kPark:
      return absl::StrCat(Text(county.region->name()), product,
                          "产业园管理委员会");
    case BusinessKind::kCooperative:
      return absl::StrCat(FullName(*enterprise.region), BrandName(random),
                          product, "专业合作社");
    case BusinessKind::kEnterprise:
      break;
  }
  return absl::StrCat(ShortName(*county.region), BrandName(random), product,
                      Text(WordsOf(business.words->trade).body));
}

std::string_view StationName(StationKind kind) {
  return codes::EntryOf(codes::kStationKinds, kind)->zh;
}

}  // namespace

Enterprise Corps::MakeEnterprise(uint64_t index) const {
  Random random(options_.seed, kStreamEnterprises, index);
  const size_t at = ShareOf(enterprises_, index);
  const County& county = places_->counties()[at];

  Enterprise enterprise;
  enterprise.index = index;
  enterprise.business = &economy_->PickBusiness(at, random);
  enterprise.region = &places_->PickTown(county, random);
  enterprise.kind = PickKind(enterprise.business->words->trade, random);
  enterprise.name = MakeName(enterprise, county, random);
  enterprise.credit_code =
      MakeCreditCode(BodyOf(enterprise.kind), *county.region, index);
  enterprise.leading = random.Percent(8);
  const TradeWords& words = WordsOf(enterprise.business->words->trade);
  const std::string scale = ScaleOf(words, random);
  const int people = random.Between(2, 60) * 10;
  enterprise.summary =
      absl::StrCat("主营", Text(enterprise.business->product), "，", scale,
                   IsOfTheLand(words.trade) ? "，带动农户" : "，职工", people,
                   IsOfTheLand(words.trade) ? "户" : "人");
  return enterprise;
}

std::optional<Enterprise> Corps::PickEnterprise(size_t county,
                                                Random& random) const {
  const uint64_t count = enterprises_[county + 1] - enterprises_[county];
  if (count == 0) return std::nullopt;
  return MakeEnterprise(enterprises_[county] + random.Below(count));
}

Station Corps::MakeStation(uint64_t index) const {
  static const Weights kKinds = {12, 30, 12, 26, 20};
  Random random(options_.seed, kStreamStations, index);
  const size_t at = county_weights_.Pick(random);
  const County& county = places_->counties()[at];

  Station station;
  station.index = index;
  station.kind = static_cast<StationKind>(kKinds.Pick(random) + 1);
  const Business* business = &economy_->PickBusiness(at, random);
  if (auto host = PickEnterprise(at, random)) {
    business = host->business;
    station.region = host->region;
    station.host = std::move(host->name);
  } else {
    station.region = &places_->PickTown(county, random);
    station.host = absl::StrCat(Text(county.region->name()), "科学技术协会");
  }
  station.industry = business->industry;
  station.subjects = PickSubjects(
      *business->words, static_cast<size_t>(random.Between(1, 3)), {}, random);
  station.name =
      absl::StrCat(FullName(*station.region), Text(business->product),
                   Text(StationName(station.kind)));
  const int experts = random.Between(2, 9);
  const int visits = random.Between(1, 6);
  station.summary = absl::StrCat(
      "围绕", Text(business->product), "开展技术服务，驻站专家", experts,
      "人，每月到站", visits, "次，为周边企业和农户提供诊断与培训");
  return station;
}

Specialty Corps::MakeSpecialty(uint64_t index) const {
  Random random(options_.seed, kStreamSpecialties, index);
  const size_t at = index / kSpecialtiesOfCounty;
  const codes::Region& region = *places_->counties()[at].region;
  const Business& business =
      economy_->BusinessesOf(at)[index % kSpecialtiesOfCounty];

  Specialty specialty;
  specialty.index = index;
  specialty.name = absl::StrCat(ShortName(region), Text(business.product));
  specialty.region = &region;
  specialty.industry = business.industry;
  specialty.weight = business.weight;
  const int bodies = random.Between(3, 180) * 10;
  const int millions = random.Between(2, 90) * 10;
  specialty.summary = absl::StrCat(
      Text(region.name()), "的", Text(business.product), "产业，经营主体",
      bodies, "家，年产值约", millions, "百万元，是当地的特色产业");
  return specialty;
}

}  // namespace jiedui::corps
