// The server cases of connectrpc/conformance that concern gRPC-web (69) and of
// grpc-web's interop suite (7), as tests of this project under their own names.
// https://github.com/connectrpc/conformance, testsuites/data/*.yaml;
// https://github.com/grpc/grpc/blob/master/doc/interop-test-descriptions.md
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/gateway/probe_server.h"
#include "tests/gateway/raw_client.h"

namespace jiedui::gateway {
namespace {

using grpc::StatusCode;
using probe::v1::Line;
using probe::v1::Plan;
using probe::v1::ProbeRequest;
using testing::AllOf;
using testing::ElementsAre;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

using Lines = google::protobuf::RepeatedPtrField<Line>;
using Values = std::vector<std::string>;

ProbeServer& Server() {
  static auto* const server = new ProbeServer(ProbeOptions());
  return *server;
}

void Add(Lines* lines, const std::string& name, const Values& values) {
  for (const std::string& value : values) {
    lines->Add()->set_name(name);
    lines->rbegin()->set_value(value);
  }
}

// A plan with the suites' usual header and trailer.
Plan PlanOf(int messages, const Values& header = {"foo"},
            const Values& trailer = {"bing"}) {
  Plan plan;
  plan.set_messages(messages);
  plan.set_size(13);  // "test response"
  Add(plan.mutable_headers(), "x-custom-header", header);
  Add(plan.mutable_trailers(), "x-custom-trailer", trailer);
  return plan;
}

Plan Failing(Plan plan, int code, const std::string& message) {
  plan.set_code(code);
  plan.set_message(message);
  return plan;
}

const std::vector<HeaderLine> kTestHeaders = {{"X-Conformance-Test", "Value1"},
                                              {"X-Conformance-Test", "Value2"}};

WebAnswer Call(const char* path, const Plan& plan,
               const std::vector<HeaderLine>& headers = kTestHeaders) {
  return CallOnce(Server().web_port(),
                  Post(path, Frame(plan), kBinary, headers));
}

Values ReceivedTest(const WebAnswer& answer) {
  Values values;
  for (const Line& line : answer.messages.at(0).received()) {
    if (line.name() == "x-conformance-test") values.push_back(line.value());
  }
  return values;
}

void ExpectMetadata(const WebAnswer& answer, const std::string& header,
                    const std::string& trailer) {
  EXPECT_EQ(answer.http.Header("x-custom-header"), header);
  EXPECT_EQ(answer.Trailer("x-custom-trailer"), trailer);
}

// --- Basic (4)

TEST(ConformanceBasic, UnarySuccess) {
  const WebAnswer answer = Call(kUnary, PlanOf(1));
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.messages, SizeIs(1));
  EXPECT_THAT(ReceivedTest(answer), ElementsAre("Value1", "Value2"));
  ExpectMetadata(answer, "foo", "bing");
}

TEST(ConformanceBasic, ServerStreamSuccess) {
  const WebAnswer answer = Call(kStream, PlanOf(2));
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.messages, SizeIs(2));
  EXPECT_THAT(ReceivedTest(answer), ElementsAre("Value1", "Value2"));
  ExpectMetadata(answer, "foo", "bing");
}

TEST(ConformanceBasic, ServerStreamNoResponses) {
  const WebAnswer answer = Call(kStream, PlanOf(0));
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.messages, IsEmpty());
  ExpectMetadata(answer, "foo", "bing");
}

TEST(ConformanceBasic, Unimplemented) {
  const WebAnswer answer =
      Call("/jiedui.probe.v1.ProbeService/Missing", PlanOf(1));
  EXPECT_EQ(answer.code, StatusCode::UNIMPLEMENTED);
}

// --- Errors (37): each code for both kinds of calls, then the others

struct CodeCase {
  const char* name;
  StatusCode code;
};

class ConformanceErrors : public testing::TestWithParam<CodeCase> {};

std::string MessageOf(const CodeCase& of) {
  std::string message(of.name);
  std::transform(message.begin(), message.end(), message.begin(),
                 [](char c) { return c == '_' ? ' ' : c; });
  return message;
}

TEST_P(ConformanceErrors, Unary) {
  const CodeCase& of = GetParam();
  const WebAnswer answer = Call(kUnary, Failing({}, of.code, MessageOf(of)));
  EXPECT_EQ(answer.code, of.code);
  EXPECT_EQ(answer.message, MessageOf(of));
  EXPECT_THAT(answer.messages, IsEmpty());
}

TEST_P(ConformanceErrors, ServerStream) {
  const CodeCase& of = GetParam();
  const WebAnswer answer = Call(kStream, Failing({}, of.code, MessageOf(of)));
  EXPECT_EQ(answer.code, of.code);
  EXPECT_EQ(answer.message, MessageOf(of));
  EXPECT_THAT(answer.messages, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Codes, ConformanceErrors,
    testing::Values(
        CodeCase{"canceled", StatusCode::CANCELLED},
        CodeCase{"unknown", StatusCode::UNKNOWN},
        CodeCase{"invalid_argument", StatusCode::INVALID_ARGUMENT},
        CodeCase{"deadline_exceeded", StatusCode::DEADLINE_EXCEEDED},
        CodeCase{"not_found", StatusCode::NOT_FOUND},
        CodeCase{"already_exists", StatusCode::ALREADY_EXISTS},
        CodeCase{"permission_denied", StatusCode::PERMISSION_DENIED},
        CodeCase{"resource_exhausted", StatusCode::RESOURCE_EXHAUSTED},
        CodeCase{"failed_precondition", StatusCode::FAILED_PRECONDITION},
        CodeCase{"aborted", StatusCode::ABORTED},
        CodeCase{"out_of_range", StatusCode::OUT_OF_RANGE},
        CodeCase{"unimplemented", StatusCode::UNIMPLEMENTED},
        CodeCase{"internal", StatusCode::INTERNAL},
        CodeCase{"unavailable", StatusCode::UNAVAILABLE},
        CodeCase{"data_loss", StatusCode::DATA_LOSS},
        CodeCase{"unauthenticated", StatusCode::UNAUTHENTICATED}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(ConformanceErrorsOther, UnaryErrorWithMetadata) {
  const WebAnswer answer =
      Call(kUnary, Failing(PlanOf(0), 16, "unauthenticated"));
  EXPECT_EQ(answer.code, StatusCode::UNAUTHENTICATED);
  ExpectMetadata(answer, "foo", "bing");
}

TEST(ConformanceErrorsOther, UnaryUnicodeErrorMessage) {
  const std::string text =
      "\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\n";
  const WebAnswer answer = Call(kUnary, Failing({}, 13, text));
  EXPECT_EQ(answer.code, StatusCode::INTERNAL);
  EXPECT_EQ(answer.message, text);
}

TEST(ConformanceErrorsOther, ServerStreamErrorWithMetadata) {
  const WebAnswer answer =
      Call(kStream, Failing(PlanOf(0), 16, "unauthenticated"));
  EXPECT_EQ(answer.code, StatusCode::UNAUTHENTICATED);
  ExpectMetadata(answer, "foo", "bing");
}

TEST(ConformanceErrorsOther, ServerStreamErrorWithResponses) {
  const WebAnswer answer =
      Call(kStream, Failing(PlanOf(2), 13, "server stream failed"));
  EXPECT_EQ(answer.code, StatusCode::INTERNAL);
  EXPECT_EQ(answer.message, "server stream failed");
  EXPECT_THAT(answer.messages, SizeIs(2));
  EXPECT_THAT(ReceivedTest(answer), ElementsAre("Value1", "Value2"));
  ExpectMetadata(answer, "foo", "bing");
}

TEST(ConformanceErrorsOther, ServerStreamErrorWithNoResponses) {
  const WebAnswer answer =
      Call(kStream, Failing(PlanOf(0), 13, "server stream failed"));
  EXPECT_EQ(answer.code, StatusCode::INTERNAL);
  EXPECT_THAT(answer.messages, IsEmpty());
  ExpectMetadata(answer, "foo", "bing");
}

// --- Unexpected requests (9)

int CodeOf(const char* path, const std::string& body,
           const std::vector<HeaderLine>& headers = {}) {
  return CallOnce(Server().web_port(), Post(path, body, kBinary, headers)).code;
}

const std::string& EmptyFrame() {
  static const auto* const frame = new std::string(5, '\0');
  return *frame;
}

TEST(ConformanceUnexpected, UnaryNoRequest) {
  EXPECT_EQ(CodeOf(kUnary, ""), StatusCode::UNIMPLEMENTED);
}

TEST(ConformanceUnexpected, UnaryMultipleRequests) {
  EXPECT_EQ(CodeOf(kUnary, EmptyFrame() + EmptyFrame()),
            StatusCode::UNIMPLEMENTED);
}

TEST(ConformanceUnexpected, ServerStreamNoRequest) {
  EXPECT_EQ(CodeOf(kStream, ""), StatusCode::UNIMPLEMENTED);
}

TEST(ConformanceUnexpected, ServerStreamMultipleRequests) {
  EXPECT_EQ(CodeOf(kStream, EmptyFrame() + EmptyFrame()),
            StatusCode::UNIMPLEMENTED);
}

HttpAnswer RawCall(const std::string& request) {
  RawClient client(Server().web_port());
  client.Send(request);
  return client.Read().value_or(HttpAnswer());
}

TEST(ConformanceUnexpected, UnexpectedVerb) {
  const std::string request =
      absl::StrReplaceAll(Post(kUnary, EmptyFrame()), {{"POST ", "DELETE "}});
  EXPECT_EQ(RawCall(request).status, 405);
}

TEST(ConformanceUnexpected, UnexpectedUri) {
  EXPECT_EQ(CodeOf("/connectrpc.conformance.v1.UnknownService/UnknownMethod",
                   EmptyFrame()),
            StatusCode::UNIMPLEMENTED);
}

TEST(ConformanceUnexpected, UnexpectedContentType) {
  EXPECT_EQ(RawCall(Post(kUnary, "12345678", "image/jpeg")).status, 415);
}

TEST(ConformanceUnexpected, UnexpectedCompression) {
  EXPECT_EQ(CodeOf(kUnary, MessageFrame("?", true), {{"grpc-encoding", "foo"}}),
            StatusCode::UNIMPLEMENTED);
}

TEST(ConformanceUnexpected, UnexpectedCompressedMessage) {
  EXPECT_EQ(
      CodeOf(kUnary, MessageFrame("", true), {{"grpc-encoding", "identity"}}),
      StatusCode::INTERNAL);
}

// --- Duplicate metadata (6)

const Values kHeaders = {"foo", "bar", "baz"};
const Values kTrailers = {"bing", "quux"};

void ExpectDuplicates(const WebAnswer& answer) {
  ExpectMetadata(answer, "foo, bar, baz", "bing, quux");
}

TEST(ConformanceDuplicateMetadata, UnarySuccess) {
  const WebAnswer answer = Call(kUnary, PlanOf(1, kHeaders, kTrailers));
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(ReceivedTest(answer), ElementsAre("Value1", "Value2"));
  ExpectDuplicates(answer);
}

TEST(ConformanceDuplicateMetadata, UnaryError) {
  const WebAnswer answer =
      Call(kUnary, Failing(PlanOf(0, kHeaders, kTrailers), 13, "unary failed"));
  EXPECT_EQ(answer.code, StatusCode::INTERNAL);
  ExpectDuplicates(answer);
}

TEST(ConformanceDuplicateMetadata, ServerStreamSuccess) {
  const WebAnswer answer = Call(kStream, PlanOf(2, kHeaders, kTrailers));
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.messages, SizeIs(2));
  ExpectDuplicates(answer);
}

TEST(ConformanceDuplicateMetadata, ServerStreamNoResponse) {
  const WebAnswer answer = Call(kStream, PlanOf(0, kHeaders, kTrailers));
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.messages, IsEmpty());
  ExpectDuplicates(answer);
}

TEST(ConformanceDuplicateMetadata, ServerStreamErrorWithResponses) {
  const WebAnswer answer = Call(
      kStream, Failing(PlanOf(2, kHeaders, kTrailers), 13, "stream failed"));
  EXPECT_EQ(answer.code, StatusCode::INTERNAL);
  EXPECT_THAT(answer.messages, SizeIs(2));
  ExpectDuplicates(answer);
}

TEST(ConformanceDuplicateMetadata, ServerStreamErrorWithNoResponses) {
  const WebAnswer answer = Call(
      kStream, Failing(PlanOf(0, kHeaders, kTrailers), 13, "stream failed"));
  EXPECT_EQ(answer.code, StatusCode::INTERNAL);
  EXPECT_THAT(answer.messages, IsEmpty());
  ExpectDuplicates(answer);
}

// --- Message size (4)

// A frame whose message has `size` bytes.
std::string FrameOfSize(size_t size) {
  ProbeRequest request;
  request.mutable_plan()->set_messages(2);
  request.mutable_payload()->resize(size - 100);
  while (request.ByteSizeLong() < size) {
    request.mutable_payload()->push_back('x');
  }
  EXPECT_EQ(request.ByteSizeLong(), size);
  return Frame(request);
}

const size_t kLimit = Limits().message_bytes;

TEST(ConformanceMessageSize, UnaryRequestEqualToServerLimit) {
  EXPECT_EQ(CodeOf(kUnary, FrameOfSize(kLimit)), 0);
}

TEST(ConformanceMessageSize, UnaryRequestExceedsServerLimit) {
  EXPECT_EQ(CodeOf(kUnary, FrameOfSize(kLimit + 10)),
            StatusCode::RESOURCE_EXHAUSTED);
}

TEST(ConformanceMessageSize, ServerStreamRequestEqualToServerLimit) {
  EXPECT_EQ(CodeOf(kStream, FrameOfSize(kLimit)), 0);
}

TEST(ConformanceMessageSize, ServerStreamRequestExceedsServerLimit) {
  EXPECT_EQ(CodeOf(kStream, FrameOfSize(kLimit + 10)),
            StatusCode::RESOURCE_EXHAUSTED);
}

// --- Others (9)

TEST(ConformanceEmptyRequests, UnaryEmptyRequest) {
  const WebAnswer answer = CallOnce(
      Server().web_port(), Post(kUnary, EmptyFrame(), kBinary, kTestHeaders));
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(ReceivedTest(answer), ElementsAre("Value1", "Value2"));
}

TEST(ConformanceEmptyRequests, ServerStreamEmptyRequest) {
  const WebAnswer answer = CallOnce(
      Server().web_port(), Post(kStream, EmptyFrame(), kBinary, kTestHeaders));
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.messages, IsEmpty());
}

WebAnswer CallAs(const char* type) {
  return CallOnce(Server().web_port(), Post(kUnary, Frame(PlanOf(1)), type));
}

TEST(ConformanceSubformat, WithProtoSubFormat) {
  const WebAnswer answer = CallAs("application/grpc-web+proto");
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.messages.at(0).payload(), SizeIs(13));
}

TEST(ConformanceSubformat, WithoutProtoSubFormat) {
  const WebAnswer answer = CallAs("application/grpc-web");
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.messages.at(0).payload(), SizeIs(13));
}

constexpr int kDeadlineMs = 20'000;  // rounded up a little by gRPC

TEST(ConformanceDeadlinePropagation, UnarySuccess) {
  const WebAnswer answer =
      Call(kUnary, PlanOf(1), {{"grpc-timeout", "20000m"}});
  EXPECT_THAT(answer.messages.at(0).timeout_ms(),
              AllOf(Ge(kDeadlineMs / 2), Le(kDeadlineMs + 200)));
}

TEST(ConformanceDeadlinePropagation, ServerStreamSuccess) {
  const WebAnswer answer =
      Call(kStream, PlanOf(2), {{"grpc-timeout", "20000m"}});
  EXPECT_THAT(answer.messages.at(0).timeout_ms(),
              AllOf(Ge(kDeadlineMs / 2), Le(kDeadlineMs + 200)));
}

Plan Slow(int messages) {
  Plan plan = PlanOf(messages);
  plan.set_delay_ms(1'500);
  return plan;
}

TEST(ConformanceTimeouts, Unary) {
  EXPECT_EQ(Call(kUnary, Slow(1), {{"grpc-timeout", "200m"}}).code,
            StatusCode::DEADLINE_EXCEEDED);
}

TEST(ConformanceTimeouts, ServerStream) {
  EXPECT_EQ(Call(kStream, Slow(2), {{"grpc-timeout", "200m"}}).code,
            StatusCode::DEADLINE_EXCEEDED);
}

// What was written arrives while the call goes on, not at its end.
TEST(ConformanceStreamingDelivery, ServerStream) {
  Plan plan = PlanOf(2);
  plan.set_hang(true);
  RawClient client(Server().web_port());
  client.Send(Post(kStream, Frame(plan)));
  const std::string payload(13, 'x');
  while (client.input().find(payload, client.input().find(payload) + 13) ==
         std::string::npos) {
    ASSERT_TRUE(client.Await(client.input().size() + 1));
  }
}

// --- grpc-web's interop suite (7)

TEST(Interop, EmptyUnary) {
  const WebAnswer answer = Call(kUnary, Plan());
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.messages, SizeIs(1));
}

TEST(Interop, EmptyUnaryWithDeadline) {
  EXPECT_EQ(Call(kUnary, Plan(), {{"grpc-timeout", "20S"}}).code, 0);
}

TEST(Interop, LargeUnary) {
  ProbeRequest request;
  request.mutable_plan()->set_size(314'159);
  request.set_payload(std::string(271'828, '\0'));
  const WebAnswer answer =
      CallOnce(Server().web_port(), Post(kUnary, Frame(request)));
  EXPECT_EQ(answer.messages.at(0).received_bytes(), 271'828);
  EXPECT_THAT(answer.messages.at(0).payload(), SizeIs(314'159));
}

TEST(Interop, ServerStreaming) {
  const WebAnswer answer = Call(kStream, PlanOf(4));
  EXPECT_EQ(answer.code, 0);
  EXPECT_THAT(answer.messages, SizeIs(4));
}

TEST(Interop, CustomMetadata) {
  Plan plan;
  Add(plan.mutable_headers(), "x-grpc-test-echo-initial",
      {"test_initial_metadata_value"});
  Add(plan.mutable_trailers(), "x-grpc-test-echo-trailing-bin",
      {"\x0a\x0b\x0a\x0b"});
  for (const char* path : {kUnary, kStream}) {
    const WebAnswer answer =
        Call(path, plan,
             {{"x-grpc-test-echo-initial", "test_initial_metadata_value"},
              {"x-grpc-test-echo-trailing-bin", "CgsKCw"}});
    EXPECT_EQ(answer.http.Header("x-grpc-test-echo-initial"),
              "test_initial_metadata_value");
    EXPECT_EQ(answer.Trailer("x-grpc-test-echo-trailing-bin"), "CgsKCw==");
  }
}

TEST(Interop, StatusCodeAndMessage) {
  for (const char* path : {kUnary, kStream}) {
    const WebAnswer answer = Call(path, Failing({}, 2, "test status message"));
    EXPECT_EQ(answer.code, StatusCode::UNKNOWN);
    EXPECT_EQ(answer.message, "test status message");
  }
}

TEST(Interop, UnimplementedMethod) {
  EXPECT_EQ(Call("/jiedui.probe.v1.ProbeService/Missing", Plan()).code,
            StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(Call("/grpc.testing.UnimplementedService/Call", Plan()).code,
            StatusCode::UNIMPLEMENTED);
}

}  // namespace
}  // namespace jiedui::gateway
