#include "services/matcher/app/example_province.h"

#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/journal/journal.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/app/review.h"

namespace jiedui::matcher {
namespace {

constexpr char kGaozhou[] = "440981000000";
constexpr char kGaozhouTown[] = "440981103000";
constexpr char kFruitScience[] = "2104020";
constexpr char kStorage[] = "21045";  // of farm products
constexpr char kFruitGrowing[] = "0154";

using RowList = std::vector<std::pair<std::string, std::string>>;

RowList RowsOf(const jiedui::store::Reader& state) {
  RowList rows;
  // The journal is 0x01, the folder's format 0x02.
  state.Scan("\x03", "\xff", [&](std::string_view key, std::string_view value) {
    rows.emplace_back(key, value);
    return true;
  });
  return rows;
}

}  // namespace

demand::event::v1::Demand LitchiDemand(const std::string& id) {
  demand::event::v1::Demand demand;
  demand.set_name("demands/" + id);
  demand.set_title("荔枝采后三天褐变");
  demand.set_description("采后褐变腐烂，求荔枝保鲜与冷链技术");
  demand.set_action(type::v1::ACTION_RURAL_REVITALISATION);
  demand.mutable_requester()->set_name("根子镇柏桥村");
  demand.mutable_requester()->set_kind(type::v1::REQUESTER_KIND_VILLAGE);
  demand.set_region(kGaozhouTown);
  demand.add_subjects(kFruitScience);
  demand.add_subjects(kStorage);
  demand.set_industry(kFruitGrowing);
  demand.mutable_window()->set_end_date("2027-06-30");
  demand.set_mode(type::v1::MODE_ON_SITE);
  demand.mutable_parts()->set_expert(type::v1::WANT_REQUIRED);
  demand.mutable_parts()->set_enterprise(type::v1::WANT_NONE);
  demand.mutable_parts()->set_talents_count(2);
  demand.set_state("OPEN");
  return demand;
}

volunteer::event::v1::Volunteer FruitExpert(const std::string& id,
                                            int proficiency) {
  volunteer::event::v1::Volunteer volunteer;
  volunteer.set_name("volunteers/" + id);
  volunteer.set_display_name("专家" + id);
  volunteer.set_employer("高州市农业技术推广中心" + id);
  volunteer.set_title(type::v1::TITLE_SENIOR);
  volunteer.set_region(kGaozhou);
  volunteer.set_tier(type::v1::TIER_COUNTY);
  volunteer.set_line(type::v1::LINE_REGIONAL);
  for (const char* subject : {kFruitScience, kStorage}) {
    type::v1::Skill* skill = volunteer.add_skills();
    skill->set_subject(subject);
    skill->set_proficiency(proficiency);
  }
  volunteer.add_industries(kFruitGrowing);
  volunteer.set_summary("荔枝采后保鲜与冷链");
  volunteer.set_capacity(2);
  volunteer.set_state("ACTIVE");
  return volunteer;
}

volunteer::event::v1::Team FruitTeam(const std::string& leader) {
  volunteer::event::v1::Team team;
  team.set_name("teams/T1");
  team.set_display_name("高州荔枝服务队");
  team.set_tier(type::v1::TIER_COUNTY);
  team.set_line(type::v1::LINE_REGIONAL);
  team.set_region(kGaozhou);
  team.set_leader("volunteers/" + leader);
  team.add_subjects(kFruitScience);
  team.add_subjects(kStorage);
  team.set_capacity(2);
  return team;
}

volunteer::event::v1::Project FreshnessProject(bool exclusive) {
  volunteer::event::v1::Project project;
  project.set_name("projects/P1");
  project.set_display_name("荔枝采后商品化处理与保鲜");
  project.set_kind(volunteer::event::v1::Project::KIND_TECHNOLOGY);
  project.set_holder("华南农业大学");
  project.add_subjects(kFruitScience);
  project.add_subjects(kStorage);
  project.add_industries(kFruitGrowing);
  project.set_readiness(8);
  project.set_exclusive(exclusive);
  project.set_region(kGaozhou);
  project.set_summary("采后褐变腐烂的保鲜与冷链技术");
  return project;
}

volunteer::event::v1::Specialty GaozhouLitchi() {
  volunteer::event::v1::Specialty specialty;
  specialty.set_name("specialties/S1");
  specialty.set_display_name("高州荔枝");
  specialty.set_region(kGaozhou);
  specialty.set_industry(kFruitGrowing);
  specialty.set_weight(80);
  return specialty;
}

TestMatcher::TestMatcher() { Restart(); }

void TestMatcher::Restart() {
  writer_ = nullptr;
  writer_ =
      std::make_unique<runtime::Writer>("test", &store_, &machine_, &clock_);
  const absl::Status opened = writer_->Open();
  if (!opened.ok()) std::abort();
  writer_->Start();
}

absl::Status TestMatcher::Run(
    std::function<absl::Status(Transaction&)> decide) {
  runtime::Command command;
  command.actor = actor_;
  command.decide = std::move(decide);
  return writer_->Run(std::move(command));
}

void TestMatcher::Hear(const jiedui::event::v1::Event& event) {
  const absl::Status heard =
      Run([&event](Transaction& txn) { return OnRegistryEvent(event, txn); });
  if (!heard.ok()) std::abort();
}

void TestMatcher::HearOfSupply() {
  for (int i = 1; i <= 6; ++i) {
    Hear(FruitExpert(absl::StrCat("V", i), i == 1 ? 5 : 4));
  }
  Hear(FruitTeam("V1"));
  Hear(FreshnessProject());
  Hear(GaozhouLitchi());
}

absl::StatusOr<RoundPlan> TestMatcher::Solve() {
  return SolveRound(*store_.Snapshot(), policy_, today(),
                    [](std::string_view, int64_t, int64_t) { return true; });
}

absl::StatusOr<store::v1::RoundRecord> TestMatcher::Round() {
  ASSIGN_OR_RETURN(const RoundPlan plan, Solve());
  RETURN_IF_ERROR(
      Run([&plan](Transaction& txn) { return CommitRound(txn, plan); }));
  return Rounds::Require(store_, plan.round.name());
}

store::v1::PairingRecord TestMatcher::LiveOf(const std::string& demand) const {
  const auto live = LivePairingOf(store_, demand);
  return live ? Get(live->pairing()) : store::v1::PairingRecord();
}

store::v1::PairingRecord TestMatcher::Get(const std::string& pairing) const {
  return Pairings::Find(store_, pairing).value_or(store::v1::PairingRecord());
}

std::vector<store::v1::OfferRecord> TestMatcher::OffersIn(
    const std::string& pairing) const {
  std::vector<store::v1::OfferRecord> offers;
  for (const std::string& name : OffersOf(store_, pairing)) {
    offers.push_back(*Offers::Find(store_, name));
  }
  return offers;
}

store::v1::OfferRecord TestMatcher::OfferTo(
    const std::string& pairing, const std::string& volunteer) const {
  for (store::v1::OfferRecord& record : OffersIn(pairing)) {
    if (record.offer().addressee() == volunteer) return std::move(record);
  }
  return {};
}

RowList TestMatcher::Rows() const { return RowsOf(store_); }

RowList TestMatcher::Replayed() const {
  const jiedui::store::MemoryStore empty;
  jiedui::store::Overlay state(&empty);
  journal::Journal::Visit(store_, 0, [&](const journal::v1::Record& record) {
    for (const journal::v1::Entry& entry : record.entries()) {
      runtime::ReplayEntry(entry, machine_, state);
    }
    return true;
  });
  return RowsOf(state);
}

}  // namespace jiedui::matcher
