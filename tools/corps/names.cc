#include "tools/corps/names.h"

#include <iterator>

#include "tools/corps/places.h"
#include "tools/corps/weights.h"

namespace jiedui::corps {
namespace {

using codes::Dialect;
using codes::Line;
using codes::Region;
using codes::RegionLevel;
using codes::Tier;

// clang-format off
constexpr std::string_view kSurnames[] = {
    "王", "李", "张", "陈", "刘", "黄", "杨", "林", "梁", "吴", "赵", "周",
    "徐", "何", "罗", "郑", "朱", "谢", "孙", "胡", "马", "高", "郭", "叶",
    "邓", "曾", "许", "冯", "蔡", "彭", "潘", "苏", "卢", "钟", "曹", "袁",
    "董", "余", "程", "杜", "丁", "沈", "姜", "范", "江", "傅", "钱", "魏",
    "戴", "薛", "温", "莫", "欧阳", "麦", "区", "翁", "詹", "柯", "古", "司徒",
};
constexpr std::string_view kGivenCharacters[] = {
    "志", "文", "伟", "明", "建", "国", "华", "秀", "英", "丽", "敏", "静",
    "强", "军", "杰", "涛", "超", "勇", "艳", "娟", "霞", "平", "刚", "桂",
    "玲", "芳", "燕", "红", "梅", "辉", "斌", "鹏", "宇", "浩", "然", "欣",
    "怡", "雪", "琳", "婷", "佳", "俊", "海", "波", "峰", "春", "晓", "东",
    "永", "忠", "德", "兴", "振", "家", "锦", "荣", "耀", "炳", "树", "泽",
    "思", "雅", "诗", "嘉", "子", "梓", "慧", "颖", "洁", "倩", "云", "月",
};
constexpr std::string_view kBrandFirst[] = {
    "恒", "丰", "瑞", "金", "华", "盛", "兴", "益", "鑫", "泰", "润", "嘉",
    "宏", "康", "源", "绿", "新", "中", "粤", "岭", "海", "天", "诚", "永",
};
constexpr std::string_view kBrandSecond[] = {
    "达", "隆", "昌", "泰", "旺", "和", "源", "安", "禾", "通", "顺", "发",
    "景", "林", "锋", "辉", "凯", "利", "田", "宝", "美", "科", "航", "润",
};
constexpr std::string_view kUniversities[] = {
    "大学", "农业大学", "理工大学", "工业大学", "师范大学", "医科大学",
    "海洋大学", "中医药大学", "科技学院", "职业技术学院",
};
constexpr std::string_view kProvincialInstitutes[] = {
    "农业科学院", "科学院", "林业科学研究院", "建筑科学研究院", "人民医院",
    "疾病预防控制中心", "机械研究所", "食品检验研究院", "环境科学研究院",
};
constexpr std::string_view kCityInstitutes[] = {
    "农业科学研究所", "人民医院", "林业科学研究所", "质量计量检测所",
    "水产技术推广站", "职业技术学院", "疾病预防控制中心", "环境监测站",
};
constexpr std::string_view kCountyServices[] = {
    "农业技术推广中心", "人民医院", "畜牧兽医站", "科学技术协会",
    "林业工作总站", "中等职业学校", "妇幼保健院", "第一中学",
};
constexpr std::string_view kTownServices[] = {
    "农业农村服务中心", "卫生院", "中心小学", "农技站", "畜牧兽医站",
    "初级中学", "文化站", "社区服务中心",
};
// clang-format on

// By the first four digits of the region.
struct DialectArea {
  int city;
  Dialect first;
  Dialect second;  // kMandarin when there is none.
};
constexpr DialectArea kDialectAreas[] = {
    {3507, Dialect::kHakka, Dialect::kMandarin},
    {3508, Dialect::kHakka, Dialect::kMandarin},
    {3607, Dialect::kHakka, Dialect::kMandarin},
    {4402, Dialect::kHakka, Dialect::kCantonese},
    {4403, Dialect::kCantonese, Dialect::kHakka},
    {4405, Dialect::kTeochew, Dialect::kMandarin},
    {4413, Dialect::kHakka, Dialect::kCantonese},
    {4414, Dialect::kHakka, Dialect::kMandarin},
    {4415, Dialect::kTeochew, Dialect::kHakka},
    {4416, Dialect::kHakka, Dialect::kMandarin},
    {4451, Dialect::kTeochew, Dialect::kMandarin},
    {4452, Dialect::kTeochew, Dialect::kHakka},
    {4501, Dialect::kCantonese, Dialect::kMandarin},
    {4504, Dialect::kCantonese, Dialect::kMandarin},
    {4509, Dialect::kCantonese, Dialect::kHakka},
    {4511, Dialect::kCantonese, Dialect::kHakka},
};
constexpr int kGuangdong = 44;

// "茂名市" of whatever lies in it; the province's of what lies in no city.
std::string CityName(const Region& region) {
  const Region* city = region.AncestorAt(RegionLevel::kCity);
  if (city == nullptr || city->is_placeholder()) {
    city = region.AncestorAt(RegionLevel::kProvince);
  }
  return std::string(city->name());
}

std::string CountyName(const Region& region) {
  const Region* county = region.AncestorAt(RegionLevel::kCounty);
  return county == nullptr ? CityName(region) : std::string(county->name());
}

}  // namespace

std::string PersonName(Random& random) {
  constexpr uint64_t kSurnameHead = 6;
  static const Weights kShares = Zipf(std::size(kSurnames), kSurnameHead);
  std::string name(kSurnames[kShares.Pick(random)]);
  name += random.Pick(kGivenCharacters);
  if (random.Percent(82)) name += random.Pick(kGivenCharacters);
  return name;
}

std::string BrandName(Random& random) {
  std::string name(random.Pick(kBrandFirst));
  name += random.Pick(kBrandSecond);
  return name;
}

std::string PublicEmployer(const Region& place, Tier tier, Line line,
                           Random& random) {
  const Region& province = *place.AncestorAt(RegionLevel::kProvince);
  std::string name;
  if (line == Line::kUniversity) {
    name = ShortName(province);
    name += random.Pick(kUniversities);
  } else if (tier == Tier::kProvince) {
    name = province.name();
    name += random.Pick(kProvincialInstitutes);
  } else if (tier == Tier::kCity) {
    name = CityName(place);
    name += random.Pick(kCityInstitutes);
  } else if (tier == Tier::kCounty) {
    name = CountyName(place);
    name += random.Pick(kCountyServices);
  } else {
    name = FullName(place);
    name += random.Pick(kTownServices);
  }
  return name;
}

uint32_t PhoneSuffix(Random& random) {
  return static_cast<uint32_t>(random.Below(10'000));
}

Dialects LocalDialects(const Region& region) {
  constexpr uint64_t kBelowCity = 100'000'000;  // 12 digits to 4
  const int city = static_cast<int>(region.code() / kBelowCity);
  for (const DialectArea& area : kDialectAreas) {
    if (area.city != city) continue;
    if (area.second == Dialect::kMandarin) return {area.first};
    return {area.first, area.second};
  }
  if (city / 100 == kGuangdong) return {Dialect::kCantonese};
  return {};
}

}  // namespace jiedui::corps
