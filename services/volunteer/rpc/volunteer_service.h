// jiedui.volunteer.v1.VolunteerService on a writer.
#pragma once

#include "common/runtime/writer.h"
#include "jiedui/volunteer/v1/volunteer_service.grpc.pb.h"
#include "services/volunteer/app/volunteer_machine.h"

namespace jiedui::volunteer {

// Thread-safe.
class VolunteerServiceImpl : public v1::VolunteerService::CallbackService {
 public:
  // Both must outlive it; `machine` is the one that `writer` runs.
  VolunteerServiceImpl(runtime::Writer* writer, const VolunteerMachine* machine)
      : writer_(writer), machine_(machine) {}

  grpc::ServerUnaryReactor* CreateVolunteer(
      grpc::CallbackServerContext* context,
      const v1::CreateVolunteerRequest* request,
      v1::Volunteer* response) override;
  grpc::ServerUnaryReactor* GetVolunteer(grpc::CallbackServerContext* context,
                                         const v1::GetVolunteerRequest* request,
                                         v1::Volunteer* response) override;
  grpc::ServerUnaryReactor* ListVolunteers(
      grpc::CallbackServerContext* context,
      const v1::ListVolunteersRequest* request,
      v1::ListVolunteersResponse* response) override;
  grpc::ServerUnaryReactor* UpdateVolunteer(
      grpc::CallbackServerContext* context,
      const v1::UpdateVolunteerRequest* request,
      v1::Volunteer* response) override;

  grpc::ServerUnaryReactor* CreateTeam(grpc::CallbackServerContext* context,
                                       const v1::CreateTeamRequest* request,
                                       v1::Team* response) override;
  grpc::ServerUnaryReactor* GetTeam(grpc::CallbackServerContext* context,
                                    const v1::GetTeamRequest* request,
                                    v1::Team* response) override;
  grpc::ServerUnaryReactor* ListTeams(grpc::CallbackServerContext* context,
                                      const v1::ListTeamsRequest* request,
                                      v1::ListTeamsResponse* response) override;
  grpc::ServerUnaryReactor* UpdateTeam(grpc::CallbackServerContext* context,
                                       const v1::UpdateTeamRequest* request,
                                       v1::Team* response) override;

  grpc::ServerUnaryReactor* CreateProject(
      grpc::CallbackServerContext* context,
      const v1::CreateProjectRequest* request, v1::Project* response) override;
  grpc::ServerUnaryReactor* GetProject(grpc::CallbackServerContext* context,
                                       const v1::GetProjectRequest* request,
                                       v1::Project* response) override;
  grpc::ServerUnaryReactor* ListProjects(
      grpc::CallbackServerContext* context,
      const v1::ListProjectsRequest* request,
      v1::ListProjectsResponse* response) override;
  grpc::ServerUnaryReactor* UpdateProject(
      grpc::CallbackServerContext* context,
      const v1::UpdateProjectRequest* request, v1::Project* response) override;

  grpc::ServerUnaryReactor* CreateEnterprise(
      grpc::CallbackServerContext* context,
      const v1::CreateEnterpriseRequest* request,
      v1::Enterprise* response) override;
  grpc::ServerUnaryReactor* GetEnterprise(
      grpc::CallbackServerContext* context,
      const v1::GetEnterpriseRequest* request,
      v1::Enterprise* response) override;
  grpc::ServerUnaryReactor* ListEnterprises(
      grpc::CallbackServerContext* context,
      const v1::ListEnterprisesRequest* request,
      v1::ListEnterprisesResponse* response) override;
  grpc::ServerUnaryReactor* UpdateEnterprise(
      grpc::CallbackServerContext* context,
      const v1::UpdateEnterpriseRequest* request,
      v1::Enterprise* response) override;

  grpc::ServerUnaryReactor* CreateStation(
      grpc::CallbackServerContext* context,
      const v1::CreateStationRequest* request, v1::Station* response) override;
  grpc::ServerUnaryReactor* GetStation(grpc::CallbackServerContext* context,
                                       const v1::GetStationRequest* request,
                                       v1::Station* response) override;
  grpc::ServerUnaryReactor* ListStations(
      grpc::CallbackServerContext* context,
      const v1::ListStationsRequest* request,
      v1::ListStationsResponse* response) override;
  grpc::ServerUnaryReactor* UpdateStation(
      grpc::CallbackServerContext* context,
      const v1::UpdateStationRequest* request, v1::Station* response) override;

  grpc::ServerUnaryReactor* CreateSpecialty(
      grpc::CallbackServerContext* context,
      const v1::CreateSpecialtyRequest* request,
      v1::Specialty* response) override;
  grpc::ServerUnaryReactor* GetSpecialty(grpc::CallbackServerContext* context,
                                         const v1::GetSpecialtyRequest* request,
                                         v1::Specialty* response) override;
  grpc::ServerUnaryReactor* ListSpecialties(
      grpc::CallbackServerContext* context,
      const v1::ListSpecialtiesRequest* request,
      v1::ListSpecialtiesResponse* response) override;
  grpc::ServerUnaryReactor* UpdateSpecialty(
      grpc::CallbackServerContext* context,
      const v1::UpdateSpecialtyRequest* request,
      v1::Specialty* response) override;

  grpc::ServerUnaryReactor* VerifyVolunteer(
      grpc::CallbackServerContext* context,
      const v1::VerifyVolunteerRequest* request,
      v1::Volunteer* response) override;
  grpc::ServerUnaryReactor* ActivateVolunteer(
      grpc::CallbackServerContext* context,
      const v1::ActivateVolunteerRequest* request,
      v1::Volunteer* response) override;
  grpc::ServerUnaryReactor* PauseVolunteer(
      grpc::CallbackServerContext* context,
      const v1::PauseVolunteerRequest* request,
      v1::Volunteer* response) override;
  grpc::ServerUnaryReactor* ExitVolunteer(
      grpc::CallbackServerContext* context,
      const v1::ExitVolunteerRequest* request,
      v1::Volunteer* response) override;
  grpc::ServerUnaryReactor* ReinstateVolunteer(
      grpc::CallbackServerContext* context,
      const v1::ReinstateVolunteerRequest* request,
      v1::Volunteer* response) override;
  grpc::ServerUnaryReactor* JoinTeam(grpc::CallbackServerContext* context,
                                     const v1::JoinTeamRequest* request,
                                     v1::Volunteer* response) override;
  grpc::ServerUnaryReactor* LeaveTeam(grpc::CallbackServerContext* context,
                                      const v1::LeaveTeamRequest* request,
                                      v1::Volunteer* response) override;

 private:
  runtime::Writer* const writer_;
  const VolunteerMachine* const machine_;
};

}  // namespace jiedui::volunteer
