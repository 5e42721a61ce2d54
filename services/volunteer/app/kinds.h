// The six kinds of resources that the volunteer registry keeps.
#pragma once

#include <string_view>

#include "common/runtime/collection.h"
#include "jiedui/volunteer/store/v1/volunteer_store.pb.h"
#include "services/volunteer/app/keys.h"

namespace jiedui::volunteer {

struct VolunteerKind {
  using Record = store::v1::VolunteerRecord;
  using Fact = event::v1::Volunteer;
  static constexpr std::string_view kCollection = "volunteers";
  static constexpr char kLetter = 'V';
  static constexpr char kRowKey = keys::kVolunteer;
  static constexpr char kExternalKey = keys::kVolunteerExternalId;
  static const Fact& fact(const Record& record) { return record.volunteer(); }
  static Fact& fact(Record& record) { return *record.mutable_volunteer(); }
};

struct TeamKind {
  using Record = store::v1::TeamRecord;
  using Fact = event::v1::Team;
  static constexpr std::string_view kCollection = "teams";
  static constexpr char kLetter = 'T';
  static constexpr char kRowKey = keys::kTeam;
  static constexpr char kExternalKey = keys::kTeamExternalId;
  static const Fact& fact(const Record& record) { return record.team(); }
  static Fact& fact(Record& record) { return *record.mutable_team(); }
};

struct ProjectKind {
  using Record = store::v1::ProjectRecord;
  using Fact = event::v1::Project;
  static constexpr std::string_view kCollection = "projects";
  static constexpr char kLetter = 'P';
  static constexpr char kRowKey = keys::kProject;
  static constexpr char kExternalKey = keys::kProjectExternalId;
  static const Fact& fact(const Record& record) { return record.project(); }
  static Fact& fact(Record& record) { return *record.mutable_project(); }
};

struct EnterpriseKind {
  using Record = store::v1::EnterpriseRecord;
  using Fact = event::v1::Enterprise;
  static constexpr std::string_view kCollection = "enterprises";
  static constexpr char kLetter = 'E';
  static constexpr char kRowKey = keys::kEnterprise;
  static constexpr char kExternalKey = keys::kEnterpriseExternalId;
  static const Fact& fact(const Record& record) { return record.enterprise(); }
  static Fact& fact(Record& record) { return *record.mutable_enterprise(); }
};

struct StationKind {
  using Record = store::v1::StationRecord;
  using Fact = event::v1::Station;
  static constexpr std::string_view kCollection = "stations";
  static constexpr char kLetter = 'S';
  static constexpr char kRowKey = keys::kStation;
  static constexpr char kExternalKey = keys::kStationExternalId;
  static const Fact& fact(const Record& record) { return record.station(); }
  static Fact& fact(Record& record) { return *record.mutable_station(); }
};

struct SpecialtyKind {
  using Record = store::v1::SpecialtyRecord;
  using Fact = event::v1::Specialty;
  static constexpr std::string_view kCollection = "specialties";
  static constexpr char kLetter = 'I';  // 产业 industry; S is a station's
  static constexpr char kRowKey = keys::kSpecialty;
  static constexpr char kExternalKey = keys::kSpecialtyExternalId;
  static const Fact& fact(const Record& record) { return record.specialty(); }
  static Fact& fact(Record& record) { return *record.mutable_specialty(); }
};

using Volunteers = runtime::Collection<VolunteerKind>;
using Teams = runtime::Collection<TeamKind>;
using Projects = runtime::Collection<ProjectKind>;

// visit(Kind()) for each kind.
template <typename Visit>
void ForEachKind(Visit visit) {
  visit(VolunteerKind());
  visit(TeamKind());
  visit(ProjectKind());
  visit(EnterpriseKind());
  visit(StationKind());
  visit(SpecialtyKind());
}

// visit(Kind()) for the kind that a fact is about.
template <typename Visit>
void WithKindOf(const journal::v1::Fact& fact, Visit visit) {
  ForEachKind([&]<typename Kind>(Kind kind) {
    if (runtime::Collection<Kind>::Owns(fact)) visit(kind);
  });
}

}  // namespace jiedui::volunteer
