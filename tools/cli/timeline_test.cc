#include "tools/cli/timeline.h"

#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "jiedui/matcher/event/v1/matcher_event.pb.h"
#include "tools/cli/session.h"

namespace jiedui::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

event::v1::Event Approval() {
  event::v1::Event event;
  event.set_seq(12);
  event.mutable_time()->set_seconds(1'790'000'000);
  event.set_actor("chen");
  event.set_subject("pairings/D00000001-ab12cd34");
  event.set_verb("approve");
  event.set_from_state("PROPOSED");
  event.set_to_state("APPROVED");
  event.set_note("可以");
  matcher::event::v1::Pairing pairing;
  pairing.set_demand_title("荔枝");
  event.mutable_payload()->PackFrom(pairing);
  return event;
}

std::string Shown(const event::v1::Event& event, OutputFormat format) {
  std::ostringstream out;
  std::ostringstream err;
  Settings settings;
  settings.format = format;
  Session session(settings, nullptr, out, err, false);
  ShowEvents(session, {event});
  return out.str();
}

TEST(Events, ReadAsASentence) {
  const std::string table = Shown(Approval(), OutputFormat::kTable);
  EXPECT_THAT(table, HasSubstr("chen"));
  EXPECT_THAT(table, HasSubstr("批准"));
  EXPECT_THAT(table, HasSubstr("已提议 → 已批准"));
  EXPECT_THAT(table, HasSubstr("可以"));
}

TEST(Events, JsonHasThePayload) {
  const std::string json = Shown(Approval(), OutputFormat::kJson);
  EXPECT_THAT(json, HasSubstr("\"demandTitle\": \"荔枝\""));
  EXPECT_THAT(json, HasSubstr("\"seq\": \"12\""));
}

TEST(Events, JsonOfAnUnknownPayloadKeepsTheRest) {
  event::v1::Event event = Approval();
  event.mutable_payload()->set_type_url(
      "type.googleapis.com/jiedui.future.v9.Thing");
  const std::string json = Shown(event, OutputFormat::kJson);
  EXPECT_THAT(json, HasSubstr("\"seq\": \"12\""));
  EXPECT_THAT(json, Not(HasSubstr("payload")));
}

}  // namespace
}  // namespace jiedui::cli
