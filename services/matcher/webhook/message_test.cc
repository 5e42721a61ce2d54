#include "services/matcher/webhook/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jiedui::matcher {
namespace {

using testing::HasSubstr;

// Computed with: printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac KEY
TEST(MessageTest, TheSignatureIsAnHmacOfTimeAndBody) {
  EXPECT_EQ(SignatureOf("sixteen letters!", absl::FromUnixSeconds(1700000000),
                        R"({"a":1})"),
            "t=1700000000,v1="
            "05a4098144457fc851f03b578b1abb1a878a9090ba7355a09a3f121b5000bf10");
}

TEST(MessageTest, TheBodyIsThePublicNotice) {
  store::v1::NoticeRecord record;
  record.mutable_notice()->set_name("notices/N00000001");
  record.mutable_notice()->set_state("UNREAD");
  record.mutable_notice()->mutable_zh()->set_title("邀约");
  const std::string body = BodyOf(record);
  EXPECT_THAT(body, HasSubstr(R"("name":"notices/N00000001")"));
  EXPECT_THAT(body, HasSubstr(R"("state":"STATE_UNREAD")"));
  EXPECT_THAT(body, HasSubstr(R"("title":"邀约")"));
}

}  // namespace
}  // namespace jiedui::matcher
