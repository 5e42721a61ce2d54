// Every error that a caller of the volunteer registry can make, by its code and
// reason.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "services/volunteer/service_calls.h"

namespace jiedui::volunteer {
namespace {

using grpc::StatusCode;
using testing::ElementsAre;

struct BadCall {
  const char* name;
  std::function<grpc::Status(VolunteerServiceTest&)> call;
  StatusCode code;
  const char* reason;
};

class BadCallTest : public VolunteerServiceTest,
                    public testing::WithParamInterface<int> {
 public:
  static const std::vector<BadCall>& Table();

  template <typename Request, typename Response>
  grpc::Status Send(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                 const Request&, Response*),
                    std::function<void(Request&)> fill) {
    Request request;
    fill(request);
    Response response;
    return Call(method, request, &response);
  }
};

TEST_P(BadCallTest, IsToldByCodeAndReasonAndChangesNothing) {
  const BadCall& bad = Table()[GetParam()];
  Posted("V-1");
  PostedTeam();
  const grpc::Status status = bad.call(*this);
  EXPECT_EQ(status.error_code(), bad.code) << status.error_message();
  EXPECT_EQ(ReasonOf(status), bad.reason);
  v1::GetVolunteerRequest request;
  request.set_name("volunteers/V00000001");
  v1::Volunteer read;
  ASSERT_TRUE(Call(&Stub::GetVolunteer, request, &read).ok());
  EXPECT_EQ(read.etag(), "1");
  EXPECT_THAT(List(""), ElementsAre("volunteers/V00000001"));
}

constexpr char kWho[] = "volunteers/V00000001";
constexpr char kTeam[] = "teams/T00000001";

// Makes a row of the table.
template <typename Request, typename Response>
BadCall Bad(const char* name,
            grpc::Status (v1::VolunteerService::Stub::*method)(
                grpc::ClientContext*, const Request&, Response*),
            StatusCode code, const char* reason,
            std::function<void(Request&)> fill) {
  return {name,
          [method, fill](VolunteerServiceTest& test) {
            return static_cast<BadCallTest&>(test).Send<Request, Response>(
                method, fill);
          },
          code, reason};
}

const std::vector<BadCall>& BadCallTest::Table() {
  using enum StatusCode;
  static const auto* const table = new std::vector<BadCall>{
      Bad<v1::GetVolunteerRequest, v1::Volunteer>(
          "UnknownName", &Stub::GetVolunteer, NOT_FOUND, "NOT_FOUND",
          [](auto& r) { r.set_name("volunteers/V9"); }),
      Bad<v1::GetTeamRequest, v1::Team>("NameOfAnotherKind", &Stub::GetTeam,
                                        NOT_FOUND, "NOT_FOUND",
                                        [](auto& r) { r.set_name(kWho); }),
      Bad<v1::CreateVolunteerRequest, v1::Volunteer>(
          "EmptyVolunteer", &Stub::CreateVolunteer, INVALID_ARGUMENT,
          "INVALID_FIELDS", [](auto&) {}),
      Bad<v1::CreateVolunteerRequest, v1::Volunteer>(
          "KnownExternalId", &Stub::CreateVolunteer, ALREADY_EXISTS,
          "ALREADY_EXISTS",
          [](auto& r) { *r.mutable_volunteer() = Person("V-1"); }),
      Bad<v1::CreateVolunteerRequest, v1::Volunteer>(
          "LongRequestId", &Stub::CreateVolunteer, INVALID_ARGUMENT,
          "INVALID_FIELDS",
          [](auto& r) {
            *r.mutable_volunteer() = Person();
            r.set_request_id(std::string(65, 'r'));
          }),
      Bad<v1::UpdateVolunteerRequest, v1::Volunteer>(
          "StaleEtag", &Stub::UpdateVolunteer, ABORTED, "ETAG_MISMATCH",
          [](auto& r) {
            r.mutable_volunteer()->set_name(kWho);
            r.mutable_volunteer()->set_etag("7");
          }),
      Bad<v1::UpdateVolunteerRequest, v1::Volunteer>(
          "FixedField", &Stub::UpdateVolunteer, INVALID_ARGUMENT,
          "BAD_UPDATE_MASK",
          [](auto& r) {
            r.mutable_volunteer()->set_name(kWho);
            r.mutable_update_mask()->add_paths("state");
          }),
      Bad<v1::UpdateVolunteerRequest, v1::Volunteer>(
          "UnknownVolunteer", &Stub::UpdateVolunteer, NOT_FOUND, "NOT_FOUND",
          [](auto& r) { r.mutable_volunteer()->set_name("volunteers/V9"); }),
      Bad<v1::UpdateVolunteerRequest, v1::Volunteer>(
          "ClearedRequiredField", &Stub::UpdateVolunteer, INVALID_ARGUMENT,
          "INVALID_FIELDS",
          [](auto& r) {
            r.mutable_volunteer()->set_name(kWho);
            r.mutable_update_mask()->add_paths("display_name");
          }),
      Bad<v1::ActivateVolunteerRequest, v1::Volunteer>(
          "WrongState", &Stub::ActivateVolunteer, FAILED_PRECONDITION,
          "WRONG_STATE", [](auto& r) { r.set_name(kWho); }),
      Bad<v1::ExitVolunteerRequest, v1::Volunteer>(
          "NoReason", &Stub::ExitVolunteer, INVALID_ARGUMENT, "REASON_REQUIRED",
          [](auto& r) { r.set_name(kWho); }),
      Bad<v1::ExitVolunteerRequest, v1::Volunteer>(
          "LongReason", &Stub::ExitVolunteer, INVALID_ARGUMENT,
          "INVALID_FIELDS",
          [](auto& r) {
            r.set_name(kWho);
            r.set_note(std::string(501, 'x'));
          }),
      Bad<v1::VerifyVolunteerRequest, v1::Volunteer>(
          "StaleEtagOfAVerb", &Stub::VerifyVolunteer, ABORTED, "ETAG_MISMATCH",
          [](auto& r) {
            r.set_name(kWho);
            r.set_etag("0");
          }),
      Bad<v1::JoinTeamRequest, v1::Volunteer>("UnknownTeam", &Stub::JoinTeam,
                                              FAILED_PRECONDITION,
                                              "REFERENCE_MISSING",
                                              [](auto& r) {
                                                r.set_name(kWho);
                                                r.set_team("teams/T9");
                                              }),
      Bad<v1::JoinTeamRequest, v1::Volunteer>(
          "BadDate", &Stub::JoinTeam, INVALID_ARGUMENT, "INVALID_FIELDS",
          [](auto& r) {
            r.set_name(kWho);
            r.set_team(kTeam);
            r.set_start_date("2027-02-30");
          }),
      Bad<v1::LeaveTeamRequest, v1::Volunteer>(
          "NotAMember", &Stub::LeaveTeam, FAILED_PRECONDITION, "NOT_MEMBER",
          [](auto& r) {
            r.set_name(kWho);
            r.set_team(kTeam);
          }),
      Bad<v1::UpdateTeamRequest, v1::Team>(
          "OwnParent", &Stub::UpdateTeam, INVALID_ARGUMENT, "CYCLE",
          [](auto& r) {
            r.mutable_team()->set_name(kTeam);
            r.mutable_team()->set_parent(kTeam);
          }),
      Bad<v1::UpdateTeamRequest, v1::Team>(
          "UnknownLeader", &Stub::UpdateTeam, FAILED_PRECONDITION,
          "REFERENCE_MISSING",
          [](auto& r) {
            r.mutable_team()->set_name(kTeam);
            r.mutable_team()->set_leader("volunteers/V9");
          }),
      Bad<v1::ListVolunteersRequest, v1::ListVolunteersResponse>(
          "BadFilter", &Stub::ListVolunteers, INVALID_ARGUMENT, "BAD_FILTER",
          [](auto& r) { r.set_filter("height > 3"); }),
      Bad<v1::ListVolunteersRequest, v1::ListVolunteersResponse>(
          "BadPageToken", &Stub::ListVolunteers, INVALID_ARGUMENT,
          "BAD_PAGE_TOKEN", [](auto& r) { r.set_page_token("made up"); }),
      Bad<v1::ListVolunteersRequest, v1::ListVolunteersResponse>(
          "BadPageSize", &Stub::ListVolunteers, INVALID_ARGUMENT,
          "INVALID_FIELDS", [](auto& r) { r.set_page_size(1001); }),
  };
  return *table;
}

INSTANTIATE_TEST_SUITE_P(
    All, BadCallTest,
    testing::Range(0, static_cast<int>(BadCallTest::Table().size())),
    [](const auto& info) { return BadCallTest::Table()[info.param].name; });

}  // namespace
}  // namespace jiedui::volunteer
