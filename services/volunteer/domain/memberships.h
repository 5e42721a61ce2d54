// Belonging to teams, with dates. Days are YYYY-MM-DD, which compare as texts.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "jiedui/type/v1/values.pb.h"
#include "jiedui/volunteer/event/v1/volunteer_event.pb.h"

namespace jiedui::volunteer {

// One person can be in so many teams at a time (广东省科协 2019-05-17, task 1).
inline constexpr int kMaxTeamsAtOnce = 5;

using Memberships = google::protobuf::RepeatedPtrField<type::v1::Membership>;

// The largest number of memberships that cover one and the same day.
int MostTeamsAtOnce(const Memberships& memberships);

// The team of which two memberships cover the same day; empty: none.
std::string_view TeamJoinedTwice(const Memberships& memberships);

// Adds an open membership from `day` on. Errors: kAlreadyMember when one of
// the same team reaches to that day or beyond; kTooManyTeams. The volunteer is
// then unchanged.
absl::Status Join(event::v1::Volunteer& volunteer, std::string_view team,
                  std::string_view day);

// Ends the membership that covers the days after `day`, which is its last.
// Errors: kNotMember; a violation of end_date (kWindowReversed) when it began
// after `day`. The volunteer is then unchanged.
absl::Status Leave(event::v1::Volunteer& volunteer, std::string_view team,
                   std::string_view day);

}  // namespace jiedui::volunteer
