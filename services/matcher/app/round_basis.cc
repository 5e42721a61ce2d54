#include "services/matcher/app/round_basis.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "common/base/sha256.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/exclusions.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/ledger.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/life.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/problem_builder.h"
#include "services/matcher/domain/to_engine.h"

namespace jiedui::matcher {
namespace {

using demand::event::v1::Demand;
using jiedui::store::Reader;
using store::v1::LivePairing;
using store::v1::PairingRecord;
using volunteer::event::v1::Enterprise;
using volunteer::event::v1::Project;
using volunteer::event::v1::Specialty;
using volunteer::event::v1::Team;
using volunteer::event::v1::Volunteer;

class BasisReader {
 public:
  BasisReader(const Reader& state, absl::CivilDay as_of, const Scope* scope)
      : state_(state), scope_(scope), builder_(as_of) {
    basis_.as_of = as_of;
  }

  RoundBasis Read() && {
    VisitBookings(state_, [this](std::string_view resource, int32_t count) {
      used_[std::string(resource)] = count;
    });
    if (scope_ != nullptr) CountOtherDrafts();
    VisitInvited(state_, basis_.as_of,
                 [this](std::string_view volunteer, const Invited& invited) {
                   invited_[std::string(volunteer)] = invited;
                 });
    VisitReplicas<Demand>(state_,
                          [this](const Demand& demand) { Add(demand); });
    AddAll<Volunteer>();
    AddAll<Team>();
    AddAll<Project>();
    AddAll<Enterprise>();
    AddAll<Specialty>();
    VisitExclusions(state_, [this](const store::v1::ExclusionRecord& record) {
      builder_.Add(record);
    });
    basis_.problem = std::move(builder_).Build();
    return std::move(basis_);
  }

 private:
  void Add(const Demand& demand) {
    const bool asked = scope_ == nullptr || scope_->contains(demand.name());
    if (!asked || !TakesPart(state_, demand)) {
      return builder_.CountForHistory(demand);
    }
    DemandBasis& part = basis_.demands[demand.name()];
    part.matter = MatterOf(demand);
    part.draft = LivePairingOf(state_, demand.name());
    part.dispatch = DispatchVersion(state_, demand.name());
    if (WindowPast(demand, basis_.as_of)) {
      basis_.window_over.push_back(demand.name());
      return;
    }
    builder_.Add(demand, HandlingTier(state_, demand.name()));
    if (part.draft && part.draft->locked()) AddLocks(part.draft->pairing());
  }

  // What is proposed to others, reviewed or not, is theirs.
  void CountOtherDrafts() {
    VisitLivePairings(state_, [this](std::string_view demand,
                                     const LivePairing& live) {
      if (scope_->contains(std::string(demand)) || Books(live.state())) return;
      const auto record = Pairings::Find(state_, live.pairing());
      if (!record) return;
      for (const std::string& resource : BookedResources(record->pairing())) {
        ++drafts_[resource];
      }
    });
  }

  void AddLocks(const std::string& draft) {
    const auto record = Pairings::Find(state_, draft);
    if (!record) return;
    for (int kind : record->pairing().locked_parts()) {
      const auto part = static_cast<type::v1::PartKind>(kind);
      builder_.Lock(record->pairing(), part);
      for (const auto& choice : PartOf(record->pairing(), part).choices()) {
        ++locked_[choice.resource()];
      }
    }
  }

  // As many as may be asked are free, less what drafts of others hold; but a
  // lock is never undone by either.
  int32_t UsedOf(const std::string& resource, int32_t capacity,
                 const std::string& addressee) {
    const int32_t booked = used_[resource];
    const int32_t locked = locked_[resource];
    const int32_t most = std::max(invited_[addressee].left(), locked);
    const int32_t used = std::max(booked, capacity - most) + drafts_[resource];
    return std::max(booked, std::min(used, capacity - locked));
  }

  template <typename Resource>
  void AddAll() {
    VisitReplicas<Resource>(state_, [this](const Resource& resource) {
      if (Serves(resource)) AddResource(resource);
    });
  }
  void AddResource(const Volunteer& volunteer) {
    builder_.Add(
        volunteer,
        UsedOf(volunteer.name(), volunteer.capacity(), volunteer.name()),
        TallyOf(state_, volunteer.name()));
  }
  void AddResource(const Team& team) {
    builder_.Add(team, UsedOf(team.name(), team.capacity(), team.leader()),
                 TallyOf(state_, team.name()));
  }
  void AddResource(const Project& project) {
    builder_.Add(project, used_[project.name()] + drafts_[project.name()]);
  }
  void AddResource(const Enterprise& enterprise) { builder_.Add(enterprise); }
  void AddResource(const Specialty& specialty) { builder_.Add(specialty); }

  const Reader& state_;
  const Scope* const scope_;
  ProblemBuilder builder_;
  RoundBasis basis_;
  absl::flat_hash_map<std::string, int32_t> used_;
  absl::flat_hash_map<std::string, int32_t> drafts_;
  absl::flat_hash_map<std::string, int32_t> locked_;
  absl::flat_hash_map<std::string, Invited> invited_;
};

// Whether the demand's pairing ended here without service.
bool PairingFell(const Reader& state, const std::string& pairing) {
  const std::optional<PairingRecord> record = Pairings::Find(state, pairing);
  if (!record) return false;
  const std::string& is = record->pairing().state();
  return is == kReject.to || is == kDecline.to || is == kCancel.to ||
         is == kSupersede.to;
}

}  // namespace

bool TakesPart(const Reader& state, const Demand& demand) {
  const std::optional<LivePairing> live = LivePairingOf(state, demand.name());
  if (live) return live->state() == kPropose.to;
  if (IsServed(state, demand.name())) return false;
  if (demand.state() == "OPEN" || demand.state() == "PROPOSED") return true;
  return (demand.state() == "DISPATCHED" || demand.state() == "IN_SERVICE") &&
         PairingFell(state, demand.pairing());
}

std::string MatterOf(const Demand& demand) {
  Demand matter = demand;
  matter.clear_state();
  matter.clear_pairing();
  matter.clear_update_time();
  matter.clear_state_reason();
  return base::Sha256(matter.SerializeAsString());
}

RoundBasis ReadBasis(const Reader& state, absl::CivilDay as_of,
                     const Scope* scope) {
  return BasisReader(state, as_of, scope).Read();
}

}  // namespace jiedui::matcher
