#include "services/matcher/webhook/http_post.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "absl/strings/str_cat.h"
#include "services/matcher/webhook/test_sink.h"

namespace jiedui::matcher {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr HttpOptions kToPrivate{.to_private = true};

AttemptResult PostTo(const std::string& url, HttpOptions options = kToPrivate) {
  boost::asio::io_context context;
  boost::asio::ssl::context tls = MakeTlsContext();
  HttpPost post{*ParseWebhookUrl(url), {{"X-Test", "here"}}, "{\"a\":1}"};
  auto result = boost::asio::co_spawn(
      context, Post(std::move(post), options, tls), boost::asio::use_future);
  context.run();
  return result.get();
}

TEST(HttpPostTest, PostsTheBodyWithItsHeaders) {
  TestSink sink;
  EXPECT_EQ(PostTo(sink.Url()).http_status, 200);
  const std::vector<SinkRequest> requests = sink.WaitFor(1);
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_EQ(requests[0].target(), "/hook?from=jiedui");
  EXPECT_EQ(requests[0]["X-Test"], "here");
  EXPECT_EQ(requests[0]["Content-Type"], "application/json");
  EXPECT_EQ(absl::StrCat("http://", std::string(requests[0]["Host"]),
                         "/hook?from=jiedui"),
            sink.Url());
  EXPECT_EQ(requests[0].body(), "{\"a\":1}");
}

TEST(HttpPostTest, ARedirectIsAnAnswerLikeAnother) {
  TestSink sink;
  sink.Answer({302});
  EXPECT_EQ(PostTo(sink.Url()).http_status, 302);
  EXPECT_THAT(sink.WaitFor(1), SizeIs(1));
}

TEST(HttpPostTest, AConnectionThatEndsWithoutAnswerIsNoAnswer) {
  TestSink sink;
  sink.Answer({0});
  const AttemptResult result = PostTo(sink.Url());
  EXPECT_EQ(result.http_status, 0);
  EXPECT_THAT(result.detail, Not(testing::IsEmpty()));
}

TEST(HttpPostTest, ANeighbourIsNotPostedTo) {
  TestSink sink;
  const AttemptResult result = PostTo(sink.Url(), {.to_private = false});
  EXPECT_EQ(result.http_status, 0);
  EXPECT_THAT(result.detail, HasSubstr("--webhooks-to-private"));
  const AttemptResult by_name = PostTo("http://localhost:9/", {});
  EXPECT_THAT(by_name.detail, HasSubstr("--webhooks-to-private"));
}

TEST(HttpPostTest, WhatSpeaksNoTlsIsNotTrusted) {
  TestSink sink;
  std::string url = sink.Url();
  url.insert(4, "s");
  const AttemptResult result = PostTo(url);
  EXPECT_EQ(result.http_status, 0);
}

// A listener that nobody accepts from.
TEST(HttpPostTest, PatienceEnds) {
  boost::asio::io_context context;
  boost::asio::ip::tcp::acceptor silent(
      context, {boost::asio::ip::address_v4::loopback(), 0});
  const AttemptResult result = PostTo(
      absl::StrCat("http://127.0.0.1:", silent.local_endpoint().port(), "/"),
      {.to_private = true, .patience = std::chrono::milliseconds(50)});
  EXPECT_EQ(result.http_status, 0);
  EXPECT_EQ(result.detail, "no answer in time");
}

}  // namespace
}  // namespace jiedui::matcher
