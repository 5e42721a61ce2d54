#include "services/volunteer/domain/memberships.h"

#include <gtest/gtest.h>

#include <array>
#include <initializer_list>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace jiedui::volunteer {
namespace {

using base::HasReason;
using base::Reason;
using event::v1::Volunteer;

Volunteer With(std::initializer_list<std::array<const char*, 3>> memberships) {
  Volunteer volunteer;
  volunteer.set_name("volunteers/V1");
  for (const auto& [team, start, end] : memberships) {
    type::v1::Membership* membership = volunteer.add_memberships();
    membership->set_team(team);
    membership->set_start_date(start);
    membership->set_end_date(end);
  }
  return volunteer;
}

TEST(MembershipsTest, CountsThoseThatCoverOneAndTheSameDay) {
  EXPECT_EQ(MostTeamsAtOnce(With({}).memberships()), 0);
  EXPECT_EQ(MostTeamsAtOnce(With({{"a", "2026-01-01", "2026-01-31"},
                                  {"b", "2026-02-01", ""}})
                                .memberships()),
            1);
  // The last day counts.
  EXPECT_EQ(MostTeamsAtOnce(With({{"a", "2026-01-01", "2026-02-01"},
                                  {"b", "2026-02-01", ""}})
                                .memberships()),
            2);
}

TEST(MembershipsTest, ASixthTeamAtATimeIsRefusedButOneAfterAnotherIsNot) {
  Volunteer volunteer = With({});
  for (int i = 1; i <= kMaxTeamsAtOnce; ++i) {
    ASSERT_TRUE(Join(volunteer, absl::StrCat("teams/T", i), "2026-01-01").ok());
  }
  const absl::Status refused = Join(volunteer, "teams/T6", "2026-03-01");
  EXPECT_TRUE(HasReason(refused, Reason::kTooManyTeams));
  EXPECT_EQ(volunteer.memberships_size(), kMaxTeamsAtOnce);

  ASSERT_TRUE(Leave(volunteer, "teams/T1", "2026-02-28").ok());
  EXPECT_TRUE(Join(volunteer, "teams/T6", "2026-03-01").ok());
  EXPECT_TRUE(HasReason(Join(volunteer, "teams/T7", "2026-02-28"),
                        Reason::kTooManyTeams));
}

TEST(MembershipsTest, JoiningATeamTwiceIsRefusedUntilItWasLeft) {
  Volunteer volunteer = With({{"t", "2026-01-01", ""}});
  EXPECT_TRUE(
      HasReason(Join(volunteer, "t", "2026-06-01"), Reason::kAlreadyMember));
  ASSERT_TRUE(Leave(volunteer, "t", "2026-05-31").ok());
  EXPECT_TRUE(
      HasReason(Join(volunteer, "t", "2026-05-31"), Reason::kAlreadyMember));
  ASSERT_TRUE(Join(volunteer, "t", "2026-06-01").ok());
  EXPECT_EQ(TeamJoinedTwice(volunteer.memberships()), "");
  EXPECT_EQ(volunteer.memberships(0).end_date(), "2026-05-31");
  EXPECT_EQ(volunteer.memberships(1).start_date(), "2026-06-01");
}

TEST(MembershipsTest, LeavingIsRefusedWithoutAMembershipOrBeforeItBegan) {
  Volunteer volunteer =
      With({{"t", "2026-01-01", ""}, {"gone", "2025-01-01", "2025-12-31"}});
  EXPECT_TRUE(
      HasReason(Leave(volunteer, "other", "2026-06-01"), Reason::kNotMember));
  EXPECT_TRUE(
      HasReason(Leave(volunteer, "gone", "2026-06-01"), Reason::kNotMember));
  const absl::Status early = Leave(volunteer, "t", "2025-12-31");
  ASSERT_TRUE(base::Info(early).has_value());
  EXPECT_EQ(base::Info(early)->violations[0].reason, Reason::kWindowReversed);
  EXPECT_EQ(volunteer.memberships(0).end_date(), "");
}

TEST(MembershipsTest, ALaterEndMayBeBroughtForward) {
  Volunteer volunteer = With({{"t", "2026-01-01", "2027-12-31"}});
  ASSERT_TRUE(Leave(volunteer, "t", "2026-06-30").ok());
  EXPECT_EQ(volunteer.memberships(0).end_date(), "2026-06-30");
}

TEST(MembershipsTest, FindsATeamJoinedTwiceOnOneDay) {
  EXPECT_EQ(TeamJoinedTwice(With({{"a", "2026-01-01", "2026-02-01"},
                                  {"b", "2026-01-01", ""},
                                  {"a", "2026-02-01", ""}})
                                .memberships()),
            "a");
}

}  // namespace
}  // namespace jiedui::volunteer
