// The volunteer registry through its public API.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <vector>

#include "common/query/convert.h"
#include "services/volunteer/rpc/wire.h"
#include "services/volunteer/service_calls.h"

namespace jiedui::volunteer {
namespace {

using grpc::StatusCode;
using testing::ElementsAre;
using testing::IsEmpty;

// What the API has and events have not is known here, so that a new field is
// not forgotten on one side.
TEST(WireTest, OnlyContactAndEtagAreNotPartOfEvents) {
  EXPECT_THAT(query::NotCarried(*v1::Volunteer::descriptor(),
                                *event::v1::Volunteer::descriptor()),
              ElementsAre("phone", "etag"));
  EXPECT_THAT(query::NotCarried(*event::v1::Volunteer::descriptor(),
                                *v1::Volunteer::descriptor()),
              IsEmpty());
  ForEachKind([]<typename Kind>(Kind) {
    if (std::is_same_v<Kind, VolunteerKind>) return;
    const auto& api = *Wire<Kind>::Api::descriptor();
    const auto& fact = *Kind::Fact::descriptor();
    EXPECT_THAT(query::NotCarried(api, fact), ElementsAre("etag"));
    EXPECT_THAT(query::NotCarried(fact, api), IsEmpty());
  });
}

TEST_F(VolunteerServiceTest, AVolunteerIsCreatedReadAndListed) {
  const v1::Volunteer made = Posted("V-1");
  EXPECT_EQ(made.name(), "volunteers/V00000001");
  EXPECT_EQ(made.state(), v1::Volunteer::STATE_APPLIED);
  EXPECT_EQ(made.phone(), "19900000001");
  EXPECT_EQ(made.region(), "440981000000");
  EXPECT_EQ(made.etag(), "1");

  v1::GetVolunteerRequest request;
  request.set_name(made.name());
  v1::Volunteer read;
  ASSERT_TRUE(Call(&Stub::GetVolunteer, request, &read).ok());
  EXPECT_EQ(read.SerializeAsString(), made.SerializeAsString());
  EXPECT_THAT(List("state = APPLIED AND region : \"4409\""),
              ElementsAre(made.name()));
  EXPECT_THAT(List("state = ACTIVE"), IsEmpty());
  EXPECT_THAT(List("", "水果科学"), ElementsAre(made.name()));
  EXPECT_THAT(List("", "罗非鱼"), IsEmpty());
}

TEST_F(VolunteerServiceTest, OutputOnlyFieldsOfARequestAreIgnored) {
  v1::Volunteer asked = Person();
  asked.set_name("volunteers/V00000077");
  asked.set_state(v1::Volunteer::STATE_ACTIVE);
  asked.set_state_reason("x");
  v1::Volunteer made;
  ASSERT_TRUE(Post(asked, &made).ok());
  EXPECT_EQ(made.name(), "volunteers/V00000001");
  EXPECT_EQ(made.state(), v1::Volunteer::STATE_APPLIED);
  EXPECT_EQ(made.state_reason(), "");
}

TEST_F(VolunteerServiceTest, ValidateOnlyChecksEverythingAndChangesNothing) {
  v1::CreateVolunteerRequest request;
  *request.mutable_volunteer() = Person();
  request.set_validate_only(true);
  v1::Volunteer would_be;
  ASSERT_TRUE(Call(&Stub::CreateVolunteer, request, &would_be).ok());
  EXPECT_EQ(would_be.region(), "440981000000");
  EXPECT_EQ(would_be.name(), "");
  EXPECT_THAT(List(""), IsEmpty());
  request.mutable_volunteer()->add_memberships()->set_team("teams/T9");
  request.mutable_volunteer()->mutable_memberships(0)->set_start_date(
      "2026-12-01");
  const grpc::Status status = Call(&Stub::CreateVolunteer, request, &would_be);
  EXPECT_EQ(ReasonOf(status), "REFERENCE_MISSING");
}

TEST_F(VolunteerServiceTest, AllWrongFieldsAreToldAtOnce) {
  v1::Volunteer wrong = Person();
  wrong.set_region("999999");
  wrong.mutable_skills(0)->set_proficiency(9);
  wrong.set_phone("call me");
  v1::Volunteer made;
  const grpc::Status status = Post(wrong, &made);
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(status),
              ElementsAre("region", "skills[0].proficiency", "phone"));
}

TEST_F(VolunteerServiceTest, ARepeatedRequestIdHasOneEffect) {
  v1::Volunteer first;
  v1::Volunteer again;
  ASSERT_TRUE(Post(Person(), &first, "r-1").ok());
  ASSERT_TRUE(Post(Person(), &again, "r-1").ok());
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
  EXPECT_EQ(List("").size(), 1u);
  const grpc::Status reused = Post(Person("V-2"), &again, "r-1");
  EXPECT_EQ(ReasonOf(reused), "REQUEST_ID_REUSED");
}

TEST_F(VolunteerServiceTest, AnUpdateChangesWhatItsMaskNames) {
  v1::UpdateVolunteerRequest request;
  v1::Volunteer& asked = *request.mutable_volunteer();
  asked.set_name(Posted().name());
  asked.set_etag("1");
  asked.set_summary("龙眼烘干");
  asked.set_employer("ignored");
  asked.set_phone("06686668888");
  request.mutable_update_mask()->add_paths("summary");
  request.mutable_update_mask()->add_paths("phone");
  v1::Volunteer after;
  ASSERT_TRUE(Call(&Stub::UpdateVolunteer, request, &after).ok());
  EXPECT_EQ(after.summary(), "龙眼烘干");
  EXPECT_EQ(after.phone(), "06686668888");
  EXPECT_EQ(after.employer(), Person().employer());
  EXPECT_EQ(after.etag(), "2");

  request.mutable_update_mask()->add_paths("state");
  asked.set_etag("2");
  EXPECT_EQ(ReasonOf(Call(&Stub::UpdateVolunteer, request, &after)),
            "BAD_UPDATE_MASK");
}

TEST_F(VolunteerServiceTest, AnUpdateWithoutMaskTakesWhatIsSet) {
  v1::UpdateTeamRequest request;
  request.mutable_team()->set_name(PostedTeam().name());
  request.mutable_team()->set_summary("包村");
  request.mutable_team()->set_retired(true);
  v1::Team after;
  ASSERT_TRUE(Call(&Stub::UpdateTeam, request, &after).ok());
  EXPECT_EQ(after.summary(), "包村");
  EXPECT_TRUE(after.retired());
  EXPECT_EQ(after.display_name(), "荔枝队");
}

TEST_F(VolunteerServiceTest, TheLifeOfAVolunteerVerbByVerb) {
  const std::string name = Posted().name();
  v1::Volunteer after;
  ASSERT_TRUE(Step(&Stub::VerifyVolunteer, name, &after).ok());
  ASSERT_TRUE(Step(&Stub::ActivateVolunteer, name, &after).ok());
  EXPECT_EQ(after.state(), v1::Volunteer::STATE_ACTIVE);
  ASSERT_TRUE(Step(&Stub::PauseVolunteer, name, &after, "出国").ok());
  EXPECT_EQ(after.state(), v1::Volunteer::STATE_PAUSED);
  EXPECT_EQ(after.state_reason(), "出国");
  ASSERT_TRUE(Step(&Stub::ExitVolunteer, name, &after, "退休").ok());
  ASSERT_TRUE(Step(&Stub::ReinstateVolunteer, name, &after, "返聘").ok());
  EXPECT_EQ(after.state(), v1::Volunteer::STATE_APPLIED);
}

TEST_F(VolunteerServiceTest, TeamsAreJoinedAndLeft) {
  const std::string name = Posted().name();
  v1::JoinTeamRequest join;
  join.set_name(name);
  join.set_team(PostedTeam().name());
  v1::Volunteer after;
  ASSERT_TRUE(Call(&Stub::JoinTeam, join, &after).ok());
  ASSERT_EQ(after.memberships_size(), 1);
  EXPECT_EQ(after.memberships(0).start_date(), "2026-11-22");
  EXPECT_EQ(ReasonOf(Call(&Stub::JoinTeam, join, &after)), "ALREADY_MEMBER");
  v1::LeaveTeamRequest leave;
  leave.set_name(name);
  leave.set_team(join.team());
  leave.set_end_date("2027-06-30");
  ASSERT_TRUE(Call(&Stub::LeaveTeam, leave, &after).ok());
  EXPECT_EQ(after.memberships(0).end_date(), "2027-06-30");
  leave.set_end_date("2027-07-01");
  EXPECT_EQ(ReasonOf(Call(&Stub::LeaveTeam, leave, &after)), "NOT_MEMBER");
}

TEST_F(VolunteerServiceTest, PagesCoverAllInTheOrderOfNames) {
  for (int i = 0; i < 5; ++i) Posted();
  v1::ListVolunteersRequest request;
  request.set_page_size(2);
  std::vector<std::string> names;
  for (;;) {
    v1::ListVolunteersResponse page;
    ASSERT_TRUE(Call(&Stub::ListVolunteers, request, &page).ok());
    for (const auto& volunteer : page.volunteers()) {
      names.push_back(volunteer.name());
    }
    if (page.next_page_token().empty()) break;
    request.set_page_token(page.next_page_token());
  }
  EXPECT_THAT(names, ElementsAre("volunteers/V00000001", "volunteers/V00000002",
                                 "volunteers/V00000003", "volunteers/V00000004",
                                 "volunteers/V00000005"));
}

// The five other kinds share the code of the first; each is wired once.
TEST_F(VolunteerServiceTest, ProjectsEnterprisesStationsAndSpecialties) {
  v1::CreateProjectRequest project;
  project.mutable_project()->set_display_name("荔枝冰温预冷");
  project.mutable_project()->set_kind(v1::Project::KIND_TECHNOLOGY);
  project.mutable_project()->add_subjects("2104530");
  project.mutable_project()->set_readiness(8);
  project.mutable_project()->set_region("440981");
  v1::Project made_project;
  ASSERT_TRUE(Call(&Stub::CreateProject, project, &made_project).ok());
  EXPECT_EQ(made_project.kind(), v1::Project::KIND_TECHNOLOGY);
  v1::GetProjectRequest get_project;
  get_project.set_name(made_project.name());
  EXPECT_TRUE(Call(&Stub::GetProject, get_project, &made_project).ok());
  v1::ListProjectsRequest list_projects;
  list_projects.set_query("预冷");
  list_projects.set_filter("kind = TECHNOLOGY");
  v1::ListProjectsResponse projects;
  ASSERT_TRUE(Call(&Stub::ListProjects, list_projects, &projects).ok());
  EXPECT_EQ(projects.projects_size(), 1);

  v1::CreateEnterpriseRequest enterprise;
  enterprise.mutable_enterprise()->set_display_name("茶厂");
  enterprise.mutable_enterprise()->set_kind(v1::Enterprise::KIND_COOPERATIVE);
  enterprise.mutable_enterprise()->set_region("440981");
  enterprise.mutable_enterprise()->set_industry("1530");
  v1::Enterprise made_enterprise;
  ASSERT_TRUE(Call(&Stub::CreateEnterprise, enterprise, &made_enterprise).ok());
  v1::UpdateEnterpriseRequest update_enterprise;
  update_enterprise.mutable_enterprise()->set_name(made_enterprise.name());
  update_enterprise.mutable_enterprise()->set_leading(true);
  ASSERT_TRUE(
      Call(&Stub::UpdateEnterprise, update_enterprise, &made_enterprise).ok());
  EXPECT_TRUE(made_enterprise.leading());
  v1::ListEnterprisesResponse enterprises;
  ASSERT_TRUE(
      Call(&Stub::ListEnterprises, v1::ListEnterprisesRequest(), &enterprises)
          .ok());
  EXPECT_EQ(enterprises.enterprises_size(), 1);

  v1::CreateStationRequest station;
  station.mutable_station()->set_display_name("科技小院");
  station.mutable_station()->set_kind(v1::Station::KIND_BACKYARD);
  station.mutable_station()->set_region("440981103");
  v1::Station made_station;
  ASSERT_TRUE(Call(&Stub::CreateStation, station, &made_station).ok());
  EXPECT_EQ(made_station.name(), "stations/S00000001");
  v1::ListStationsResponse stations;
  ASSERT_TRUE(
      Call(&Stub::ListStations, v1::ListStationsRequest(), &stations).ok());
  EXPECT_EQ(stations.stations_size(), 1);

  v1::CreateSpecialtyRequest specialty;
  specialty.mutable_specialty()->set_display_name("高州荔枝");
  specialty.mutable_specialty()->set_region("440981");
  specialty.mutable_specialty()->set_industry("0154");
  specialty.mutable_specialty()->set_weight(60);
  v1::Specialty made_specialty;
  ASSERT_TRUE(Call(&Stub::CreateSpecialty, specialty, &made_specialty).ok());
  EXPECT_EQ(made_specialty.name(), "specialties/I00000001");
  v1::ListSpecialtiesResponse specialties;
  ASSERT_TRUE(
      Call(&Stub::ListSpecialties, v1::ListSpecialtiesRequest(), &specialties)
          .ok());
  EXPECT_EQ(specialties.specialties_size(), 1);
}

TEST_F(VolunteerServiceTest, WhatWasAnsweredIsThereAfterARestart) {
  const v1::Volunteer made = Posted("V-1");
  Start();
  v1::GetVolunteerRequest request;
  request.set_name(made.name());
  v1::Volunteer read;
  ASSERT_TRUE(Call(&Stub::GetVolunteer, request, &read).ok());
  EXPECT_EQ(read.SerializeAsString(), made.SerializeAsString());
  EXPECT_THAT(List("", "荔枝"), ElementsAre(made.name()));
}

}  // namespace
}  // namespace jiedui::volunteer
