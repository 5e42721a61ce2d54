#include "services/matcher/domain/view.h"

#include <gtest/gtest.h>

namespace jiedui::matcher {
namespace {

TEST(ViewTest, OfANameOnlyTheFamilysIsTold) {
  EXPECT_EQ(FamilyName("张三"), "张老师");
  EXPECT_EQ(FamilyName("欧阳修"), "欧阳老师");
  EXPECT_EQ(FamilyName("司马"), "司老师");
  EXPECT_EQ(FamilyName("Smith"), "S老师");
  EXPECT_EQ(FamilyName(""), "老师");
}

TEST(ViewTest, NamesAreToldOnceBothSidesHaveAccepted) {
  event::v1::Pairing pairing;
  for (const char* state :
       {"PROPOSED", "OVERRIDDEN", "APPROVED", "OFFERED", "REJECTED", "DECLINED",
        "CANCELLED", "SUPERSEDED"}) {
    pairing.set_state(state);
    EXPECT_FALSE(IsDisclosed(pairing)) << state;
  }
  for (const char* state : {"ACCEPTED", "ACTIVE", "COMPLETED", "EVALUATED"}) {
    pairing.set_state(state);
    EXPECT_TRUE(IsDisclosed(pairing)) << state;
  }
}

}  // namespace
}  // namespace jiedui::matcher
