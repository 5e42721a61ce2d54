#include "common/runtime/collection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "common/runtime/test_registry.h"
#include "common/store/memory_store.h"

namespace jiedui::runtime {
namespace {

using base::HasReason;
using base::Reason;

class CollectionTest : public testing::Test {
 protected:
  void Change(std::string_view name,
              absl::FunctionRef<void(ProjectKind::Fact&)> change) {
    Projects::Record record = *Projects::Require(txn_, name);
    change(*record.mutable_project());
    Projects::Save(txn_, record, {.verb = "update"});
  }

  std::vector<std::string> NamesAfter(std::string_view after) {
    std::vector<std::string> names;
    Projects::Visit(txn_, after, [&](const Projects::Record& record) {
      names.push_back(record.project().name());
      return true;
    });
    return names;
  }

  store::MemoryStore store_;
  TestRegistry machine_;
  const absl::Time now_ = absl::FromUnixSeconds(1000);
  Transaction txn_{&store_, &machine_, now_, "tester"};
};

TEST_F(CollectionTest, NumbersRecordsAndVisitsThemInThatOrder) {
  for (int i = 0; i < 11; ++i) CreateProject(txn_, "", "x");
  const std::vector<std::string> names = NamesAfter("");
  ASSERT_EQ(names.size(), 11u);
  EXPECT_EQ(names.front(), "projects/P00000001");
  EXPECT_EQ(names.back(), "projects/P00000011");
  EXPECT_THAT(NamesAfter(names[8]), testing::ElementsAre(names[9], names[10]));
  EXPECT_THAT(NamesAfter(names[10]), testing::IsEmpty());
}

TEST_F(CollectionTest, VersionsRiseByOneAndStandInTheFact) {
  const std::string name = CreateProject(txn_, "A", "x");
  Change(name, [](auto& project) { project.set_display_name("y"); });
  Change(name, [](auto& project) { project.set_display_name("z"); });
  std::vector<uint64_t> versions;
  for (const auto& fact : txn_.entry().facts()) {
    EXPECT_EQ(fact.subject(), name);
    versions.push_back(fact.version());
  }
  EXPECT_THAT(versions, testing::ElementsAre(1, 2, 3));
  const auto record = Projects::Find(txn_, name);
  EXPECT_EQ(record->version(), 3u);
  EXPECT_EQ(record->project().display_name(), "z");
  EXPECT_EQ(record->project().update_time().seconds(), 1000);
}

TEST_F(CollectionTest, TheExternalIdLeadsToTheRecordThatHasItNow) {
  const std::string name = CreateProject(txn_, "A", "x");
  const std::string other = CreateProject(txn_, "O", "x");
  EXPECT_EQ(Projects::FindExternal(txn_, "A"), name);
  Change(name, [](auto& project) { project.set_display_name("y"); });
  EXPECT_EQ(Projects::FindExternal(txn_, "A"), name);
  Change(name, [](auto& project) { project.set_external_id("B"); });
  EXPECT_EQ(Projects::FindExternal(txn_, "A"), "");
  EXPECT_EQ(Projects::FindExternal(txn_, "B"), name);
  Change(name, [](auto& project) { project.clear_external_id(); });
  EXPECT_EQ(Projects::FindExternal(txn_, "B"), "");
  EXPECT_EQ(Projects::FindExternal(txn_, ""), "");
  Change(other, [](auto& project) { project.set_external_id("A"); });
  EXPECT_EQ(Projects::FindExternal(txn_, "A"), other);
}

TEST_F(CollectionTest, AChangeWithAStaleEtagIsRefusedAndNamesBoth) {
  const std::string name = CreateProject(txn_, "A", "x");
  Change(name, [](auto& project) { project.set_display_name("y"); });
  EXPECT_TRUE(Projects::RequireCurrent(txn_, name, "2").ok());
  EXPECT_TRUE(Projects::RequireCurrent(txn_, name, "").ok());
  const absl::Status stale = Projects::RequireCurrent(txn_, name, "1").status();
  ASSERT_TRUE(HasReason(stale, Reason::kEtagMismatch)) << stale;
  EXPECT_EQ(stale.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(base::Info(stale)->args,
              testing::Contains(base::ErrorArg("current", "2")));
  EXPECT_TRUE(
      HasReason(Projects::RequireCurrent(txn_, "projects/P9", "1").status(),
                Reason::kNotFound));
}

}  // namespace
}  // namespace jiedui::runtime
