#include "tools/corps/generate.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "common/base/error.h"
#include "tools/corps/sheets.h"

namespace jiedui::corps {
namespace {

Corps SmallCorps() {
  absl::StatusOr<Corps> corps = Corps::Create({.region = "440000",
                                               .volunteers = 300,
                                               .teams = 30,
                                               .demands = 100,
                                               .projects = 50,
                                               .enterprises = 60,
                                               .stations = 10});
  EXPECT_TRUE(corps.ok()) << corps.status();
  return *std::move(corps);
}

std::string InMemory(const Corps& corps, const Sheet& sheet) {
  std::string out(sheet.header);
  out += '\n';
  for (uint64_t i = 0; i < sheet.count(corps); ++i) {
    sheet.append(corps, i, out);
  }
  return out;
}

class WriteSheetsTest : public testing::Test {
 protected:
  WriteSheetsTest()
      : path_(std::filesystem::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(path_);
  }
  ~WriteSheetsTest() override { std::filesystem::remove_all(path_); }

  std::string Read(std::string_view file) const {
    std::ifstream in(path_ / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  const std::filesystem::path path_;
};

TEST_F(WriteSheetsTest, FilesHoldWhatIsMadeInMemory) {
  const Corps corps = SmallCorps();
  int finished = 0;
  const absl::Status status = WriteSheets(
      corps, path_.string(), false, [&finished](const Progress& progress) {
        if (progress.rows == progress.total) ++finished;
      });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(finished, 7);
  for (const Sheet& sheet : Sheets()) {
    EXPECT_EQ(Read(sheet.file), InMemory(corps, sheet)) << sheet.file;
  }
}

TEST_F(WriteSheetsTest, NothingIsReplacedUnlessAskedTo) {
  std::filesystem::create_directories(path_);
  std::ofstream(path_ / "demands.csv") << "mine";
  const Corps corps = SmallCorps();
  const auto ignore = [](const Progress&) {};
  const absl::Status refused =
      WriteSheets(corps, path_.string(), false, ignore);
  EXPECT_TRUE(base::HasReason(refused, base::Reason::kDataFolderUnusable));
  EXPECT_EQ(Read("demands.csv"), "mine");
  EXPECT_FALSE(std::filesystem::exists(path_ / "volunteers.csv"));
  EXPECT_TRUE(WriteSheets(corps, path_.string(), true, ignore).ok());
  EXPECT_NE(Read("demands.csv"), "mine");
}

TEST_F(WriteSheetsTest, AFolderThatIsAFileIsAnError) {
  std::ofstream(path_) << "a file";
  const absl::Status status =
      WriteSheets(SmallCorps(), path_.string(), false, [](const Progress&) {});
  EXPECT_TRUE(base::HasReason(status, base::Reason::kDataFolderUnusable));
}

}  // namespace
}  // namespace jiedui::corps
