#include "services/volunteer/rpc/volunteer_service.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/query/field_mask.h"
#include "common/rpc/caller.h"
#include "common/rpc/list.h"
#include "common/rpc/unary.h"
#include "services/volunteer/app/registry.h"
#include "services/volunteer/app/volunteer_commands.h"
#include "services/volunteer/rpc/wire.h"

namespace jiedui::volunteer {
namespace {

using runtime::Transaction;
using runtime::Writer;

// Copies the fields that an update may change; the others are output only or
// have verbs of their own.
template <typename Api>
absl::Status CopyChangeable(const google::protobuf::FieldMask& mask,
                            const Api& from, Api& to) {
  return query::CopyMasked(
      mask,
      {"name", "state", "state_reason", "create_time", "update_time", "etag"},
      from, to);
}

// Creates what the request carries only to see what would come of it. It gets
// no name and no etag, since there is nothing that bears them.
template <typename Kind>
absl::Status Rehearse(const Writer& writer, std::string actor,
                      typename Kind::Record record,
                      typename Wire<Kind>::Api* response) {
  Transaction txn(&writer.store(), &writer.machine(), writer.clock().Now(),
                  std::move(actor));
  ASSIGN_OR_RETURN(const auto created, Create<Kind>(txn, std::move(record)));
  ToApi<Kind>(created, response);
  response->clear_name();
  response->clear_etag();
  return absl::OkStatus();
}

template <typename Kind, typename Request>
grpc::ServerUnaryReactor* CreateAny(Writer& writer,
                                    grpc::CallbackServerContext* context,
                                    const Request* request,
                                    typename Wire<Kind>::Api* response) {
  typename Kind::Record record;
  FromApi<Kind>(Wire<Kind>::In(*request), record);
  if (request->validate_only()) {
    return rpc::Finish(context,
                       Rehearse<Kind>(writer, rpc::CallerOf(*context).actor,
                                      std::move(record), response));
  }
  return rpc::Commit(writer, context, request, response,
                     [record = std::move(record), response](Transaction& txn) {
                       auto created = Create<Kind>(txn, record);
                       if (created.ok()) ToApi<Kind>(*created, response);
                       return created.status();
                     });
}

template <typename Kind, typename Request>
grpc::ServerUnaryReactor* GetAny(const Writer& writer,
                                 grpc::CallbackServerContext* context,
                                 const Request* request,
                                 typename Wire<Kind>::Api* response) {
  const auto record =
      runtime::Collection<Kind>::Require(writer.store(), request->name());
  if (record.ok()) ToApi<Kind>(*record, response);
  return rpc::Finish(context, record.status());
}

template <typename Kind, typename Request, typename Response>
grpc::ServerUnaryReactor* ListAny(const Writer& writer,
                                  const VolunteerMachine& machine,
                                  grpc::CallbackServerContext* context,
                                  const Request* request, Response* response) {
  return rpc::Finish(
      context, rpc::ListPage<Kind>(writer.store(), rpc::ListQueryOf(*request),
                                   &machine.index<Kind>(), ToApi<Kind>,
                                   Wire<Kind>::Items(response),
                                   response->mutable_next_page_token()));
}

template <typename Kind, typename Request>
grpc::ServerUnaryReactor* UpdateAny(Writer& writer,
                                    grpc::CallbackServerContext* context,
                                    const Request* request,
                                    typename Wire<Kind>::Api* response) {
  const auto& asked = Wire<Kind>::In(*request);
  const auto edit = [request, &asked](typename Kind::Record& record) {
    typename Wire<Kind>::Api api;
    ToApi<Kind>(record, &api);
    RETURN_IF_ERROR(CopyChangeable(request->update_mask(), asked, api));
    FromApi<Kind>(api, record);
    return absl::OkStatus();
  };
  return rpc::Commit(writer, context, request, response,
                     [&asked, edit, response](Transaction& txn) {
                       auto updated =
                           Update<Kind>(txn, asked.name(), asked.etag(), edit);
                       if (updated.ok()) ToApi<Kind>(*updated, response);
                       return updated.status();
                     });
}

template <typename Request>
VolunteerRef Whom(const Request& request) {
  return {.name = request.name(), .etag = request.etag()};
}

// `change(txn)` returns the volunteer as it is then.
template <typename Request, typename Change>
grpc::ServerUnaryReactor* Reply(Writer& writer,
                                grpc::CallbackServerContext* context,
                                const Request* request, v1::Volunteer* response,
                                Change change) {
  return rpc::Commit(writer, context, request, response,
                     [change = std::move(change), response](Transaction& txn) {
                       auto changed = change(txn);
                       if (changed.ok()) {
                         ToApi<VolunteerKind>(*changed, response);
                       }
                       return changed.status();
                     });
}

template <typename Request>
grpc::ServerUnaryReactor* StepAny(Writer& writer, Verb verb,
                                  grpc::CallbackServerContext* context,
                                  const Request* request,
                                  v1::Volunteer* response) {
  return Reply(writer, context, request, response,
               [verb, request](Transaction& txn) {
                 return Step(txn, verb, Whom(*request), request->note());
               });
}

}  // namespace

grpc::ServerUnaryReactor* VolunteerServiceImpl::CreateVolunteer(
    grpc::CallbackServerContext* context,
    const v1::CreateVolunteerRequest* request, v1::Volunteer* response) {
  return CreateAny<VolunteerKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::GetVolunteer(
    grpc::CallbackServerContext* context,
    const v1::GetVolunteerRequest* request, v1::Volunteer* response) {
  return GetAny<VolunteerKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::ListVolunteers(
    grpc::CallbackServerContext* context,
    const v1::ListVolunteersRequest* request,
    v1::ListVolunteersResponse* response) {
  return ListAny<VolunteerKind>(*writer_, *machine_, context, request,
                                response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::UpdateVolunteer(
    grpc::CallbackServerContext* context,
    const v1::UpdateVolunteerRequest* request, v1::Volunteer* response) {
  return UpdateAny<VolunteerKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::CreateTeam(
    grpc::CallbackServerContext* context, const v1::CreateTeamRequest* request,
    v1::Team* response) {
  return CreateAny<TeamKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::GetTeam(
    grpc::CallbackServerContext* context, const v1::GetTeamRequest* request,
    v1::Team* response) {
  return GetAny<TeamKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::ListTeams(
    grpc::CallbackServerContext* context, const v1::ListTeamsRequest* request,
    v1::ListTeamsResponse* response) {
  return ListAny<TeamKind>(*writer_, *machine_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::UpdateTeam(
    grpc::CallbackServerContext* context, const v1::UpdateTeamRequest* request,
    v1::Team* response) {
  return UpdateAny<TeamKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::CreateProject(
    grpc::CallbackServerContext* context,
    const v1::CreateProjectRequest* request, v1::Project* response) {
  return CreateAny<ProjectKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::GetProject(
    grpc::CallbackServerContext* context, const v1::GetProjectRequest* request,
    v1::Project* response) {
  return GetAny<ProjectKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::ListProjects(
    grpc::CallbackServerContext* context,
    const v1::ListProjectsRequest* request,
    v1::ListProjectsResponse* response) {
  return ListAny<ProjectKind>(*writer_, *machine_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::UpdateProject(
    grpc::CallbackServerContext* context,
    const v1::UpdateProjectRequest* request, v1::Project* response) {
  return UpdateAny<ProjectKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::CreateEnterprise(
    grpc::CallbackServerContext* context,
    const v1::CreateEnterpriseRequest* request, v1::Enterprise* response) {
  return CreateAny<EnterpriseKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::GetEnterprise(
    grpc::CallbackServerContext* context,
    const v1::GetEnterpriseRequest* request, v1::Enterprise* response) {
  return GetAny<EnterpriseKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::ListEnterprises(
    grpc::CallbackServerContext* context,
    const v1::ListEnterprisesRequest* request,
    v1::ListEnterprisesResponse* response) {
  return ListAny<EnterpriseKind>(*writer_, *machine_, context, request,
                                 response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::UpdateEnterprise(
    grpc::CallbackServerContext* context,
    const v1::UpdateEnterpriseRequest* request, v1::Enterprise* response) {
  return UpdateAny<EnterpriseKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::CreateStation(
    grpc::CallbackServerContext* context,
    const v1::CreateStationRequest* request, v1::Station* response) {
  return CreateAny<StationKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::GetStation(
    grpc::CallbackServerContext* context, const v1::GetStationRequest* request,
    v1::Station* response) {
  return GetAny<StationKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::ListStations(
    grpc::CallbackServerContext* context,
    const v1::ListStationsRequest* request,
    v1::ListStationsResponse* response) {
  return ListAny<StationKind>(*writer_, *machine_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::UpdateStation(
    grpc::CallbackServerContext* context,
    const v1::UpdateStationRequest* request, v1::Station* response) {
  return UpdateAny<StationKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::CreateSpecialty(
    grpc::CallbackServerContext* context,
    const v1::CreateSpecialtyRequest* request, v1::Specialty* response) {
  return CreateAny<SpecialtyKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::GetSpecialty(
    grpc::CallbackServerContext* context,
    const v1::GetSpecialtyRequest* request, v1::Specialty* response) {
  return GetAny<SpecialtyKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::ListSpecialties(
    grpc::CallbackServerContext* context,
    const v1::ListSpecialtiesRequest* request,
    v1::ListSpecialtiesResponse* response) {
  return ListAny<SpecialtyKind>(*writer_, *machine_, context, request,
                                response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::UpdateSpecialty(
    grpc::CallbackServerContext* context,
    const v1::UpdateSpecialtyRequest* request, v1::Specialty* response) {
  return UpdateAny<SpecialtyKind>(*writer_, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::VerifyVolunteer(
    grpc::CallbackServerContext* context,
    const v1::VerifyVolunteerRequest* request, v1::Volunteer* response) {
  return StepAny(*writer_, Verb::kVerify, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::ActivateVolunteer(
    grpc::CallbackServerContext* context,
    const v1::ActivateVolunteerRequest* request, v1::Volunteer* response) {
  return StepAny(*writer_, Verb::kActivate, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::PauseVolunteer(
    grpc::CallbackServerContext* context,
    const v1::PauseVolunteerRequest* request, v1::Volunteer* response) {
  return StepAny(*writer_, Verb::kPause, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::ExitVolunteer(
    grpc::CallbackServerContext* context,
    const v1::ExitVolunteerRequest* request, v1::Volunteer* response) {
  return StepAny(*writer_, Verb::kExit, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::ReinstateVolunteer(
    grpc::CallbackServerContext* context,
    const v1::ReinstateVolunteerRequest* request, v1::Volunteer* response) {
  return StepAny(*writer_, Verb::kReinstate, context, request, response);
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::JoinTeam(
    grpc::CallbackServerContext* context, const v1::JoinTeamRequest* request,
    v1::Volunteer* response) {
  return Reply(*writer_, context, request, response,
               [request](runtime::Transaction& txn) {
                 return volunteer::JoinTeam(
                     txn, Whom(*request), request->team(),
                     request->start_date(), request->note());
               });
}

grpc::ServerUnaryReactor* VolunteerServiceImpl::LeaveTeam(
    grpc::CallbackServerContext* context, const v1::LeaveTeamRequest* request,
    v1::Volunteer* response) {
  return Reply(*writer_, context, request, response,
               [request](runtime::Transaction& txn) {
                 return volunteer::LeaveTeam(
                     txn, Whom(*request), request->team(), request->end_date(),
                     request->note());
               });
}

}  // namespace jiedui::volunteer
