#include "tests/bench/engine/postgres_rows.h"

#include <arpa/inet.h>

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/codes/industries.h"
#include "common/codes/subjects.h"
#include "services/matcher/engine/candidates.h"
#include "services/matcher/engine/corps.h"
#include "services/matcher/engine/features/feature.h"
#include "services/matcher/engine/tables.h"
#include "tests/bench/engine/postgres_sql.h"

namespace jiedui::bench {
namespace {

namespace match = matcher::engine;

using codes::Region;
using codes::RegionLevel;
using match::Demand;
using match::DemandFacts;
using match::Facts;
using match::Feature;
using match::Policy;
using match::Volunteer;

constexpr int32_t kStrengthPerProficiency = 200;
constexpr int32_t kNever = 1'000'000;  // a day
constexpr int32_t kTiers = 4;

// PostgreSQL's numbers of types.
constexpr uint32_t kInt4Type = 23;
constexpr uint32_t kInt4ArrayType = 1007;

int32_t Points(const Policy& policy, Feature feature, int64_t f) {
  return static_cast<int32_t>(ExpertWeight(policy, feature) * f / 1000);
}

// From 1, as PostgreSQL counts; 0 is none.
int32_t RegionNumber(const Region* region) {
  return region == nullptr ? 0 : match::IndexOf(*region) + 1;
}
int32_t SubjectNumber(const std::string& code) {
  return match::IndexOfSubject(code) + 1;
}
int32_t IndustryNumber(const std::string& code) {
  return match::IndexOfIndustry(code) + 1;
}
// Beyond the last.
int32_t NoSubject() {
  return static_cast<int32_t>(codes::AllSubjects().size()) + 1;
}
int32_t NoIndustry() {
  return static_cast<int32_t>(codes::AllIndustries().size()) + 1;
}
int32_t DisciplineNumber(const std::string& subject) {
  return match::DisciplineOf(match::IndexOfSubject(subject));
}

// Bits by codes::Dialect.
uint32_t DialectBits(const std::vector<codes::Dialect>& dialects) {
  uint32_t bits = 0;
  for (const codes::Dialect dialect : dialects) {
    bits |= 1u << static_cast<int>(dialect);
  }
  return bits;
}

// What the features looked up by kind, tier, place and days need.
DemandFacts FactsOf(const Demand& demand) {
  DemandFacts facts;
  facts.place = match::IndexOfPlace(demand.region);
  facts.window = demand.window;
  facts.mode = demand.mode;
  facts.dialects = DialectBits(demand.dialects);
  facts.title_min = demand.title_min;
  facts.action = demand.action;
  facts.tier = demand.tier;
  return facts;
}

// Of all kinds, in order of KindOf().
std::vector<Facts> AllKinds() {
  std::vector<Facts> kinds;
  for (int title = 1; title <= kTitles; ++title) {
    for (int category = 0; category < kCategories; ++category) {
      for (int mask = 0; mask < kDialectMasks; ++mask) {
        Facts& facts = kinds.emplace_back();
        facts.title = static_cast<codes::Title>(title);
        facts.category = static_cast<match::Category>(category);
        facts.dialects = static_cast<uint8_t>(mask << 1);
      }
    }
  }
  return kinds;
}

// Title, action and dialect; −1 where one of them is a hard constraint that is
// broken.
int32_t KindPoints(const Policy& policy, const Demand& demand,
                   const DemandFacts& asked, const Facts& kind) {
  using codes::Title;
  if (demand.dialect_required && asked.dialects != 0 &&
      (asked.dialects & kind.dialects) == 0) {
    return -1;
  }
  if (demand.title_min == Title::kAcademician &&
      kind.title != Title::kAcademician) {
    return -1;
  }
  int32_t points = 0;
  for (const Feature feature :
       {Feature::kTitle, Feature::kAction, Feature::kDialect}) {
    const auto value = match::FunctionOf(feature)(policy, asked, kind);
    points += Points(policy, feature, value.f);
  }
  return points;
}

void AddKinds(const Policy& policy, const Demand& demand,
              const DemandFacts& asked, PostgresValues& values) {
  std::vector<int32_t> points;
  for (const Facts& kind : AllKinds()) {
    points.push_back(KindPoints(policy, demand, asked, kind));
  }
  values.Add(points);
}

void AddDistances(const Policy& policy, const DemandFacts& asked,
                  PostgresValues& values) {
  for (const int32_t score : {match::kFullMarks, 0}) {
    std::vector<int32_t> distances;
    for (Facts kind : AllKinds()) {
      for (int tier = 1; tier <= kTiers; ++tier) {
        kind.tier = static_cast<codes::Tier>(tier);
        distances.push_back(match::PersonDistance(policy, asked, kind, score));
      }
    }
    values.Add(distances);
  }
}

void AddTime(const Policy& policy, const DemandFacts& asked,
             PostgresValues& values) {
  std::vector<int32_t> points;
  for (int32_t days = 0; days <= policy.days_needed; ++days) {
    // More than the window has count as all of it.
    const match::Window free = {
        asked.window.start,
        std::min(asked.window.start + days, asked.window.end)};
    Facts person;
    person.availability = {&free, 1};
    points.push_back(
        Points(policy, Feature::kTime,
               match::FunctionOf(Feature::kTime)(policy, asked, person).f));
  }
  values.Add(points);
}

int32_t GeoPoints(const Policy& policy, DemandFacts asked, const Region& from,
                  const Region& to) {
  asked.place = match::IndexOf(from);
  Facts person;
  person.place = match::IndexOf(to);
  return Points(policy, Feature::kGeo,
                match::FunctionOf(Feature::kGeo)(policy, asked, person).f);
}

// `row` is a row of the code tables; 0 for none.
std::vector<int32_t> WithNone(const uint16_t* row, int32_t none) {
  std::vector<int32_t> list(row, row + none - 1);
  list.push_back(0);
  return list;
}

void AddIndustry(const Policy& policy, const Demand& demand,
                 PostgresValues& values) {
  if (demand.industry.empty()) {  // Nothing is asked, and everyone has it.
    values.Add(std::vector<int32_t>(static_cast<size_t>(NoIndustry()), 1000));
    values.Add(std::vector<int32_t>(static_cast<size_t>(NoSubject()), 0));
    return;
  }
  const auto industry = match::IndexOfIndustry(demand.industry);
  values.Add(WithNone(match::IndustryRow(industry), NoIndustry()));
  std::vector<int32_t> strengths =
      WithNone(match::CrosswalkRow(industry), NoSubject());
  for (int32_t& strength : strengths) {
    strength = strength * policy.crosswalk_weight / 1000;
  }
  values.Add(strengths);
}

// As many as the rows have slots for; the rest of the slots hold `none`.
template <typename List, typename NumberOf>
void AppendSlots(const List& list, int32_t none, NumberOf number_of,
                 std::string& line) {
  for (size_t i = 0; i < PostgresRows::kSlots; ++i) {
    absl::StrAppend(&line, i < list.size() ? number_of(list[i]) : none, "\t");
  }
}

void AppendSet(const std::set<int32_t>& numbers, std::string& line) {
  char separator = '{';
  for (const int32_t number : numbers) {
    line += separator;
    absl::StrAppend(&line, number);
    separator = ',';
  }
  line += numbers.empty() ? "{}\t" : "}\t";
}

std::vector<int32_t> Listed(const std::set<int32_t>& numbers) {
  return {numbers.begin(), numbers.end()};
}

void AppendBigEndian(int32_t value, std::string& bytes) {
  const uint32_t swapped = htonl(static_cast<uint32_t>(value));
  bytes.append(reinterpret_cast<const char*>(&swapped), sizeof(swapped));
}

}  // namespace

void PostgresValues::Add(int32_t value) {
  types_.push_back(kInt4Type);
  AppendBigEndian(value, values_.emplace_back());
}

// Dimensions, no NULLs, type, length, lower bound, then sizes and values.
void PostgresValues::Add(const std::vector<int32_t>& values) {
  types_.push_back(kInt4ArrayType);
  std::string& bytes = values_.emplace_back();
  AppendBigEndian(values.empty() ? 0 : 1, bytes);
  AppendBigEndian(0, bytes);
  AppendBigEndian(static_cast<int32_t>(kInt4Type), bytes);
  if (values.empty()) return;
  AppendBigEndian(static_cast<int32_t>(values.size()), bytes);
  AppendBigEndian(1, bytes);
  for (const int32_t value : values) {
    AppendBigEndian(sizeof(value), bytes);
    AppendBigEndian(value, bytes);
  }
}

int32_t PostgresRows::HubNumber(const Region& place) {
  const Region* county = place.AncestorAt(RegionLevel::kCounty);
  const Region* hub = county == nullptr ? &place : county;
  const auto [at, is_new] =
      hub_numbers_.try_emplace(hub, static_cast<int32_t>(hubs_.size()) + 1);
  if (is_new) hubs_.push_back(hub);
  return at->second;
}

absl::Status PostgresRows::Append(int32_t row, const Volunteer& volunteer,
                                  std::string& lines) {
  if (std::max({volunteer.skills.size(), volunteer.industries.size(),
                volunteer.availability.size()}) > kSlots) {
    return absl::InvalidArgumentError(
        absl::StrCat(volunteer.id, " has more than ", kSlots, " of something"));
  }
  const Region& base = *codes::FindRegion(volunteer.region);
  const int32_t served = RegionNumber(&match::RegionOf(match::RegionServed(
      match::IndexOf(base), volunteer.tier, volunteer.line)));
  const int32_t fixed =
      Points(policy_, Feature::kRating,
             match::SmoothedRating(policy_, volunteer.rating)) +
      Points(policy_, Feature::kAcceptance,
             match::SmoothedAcceptance(policy_, volunteer.accepted,
                                       volunteer.offered));
  for (const int32_t number :
       {row, served, RegionNumber(base.AncestorAt(RegionLevel::kVillage)),
        RegionNumber(base.AncestorAt(RegionLevel::kTownship)), HubNumber(base),
        static_cast<int32_t>(volunteer.tier),
        static_cast<int32_t>(volunteer.mode), volunteer.capacity,
        KindOf(volunteer.title, volunteer.category,
               DialectBits(volunteer.dialects) >> 1),
        fixed}) {
    absl::StrAppend(&lines, number, "\t");
  }

  using match::Skill;
  using match::Window;
  AppendSlots(
      volunteer.skills, NoSubject(),
      [](const Skill& skill) { return SubjectNumber(skill.subject); }, lines);
  AppendSlots(
      volunteer.skills, 0,
      [](const Skill& skill) {
        return skill.proficiency * kStrengthPerProficiency;
      },
      lines);
  AppendSlots(
      volunteer.skills, 0,
      [](const Skill& skill) { return skill.expires.value_or(kNever); }, lines);
  AppendSlots(volunteer.industries, NoIndustry(), IndustryNumber, lines);
  AppendSlots(
      volunteer.availability, 0,
      [](const Window& window) { return window.start; }, lines);
  AppendSlots(
      volunteer.availability, 0,
      [](const Window& window) { return window.end; }, lines);

  std::set<int32_t> disciplines, avoided, terms, others, pairs;
  for (const Skill& skill : volunteer.skills) {
    const int32_t discipline = DisciplineNumber(skill.subject);
    disciplines.insert(discipline);
    pairs.insert(PairOf(served, discipline));
  }
  avoided.insert(dictionary_.Name(volunteer.employer));
  avoided.insert(dictionary_.CreditCode(volunteer.employer_credit_code));
  for (const std::string& conflict : volunteer.conflicts) {
    avoided.insert(dictionary_.Name(conflict));
  }
  avoided.erase(-1);
  for (const match::TokenId token : dictionary_.Tokens(volunteer.text)) {
    (match::IsTerm(token) ? terms : others).insert(static_cast<int>(token));
  }
  for (const auto* set : {&disciplines, &avoided, &terms, &others, &pairs}) {
    AppendSet(*set, lines);
  }
  lines.back() = '\n';
  return absl::OkStatus();
}

// $10 to $12.
void PostgresRows::AddWords(const Demand& demand, PostgresValues& values) {
  std::set<int32_t> terms, others;
  for (const match::TokenId token : dictionary_.Tokens(demand.text)) {
    (match::IsTerm(token) ? terms : others).insert(static_cast<int>(token));
  }
  values.Add(Listed(terms));
  values.Add(Listed(others));
  const int64_t most =
      static_cast<int64_t>(terms.size()) * policy_.text_term_weight +
      static_cast<int64_t>(others.size()) * policy_.text_bigram_weight;
  std::vector<int32_t> points;
  for (int64_t matched = 0; matched <= most; ++matched) {
    points.push_back(
        Points(policy_, Feature::kText,
               matched * match::kFullMarks / (matched + policy_.text_anchor)));
  }
  values.Add(points);
}

// $14 to $18.
void PostgresRows::AddGeo(const Demand& demand, PostgresValues& values) const {
  const DemandFacts asked = FactsOf(demand);
  const Region& place = match::RegionOf(asked.place);
  const Region* village = place.AncestorAt(RegionLevel::kVillage);
  const Region* town = place.AncestorAt(RegionLevel::kTownship);
  const Region* county = place.AncestorAt(RegionLevel::kCounty);
  values.Add(village == nullptr ? -1 : RegionNumber(village));
  values.Add(town == nullptr ? -1 : RegionNumber(town));
  for (const Region* same : {village, town}) {
    values.Add(same == nullptr ? 0 : GeoPoints(policy_, asked, *same, *same));
  }
  const Region& hub = county == nullptr ? place : *county;
  std::vector<int32_t> points;
  for (const Region* other : hubs_) {
    points.push_back(GeoPoints(policy_, asked, hub, *other));
  }
  values.Add(points);
}

PostgresValues PostgresRows::ValuesOf(const Demand& demand) {
  const DemandFacts asked = FactsOf(demand);
  std::vector<int32_t> around, pairs;
  std::set<int32_t> disciplines;
  for (const std::string& subject : demand.subjects) {
    disciplines.insert(DisciplineNumber(subject));
  }
  for (const Region* at = &match::RegionOf(asked.place); at != nullptr;
       at = at->parent()) {
    around.push_back(RegionNumber(at));
    for (const int32_t discipline : disciplines) {
      pairs.push_back(PairOf(around.back(), discipline));
    }
  }
  PostgresValues values;
  values.Add(around);
  values.Add(Listed(disciplines));
  values.Add(pairs);
  values.Add(static_cast<int32_t>(demand.opened));
  // Remote alone does not do on site, nor the reverse.
  using match::Mode;
  values.Add(demand.mode == Mode::kOnSite   ? static_cast<int>(Mode::kRemote)
             : demand.mode == Mode::kRemote ? static_cast<int>(Mode::kOnSite)
                                            : -1);
  values.Add(demand.window.start);
  values.Add(demand.window.end);
  values.Add({dictionary_.Name(demand.requester_name),
              dictionary_.CreditCode(demand.requester_credit_code)});
  AddKinds(policy_, demand, asked, values);
  AddWords(demand, values);
  AddTime(policy_, asked, values);
  AddGeo(demand, values);
  AddIndustry(policy_, demand, values);
  AddDistances(policy_, asked, values);
  for (const std::string& subject : demand.subjects) {
    values.Add(WithNone(match::SubjectRow(match::IndexOfSubject(subject)),
                        NoSubject()));
  }
  return values;
}

}  // namespace jiedui::bench
