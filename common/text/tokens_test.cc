#include "common/text/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace jiedui::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using Entries = std::vector<Lexicon::Entry>;

TEST(Tokenize, PairsNeighbouringHanCharacters) {
  EXPECT_THAT(Tokenize("罗非鱼"),
              UnorderedElementsAre(Token::Bigram(U'罗', U'非'),
                                   Token::Bigram(U'非', U'鱼')));
}

TEST(Tokenize, KeepsALoneHanCharacter) {
  EXPECT_THAT(Tokenize("LED灯，茶"),
              UnorderedElementsAre(Token::Word("led"), Token::Han(U'灯'),
                                   Token::Han(U'茶')));
}

TEST(Tokenize, DoesNotPairAcrossPunctuation) {
  EXPECT_THAT(Tokenize("茶、果"),
              UnorderedElementsAre(Token::Han(U'茶'), Token::Han(U'果')));
}

TEST(Tokenize, TakesNumbersWithTheirDecimals) {
  EXPECT_THAT(Tokenize("pH 6.5, 2025."),
              UnorderedElementsAre(Token::Word("ph"), Token::Word("6.5"),
                                   Token::Word("2025")));
}

TEST(Tokenize, SplitsIdentifiersAtTheirDashes) {
  EXPECT_THAT(Tokenize("MM-GZ-003"),
              UnorderedElementsAre(Token::Word("mm"), Token::Word("gz"),
                                   Token::Word("003")));
}

TEST(Tokenize, GivesEachTokenOnceAndInOrder) {
  const auto tokens = Tokenize("鱼塘鱼塘 b a B 茶");
  EXPECT_TRUE(std::is_sorted(tokens.begin(), tokens.end()));
  EXPECT_EQ(tokens.size(), 5u);  // 鱼塘 塘鱼 b a 茶
}

TEST(Tokenize, HandlesCharactersBeyondTheBasicPlane) {
  EXPECT_THAT(Tokenize("𠮷野"), ElementsAre(Token::Bigram(U'𠮷', U'野')));
}

TEST(Token, BitsNeverChange) {
  EXPECT_EQ(Token::Bigram(U'荔', U'枝').bits(),
            uint64_t{2} << 60 | uint64_t{0x8354} << 21 | 0x679d);
  EXPECT_EQ(Token::Word("led").bits(), 3635095500464340043u);
}

TEST(Lexicon, FindsTheLongestTermAtEachPlace) {
  const Lexicon lexicon(Entries{{"水产", "水产"}, {"水产养殖", "水产养殖"}});
  EXPECT_THAT(lexicon.Find("淡水产养殖与水产加工"),
              ElementsAre(Token::Term("水产养殖"), Token::Term("水产")));
}

TEST(Lexicon, DoesNotOverlapTerms) {
  const Lexicon lexicon(Entries{{"水产养殖", "a"}, {"养殖技术", "b"}});
  EXPECT_THAT(lexicon.Find("水产养殖技术"), ElementsAre(Token::Term("a")));
}

TEST(Lexicon, GivesSynonymsOneMeaning) {
  const Lexicon lexicon(Entries{{"果树学", "果树学"}, {"果树", "果树学"}});
  EXPECT_EQ(lexicon.Find("果树病害"), lexicon.Find("果树学"));
}

TEST(Lexicon, LeavesOutWordsThatSayTooLittle) {
  const Lexicon lexicon(Entries{{"茶", "茶"}, {"led", "led"}});
  EXPECT_THAT(lexicon.Find("茶 led"), IsEmpty());
}

TEST(Tokenize, AddsTermsOfTheLexicon) {
  const Lexicon lexicon(Entries{{"荔枝", "荔枝"}});
  EXPECT_THAT(Tokenize("荔枝", &lexicon),
              ElementsAre(Token::Bigram(U'荔', U'枝'), Token::Term("荔枝")));
}

}  // namespace
}  // namespace jiedui::text
