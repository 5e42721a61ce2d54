#include "common/journal/journal.h"

#include <gtest/gtest.h>

#include <vector>

#include "common/base/error.h"
#include "common/store/memory_store.h"

namespace jiedui::journal {
namespace {

class JournalTest : public testing::Test {
 protected:
  void AppendRecords(int count) {
    Journal journal(&store_);
    ASSERT_TRUE(journal.Open("test").ok());
    for (int i = 0; i < count; ++i) {
      v1::Record record;
      record.add_entries()->set_actor(std::to_string(i));
      store::Batch batch;
      journal.Append(record, batch);
      ASSERT_TRUE(store_.Write(batch).ok());
    }
  }

  absl::Status Reopen() { return Journal(&store_).Open("test"); }

  // The stored key of a position, found as the n-th key of the journal.
  std::string KeyOf(uint64_t seq) {
    std::string found;
    store::ScanPrefix(store_, std::string(1, Journal::kKeyPrefix),
                      [&](std::string_view key, std::string_view) {
                        found = std::string(key);
                        return --seq > 0;
                      });
    return found;
  }

  store::MemoryStore store_;
};

TEST_F(JournalTest, NumbersRecordsFromOneAcrossReopenings) {
  AppendRecords(3);
  AppendRecords(2);
  std::vector<uint64_t> seen;
  Journal::Visit(store_, 2, [&](const v1::Record& record) {
    seen.push_back(record.seq());
    return true;
  });
  EXPECT_EQ(seen, (std::vector<uint64_t>{3, 4, 5}));
  EXPECT_EQ(Journal::Read(store_, 4)->entries(0).actor(), "0");
  EXPECT_FALSE(Journal::Read(store_, 6).has_value());
  EXPECT_EQ(Journal::HeadOf(store_), 5u);
  EXPECT_TRUE(Reopen().ok());
}

class MissingRecordTest : public JournalTest,
                          public testing::WithParamInterface<uint64_t> {};

TEST_P(MissingRecordTest, IsFoundWhereverItIs) {
  AppendRecords(9);
  store::Batch batch;
  batch.Delete(KeyOf(GetParam()));
  ASSERT_TRUE(store_.Write(batch).ok());
  EXPECT_TRUE(base::HasReason(Reopen(), base::Reason::kDataDamaged));
}

// All but the last: that one nobody can miss who knows only this journal.
INSTANTIATE_TEST_SUITE_P(EachButTheLast, MissingRecordTest,
                         testing::Range<uint64_t>(1, 9));

TEST_F(JournalTest, AChangedRecordBreaksTheChain) {
  AppendRecords(5);
  v1::Record changed = *Journal::Read(store_, 3);
  changed.mutable_entries(0)->set_actor("someone else");
  store::Batch batch;
  batch.Put(KeyOf(3), changed.SerializeAsString());
  ASSERT_TRUE(store_.Write(batch).ok());
  EXPECT_TRUE(base::HasReason(Reopen(), base::Reason::kDataDamaged));
}

}  // namespace
}  // namespace jiedui::journal
