#include "common/store/store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "common/base/error.h"
#include "common/store/memory_store.h"

namespace jiedui::store {
namespace {

std::string FreshFolder(const std::string& name) {
  const std::string path = testing::TempDir() + "/store_test_" + name;
  std::filesystem::remove_all(path);
  return path;
}

// One body, two engines.
class StoreTest : public testing::TestWithParam<bool> {
 protected:
  StoreTest() {
    if (GetParam()) {
      store_ = std::move(OpenRocksStore(FreshFolder("engine"))).value();
    } else {
      store_ = std::make_unique<MemoryStore>();
    }
  }

  std::string Keys(const Reader& reader, std::string_view begin,
                   std::string_view end) {
    std::string keys;
    reader.Scan(begin, end, [&](std::string_view key, std::string_view) {
      keys.append(key);
      return true;
    });
    return keys;
  }

  std::unique_ptr<Store> store_;
};

TEST_P(StoreTest, WritesWholeBatchesWithTheLaterChangeWinning) {
  Batch batch;
  batch.Put("a", "1");
  batch.Put("b", "1");
  batch.Delete("b");
  batch.Put("a", "2");
  ASSERT_TRUE(store_->Write(batch).ok());
  EXPECT_EQ(store_->Get("a"), "2");
  EXPECT_EQ(store_->Get("b"), std::nullopt);
}

TEST_P(StoreTest, ScansHalfOpenRangesInByteOrder) {
  Batch batch;
  for (const char* key : {"d", "a", "c", "b"}) batch.Put(key, "");
  ASSERT_TRUE(store_->Write(batch).ok());
  EXPECT_EQ(Keys(*store_, "b", "d"), "bc");
  EXPECT_EQ(Keys(*store_, "", "z"), "abcd");
  EXPECT_EQ(Keys(*store_, "c", ""), "cd");
}

TEST_P(StoreTest, ASnapshotDoesNotSeeLaterWrites) {
  Batch first;
  first.Put("a", "1");
  ASSERT_TRUE(store_->Write(first).ok());
  const std::unique_ptr<Reader> snapshot = store_->Snapshot();
  Batch second;
  second.Put("a", "2");
  second.Put("b", "2");
  ASSERT_TRUE(store_->Write(second).ok());
  EXPECT_EQ(snapshot->Get("a"), "1");
  EXPECT_EQ(Keys(*snapshot, "", "z"), "a");
  EXPECT_EQ(store_->Get("a"), "2");
}

INSTANTIATE_TEST_SUITE_P(Engines, StoreTest, testing::Bool(),
                         [](const auto& info) {
                           return info.param ? "RocksDb" : "Memory";
                         });

TEST(MemoryStoreTest, AFailedWriteHasDoneNothingOrEverythingAsTold) {
  MemoryStore store;
  Batch batch;
  batch.Put("a", "1");
  store.FailNextWrite(absl::InternalError("power"));
  EXPECT_FALSE(store.Write(batch).ok());
  EXPECT_EQ(store.Get("a"), std::nullopt);
  store.FailNextWrite(absl::InternalError("power"), MemoryStore::Fate::kKept);
  EXPECT_FALSE(store.Write(batch).ok());
  EXPECT_EQ(store.Get("a"), "1");
  EXPECT_TRUE(store.Write(batch).ok());
}

TEST(RocksStoreTest, RowsAreThereAfterReopening) {
  const std::string path = FreshFolder("reopen");
  {
    auto store = OpenRocksStore(path);
    ASSERT_TRUE(store.ok()) << store.status();
    Batch batch;
    batch.Put("a", "1");
    ASSERT_TRUE((*store)->Write(batch).ok());
  }
  auto store = OpenRocksStore(path);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*store)->Get("a"), "1");
}

TEST(RocksStoreTest, AFolderInUseIsRefusedByName) {
  const std::string path = FreshFolder("in_use");
  auto first = OpenRocksStore(path);
  ASSERT_TRUE(first.ok());
  const auto second = OpenRocksStore(path);
  EXPECT_TRUE(base::HasReason(second.status(), base::Reason::kDataFolderInUse))
      << second.status();
}

TEST(RocksStoreTest, AFileInPlaceOfTheFolderIsRefused) {
  const std::string path = FreshFolder("file");
  std::ofstream(path) << "x";
  EXPECT_TRUE(base::HasReason(OpenRocksStore(path).status(),
                              base::Reason::kDataFolderUnusable));
}

TEST(PrefixEndTest, IsTheFirstKeyBehindThePrefix) {
  EXPECT_EQ(PrefixEnd("ab"), "ac");
  EXPECT_EQ(PrefixEnd(std::string("a\xff")), "b");
  EXPECT_EQ(PrefixEnd(std::string("\xff\xff")), "");
}

}  // namespace
}  // namespace jiedui::store
