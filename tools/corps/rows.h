// One row of each sheet, as values. Views and pointers into the code tables and
// the tables of words live as long as the program.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/codes/corps.h"
#include "common/codes/industries.h"
#include "common/codes/regions.h"
#include "common/codes/subjects.h"

namespace jiedui::corps {

struct Business;

enum class Mode { kOnSite, kRemote, kEither };
enum class Wish { kRequired, kPreferred, kNotNeeded };
enum class Category {
  kOrdinary,
  kAcademician,
  kHongKongMacao,
  kOverseas,
  kCadre
};
enum class BusinessKind { kEnterprise, kCooperative, kPark };
enum class Requester { kEnterprise, kPark, kCommunity, kVillage, kAssociation };
enum class Library { kNeed, kProblem, kChallenge };
enum class Urgency { kCritical, kUrgent, kNormal, kLow };

using Subjects = std::vector<const codes::Subject*>;
using Industries = std::vector<const codes::Industry*>;
using Dialects = std::vector<codes::Dialect>;

struct Skill {
  const codes::Subject* subject;
  int proficiency;  // 1–5
};

// `index` counts from 0; the external id is a letter and index + 1 in seven
// digits (IdOf in sheets.h).
struct Volunteer {
  uint64_t index = 0;
  std::string name;
  std::string employer;
  std::string employer_credit_code;  // Of people of enterprises, else empty.
  codes::Title title = codes::Title::kNone;
  Category category = Category::kOrdinary;
  const codes::Region* region = nullptr;
  codes::Tier tier = codes::Tier::kTownship;
  codes::Line line = codes::Line::kRegional;
  std::vector<Skill> skills;  // 1–4, no subject twice, the best first
  Industries industries;      // 1–2
  std::string summary;
  Dialects dialects;
  int capacity = 1;
  absl::CivilDay available_from;
  absl::CivilDay available_to;
  Mode mode = Mode::kEither;
  uint32_t phone = 0;  // The last four digits of 1990000NNNN.
  std::vector<std::string> conflicts;
  std::vector<uint64_t> teams;  // At most 5, no team twice.
};

struct Team {
  uint64_t index = 0;
  std::string name;
  codes::Tier tier = codes::Tier::kTownship;
  codes::Line line = codes::Line::kRegional;
  const codes::Region* region = nullptr;
  std::optional<uint64_t> parent;  // A team of a smaller index.
  uint64_t leader = 0;             // A volunteer who has this team in `teams`.
  Subjects subjects;
  std::string summary;
  int capacity = 1;
  absl::CivilDay founded;
};

struct Enterprise {
  uint64_t index = 0;
  std::string name;
  BusinessKind kind = BusinessKind::kEnterprise;
  std::string credit_code;
  const codes::Region* region = nullptr;
  const Business* business = nullptr;  // Lives as long as the Corps.
  bool leading = false;
  std::string summary;
};

struct Project {
  uint64_t index = 0;
  std::string name;
  bool is_technology = false;
  std::string holder;
  std::optional<uint64_t> owner;  // A volunteer, employed by the holder.
  Subjects subjects;
  Industries industries;
  int readiness = 5;  // TRL 1–9
  bool exclusive = false;
  const codes::Region* region = nullptr;
  std::string summary;
};

struct Station {
  uint64_t index = 0;
  std::string name;
  codes::StationKind kind = codes::StationKind::kExpert;
  const codes::Region* region = nullptr;
  std::string host;
  Subjects subjects;
  const codes::Industry* industry = nullptr;
  std::string summary;
};

struct Specialty {
  uint64_t index = 0;
  std::string name;
  const codes::Region* region = nullptr;
  const codes::Industry* industry = nullptr;
  int weight = 1;
  std::string summary;
};

struct Demand {
  uint64_t index = 0;
  std::string title;
  std::string description;
  Library library = Library::kNeed;
  codes::Action action = codes::Action::kRuralRevitalisation;
  std::string requester_name;
  Requester requester = Requester::kVillage;
  std::string credit_code;  // Empty for communities and villages.
  std::string contact_name;
  uint32_t phone = 0;
  const codes::Region* region = nullptr;  // A township or a village.
  Subjects subjects;                      // 1–3, no subject twice
  const codes::Industry* industry = nullptr;
  std::string_view metric;
  std::string_view unit;
  int baseline_tenths = 0;
  int target_tenths = 0;
  std::string_view risks;
  bool insured = false;
  Urgency urgency = Urgency::kNormal;
  bool mandatory = false;
  absl::CivilDay window_start;
  absl::CivilDay window_end;
  Mode mode = Mode::kOnSite;
  Dialects dialects;
  bool dialect_required = false;
  codes::Title title_min = codes::Title::kNone;  // kNone: any
  Wish want_expert = Wish::kRequired;
  Wish want_project = Wish::kPreferred;
  Wish want_team = Wish::kPreferred;
  Wish want_enterprise = Wish::kPreferred;
  Wish want_talents = Wish::kNotNeeded;
  int talents_count = 0;
  Subjects talents_subjects;
  Wish want_industry = Wish::kPreferred;
  codes::Tier max_tier = codes::Tier::kProvince;
};

}  // namespace jiedui::corps
