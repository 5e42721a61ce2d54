// The volunteer registry without gRPC: commands through the real writer.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/runtime/writer.h"
#include "common/store/memory_store.h"
#include "services/volunteer/app/registry.h"
#include "services/volunteer/app/sheet_row.h"
#include "services/volunteer/app/volunteer_machine.h"

namespace jiedui::volunteer {

// 2026-11-22 08:00 in China.
inline constexpr int64_t kMorning = 1795305600;

class RegistryTest : public testing::Test {
 protected:
  RegistryTest() { Restart(); }

  void Restart() {
    writer_ = nullptr;
    machine_ = std::make_unique<VolunteerMachine>();
    writer_ = std::make_unique<runtime::Writer>("test", &store_, machine_.get(),
                                                &clock_);
    EXPECT_TRUE(writer_->Open().ok());
    writer_->Start();
  }

  static store::v1::VolunteerRecord Person(std::string external_id = "") {
    store::v1::VolunteerRecord record;
    auto& volunteer = *record.mutable_volunteer();
    volunteer.set_external_id(std::move(external_id));
    volunteer.set_display_name("张三");
    volunteer.set_region("440981");
    volunteer.set_tier(type::v1::TIER_COUNTY);
    volunteer.set_line(type::v1::LINE_REGIONAL);
    type::v1::Skill& skill = *volunteer.add_skills();
    skill.set_subject("2104010");
    skill.set_proficiency(5);
    volunteer.set_capacity(2);
    volunteer.set_summary("荔枝保鲜十二年");
    record.set_phone("19900000001");
    return record;
  }

  static store::v1::TeamRecord Group(std::string external_id = "") {
    store::v1::TeamRecord record;
    auto& team = *record.mutable_team();
    team.set_external_id(std::move(external_id));
    team.set_display_name("荔枝队");
    team.set_tier(type::v1::TIER_COUNTY);
    team.set_line(type::v1::LINE_REGIONAL);
    team.set_region("440981000000");
    team.add_subjects("21040");
    team.set_capacity(2);
    return record;
  }

  // Runs `decide(txn)`, which returns a StatusOr, as one command.
  template <typename Decide>
  auto Run(Decide decide) {
    decltype(decide(std::declval<runtime::Transaction&>())) result;
    runtime::Command command;
    command.actor = "tester";
    command.decide = [&](runtime::Transaction& txn) {
      result = decide(txn);
      return result.status();
    };
    const absl::Status status = writer_->Run(std::move(command));
    EXPECT_EQ(status, result.status());
    return result;
  }

  template <typename Kind>
  auto Add(typename Kind::Record record) {
    return Run(
        [&](runtime::Transaction& txn) { return Create<Kind>(txn, record); });
  }

  template <typename Kind>
  auto Change(std::string name,
              absl::FunctionRef<void(typename Kind::Fact&)> edit,
              std::string etag = "") {
    return Run([&](runtime::Transaction& txn) {
      return Update<Kind>(txn, name, etag, [&](typename Kind::Record& record) {
        edit(Kind::fact(record));
        return absl::OkStatus();
      });
    });
  }

  template <typename Kind>
  auto Import(const SheetRow<Kind>& row, bool verify = false) {
    return Run(
        [&](runtime::Transaction& txn) { return ImportRow(txn, row, verify); });
  }

  store::v1::VolunteerRecord VolunteerOf(std::string name) {
    return Volunteers::Find(store_, name).value();
  }
  store::v1::TeamRecord TeamOf(std::string name) {
    return Teams::Find(store_, name).value();
  }

  // What the last commit's only command did.
  journal::v1::Entry LastEntry() {
    return journal::Journal::Read(store_, writer_->head())->entries(0);
  }

  jiedui::store::MemoryStore store_;
  base::ManualClock clock_{absl::FromUnixSeconds(kMorning)};
  std::unique_ptr<VolunteerMachine> machine_;
  std::unique_ptr<runtime::Writer> writer_;
};

}  // namespace jiedui::volunteer
