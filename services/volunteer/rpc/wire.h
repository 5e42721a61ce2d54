// How each kind looks in the API: its message, and the fields of requests and
// responses that carry it.
#pragma once

#include "common/query/convert.h"
#include "common/runtime/collection.h"
#include "jiedui/volunteer/v1/volunteer_service.pb.h"
#include "services/volunteer/app/kinds.h"

namespace jiedui::volunteer {

template <typename Kind>
struct Wire;

template <>
struct Wire<VolunteerKind> {
  using Api = v1::Volunteer;
  static const Api& In(const auto& request) { return request.volunteer(); }
  static auto* Items(auto* response) { return response->mutable_volunteers(); }
};

template <>
struct Wire<TeamKind> {
  using Api = v1::Team;
  static const Api& In(const auto& request) { return request.team(); }
  static auto* Items(auto* response) { return response->mutable_teams(); }
};

template <>
struct Wire<ProjectKind> {
  using Api = v1::Project;
  static const Api& In(const auto& request) { return request.project(); }
  static auto* Items(auto* response) { return response->mutable_projects(); }
};

template <>
struct Wire<EnterpriseKind> {
  using Api = v1::Enterprise;
  static const Api& In(const auto& request) { return request.enterprise(); }
  static auto* Items(auto* response) { return response->mutable_enterprises(); }
};

template <>
struct Wire<StationKind> {
  using Api = v1::Station;
  static const Api& In(const auto& request) { return request.station(); }
  static auto* Items(auto* response) { return response->mutable_stations(); }
};

template <>
struct Wire<SpecialtyKind> {
  using Api = v1::Specialty;
  static const Api& In(const auto& request) { return request.specialty(); }
  static auto* Items(auto* response) { return response->mutable_specialties(); }
};

template <typename Kind>
void ToApi(const typename Kind::Record& record, typename Wire<Kind>::Api* api) {
  query::CopyByName(Kind::fact(record), *api);
  api->set_etag(runtime::Collection<Kind>::Etag(record));
  if constexpr (requires { record.phone(); }) api->set_phone(record.phone());
}

// Whatever has no place in `api` stays as it is in `record`.
template <typename Kind>
void FromApi(const typename Wire<Kind>::Api& api,
             typename Kind::Record& record) {
  query::CopyByName(api, Kind::fact(record));
  if constexpr (requires { record.phone(); }) record.set_phone(api.phone());
}

}  // namespace jiedui::volunteer
