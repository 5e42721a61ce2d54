#include "common/text/taxonomy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jiedui::text {
namespace {

using ::testing::ElementsAre;

TEST(TaxonomyLexicon, FindsNamesOfBothClassifications) {
  EXPECT_THAT(TaxonomyLexicon().Find("园艺学与精制茶加工"),
              ElementsAre(Token::Term("园艺学"), Token::Term("精制茶加工")));
}

TEST(TaxonomyLexicon, FindsNamesWithoutTheirEnding) {
  EXPECT_THAT(TaxonomyLexicon().Find("果树病害"),
              ElementsAre(Token::Term("果树学")));
}

}  // namespace
}  // namespace jiedui::text
