#include "common/query/page_token.h"

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace jiedui::query {
namespace {

TEST(PageTokenTest, LeadsBackToTheNameForTheSameQueryOnly) {
  const std::string token = MakePageToken("demands/D1", "state = OPEN");
  EXPECT_EQ(ReadPageToken(token, "state = OPEN").value(), "demands/D1");
  EXPECT_EQ(ReadPageToken("", "state = OPEN").value(), "");
  for (const std::string& bad :
       {token + "x", std::string("????"), std::string("AAAA")}) {
    EXPECT_TRUE(base::HasReason(ReadPageToken(bad, "state = OPEN").status(),
                                base::Reason::kBadPageToken));
  }
  EXPECT_TRUE(base::HasReason(ReadPageToken(token, "").status(),
                              base::Reason::kBadPageToken));
}

}  // namespace
}  // namespace jiedui::query
