#include "services/matcher/domain/webhook_url.h"

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace jiedui::matcher {
namespace {

TEST(WebhookUrlTest, TakesAUrlApart) {
  const auto url =
      ParseWebhookUrl("https://hooks.example.org:8443/a/b?c=d%20e");
  ASSERT_TRUE(url.ok());
  EXPECT_EQ(*url, (WebhookUrl{true, "hooks.example.org", 8443, "/a/b?c=d%20e",
                              "hooks.example.org:8443"}));
}

TEST(WebhookUrlTest, FillsInWhatIsUsual) {
  const auto http = ParseWebhookUrl("HTTP://example.org");
  ASSERT_TRUE(http.ok());
  EXPECT_EQ(*http, (WebhookUrl{false, "example.org", 80, "/", "example.org"}));
  const auto https = ParseWebhookUrl("https://example.org:443?x");
  ASSERT_TRUE(https.ok());
  EXPECT_EQ(*https,
            (WebhookUrl{true, "example.org", 443, "/?x", "example.org"}));
}

TEST(WebhookUrlTest, AnAddressHasNoBracketsButInTheHostHeader) {
  const auto url = ParseWebhookUrl("http://[::1]:81/x");
  ASSERT_TRUE(url.ok());
  EXPECT_EQ(*url, (WebhookUrl{false, "::1", 81, "/x", "[::1]:81"}));
}

TEST(WebhookUrlTest, RefusesWhatIsNoPlainHttpUrl) {
  for (const std::string& wrong :
       {std::string(""), std::string("example.org/x"),
        std::string("ftp://example.org/"), std::string("file:///etc/passwd"),
        std::string("http:///x"), std::string("http://user@example.org/"),
        std::string("http://example.org/#part"),
        std::string("http://example.org:/"), std::string("http://a:0/"),
        std::string("http://a:65536/"), std::string("http://%6c/"),
        std::string("http://a b/"), std::string("http://a/\r\nX: y"),
        "http://a/" + std::string(2048, 'x')}) {
    EXPECT_TRUE(base::HasReason(ParseWebhookUrl(wrong).status(),
                                base::Reason::kInvalidFields))
        << wrong;
  }
}

}  // namespace
}  // namespace jiedui::matcher
