// Calls of the volunteer registry's API as its tests make them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/volunteer/registry_server.h"

namespace jiedui::volunteer {

class VolunteerServiceTest : public RegistryServerTest {
 protected:
  static v1::Volunteer Person(std::string external_id = "") {
    v1::Volunteer volunteer;
    volunteer.set_external_id(std::move(external_id));
    volunteer.set_display_name("张三");
    volunteer.set_employer("高州市水果科学研究所");
    volunteer.set_title(type::v1::TITLE_SENIOR);
    volunteer.set_region("440981");
    volunteer.set_tier(type::v1::TIER_COUNTY);
    volunteer.set_line(type::v1::LINE_REGIONAL);
    type::v1::Skill& skill = *volunteer.add_skills();
    skill.set_subject("2104010");
    skill.set_proficiency(5);
    volunteer.set_summary("荔枝保鲜十二年");
    volunteer.set_capacity(2);
    volunteer.set_phone("19900000001");
    return volunteer;
  }

  grpc::Status Post(const v1::Volunteer& volunteer, v1::Volunteer* made,
                    std::string request_id = "") {
    v1::CreateVolunteerRequest request;
    *request.mutable_volunteer() = volunteer;
    request.set_request_id(std::move(request_id));
    return Call(&Stub::CreateVolunteer, request, made);
  }

  v1::Volunteer Posted(std::string external_id = "") {
    v1::Volunteer made;
    const grpc::Status status = Post(Person(std::move(external_id)), &made);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return made;
  }

  v1::Team PostedTeam() {
    v1::CreateTeamRequest request;
    v1::Team& team = *request.mutable_team();
    team.set_display_name("荔枝队");
    team.set_tier(type::v1::TIER_COUNTY);
    team.set_line(type::v1::LINE_REGIONAL);
    team.set_region("440981");
    team.add_subjects("21040");
    v1::Team made;
    const grpc::Status status = Call(&Stub::CreateTeam, request, &made);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return made;
  }

  template <typename Request>
  grpc::Status Step(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                 const Request&,
                                                 v1::Volunteer*),
                    const std::string& name, v1::Volunteer* after,
                    std::string note = "") {
    Request request;
    request.set_name(name);
    request.set_note(std::move(note));
    return Call(method, request, after);
  }

  std::vector<std::string> List(std::string filter, std::string query = "") {
    v1::ListVolunteersRequest request;
    request.set_filter(std::move(filter));
    request.set_query(std::move(query));
    v1::ListVolunteersResponse response;
    const grpc::Status status = Call(&Stub::ListVolunteers, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::vector<std::string> names;
    for (const auto& volunteer : response.volunteers()) {
      names.push_back(volunteer.name());
    }
    return names;
  }
};

}  // namespace jiedui::volunteer
