// What a round is asked: demands, what can serve them, and what binds. Plain
// data; codes are written as in the sheets (GB/T 13745, GB/T 4754, 12-digit
// statistical region codes), days are civil days counted from 1970-01-01,
// windows are [start, end). Order never matters: everything is known by its id.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/codes/corps.h"

namespace jiedui::matcher::engine {

// The six parts of a pairing 6个1, in the source's order.
enum class Part : uint8_t {
  kExpert,
  kProject,
  kTeam,
  kEnterprise,
  kTalents,
  kIndustry
};
inline constexpr int kParts = 6;
inline constexpr Part kAllParts[kParts] = {Part::kExpert,  Part::kProject,
                                           Part::kTeam,    Part::kEnterprise,
                                           Part::kTalents, Part::kIndustry};

enum class Want : uint8_t { kNone, kDesired, kRequired };

// 特急, 紧急, 一般, 不急; the index of Objective::unmet.
enum class Urgency : uint8_t { kCritical, kUrgent, kNormal, kLow };

enum class Mode : uint8_t { kOnSite, kRemote, kEither };

enum class RequesterKind : uint8_t {
  kEnterprise,
  kPark,
  kCommunity,
  kVillage,
  kAssociation
};

struct Window {
  int32_t start = 0;
  int32_t end = 0;
  friend bool operator==(const Window&, const Window&) = default;
};

struct Demand {
  std::string id;
  std::string region;
  codes::Action action = codes::Action::kRuralRevitalisation;
  bool mandatory = false;
  Urgency urgency = Urgency::kNormal;
  std::string requester_name;
  std::string requester_credit_code;  // may be empty
  RequesterKind requester_kind = RequesterKind::kVillage;
  std::vector<std::string> subjects;  // most important first
  std::string industry;               // may be empty
  std::string text;                   // title and description
  Window window;
  Mode mode = Mode::kEither;
  std::vector<codes::Dialect> dialects;
  bool dialect_required = false;
  codes::Title title_min = codes::Title::kNone;
  // The highest tier already opened to this demand.
  codes::Tier opened = codes::Tier::kProvince;
  // The tier that handles it: subsidiarity counts the tiers above this one.
  codes::Tier tier = codes::Tier::kCounty;
  std::array<Want, kParts> want = {};         // by Part
  int32_t talents_count = 0;                  // when talents are wanted
  std::vector<std::string> talents_subjects;  // empty: the demand's own

  Want wants(Part part) const { return want[static_cast<int>(part)]; }
};

enum class Category : uint8_t {
  kRegular,
  kAcademician,
  kHongKongMacao,
  kOverseas,
  kCadre
};

struct Skill {
  std::string subject;
  int32_t proficiency = 3;         // 1 … 5
  std::optional<int32_t> expires;  // the first day it no longer counts
};

struct Rating {
  int32_t sum = 0;  // of stars, 1 … 5 each
  int32_t count = 0;
};

struct Volunteer {
  std::string id;
  std::string region;  // base
  codes::Tier tier = codes::Tier::kCounty;
  codes::Line line = codes::Line::kRegional;
  codes::Title title = codes::Title::kNone;
  Category category = Category::kRegular;
  std::vector<Skill> skills;
  std::vector<std::string> industries;
  std::string text;
  std::vector<codes::Dialect> dialects;
  int32_t capacity = 0;              // pairings still free, expert and talents
  std::vector<Window> availability;  // empty: never
  Mode mode = Mode::kEither;
  std::string employer;
  std::string employer_credit_code;    // may be empty
  std::vector<std::string> conflicts;  // names of requesters to avoid
  Rating rating;
  int32_t accepted = 0;  // of the offers made
  int32_t offered = 0;
};

struct Team {
  std::string id;
  std::string region;
  codes::Tier tier = codes::Tier::kCounty;
  codes::Line line = codes::Line::kRegional;
  std::string parent;                // team id; may be empty: a sub-team's
  std::string leader;                // volunteer id; may be empty
  std::vector<std::string> members;  // volunteer ids, the leader or not
  std::vector<std::string> subjects;
  int32_t capacity = 0;  // pairings still free
  Rating rating;
};

struct Project {
  std::string id;
  std::string owner;  // volunteer id; may be empty
  std::vector<std::string> subjects;
  std::vector<std::string> industries;
  int32_t readiness = 5;  // technology readiness level 1 … 9
  bool exclusive = false;
  int32_t licences = 1;  // still free; counts only when exclusive
  std::string region;
  std::string text;
};

struct Enterprise {
  std::string id;
  std::string name;
  std::string credit_code;
  std::string region;
  std::string industry;
  bool leading = false;  // 龙头
};

// An industry a county (or a city without counties) lives on.
struct Specialty {
  std::string id;
  std::string region;
  std::string industry;
  int32_t weight = 0;  // 1 … 100, share of the local economy
};

// A fixed column of the plan: `resource` serves `part` of `demand`. Debits the
// capacity stated with the resource. Talents may have several.
struct Lock {
  std::string demand;
  Part part = Part::kExpert;
  std::string resource;
};

enum class ExclusionReason : uint8_t { kCoordinator, kDeclined, kTimedOut };

// A volunteer, team or project that is not to serve a demand.
struct Exclusion {
  std::string demand;
  std::string resource;
  ExclusionReason reason = ExclusionReason::kCoordinator;
};

// How a county fared over the last 90 days, this round apart.
struct CountyHistory {
  std::string region;  // the county, or a city without counties
  int32_t posted = 0;  // demands
  int32_t served = 0;  // of these
};

struct Problem {
  std::vector<Demand> demands;
  std::vector<Volunteer> volunteers;
  std::vector<Team> teams;
  std::vector<Project> projects;
  std::vector<Enterprise> enterprises;
  std::vector<Specialty> specialties;
  std::vector<Lock> locks;
  std::vector<Exclusion> exclusions;
  std::vector<CountyHistory> history;  // at most one of a county
};

// OK, or INVALID_FIELDS with every fault, each naming its culprit as a field
// such as "volunteer V-001": ids empty or double, unknown codes, reversed
// windows, numbers out of range, references to nothing, teams that are
// sub-teams of themselves, locks that cannot hold (part not wanted, two for one
// seat, a person twice in a bundle, more locks than capacity). Ids are unique
// within volunteers, teams and projects together (an exclusion names one of
// them) and within each other kind.
absl::Status Validate(const Problem& problem);

// Sorts every list by id, and locks and exclusions by what they name, so that
// equal problems become equal data.
void Sort(Problem& problem);

// The bytes that stand for the problem in a round's identity: equal if and
// only if the problems are, whatever their order.
std::string Canonical(const Problem& problem);

}  // namespace jiedui::matcher::engine
