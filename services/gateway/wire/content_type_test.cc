#include "services/gateway/wire/content_type.h"

#include <gtest/gtest.h>

namespace jiedui::gateway {
namespace {

TEST(ContentTypeTest, TheFourNamesOfGrpcWeb) {
  EXPECT_EQ(ModeOf("application/grpc-web"), Mode::kBinary);
  EXPECT_EQ(ModeOf("application/grpc-web+proto"), Mode::kBinary);
  EXPECT_EQ(ModeOf("application/grpc-web-text"), Mode::kText);
  EXPECT_EQ(ModeOf("application/grpc-web-text+proto"), Mode::kText);
  EXPECT_EQ(ModeOf("Application/gRPC-Web-Text; charset=utf-8"), Mode::kText);
}

TEST(ContentTypeTest, NothingElse) {
  for (const char* name :
       {"", "application/grpc", "application/grpc-web+json",
        "application/grpc-web-text+thrift", "application/grpc-webs",
        "text/plain", "application/json", ";application/grpc-web"}) {
    EXPECT_EQ(ModeOf(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace jiedui::gateway
