#include "tests/bench/engine/postgres_rows.h"

#include <arpa/inet.h>

#include <algorithm>
#include <bit>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/codes/crosswalk.h"
#include "common/codes/industries.h"
#include "common/codes/subjects.h"
#include "common/text/normalize.h"
#include "tests/bench/engine/postgres_sql.h"
#include "tests/bench/engine/served.h"

namespace jiedui::bench {
namespace {

using codes::Region;
using codes::RegionLevel;
using matcher::engine::Category;
using matcher::engine::Demand;
using matcher::engine::Feature;
using matcher::engine::Mode;
using matcher::engine::Policy;
using matcher::engine::Volunteer;

constexpr int32_t kFull = 1'000'000;
constexpr int32_t kMillionthsPerMille = 1000;
constexpr int32_t kStrengthPerProficiency = 200;
constexpr int32_t kNever = 1'000'000;  // a day
constexpr size_t kDisciplineDigits = 3;
constexpr int32_t kAbsent = 0;  // a number no row has

// PostgreSQL's numbers of types.
constexpr uint32_t kInt4Type = 23;
constexpr uint32_t kInt4ArrayType = 1007;

constexpr int32_t Points(int32_t weight, int64_t f) {
  return static_cast<int32_t>(weight * f / 1000);
}

// From 1, as PostgreSQL counts.
int32_t SubjectNumber(const std::string& code) {
  const auto at = codes::FindSubject(code) - codes::AllSubjects().data();
  return static_cast<int32_t>(at) + 1;
}
int32_t IndustryNumber(const std::string& code) {
  const auto at = codes::FindIndustry(code) - codes::AllIndustries().data();
  return static_cast<int32_t>(at) + 1;
}
int32_t RegionNumber(const Region& region) {
  return static_cast<int32_t>(&region - codes::AllRegions().data()) + 1;
}
int32_t RegionNumberAt(const Region& region, RegionLevel level) {
  const Region* at = region.AncestorAt(level);
  return at == nullptr ? kAbsent : RegionNumber(*at);
}
int32_t DisciplineNumber(const std::string& subject) {
  return std::stoi(subject.substr(0, kDisciplineDigits));
}

uint32_t DialectMask(const std::vector<codes::Dialect>& dialects) {
  uint32_t mask = 0;
  for (const codes::Dialect dialect : dialects) {
    mask |= 1u << (static_cast<int>(dialect) - 1);
  }
  return mask;
}

// exp(−minutes / 120), as features/geo.cc has it.
int32_t Nearness(int minutes) {
  constexpr uint64_t kDecay[] = {4259324619u, 4223977731u, 4154161520u,
                                 4017971906u, 3758840784u, 3289637164u,
                                 2519626327u, 1478129259u, 508703782u,
                                 60251806u,   845240u};
  if (minutes >= 1 << std::size(kDecay)) return 0;
  uint64_t product = uint64_t{1} << 32;
  for (size_t i = 0; i < std::size(kDecay); ++i) {
    if (minutes >> i & 1) product = product * kDecay[i] >> 32;
  }
  return static_cast<int32_t>(product * kFull >> 32);
}

bool FitsAction(codes::Action action, codes::Title title, Category category) {
  switch (action) {
    case codes::Action::kAcademiciansToPrefectures:
      return category == Category::kAcademician ||
             title >= codes::Title::kSenior;
    case codes::Action::kHongKongMacaoExperts:
      return category == Category::kHongKongMacao;
    default:
      return true;
  }
}

int32_t DialectMarks(const Policy& policy, uint32_t asked, uint32_t spoken) {
  const uint32_t mandarin = DialectMask({codes::Dialect::kMandarin});
  if (asked == 0 || (asked & spoken) != 0) return kFull;
  return (spoken & mandarin) != 0 ? policy.mandarin_f : 0;
}

// Title, action and dialect; −1 where one of them is a hard constraint that is
// broken.
int32_t KindPoints(const Policy& policy, const Demand& demand,
                   codes::Title title, Category category, uint32_t spoken) {
  using codes::Title;
  const uint32_t asked = DialectMask(demand.dialects);
  if (demand.dialect_required && asked != 0 && (asked & spoken) == 0) return -1;
  if (demand.title_min == Title::kAcademician && title != Title::kAcademician) {
    return -1;
  }
  const int below =
      std::max(0, static_cast<int>(demand.title_min) - static_cast<int>(title));
  const int64_t title_f =
      std::max<int64_t>(0, kFull - int64_t{below} * policy.title_step);
  const bool fits = FitsAction(demand.action, title, category);
  return Points(ExpertWeight(policy, Feature::kTitle), title_f) +
         Points(ExpertWeight(policy, Feature::kAction), fits ? kFull : 0) +
         Points(ExpertWeight(policy, Feature::kDialect),
                DialectMarks(policy, asked, spoken));
}

std::vector<int32_t> AllKindPoints(const Policy& policy, const Demand& demand) {
  std::vector<int32_t> points;
  for (int title = 1; title <= kTitles; ++title) {
    for (int category = 0; category < kCategories; ++category) {
      for (uint32_t mask = 0; mask < kDialectMasks; ++mask) {
        points.push_back(KindPoints(policy, demand,
                                    static_cast<codes::Title>(title),
                                    static_cast<Category>(category), mask));
      }
    }
  }
  return points;
}

// Rating and acceptance.
int32_t FixedPoints(const Policy& policy, const Volunteer& volunteer) {
  const int64_t stars =
      int64_t{100} * volunteer.rating.sum +
      int64_t{policy.rating_prior_stars} * policy.rating_prior_count;
  const int64_t count = volunteer.rating.count + policy.rating_prior_count;
  const int64_t rating = (stars - 100 * count) * (kFull / 400) / count;
  const int64_t accepted =
      int64_t{1000} * volunteer.accepted +
      int64_t{policy.acceptance_prior} * policy.acceptance_prior_count;
  const int64_t offered = volunteer.offered + policy.acceptance_prior_count;
  return Points(ExpertWeight(policy, Feature::kRating), rating) +
         Points(ExpertWeight(policy, Feature::kAcceptance),
                accepted * 1000 / offered);
}

std::vector<int32_t> TimePoints(const Policy& policy, const Demand& demand) {
  const int32_t needed =
      std::min(policy.days_needed, demand.window.end - demand.window.start);
  std::vector<int32_t> points;
  for (int32_t days = 0; days <= policy.days_needed; ++days) {
    const int64_t f = int64_t{std::min(days, needed)} * kFull / needed;
    points.push_back(Points(ExpertWeight(policy, Feature::kTime), f));
  }
  return points;
}

std::vector<int32_t> SubjectSimilarities(const std::string& asked) {
  std::vector<int32_t> similarities;
  for (const codes::Subject& subject : codes::AllSubjects()) {
    similarities.push_back(codes::SubjectSimilarity(asked, subject.code) /
                           kMillionthsPerMille);
  }
  similarities.push_back(0);  // none
  return similarities;
}

// Without an industry nothing is asked, and everyone has it.
std::vector<int32_t> IndustrySimilarities(const std::string& asked) {
  std::vector<int32_t> similarities;
  for (const codes::Industry& industry : codes::AllIndustries()) {
    similarities.push_back(
        asked.empty() ? kFull / kMillionthsPerMille
                      : codes::IndustrySimilarity(asked, industry.code) /
                            kMillionthsPerMille);
  }
  similarities.push_back(asked.empty() ? kFull / kMillionthsPerMille : 0);
  return similarities;
}

std::vector<int32_t> CrosswalkStrengths(const Policy& policy,
                                        const std::string& industry) {
  std::vector<int32_t> strengths;
  for (const codes::Subject& subject : codes::AllSubjects()) {
    strengths.push_back(codes::CrosswalkStrength(subject.code, industry) /
                        kMillionthsPerMille * policy.crosswalk_weight / 1000);
  }
  strengths.push_back(0);  // none
  return strengths;
}

void AppendNumber(int32_t number, std::string& line) {
  absl::StrAppend(&line, number, "\t");
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

std::string NameKey(std::string_view kind, const std::string& name) {
  const std::string normalized = text::Normalize(name);
  return normalized.empty() ? "" : std::string(kind) + normalized;
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

PostgresRows::PostgresRows(const Policy& policy, Tokenizer tokenize)
    : policy_(policy), tokenize_(std::move(tokenize)) {}

int32_t PostgresRows::HubNumber(const Region& place) {
  const Region* county = place.AncestorAt(RegionLevel::kCounty);
  const Region* hub = county == nullptr ? &place : county;
  const auto [at, is_new] =
      hub_numbers_.try_emplace(hub, static_cast<int32_t>(hubs_.size()) + 1);
  if (is_new) hubs_.push_back(hub);
  return at->second;
}

int32_t PostgresRows::NameNumber(std::string_view kind,
                                 const std::string& name) {
  const std::string key = NameKey(kind, name);
  if (key.empty()) return kAbsent;
  return names_.try_emplace(key, static_cast<int32_t>(names_.size()) + 1)
      .first->second;
}

absl::Status PostgresRows::Append(int32_t row, const Volunteer& volunteer,
                                  std::string& lines) {
  if (std::max({volunteer.skills.size(), volunteer.industries.size(),
                volunteer.availability.size()}) > kSlots) {
    return absl::InvalidArgumentError(
        absl::StrCat(volunteer.id, " has more than ", kSlots, " of something"));
  }
  const Region& base = *codes::FindRegion(volunteer.region);
  const int32_t served = RegionNumber(ServedBy(volunteer));
  for (const int32_t number :
       {row, served, RegionNumberAt(base, RegionLevel::kVillage),
        RegionNumberAt(base, RegionLevel::kTownship), HubNumber(base),
        static_cast<int32_t>(volunteer.tier),
        static_cast<int32_t>(volunteer.mode), volunteer.capacity,
        KindOf(volunteer.title, volunteer.category,
               DialectMask(volunteer.dialects)),
        FixedPoints(policy_, volunteer)}) {
    AppendNumber(number, lines);
  }

  const auto over_slots = [&](const auto& list, int32_t none, auto number_of) {
    for (size_t i = 0; i < kSlots; ++i) {
      AppendNumber(i < list.size() ? number_of(list[i]) : none, lines);
    }
  };
  using matcher::engine::Skill;
  using matcher::engine::Window;
  const auto no_subject = static_cast<int32_t>(codes::AllSubjects().size()) + 1;
  const auto no_industry =
      static_cast<int32_t>(codes::AllIndustries().size()) + 1;
  over_slots(volunteer.skills, no_subject,
             [](const Skill& skill) { return SubjectNumber(skill.subject); });
  over_slots(volunteer.skills, 0, [](const Skill& skill) {
    return skill.proficiency * kStrengthPerProficiency;
  });
  over_slots(volunteer.skills, 0,
             [](const Skill& skill) { return skill.expires.value_or(kNever); });
  over_slots(volunteer.industries, no_industry, IndustryNumber);
  over_slots(volunteer.availability, 0,
             [](const Window& window) { return window.start; });
  over_slots(volunteer.availability, 0,
             [](const Window& window) { return window.end; });

  std::set<int32_t> disciplines, avoided, terms, others, pairs;
  for (const Skill& skill : volunteer.skills) {
    const int32_t discipline = DisciplineNumber(skill.subject);
    disciplines.insert(discipline);
    pairs.insert(PairOf(served, discipline));
  }
  avoided.insert(NameNumber("name:", volunteer.employer));
  avoided.insert(NameNumber("credit:", volunteer.employer_credit_code));
  for (const std::string& conflict : volunteer.conflicts) {
    avoided.insert(NameNumber("name:", conflict));
  }
  avoided.erase(kAbsent);
  for (const text::Token token : tokenize_(volunteer.text)) {
    const int32_t number =
        words_.try_emplace(token, static_cast<int32_t>(words_.size()) + 1)
            .first->second;
    (token.kind() == text::TokenKind::kTerm ? terms : others).insert(number);
  }
  for (const auto* set : {&disciplines, &avoided, &terms, &others, &pairs}) {
    AppendSet(*set, lines);
  }
  lines.back() = '\n';
  return absl::OkStatus();
}

void PostgresRows::AddRequester(const Demand& demand,
                                PostgresValues& values) const {
  std::vector<int32_t> numbers;
  for (const std::string& key :
       {NameKey("name:", demand.requester_name),
        NameKey("credit:", demand.requester_credit_code)}) {
    const auto found = names_.find(key);
    if (found != names_.end()) numbers.push_back(found->second);
  }
  values.Add(numbers);
}

// $10 to $12.
void PostgresRows::AddWords(const Demand& demand,
                            PostgresValues& values) const {
  std::set<int32_t> terms, others;
  for (const text::Token token : tokenize_(demand.text)) {
    const auto found = words_.find(token);
    if (found == words_.end()) continue;
    (token.kind() == text::TokenKind::kTerm ? terms : others)
        .insert(found->second);
  }
  values.Add(Listed(terms));
  values.Add(Listed(others));
  const auto most = static_cast<int64_t>(
      terms.size() * static_cast<size_t>(policy_.text_term_weight) +
      others.size() * static_cast<size_t>(policy_.text_bigram_weight));
  std::vector<int32_t> points;
  for (int64_t matched = 0; matched <= most; ++matched) {
    points.push_back(Points(ExpertWeight(policy_, Feature::kText),
                            matched * kFull / (matched + policy_.text_anchor)));
  }
  values.Add(points);
}

// $14 to $18.
void PostgresRows::AddGeo(const Demand& demand, PostgresValues& values) const {
  constexpr int kSameVillage = 10;
  constexpr int kSameTownship = 15;
  const int32_t weight = ExpertWeight(policy_, Feature::kGeo);
  const Region& place = *codes::FindRegion(demand.region);
  const Region* county = place.AncestorAt(RegionLevel::kCounty);
  const Region& hub = county == nullptr ? place : *county;
  const bool travels = demand.mode == Mode::kOnSite;
  const auto or_absent = [&](RegionLevel level) {
    const int32_t number = RegionNumberAt(place, level);
    return travels && number != kAbsent ? number : -1;
  };
  values.Add(or_absent(RegionLevel::kVillage));
  values.Add(or_absent(RegionLevel::kTownship));
  values.Add(Points(weight, Nearness(kSameVillage)));
  values.Add(Points(weight, Nearness(kSameTownship)));
  std::vector<int32_t> points;
  for (const Region* other : hubs_) {
    const int64_t f =
        travels ? Nearness(codes::EstimatedMinutes(hub, *other)) : kFull;
    points.push_back(Points(weight, f));
  }
  values.Add(points);
}

PostgresValues PostgresRows::ValuesOf(const Demand& demand) const {
  std::vector<int32_t> around, pairs;
  std::set<int32_t> disciplines;
  for (const std::string& subject : demand.subjects) {
    disciplines.insert(DisciplineNumber(subject));
  }
  for (const Region* at = codes::FindRegion(demand.region); at != nullptr;
       at = at->parent()) {
    around.push_back(RegionNumber(*at));
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
  values.Add(demand.mode == Mode::kOnSite   ? static_cast<int>(Mode::kRemote)
             : demand.mode == Mode::kRemote ? static_cast<int>(Mode::kOnSite)
                                            : -1);
  values.Add(demand.window.start);
  values.Add(demand.window.end);
  AddRequester(demand, values);
  values.Add(AllKindPoints(policy_, demand));
  AddWords(demand, values);
  values.Add(TimePoints(policy_, demand));
  AddGeo(demand, values);
  values.Add(IndustrySimilarities(demand.industry));
  values.Add(CrosswalkStrengths(policy_, demand.industry));
  for (const std::string& subject : demand.subjects) {
    values.Add(SubjectSimilarities(subject));
  }
  return values;
}

}  // namespace jiedui::bench
