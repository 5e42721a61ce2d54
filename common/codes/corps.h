// The corps as data: four tiers × two lines, the five actions, and the small
// vocabularies of volunteers and stations. Values equal those of the public
// messages (proto jiedui.type.v1) and are never renumbered; 0 is “not stated”
// there and has no entry here.
//
// Sources, by document: 003 is the work plan of 2019-05-17 科技志愿服务行动工作
// 方案, 000 is 粤科协〔2023〕31号.
#pragma once

#include <cstddef>
#include <string_view>

namespace jiedui::codes {

class Region;

enum class Tier { kProvince = 1, kCity = 2, kCounty = 3, kTownship = 4 };

enum class Line {
  kRegional = 1,
  kSociety = 2,
  kUniversity = 3,
  kEnterprise = 4
};

enum class Action {
  kScienceForPeople = 1,
  kSocietiesServeEnterprises = 2,
  kRuralRevitalisation = 3,
  kAcademiciansToPrefectures = 4,
  kHongKongMacaoExperts = 5,
};

// In order of rank, so that they compare.
enum class Title {
  kNone = 1,
  kJunior = 2,
  kIntermediate = 3,
  kAssociateSenior = 4,
  kSenior = 5,
  kAcademician = 6,
};

enum class Dialect { kCantonese = 1, kHakka = 2, kTeochew = 3, kMandarin = 4 };

// Where a service takes place.
enum class Mode { kOnSite = 1, kRemote = 2, kEither = 3 };

enum class StationKind {
  kAcademician = 1,
  kExpert = 2,
  kOverseas = 3,
  kSociety = 4,
  kScienceCourtyard = 5,
};

// One value of a vocabulary.
template <typename Value>
struct Named {
  Value value;
  std::string_view zh;
  std::string_view en;
  // Other words sheets use for it, divided by bars.
  std::string_view aliases;
  std::string_view source;
};

inline constexpr Named<Tier> kTiers[] = {
    {Tier::kProvince, "省", "province", "省级", "003 task 1"},
    {Tier::kCity, "地级市", "prefecture-level city",
     "市|市级|地市|地市级|city|prefecture", "003 task 1"},
    {Tier::kCounty, "县（市、区）", "county",
     "县|区|县级|区县|县区|县级市|县(市、区)", "003 task 1"},
    {Tier::kTownship, "乡镇（街道）", "township",
     "乡镇|镇|乡|街道|镇级|乡级|乡镇级|镇街|乡镇(街道)", "003 task 1"},
};

inline constexpr Named<Line> kLines[] = {
    {Line::kRegional, "科协", "regional", "地方科协", "003 task 1"},
    {Line::kSociety, "学会", "society", "协会|研究会", "003 task 1"},
    {Line::kUniversity, "高校科协", "university", "高校|大学",
     "003 task 1 (should)"},
    {Line::kEnterprise, "企业科协", "enterprise", "企业",
     "003 task 1 (where able)"},
};

inline constexpr Named<Action> kActions[] = {
    {Action::kScienceForPeople, "科普惠民", "science for the people",
     "科技工作者科普惠民|科普", "003 task 4 (1)"},
    {Action::kSocietiesServeEnterprises, "学会服务企业",
     "societies serve enterprises", "服务企业", "003 task 4 (2)"},
    {Action::kRuralRevitalisation, "乡村振兴", "rural revitalisation",
     "科技工作者乡村振兴", "003 task 4 (3)"},
    {Action::kAcademiciansToPrefectures, "院士专家地市行",
     "academicians and experts to the prefectures", "广东院士专家地市行",
     "003 task 4 (4)"},
    {Action::kHongKongMacaoExperts, "港澳科技专家广东行",
     "Hong Kong and Macao experts in Guangdong", "港澳专家广东行",
     "003 task 4 (5)"},
};

// Ranks after the national series of professional titles 职称; the aliases are
// the titles of the common series of that rank.
inline constexpr Named<Title> kTitles[] = {
    {Title::kNone, "无职称", "none", "无", "职称系列"},
    {Title::kJunior, "初级", "junior",
     "初级职称|助教|助理工程师|技术员|助理农艺师|"
     "研究实习员|医师|助理兽医师|助理畜牧师",
     "职称系列"},
    {Title::kIntermediate, "中级", "intermediate",
     "中级职称|讲师|工程师|农艺师|畜牧师|兽医师|助理研究员|主治医师|"
     "实验师|经济师",
     "职称系列"},
    {Title::kAssociateSenior, "副高", "associate senior",
     "副高级|副高职称|副高级职称|副教授|副研究员|高级工程师|高级农艺师|"
     "高级畜牧师|高级兽医师|副主任医师|副主任药师|副主任护师|高级实验师|"
     "高级经济师|高工",
     "职称系列"},
    {Title::kSenior, "正高", "senior",
     "正高级|正高职称|正高级职称|教授|研究员|正高级工程师|教授级高级工程师|"
     "教授级高工|正高级农艺师|推广研究员|农业技术推广研究员|"
     "正高级畜牧师|正高级兽医师|主任医师|主任药师|主任护师|正高级实验师|"
     "正高级经济师",
     "职称系列"},
    {Title::kAcademician, "院士", "academician",
     "中国科学院院士|中国工程院院士", "003 task 4 (4)"},
};

// Guangdong's three and the common language.
inline constexpr Named<Dialect> kDialects[] = {
    {Dialect::kCantonese, "粤", "Cantonese", "粤语|广东话|广府话|白话", ""},
    {Dialect::kHakka, "客", "Hakka", "客家|客家话|客语|客话", ""},
    {Dialect::kTeochew, "潮", "Teochew",
     "潮汕话|潮州话|潮语|潮汕|Teochiu|Chaozhou", ""},
    {Dialect::kMandarin, "普", "Mandarin", "普通话|国语", ""},
};

inline constexpr Named<Mode> kModes[] = {
    {Mode::kOnSite, "现场", "on site", "上门|实地", ""},
    {Mode::kRemote, "远程", "remote", "线上", ""},
    {Mode::kEither, "均可", "either", "不限", ""},
};

inline constexpr Named<StationKind> kStationKinds[] = {
    {StationKind::kAcademician, "院士工作站", "academician workstation",
     "院士专家工作站", "000 (2)"},
    {StationKind::kExpert, "科技专家工作站", "expert workstation",
     "专家工作站|科技专家服务站", "000 (2)"},
    {StationKind::kOverseas, "海智工作站", "overseas talent station",
     "海智计划工作站|海智", "000 (2), (6)"},
    {StationKind::kSociety, "学会科技服务站", "society service station",
     "学会服务站", "000 (2)"},
    {StationKind::kScienceCourtyard, "科技小院", "science courtyard", "小院",
     "000 (3)"},
};

// Whether `text` is the Chinese name, the English one (in any case), or an
// alias of an entry.
bool IsCalled(std::string_view text, std::string_view zh, std::string_view en,
              std::string_view aliases);

// FindNamed(kTitles, "副教授"): the entry that is called so; null when none is.
// `text` must be without blanks around it. Thread-safe.
template <typename Value, size_t kSize>
const Named<Value>* FindNamed(const Named<Value> (&table)[kSize],
                              std::string_view text) {
  for (const Named<Value>& entry : table) {
    if (IsCalled(text, entry.zh, entry.en, entry.aliases)) return &entry;
  }
  return nullptr;
}

// The entry of `value`; null for a number outside the vocabulary.
template <typename Value, size_t kSize>
constexpr const Named<Value>* EntryOf(const Named<Value> (&table)[kSize],
                                      Value value) {
  for (const Named<Value>& entry : table) {
    if (entry.value == value) return &entry;
  }
  return nullptr;
}

// Who keeps the volunteers' corps at each tier (003 task 1). The society line
// stands one level off the regional one: what is a provincial society serves
// the prefectures beside their associations, and so on down; there is no
// society above the province's association.
struct CorpsRow {
  Tier tier;
  std::string_view regional_zh;
  std::string_view regional_en;
  std::string_view society_zh;  // Empty at the province.
  std::string_view society_en;
};

inline constexpr CorpsRow kCorps[] = {
    {Tier::kProvince, "省科协 · 广东省科技志愿者总队",
     "provincial association · Guangdong science volunteers' corps", "", ""},
    {Tier::kCity, "地级以上市科协", "prefecture-level association", "省级学会",
     "provincial society"},
    {Tier::kCounty, "县级科协", "county association", "市级学会",
     "prefecture-level society"},
    {Tier::kTownship, "乡镇（街道）科协", "township association", "县级学会",
     "county society"},
};

// The tier whose association is at home in `region`: its own level's, and the
// township's for a village. Dongguan and Zhongshan are of the city tier and
// their towns of the township tier; no county tier lies between.
Tier TierOfRegion(const Region& region);

}  // namespace jiedui::codes
