#include "common/query/convert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "jiedui/demand/event/v1/demand_event.pb.h"
#include "jiedui/demand/v1/demand.pb.h"
#include "jiedui/matcher/event/v1/dispatch_event.pb.h"
#include "jiedui/matcher/event/v1/matcher_event.pb.h"
#include "jiedui/matcher/event/v1/notice_event.pb.h"
#include "jiedui/matcher/v1/dispatch.pb.h"
#include "jiedui/matcher/v1/matcher.pb.h"
#include "jiedui/matcher/v1/notice.pb.h"
#include "jiedui/volunteer/event/v1/volunteer_event.pb.h"
#include "jiedui/volunteer/v1/supply.pb.h"
#include "jiedui/volunteer/v1/volunteer.pb.h"

namespace jiedui::query {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(CopyByNameTest, CarriesAllShapesAndGoesBackUnchanged) {
  demand::v1::Demand demand;
  demand.set_title("荔枝保鲜");
  demand.add_subjects("2104030");
  demand.add_dialects(type::v1::DIALECT_HAKKA);
  demand.mutable_metric()->set_target(3.5);
  demand.mutable_submit_time()->set_seconds(7);
  demand.set_mandatory(true);
  demand.set_state(demand::v1::Demand::STATE_IN_SERVICE);
  demand.mutable_parts()->set_talents_count(3);
  demand::event::v1::Demand event;
  CopyByName(demand, event);
  EXPECT_EQ(event.state(), "IN_SERVICE");
  demand::v1::Demand back;
  CopyByName(event, back);
  EXPECT_EQ(back.SerializeAsString(), demand.SerializeAsString());
}

TEST(CopyByNameTest, ReplacesWhatStoodThereButForFieldsOfOneSide) {
  demand::event::v1::Demand event;
  demand::v1::Demand demand;
  demand.add_subjects("110");
  demand.mutable_metric()->set_name("old");
  demand.set_state(demand::v1::Demand::STATE_OPEN);
  demand.set_etag("kept");
  CopyByName(event, demand);
  demand::v1::Demand expected;
  expected.set_etag("kept");
  EXPECT_EQ(demand.SerializeAsString(), expected.SerializeAsString());
}

// What events leave out on purpose, and nothing else.
TEST(CopyByNameTest, EventsLeaveOutContactDataAndEtagsOnly) {
  const auto left_out = [](const auto& from, const auto& to) {
    return NotCarried(*from.descriptor(), *to.descriptor());
  };
  namespace de = demand::event::v1;
  namespace ve = volunteer::event::v1;
  namespace me = matcher::event::v1;
  namespace vv = volunteer::v1;
  namespace mv = matcher::v1;
  EXPECT_THAT(left_out(demand::v1::Demand(), de::Demand()),
              ElementsAre("contact", "etag"));
  EXPECT_THAT(left_out(vv::Volunteer(), ve::Volunteer()),
              ElementsAre("phone", "etag"));
  EXPECT_THAT(left_out(vv::Team(), ve::Team()), ElementsAre("etag"));
  EXPECT_THAT(left_out(vv::Project(), ve::Project()), ElementsAre("etag"));
  EXPECT_THAT(left_out(vv::Enterprise(), ve::Enterprise()),
              ElementsAre("etag"));
  EXPECT_THAT(left_out(vv::Station(), ve::Station()), ElementsAre("etag"));
  EXPECT_THAT(left_out(vv::Specialty(), ve::Specialty()), ElementsAre("etag"));
  EXPECT_THAT(left_out(mv::Pairing(), me::Pairing()), ElementsAre("etag"));
  EXPECT_THAT(left_out(mv::Offer(), me::Offer()), ElementsAre("etag"));
  EXPECT_THAT(left_out(mv::Dispatch(), me::Dispatch()), ElementsAre("etag"));
  EXPECT_THAT(left_out(mv::Visit(), me::Visit()), ElementsAre("etag"));
  EXPECT_THAT(left_out(mv::ServiceRecord(), me::ServiceRecord()),
              ElementsAre("etag"));
  EXPECT_THAT(left_out(mv::Round(), me::Round()), IsEmpty());
  EXPECT_THAT(left_out(mv::Notice(), me::Notice()), IsEmpty());
  EXPECT_THAT(left_out(de::Demand(), demand::v1::Demand()), IsEmpty());
  EXPECT_THAT(left_out(ve::Volunteer(), vv::Volunteer()), IsEmpty());
  EXPECT_THAT(left_out(me::Pairing(), mv::Pairing()), IsEmpty());
}

TEST(EnumNameTest, PrefixesComeAndGo) {
  const auto& type = *type::v1::PartKind_descriptor();
  const auto* value = FindEnumValue(type, "EXPERT");
  ASSERT_NE(value, nullptr);
  EXPECT_EQ(value->number(), type::v1::PART_KIND_EXPERT);
  EXPECT_EQ(ShortEnumName(*value), "EXPERT");
  EXPECT_EQ(FindEnumValue(type, "PART_KIND_EXPERT"), value);
  EXPECT_EQ(FindEnumValue(type, "EXPERTS"), nullptr);
}

}  // namespace
}  // namespace jiedui::query
