// Which web pages may call.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/gateway/probe_server.h"
#include "tests/gateway/raw_client.h"

namespace jiedui::gateway {
namespace {

using probe::v1::Plan;
using testing::HasSubstr;

constexpr char kPage[] = "https://jiedui.example.org";
constexpr char kHeaders[] =
    "content-type,x-grpc-web,x-user-agent,grpc-timeout,authorization";

GatewayOptions OptionsFor(std::vector<std::string> origins) {
  GatewayOptions options = ProbeOptions();
  options.origins = std::move(origins);
  return options;
}

HttpAnswer Preflight(const ProbeServer& server, const std::string& origin) {
  RawClient client(server.web_port());
  client.Send(absl::StrCat(
      "OPTIONS ", kUnary, " HTTP/1.1\r\nHost: api.test\r\n", "Origin: ", origin,
      "\r\nAccess-Control-Request-Method: POST\r\n",
      "Access-Control-Request-Headers: ", kHeaders, "\r\n\r\n"));
  return client.Read().value_or(HttpAnswer());
}

TEST(CorsTest, APageOnTheListMayCallAndSendWhatClientsSend) {
  const ProbeServer server(OptionsFor({"https://other.test", kPage}));
  const HttpAnswer answer = Preflight(server, kPage);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.Header("access-control-allow-origin"), kPage);
  EXPECT_EQ(answer.Header("access-control-allow-methods"), "POST, OPTIONS");
  EXPECT_EQ(answer.Header("access-control-allow-headers"), kHeaders);
  EXPECT_EQ(answer.Header("access-control-max-age"), "7200");
  EXPECT_EQ(answer.Header("vary"), "Origin");
}

TEST(CorsTest, APageNotOnTheListMayNot) {
  const ProbeServer server(OptionsFor({kPage}));
  for (const char* origin :
       {"https://evil.test", "https://jiedui.example.org.evil.test",
        "http://jiedui.example.org", "null", "https://jiedui.example.org:444",
        "https://JIEDUI.example.org"}) {
    const HttpAnswer answer = Preflight(server, origin);
    EXPECT_EQ(answer.status, 403) << origin;
    EXPECT_EQ(answer.Header("access-control-allow-origin"), "");
    RawClient client(server.web_port());
    client.Send(Post(kUnary, Frame(Plan()), kBinary, {{"Origin", origin}}));
    const HttpAnswer call = client.Read().value();
    EXPECT_EQ(call.status, 403) << origin;
    EXPECT_EQ(call.Header("access-control-allow-origin"), "");
  }
}

TEST(CorsTest, AnswersSayWhoMayReadThemAndWhichHeaders) {
  const ProbeServer server(OptionsFor({kPage}));
  Plan plan;
  plan.add_headers()->set_name("x-custom-header");
  plan.mutable_headers(0)->set_value("1");
  for (const char* path : {kUnary, kStream}) {
    const WebAnswer answer =
        CallOnce(server.web_port(),
                 Post(path, Frame(plan), kBinary, {{"Origin", kPage}}));
    EXPECT_EQ(answer.code, 0);
    EXPECT_EQ(answer.http.Header("access-control-allow-origin"), kPage);
    EXPECT_EQ(answer.http.Header("vary"), "Origin");
    const std::string exposed =
        answer.http.Header("access-control-expose-headers");
    for (const char* name : {"grpc-status", "grpc-message", "x-custom-header",
                             "grpc-status-details-bin"}) {
      EXPECT_THAT(exposed, HasSubstr(name));
    }
  }
}

TEST(CorsTest, AnyPageMayBeAllowedButNeverWithCredentials) {
  const ProbeServer server(OptionsFor({"*"}));
  const HttpAnswer answer = Preflight(server, "https://a.test");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.Header("access-control-allow-origin"), "*");
  EXPECT_EQ(answer.Header("access-control-allow-credentials"), "");
}

TEST(CorsTest, ThePagesOfTheGatewayItselfMayCall) {
  const ProbeServer server(OptionsFor({}));
  const WebAnswer answer = CallOnce(
      server.web_port(),
      Post(kUnary, Frame(Plan()), kBinary, {{"Origin", "http://localhost"}}));
  EXPECT_EQ(answer.code, 0);
}

TEST(CorsTest, AForeignNameThatPointsHereIsNotOurs) {
  GatewayOptions options = OptionsFor({});
  options.hosts = {"jiedui.example.org"};
  const ProbeServer server(options);
  const auto status = [&server](const std::string& host) {
    RawClient client(server.web_port());
    client.Send(absl::StrCat("OPTIONS ", kUnary, " HTTP/1.1\r\nHost: ", host,
                             "\r\nOrigin: http://", host, "\r\n\r\n"));
    return client.Read().value_or(HttpAnswer()).status;
  };
  EXPECT_EQ(status("evil.example:7380"), 421);
  EXPECT_EQ(status("evil.example"), 421);
  EXPECT_EQ(status("localhost.evil.example"), 421);
  EXPECT_EQ(status("127.0.0.1.evil.example"), 421);
  EXPECT_EQ(status("Jiedui.Example.org:443"), 204);
  EXPECT_EQ(status("127.0.0.1:7380"), 204);
  EXPECT_EQ(status("[::1]:7380"), 204);
  EXPECT_EQ(status("localhost:7380"), 204);
}

TEST(CorsTest, TheSameHostUnderAnotherSchemeIsAnotherSite) {
  const ProbeServer server(OptionsFor({}));
  RawClient client(server.web_port());
  client.Send(
      Post(kUnary, Frame(Plan()), kBinary, {{"Origin", "https://localhost"}}));
  EXPECT_EQ(client.Read().value().status, 403);
}

TEST(CorsTest, WhatAPageAsksToSendIsNotEchoedWhenItIsNoListOfNames) {
  const ProbeServer server(OptionsFor({kPage}));
  RawClient client(server.web_port());
  client.Send(absl::StrCat(
      "OPTIONS ", kUnary, " HTTP/1.1\r\nHost: a\r\nOrigin: ", kPage,
      "\r\nAccess-Control-Request-Headers: a<b>;\r\n\r\n"));
  const HttpAnswer answer = client.Read().value();
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.Header("access-control-allow-headers"), "");
}

}  // namespace
}  // namespace jiedui::gateway
