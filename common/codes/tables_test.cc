#include "common/codes/tables.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "common/codes/embedded.h"
#include "common/codes/regions.h"

namespace jiedui::codes {
namespace {

std::string ReadSource(const std::string& name) {
  std::ifstream in(std::string(JIEDUI_SOURCE_DIR) + "/common/codes/" + name,
                   std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

TEST(TablesTest, TheBinaryCarriesTheCommittedFilesByteForByte) {
  EXPECT_TRUE(EmbeddedRegions() == ReadSource("regions.tsv"));
  EXPECT_TRUE(EmbeddedSubjects() == ReadSource("subjects-gbt13745-2009.csv"));
  EXPECT_TRUE(EmbeddedIndustries() ==
              ReadSource("industries-gbt4754-2017.csv"));
  EXPECT_TRUE(EmbeddedCrosswalk() == ReadSource("crosswalk.csv"));
}

TEST(TablesTest, TheRegionTableStaysSmall) {
  EXPECT_LT(EmbeddedRegions().size(), 2u << 20);
}

TEST(TablesTest, VersionNamesEveryTable) {
  EXPECT_EQ(TablesVersion(),
            "regions 2023-06-30 / GB/T 13745-2009 / GB/T 4754-2017 / "
            "crosswalk 1");
  EXPECT_EQ(TablesHash().size(), 64u);
  EXPECT_EQ(TablesHash(), TablesHash());
}

// Also under ThreadSanitizer: the first use may come from several threads.
TEST(TablesTest, ManyThreadsMayBeTheFirstToUseTheTables) {
  std::vector<std::thread> threads;
  std::vector<const Region*> found(8);
  for (size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&found, i] {
      LoadTables();
      found[i] = FindRegion("440981");
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Region* const region : found) {
    ASSERT_NE(region, nullptr);
    EXPECT_EQ(region, found.front());
  }
}

}  // namespace
}  // namespace jiedui::codes
