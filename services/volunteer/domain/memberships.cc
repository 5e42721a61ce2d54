#include "services/volunteer/domain/memberships.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace jiedui::volunteer {
namespace {

using base::MakeError;
using base::Reason;
using type::v1::Membership;

bool EndsBefore(const Membership& membership, std::string_view day) {
  return !membership.end_date().empty() && membership.end_date() < day;
}

bool Covers(const Membership& membership, std::string_view day) {
  return membership.start_date() <= day && !EndsBefore(membership, day);
}

}  // namespace

int MostTeamsAtOnce(const Memberships& memberships) {
  int most = 0;
  // The number only rises on a first day.
  for (const Membership& at : memberships) {
    const auto covering = std::count_if(
        memberships.begin(), memberships.end(),
        [&](const Membership& m) { return Covers(m, at.start_date()); });
    most = std::max(most, static_cast<int>(covering));
  }
  return most;
}

std::string_view TeamJoinedTwice(const Memberships& memberships) {
  for (int i = 0; i < memberships.size(); ++i) {
    for (int j = 0; j < memberships.size(); ++j) {
      if (i != j && memberships[i].team() == memberships[j].team() &&
          Covers(memberships[i], memberships[j].start_date())) {
        return memberships[i].team();
      }
    }
  }
  return "";
}

absl::Status Join(event::v1::Volunteer& volunteer, std::string_view team,
                  std::string_view day) {
  for (const Membership& known : volunteer.memberships()) {
    if (known.team() == team && !EndsBefore(known, day)) {
      return MakeError(Reason::kAlreadyMember, {{"resource", volunteer.name()},
                                                {"team", std::string(team)},
                                                {"since", known.start_date()}});
    }
  }
  Membership* membership = volunteer.add_memberships();
  membership->set_team(std::string(team));
  membership->set_start_date(std::string(day));
  const int most = MostTeamsAtOnce(volunteer.memberships());
  if (most <= kMaxTeamsAtOnce) return absl::OkStatus();
  volunteer.mutable_memberships()->RemoveLast();
  return MakeError(Reason::kTooManyTeams,
                   {{"resource", volunteer.name()},
                    {"count", absl::StrCat(most - 1)},
                    {"limit", absl::StrCat(kMaxTeamsAtOnce)}});
}

absl::Status Leave(event::v1::Volunteer& volunteer, std::string_view team,
                   std::string_view day) {
  for (Membership& known : *volunteer.mutable_memberships()) {
    if (known.team() != team) continue;
    if (!known.end_date().empty() && known.end_date() <= day) continue;
    if (known.start_date() > day) {
      base::Violations violations;
      violations.Add(
          "end_date", Reason::kWindowReversed,
          {{"start", known.start_date()}, {"end", std::string(day)}});
      return violations.ToStatus();
    }
    known.set_end_date(std::string(day));
    return absl::OkStatus();
  }
  return MakeError(Reason::kNotMember, {{"resource", volunteer.name()},
                                        {"team", std::string(team)}});
}

}  // namespace jiedui::volunteer
