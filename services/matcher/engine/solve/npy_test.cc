#include "services/matcher/engine/solve/npy.h"

#include "common/base/error.h"
#include "gmock/gmock.h"
#include "services/matcher/engine/solve/test_instances.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;
using testing::ElementsAre;

Reason ReasonOf(const std::string& bytes) {
  const auto array = ParseNpy(bytes, "x.npy");
  EXPECT_FALSE(array.ok());
  return base::Info(array.status())->reason;
}

TEST(NpyTest, ReadsAnArrayOfNumpysOwn) {
  const NpyArray array =
      *ParseNpy(ReadTestData("midl/scores.npy"), "scores.npy");
  EXPECT_THAT(array.shape, ElementsAre(177, 118));
  EXPECT_EQ(array.values.size(), 177u * 118u);
  const NpyArray loads = *ParseNpy(ReadTestData("midl/loads.npy"), "loads.npy");
  EXPECT_THAT(loads.shape, ElementsAre(177));
  EXPECT_THAT(loads.values, testing::Each(4.0));
}

TEST(NpyTest, ReadsEveryTypeAlike) {
  const auto values = [](std::string_view type, const std::string& bytes) {
    return ParseNpy(Npy(type, "(2,)", bytes), "x.npy")->values;
  };
  EXPECT_THAT(values("<f8", Bytes<double>({1.5, -2})), ElementsAre(1.5, -2));
  EXPECT_THAT(values("<f4", Bytes<float>({1.5, -2})), ElementsAre(1.5, -2));
  EXPECT_THAT(values("<f2", Bytes<uint16_t>({0x3E00, 0xC000})),
              ElementsAre(1.5, -2));
  EXPECT_THAT(values("<i8", Bytes<int64_t>({7, -2})), ElementsAre(7, -2));
  EXPECT_THAT(values("<i4", Bytes<int32_t>({7, -2})), ElementsAre(7, -2));
  EXPECT_THAT(values("<i2", Bytes<int16_t>({7, -2})), ElementsAre(7, -2));
  EXPECT_THAT(values("|i1", Bytes<int8_t>({7, -2})), ElementsAre(7, -2));
  EXPECT_THAT(values("<u4", Bytes<uint32_t>({7, 4'000'000'000})),
              ElementsAre(7, 4e9));
  EXPECT_THAT(values("|u1", Bytes<uint8_t>({7, 200})), ElementsAre(7, 200));
  EXPECT_THAT(values("|b1", Bytes<uint8_t>({1, 0})), ElementsAre(1, 0));
  EXPECT_THAT(values(">i2", std::string("\0\x07\xFF\xFE", 4)),
              ElementsAre(7, -2));
}

TEST(NpyTest, BringsFortranOrderIntoRowMajor) {
  const std::string bytes =
      Npy("|u1", "(2, 3)", std::string("\1\4\2\5\3\6"), /*fortran=*/true);
  EXPECT_THAT(ParseNpy(bytes, "x.npy")->values, ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(NpyTest, ReadsTheLongHeadersOfLaterVersions) {
  std::string bytes = Npy("|u1", "(1,)", "\5");
  bytes[6] = 2;
  bytes.insert(10, std::string(2, '\0'));
  EXPECT_THAT(ParseNpy(bytes, "x.npy")->values, ElementsAre(5));
}

TEST(NpyTest, AnArrayMayBeEmptyOrASingleValue) {
  EXPECT_TRUE(ParseNpy(Npy("|u1", "(0, 7)", ""), "x.npy")->values.empty());
  EXPECT_THAT(ParseNpy(Npy("|u1", "()", "\5"), "x.npy")->values,
              ElementsAre(5));
}

TEST(NpyTest, RefusesWhatIsNotAnArray) {
  const std::string good = Npy("<f8", "(2,)", Bytes<double>({1, 2}));
  ASSERT_TRUE(ParseNpy(good, "x.npy").ok());
  EXPECT_EQ(ReasonOf(""), Reason::kArrayMalformed);
  EXPECT_EQ(ReasonOf("1,2,3\n"), Reason::kArrayMalformed);
  for (size_t size = 0; size < good.size(); ++size) {
    ASSERT_EQ(ReasonOf(good.substr(0, size)), Reason::kArrayMalformed) << size;
  }
  EXPECT_EQ(ReasonOf(good + "x"), Reason::kArrayMalformed);
  EXPECT_EQ(ReasonOf(Npy("|O", "(1,)", "x")), Reason::kArrayMalformed);
  EXPECT_EQ(ReasonOf(Npy("<c8", "(1,)", "12345678")), Reason::kArrayMalformed);
}

TEST(NpyTest, ShapesBeyondTheFileTakeNoMemory) {
  EXPECT_EQ(ReasonOf(Npy("<f8", "(4000000000, 4000000000)", "")),
            Reason::kArrayMalformed);
  EXPECT_EQ(ReasonOf(Npy("<f8", "(99999999999999999999,)", "")),
            Reason::kArrayMalformed);
  EXPECT_EQ(ReasonOf(Npy("<f8", "(1000000000000,)", "")),
            Reason::kArrayMalformed);
  EXPECT_EQ(ReasonOf(Npy("<f8", "(-1,)", "")), Reason::kArrayMalformed);
}

TEST(NpyTest, RefusesValuesThatWouldBeRounded) {
  EXPECT_EQ(ReasonOf(Npy("<i8", "(1,)", Bytes<int64_t>({INT64_MAX}))),
            Reason::kValueOutOfRange);
  EXPECT_EQ(ReasonOf(Npy("<f8", "(1,)", Bytes<double>({HUGE_VAL}))),
            Reason::kValueOutOfRange);
  EXPECT_EQ(ReasonOf(Npy("<f2", "(1,)", Bytes<uint16_t>({0x7C00}))),
            Reason::kValueOutOfRange);
}

}  // namespace
}  // namespace jiedui::matcher::engine
