#include "common/codes/subjects.h"

#include <gtest/gtest.h>

namespace jiedui::codes {
namespace {

TEST(SubjectsTest, ParentsLeadUpToTheSection) {
  const Subject* const subject = FindSubject("2104510");
  ASSERT_NE(subject, nullptr);
  EXPECT_EQ(subject->name, "农产品贮藏与加工");
  ASSERT_NE(subject->parent, nullptr);
  EXPECT_EQ(subject->parent->code, "21045");
  EXPECT_EQ(subject->parent->parent->code, "210");
  EXPECT_EQ(subject->parent->parent->parent->code, "B");
  EXPECT_EQ(subject->parent->parent->parent->parent, nullptr);
}

TEST(SubjectsTest, EverySubjectIsFoundAndStandsUnderAShorterPrefix) {
  for (const Subject& subject : AllSubjects()) {
    ASSERT_EQ(FindSubject(subject.code), &subject) << subject.code;
    ASSERT_NE(FindSubjectByName(subject.name), nullptr) << subject.name;
    if (subject.code.size() == 1) continue;
    ASSERT_NE(subject.parent, nullptr) << subject.code;
    if (subject.code.size() > 3) {
      ASSERT_TRUE(subject.code.starts_with(subject.parent->code))
          << subject.code;
    }
  }
}

TEST(SubjectsTest, RowsLostFromTheSourceAreThere) {
  EXPECT_EQ(FindSubject("32044")->name, "口腔医学");
  EXPECT_EQ(FindSubject("3204410")->parent->code, "32044");
  EXPECT_EQ(FindSubject("850")->parent->code, "E");
  EXPECT_EQ(FindSubject("8501020")->parent->code, "85010");
}

TEST(SubjectsTest, ANameOfTwoLevelsMeansTheBroader) {
  EXPECT_EQ(FindSubjectByName("农产品贮藏与加工")->code, "21045");
  EXPECT_EQ(FindSubjectByName("心理语言学")->code, "74030");
  EXPECT_EQ(FindSubjectByName("心理人类学")->code, "1806735");
}

TEST(SubjectsTest, UnknownCodesAndNamesAreNull) {
  for (const char* const text : {"", "2", "21", "999", "2104", "210999", "Z"}) {
    EXPECT_EQ(FindSubject(text), nullptr) << text;
  }
  EXPECT_EQ(FindSubjectByName("炼金术"), nullptr);
  EXPECT_EQ(FindSubjectByName(""), nullptr);
}

TEST(SubjectsTest, SimilarityFollowsSharedDigits) {
  EXPECT_EQ(SubjectSimilarity("2104510", "2104510"), 1'000'000);
  EXPECT_EQ(SubjectSimilarity("21045", "2104510"), 800'000);
  EXPECT_EQ(SubjectSimilarity("2104510", "21045"), 800'000);
  EXPECT_EQ(SubjectSimilarity("2104510", "2104520"), 550'000);
  EXPECT_EQ(SubjectSimilarity("210", "2104510"), 450'000);
  EXPECT_EQ(SubjectSimilarity("210", "210"), 450'000);
  EXPECT_EQ(SubjectSimilarity("21045", "21040"), 300'000);
  EXPECT_EQ(SubjectSimilarity("2104510", "2104010"), 300'000);
  EXPECT_EQ(SubjectSimilarity("210", "220"), 0);
  EXPECT_EQ(SubjectSimilarity("B", "B"), 0);
}

TEST(SubjectsTest, OnlyASubjectThatIsDividedNoFurtherIsAllOfItself) {
  EXPECT_EQ(SubjectSimilarity("24020", "24020"), 1'000'000);  // 水产养殖学
  EXPECT_EQ(SubjectSimilarity("21045", "21045"), 800'000);
}

}  // namespace
}  // namespace jiedui::codes
