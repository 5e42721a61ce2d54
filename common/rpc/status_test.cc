#include "common/rpc/status.h"

#include <gtest/gtest.h>

#include "common/base/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace jiedui::rpc {
namespace {

TEST(StatusTest, CarriesReasonBothLanguagesAndViolations) {
  base::Violations violations;
  violations.Add("title", base::Reason::kFieldRequired);
  const grpc::Status status = ToGrpcStatus(violations.ToStatus());
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  google::rpc::Status wire;
  ASSERT_TRUE(wire.ParseFromString(status.error_details()));
  ASSERT_EQ(wire.details_size(), 4);
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(wire.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "INVALID_FIELDS");
  EXPECT_EQ(info.domain(), "jiedui.dev");
  google::rpc::LocalizedMessage zh;
  google::rpc::LocalizedMessage en;
  ASSERT_TRUE(wire.details(1).UnpackTo(&zh));
  ASSERT_TRUE(wire.details(2).UnpackTo(&en));
  EXPECT_EQ(zh.locale(), "zh-CN");
  EXPECT_EQ(en.message(),
            "1 field(s) of the request are not acceptable: title is required: "
            "fill it in");
  google::rpc::BadRequest bad_request;
  ASSERT_TRUE(wire.details(3).UnpackTo(&bad_request));
  EXPECT_EQ(bad_request.field_violations(0).field(), "title");
}

TEST(StatusTest, StatusesFromElsewhereKeepCodeAndMessage) {
  const grpc::Status status = ToGrpcStatus(absl::NotFoundError("gone"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(), "gone");
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
}

}  // namespace
}  // namespace jiedui::rpc
