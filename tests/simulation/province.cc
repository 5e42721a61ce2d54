#include "tests/simulation/province.h"

#include <random>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "services/volunteer/app/registry.h"
#include "services/volunteer/app/volunteer_commands.h"

namespace jiedui::simulation {
namespace {

constexpr char kGaozhou[] = "440981000000";
constexpr char kGaozhouTown[] = "440981103000";
constexpr char kHuazhou[] = "440982000000";
constexpr char kMaoming[] = "440900000000";
constexpr char kGuangzhou[] = "440100000000";
constexpr char kFruitScience[] = "2104020";
constexpr char kStorage[] = "21045";  // of farm products
constexpr char kFruitGrowing[] = "0154";

struct Post {
  const char* region;
  type::v1::Tier tier;
  type::v1::Line line;
};

constexpr Post kPosts[kVolunteers] = {
    {kGaozhouTown, type::v1::TIER_TOWNSHIP, type::v1::LINE_REGIONAL},
    {kGaozhouTown, type::v1::TIER_TOWNSHIP, type::v1::LINE_REGIONAL},
    {kGaozhou, type::v1::TIER_COUNTY, type::v1::LINE_REGIONAL},
    {kGaozhou, type::v1::TIER_COUNTY, type::v1::LINE_REGIONAL},
    {kHuazhou, type::v1::TIER_COUNTY, type::v1::LINE_REGIONAL},
    {kHuazhou, type::v1::TIER_COUNTY, type::v1::LINE_SOCIETY},
    {kMaoming, type::v1::TIER_CITY, type::v1::LINE_REGIONAL},
    {kGuangzhou, type::v1::TIER_CITY, type::v1::LINE_SOCIETY},
    {kGuangzhou, type::v1::TIER_PROVINCE, type::v1::LINE_REGIONAL},
    {kGuangzhou, type::v1::TIER_PROVINCE, type::v1::LINE_REGIONAL},
};

void AddSubjects(google::protobuf::RepeatedPtrField<std::string>* subjects) {
  subjects->Add(kFruitScience);
  subjects->Add(kStorage);
}

absl::StatusOr<std::string> Register(runtime::Transaction& txn,
                                     const Post& post, int number,
                                     uint32_t how) {
  volunteer::store::v1::VolunteerRecord record;
  auto& volunteer = *record.mutable_volunteer();
  volunteer.set_display_name(absl::StrCat("专家", number));
  volunteer.set_employer(absl::StrCat("农业技术推广中心", number));
  volunteer.set_title(type::v1::TITLE_SENIOR);
  volunteer.set_region(post.region);
  volunteer.set_tier(post.tier);
  volunteer.set_line(post.line);
  for (const char* subject : {kFruitScience, kStorage}) {
    type::v1::Skill* skill = volunteer.add_skills();
    skill->set_subject(subject);
    skill->set_proficiency(static_cast<int>(3 + how % 3));
  }
  volunteer.add_industries(kFruitGrowing);
  volunteer.set_summary("荔枝采后保鲜与冷链");
  volunteer.set_capacity(static_cast<int>(1 + how / 4 % 2));
  ASSIGN_OR_RETURN(record,
                   volunteer::Create<volunteer::VolunteerKind>(txn, record));
  for (const volunteer::Verb verb :
       {volunteer::Verb::kVerify, volunteer::Verb::kActivate}) {
    RETURN_IF_ERROR(volunteer::Step(txn, verb, "", record));
  }
  return record.volunteer().name();
}

absl::Status Found(runtime::Transaction& txn, int number,
                   const std::vector<std::string>& members) {
  volunteer::store::v1::TeamRecord record;
  auto& team = *record.mutable_team();
  team.set_display_name(absl::StrCat("荔枝服务队", number));
  team.set_tier(type::v1::TIER_COUNTY);
  team.set_line(type::v1::LINE_REGIONAL);
  team.set_region(number == 0 ? kGaozhou : kHuazhou);
  team.set_leader(members.front());
  AddSubjects(team.mutable_subjects());
  team.set_capacity(2);
  ASSIGN_OR_RETURN(record, volunteer::Create<volunteer::TeamKind>(txn, record));
  for (const std::string& member : members) {
    RETURN_IF_ERROR(
        volunteer::JoinTeam(txn, {.name = member}, record.team().name(), "", "")
            .status());
  }
  return absl::OkStatus();
}

absl::Status Offer(runtime::Transaction& txn, int number, bool exclusive) {
  volunteer::store::v1::ProjectRecord record;
  auto& project = *record.mutable_project();
  project.set_display_name(absl::StrCat("荔枝采后商品化处理与保鲜", number));
  project.set_kind(volunteer::event::v1::Project::KIND_TECHNOLOGY);
  project.set_holder("华南农业大学");
  AddSubjects(project.mutable_subjects());
  project.add_industries(kFruitGrowing);
  project.set_readiness(8);
  project.set_exclusive(exclusive);
  project.set_region(kGaozhou);
  return volunteer::Create<volunteer::ProjectKind>(txn, record).status();
}

absl::Status NameSpecialty(runtime::Transaction& txn) {
  volunteer::store::v1::SpecialtyRecord record;
  auto& specialty = *record.mutable_specialty();
  specialty.set_display_name("高州荔枝");
  specialty.set_region(kGaozhou);
  specialty.set_industry(kFruitGrowing);
  specialty.set_weight(80);
  return volunteer::Create<volunteer::SpecialtyKind>(txn, record).status();
}

}  // namespace

absl::Status RegisterSupply(uint64_t seed, runtime::Transaction& txn) {
  std::mt19937 random(static_cast<uint32_t>(seed));
  std::vector<std::string> names;
  for (int i = 0; i < kVolunteers; ++i) {
    ASSIGN_OR_RETURN(
        names.emplace_back(),
        Register(txn, kPosts[i], i + 1, static_cast<uint32_t>(random())));
  }
  RETURN_IF_ERROR(Found(txn, 0, {names[2], names[3]}));
  RETURN_IF_ERROR(Found(txn, 1, {names[4], names[3]}));
  RETURN_IF_ERROR(Offer(txn, 0, /*exclusive=*/true));
  RETURN_IF_ERROR(Offer(txn, 1, /*exclusive=*/false));
  return NameSpecialty(txn);
}

demand::store::v1::DemandRecord WrittenDemand(uint32_t how) {
  constexpr const char* kRegions[] = {kGaozhouTown, kGaozhou, kHuazhou};
  constexpr type::v1::Urgency kUrgencies[] = {
      type::v1::URGENCY_CRITICAL, type::v1::URGENCY_HIGH,
      type::v1::URGENCY_NORMAL, type::v1::URGENCY_LOW};
  constexpr type::v1::Tier kTiers[] = {
      type::v1::TIER_TOWNSHIP, type::v1::TIER_COUNTY, type::v1::TIER_COUNTY,
      type::v1::TIER_PROVINCE};
  demand::store::v1::DemandRecord record;
  auto& demand = *record.mutable_demand();
  demand.set_title("荔枝采后三天褐变");
  demand.set_description("求荔枝保鲜与冷链技术");
  demand.set_library(type::v1::LIBRARY_PROBLEM);
  demand.set_action(type::v1::ACTION_RURAL_REVITALISATION);
  demand.mutable_requester()->set_name("根子镇柏桥村");
  demand.mutable_requester()->set_kind(type::v1::REQUESTER_KIND_VILLAGE);
  demand.set_region(kRegions[how % 3]);
  AddSubjects(demand.mutable_subjects());
  demand.set_industry(kFruitGrowing);
  demand.set_urgency(kUrgencies[how / 3 % 4]);
  demand.set_max_tier(kTiers[how / 12 % 4]);
  demand.set_mode(type::v1::MODE_ON_SITE);
  demand.mutable_window()->set_end_date(how / 48 % 8 == 0 ? "2026-12-20"
                                                          : "2027-06-30");
  const bool by_team = how / 384 % 4 == 0;
  demand.mutable_parts()->set_expert(by_team ? type::v1::WANT_NONE
                                             : type::v1::WANT_REQUIRED);
  demand.mutable_parts()->set_team(by_team ? type::v1::WANT_REQUIRED
                                           : type::v1::WANT_DESIRED);
  demand.mutable_parts()->set_talents_count(static_cast<int>(how / 1536 % 3));
  demand.mutable_metric()->set_name("损耗率");
  demand.mutable_metric()->set_unit("%");
  demand.mutable_metric()->set_baseline(20);
  demand.mutable_metric()->set_target(8);
  return record;
}

}  // namespace jiedui::simulation
