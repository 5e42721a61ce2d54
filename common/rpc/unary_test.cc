#include "common/rpc/unary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/rpc/test_service.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace jiedui::rpc {
namespace {

using volunteer::v1::CreateProjectRequest;
using volunteer::v1::Project;

class CommitTest : public testing::Test {
 protected:
  struct Answer {
    grpc::Status status;
    Project project;
  };

  static CreateProjectRequest Request(const std::string& display_name,
                                      const std::string& request_id = "") {
    CreateProjectRequest request;
    request.mutable_project()->set_display_name(display_name);
    request.set_request_id(request_id);
    return request;
  }

  Answer Create(const CreateProjectRequest& request,
                const std::string& actor = "") {
    grpc::ClientContext context;
    if (!actor.empty()) context.AddMetadata(kActorMetadata, actor);
    context.set_deadline(absl::ToChronoTime(deadline_));
    Answer answer;
    answer.status = stub_->CreateProject(&context, request, &answer.project);
    return answer;
  }

  absl::Time deadline_ = absl::InfiniteFuture();
  store::MemoryStore store_;
  base::ManualClock clock_{base::Clock::System().Now()};
  TestServer server_{&store_, ServerOptions(), nullptr, &clock_};
  // Over a socket, where headers have their limits.
  const std::unique_ptr<volunteer::v1::VolunteerService::Stub> stub_ =
      volunteer::v1::VolunteerService::NewStub(
          ConnectTo(absl::StrCat("127.0.0.1:", server_.server().port())));
};

TEST_F(CommitTest, TheReplyIsWhatIsDurable) {
  const Answer answer = Create(Request("x"), "zhang");
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.project.name(), "projects/P00000001");
  EXPECT_TRUE(runtime::Projects::Find(store_, answer.project.name()));
  EXPECT_EQ(journal::Journal::Read(store_, 1)->entries(0).actor(), "zhang");
}

TEST_F(CommitTest, ARepeatedRequestIdGetsTheSameReplyAndOneEffect) {
  ASSERT_EQ(Create(Request("x", "r1")).project.name(), "projects/P00000001");
  const Answer again = Create(Request("x", "r1"));
  ASSERT_TRUE(again.status.ok());
  EXPECT_EQ(again.project.name(), "projects/P00000001");
  EXPECT_EQ(server_.writer().head(), 1u);
  // Another caller's ids are another caller's.
  EXPECT_EQ(Create(Request("x", "r1"), "li").project.name(),
            "projects/P00000002");
}

TEST_F(CommitTest, ARequestIdUsedForAnotherRequestIsRefused) {
  ASSERT_TRUE(Create(Request("x", "r1")).status.ok());
  const Answer reused = Create(Request("y", "r1"));
  EXPECT_EQ(reused.status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(ReasonOf(reused.status), "REQUEST_ID_REUSED");
  EXPECT_EQ(server_.writer().head(), 1u);
}

TEST_F(CommitTest, AFailedRequestMayBeMendedUnderTheSameId) {
  EXPECT_FALSE(Create(Request("", "r1")).status.ok());
  EXPECT_TRUE(Create(Request("x", "r1")).status.ok());
}

TEST_F(CommitTest, ARequestIdTooLongIsRefused) {
  EXPECT_TRUE(Create(Request("x", std::string(64, 'r'))).status.ok());
  const Answer answer = Create(Request("x", std::string(65, 'r')));
  EXPECT_EQ(ReasonOf(answer.status), "INVALID_FIELDS");
  EXPECT_EQ(server_.writer().head(), 1u);
}

TEST_F(CommitTest, ACommandThatComesTooLateIsNotRun) {
  clock_.Advance(absl::Hours(2));
  deadline_ = base::Clock::System().Now() + absl::Hours(1);
  const Answer answer = Create(Request("x"));
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(ReasonOf(answer.status), "DEADLINE_EXCEEDED");
  EXPECT_EQ(server_.writer().head(), 0u);
}

TEST_F(CommitTest, ErrorsCarryTheirDetails) {
  const Answer answer = Create(Request(""));
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(answer.status), "INVALID_FIELDS");
  google::rpc::Status wire;
  ASSERT_TRUE(wire.ParseFromString(answer.status.error_details()));
  google::rpc::BadRequest bad_request;
  ASSERT_TRUE(wire.details(3).UnpackTo(&bad_request));
  EXPECT_EQ(bad_request.field_violations(0).field(), "project.display_name");
}

}  // namespace
}  // namespace jiedui::rpc
