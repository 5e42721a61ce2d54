#include "common/query/field_mask.h"

#include <gtest/gtest.h>

#include "common/base/error.h"
#include "jiedui/demand/v1/demand.pb.h"

namespace jiedui::query {
namespace {

class CopyMaskedTest : public testing::Test {
 protected:
  CopyMaskedTest() {
    to_.set_name("demands/D1");
    to_.set_title("old");
    to_.set_risks("old");
    to_.add_subjects("1");
    from_.set_name("demands/D2");
    from_.set_title("new");
    from_.add_subjects("2");
    from_.add_subjects("3");
  }

  absl::Status Copy(std::initializer_list<const char*> paths) {
    google::protobuf::FieldMask mask;
    for (const char* path : paths) mask.add_paths(path);
    return CopyMasked(mask, {"name", "state"}, from_, to_);
  }

  demand::v1::Demand from_;
  demand::v1::Demand to_;
};

TEST_F(CopyMaskedTest, ChangesNamedFieldsOnlyAndCanClearThem) {
  ASSERT_TRUE(Copy({"risks", "subjects"}).ok());
  EXPECT_EQ(to_.title(), "old");
  EXPECT_EQ(to_.risks(), "");
  EXPECT_EQ(to_.subjects_size(), 2);
}

TEST_F(CopyMaskedTest, AnEmptyMaskNamesWhatIsSet) {
  ASSERT_TRUE(Copy({}).ok());
  EXPECT_EQ(to_.name(), "demands/D1");
  EXPECT_EQ(to_.title(), "new");
  EXPECT_EQ(to_.risks(), "old");
}

TEST_F(CopyMaskedTest, AStarNamesAllThatMayChange) {
  ASSERT_TRUE(Copy({"*"}).ok());
  EXPECT_EQ(to_.name(), "demands/D1");
  EXPECT_EQ(to_.risks(), "");
}

TEST_F(CopyMaskedTest, RefusesFixedAndUnknownPathsWithoutChanges) {
  for (const char* path : {"name", "no_such", "requester.name"}) {
    EXPECT_TRUE(
        base::HasReason(Copy({"title", path}), base::Reason::kBadUpdateMask))
        << path;
  }
  EXPECT_EQ(to_.title(), "old");
}

TEST_F(CopyMaskedTest, NamingAFieldTwiceChangesItOnce) {
  ASSERT_TRUE(Copy({"title", "title"}).ok());
  EXPECT_EQ(to_.title(), "new");
}

}  // namespace
}  // namespace jiedui::query
