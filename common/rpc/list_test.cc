#include "common/rpc/list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/query/convert.h"
#include "common/runtime/test_registry.h"
#include "common/store/memory_store.h"
#include "jiedui/volunteer/v1/supply.pb.h"

namespace jiedui::rpc {
namespace {

using base::HasReason;
using base::Reason;
using runtime::ProjectKind;
using Api = volunteer::v1::Project;

class ListTest : public testing::Test {
 protected:
  // Every third one is about 荔枝.
  void Fill(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string text = i % 3 == 0 ? "荔枝保鲜" : "对虾养殖";
      index_.Put(runtime::CreateProject(txn_, absl::StrCat("E", i), text),
                 text);
    }
  }

  absl::Status Page(const ListQuery& query,
                    const text::SearchIndex* index = nullptr) {
    projects_.Clear();
    next_.clear();
    return ListPage<ProjectKind>(
        txn_, query, index,
        [](const auto& record, Api* api) {
          query::CopyByName(record.project(), *api);
        },
        &projects_, &next_);
  }

  // All pages of a query: external ids, a page each.
  std::vector<std::string> Pages(ListQuery query,
                                 const text::SearchIndex* index = nullptr) {
    std::vector<std::string> pages;
    do {
      const absl::Status status = Page(query, index);
      EXPECT_TRUE(status.ok()) << status;
      std::string& page = pages.emplace_back();
      for (const Api& project : projects_) page += project.external_id();
      query.page_token = next_;
    } while (!next_.empty());
    return pages;
  }

  store::MemoryStore store_;
  runtime::TestRegistry machine_;
  runtime::Transaction txn_{&store_, &machine_, absl::UnixEpoch(), "tester"};
  text::SearchIndex index_;
  google::protobuf::RepeatedPtrField<Api> projects_;
  std::string next_;
};

TEST_F(ListTest, PagesHoldEverythingOnceInTheOrderOfNames) {
  Fill(7);
  EXPECT_THAT(Pages({.page_size = 3}),
              testing::ElementsAre("E0E1E2", "E3E4E5", "E6"));
  EXPECT_THAT(Pages({.page_size = 7}), testing::ElementsAre("E0E1E2E3E4E5E6"));
  EXPECT_THAT(Pages({}), testing::ElementsAre("E0E1E2E3E4E5E6"));
}

TEST_F(ListTest, AnEmptyCollectionIsOneEmptyPage) {
  EXPECT_THAT(Pages({.page_size = 3}), testing::ElementsAre(""));
}

TEST_F(ListTest, AFilterLeavesOutButPagesStayFull) {
  Fill(9);
  EXPECT_THAT(Pages({.page_size = 2, .filter = "display_name : 荔枝"}),
              testing::ElementsAre("E0E3", "E6"));
}

TEST_F(ListTest, ASearchIsPagedAndFilteredToo) {
  Fill(9);
  EXPECT_THAT(Pages({.page_size = 2, .query = "荔枝"}, &index_),
              testing::ElementsAre("E0E3", "E6"));
  EXPECT_THAT(Pages({.filter = "external_id = E3", .query = "荔枝"}, &index_),
              testing::ElementsAre("E3"));
  EXPECT_THAT(Pages({.query = "陶瓷"}, &index_), testing::ElementsAre(""));
}

TEST_F(ListTest, PageSizesOutOfRangeAreRefused) {
  Fill(1);
  EXPECT_TRUE(Page({.page_size = kMaxPageSize}).ok());
  for (const int size : {-1, kMaxPageSize + 1}) {
    const absl::Status status = Page({.page_size = size});
    ASSERT_TRUE(HasReason(status, Reason::kInvalidFields)) << status;
    EXPECT_EQ(base::Info(status)->violations[0].field, "page_size");
  }
}

TEST_F(ListTest, ABadFilterOrTokenIsRefused) {
  EXPECT_TRUE(HasReason(Page({.filter = "colour = red"}), Reason::kBadFilter));
  EXPECT_TRUE(
      HasReason(Page({.page_token = "nonsense"}), Reason::kBadPageToken));
}

TEST_F(ListTest, ATokenServesOnlyTheQueryItWasMadeFor) {
  Fill(5);
  ASSERT_TRUE(Page({.page_size = 2}).ok());
  const std::string token = next_;
  EXPECT_TRUE(Page({.page_size = 1, .page_token = token}).ok());
  EXPECT_TRUE(
      HasReason(Page({.page_token = token, .filter = "display_name : 荔"}),
                Reason::kBadPageToken));
  EXPECT_TRUE(HasReason(Page({.page_token = token, .query = "荔枝"}, &index_),
                        Reason::kBadPageToken));
}

TEST_F(ListTest, AFilterThatFewRowsPassEndsThePageAfterItsBudget) {
  Fill(kMaxRowsLookedAt + 2);
  const std::string last = absl::StrCat("E", kMaxRowsLookedAt + 1);
  EXPECT_THAT(Pages({.filter = "external_id = " + last}),
              testing::ElementsAre("", last));
}

}  // namespace
}  // namespace jiedui::rpc
