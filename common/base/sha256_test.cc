#include "common/base/sha256.h"

#include <gtest/gtest.h>

namespace jiedui::base {
namespace {

// The published vectors of FIPS 180-4.
TEST(Sha256Test, AgreesWithPublishedVectors) {
  EXPECT_EQ(Hex(Sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb924"
            "27ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hex(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223"
            "b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256Test, PartsAreHashedAsOneText) {
  EXPECT_EQ(Sha256({"a", "", "bc"}), Sha256("abc"));
}

}  // namespace
}  // namespace jiedui::base
