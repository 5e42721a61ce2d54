// Browsers and phones reach every service, in both layouts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "jiedui/demand/v1/demand_service.pb.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"
#include "jiedui/sheet/v1/sheet_service.pb.h"
#include "jiedui/volunteer/v1/volunteer_service.pb.h"
#include "tests/e2e/deployment.h"
#include "tests/gateway/raw_client.h"

namespace jiedui::e2e {
namespace {

using gateway::WebAnswer;
using testing::HasSubstr;

class WebTest : public testing::TestWithParam<Layout> {
 protected:
  WebTest() : deployment_(GetParam(), FreshFolder(LayoutName(GetParam()))) {
    deployment_.Start();
    EXPECT_TRUE(gateway::AwaitPort(deployment_.web_port()));
  }
  ~WebTest() override { EXPECT_TRUE(deployment_.Stop()) << deployment_.Log(); }

  static std::string FreshFolder(const std::string& layout) {
    const std::string folder = testing::TempDir() + "/e2e_web_" + layout;
    std::filesystem::remove_all(folder);
    return folder;
  }
  template <typename Response>
  Response Call(const std::string& method,
                const google::protobuf::Message& request, int code = 0) {
    answer_ = gateway::CallOnce(
        deployment_.web_port(),
        gateway::Post(method, gateway::MessageFrame(request.SerializeAsString(),
                                                    /*compressed=*/false)));
    EXPECT_EQ(answer_.code, code) << method << ": " << answer_.message;
    Response response;
    EXPECT_EQ(answer_.bytes.empty(), code != 0);
    if (!answer_.bytes.empty()) response.ParseFromString(answer_.bytes[0]);
    return response;
  }

  Deployment deployment_;
  WebAnswer answer_;
};

TEST_P(WebTest, EachServiceAnswers) {
  Call<demand::v1::ListDemandsResponse>(
      "/jiedui.demand.v1.DemandService/ListDemands",
      demand::v1::ListDemandsRequest());
  Call<volunteer::v1::ListVolunteersResponse>(
      "/jiedui.volunteer.v1.VolunteerService/ListVolunteers",
      volunteer::v1::ListVolunteersRequest());
  Call<matcher::v1::ListPairingsResponse>(
      "/jiedui.matcher.v1.MatcherService/ListPairings",
      matcher::v1::ListPairingsRequest());
}

TEST_P(WebTest, SheetsGoWhereTheirKindIsKept) {
  for (const char* kind : {"demands", "volunteers"}) {
    sheet::v1::GetSheetTemplateRequest request;
    request.set_kind(kind);
    const auto sheet = Call<sheet::v1::SheetTemplate>(
        "/jiedui.sheet.v1.SheetService/GetSheetTemplate", request);
    EXPECT_FALSE(sheet.content().empty()) << kind;
  }
}

TEST_P(WebTest, ErrorsAreSaidInChinese) {
  demand::v1::GetDemandRequest request;
  request.set_name("demands/D99999999");
  Call<demand::v1::Demand>("/jiedui.demand.v1.DemandService/GetDemand", request,
                           grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(answer_.message, HasSubstr("找不到"));
}

TEST_P(WebTest, TheEventLogIsForServicesOnly) {
  Call<demand::v1::Demand>("/jiedui.event.v1.EventLogService/GetHead",
                           demand::v1::GetDemandRequest(),
                           grpc::StatusCode::UNIMPLEMENTED);
}

INSTANTIATE_TEST_SUITE_P(Layouts, WebTest,
                         testing::Values(Layout::kAllInOne, Layout::kSeparate),
                         [](const auto& info) {
                           return LayoutName(info.param);
                         });

}  // namespace
}  // namespace jiedui::e2e
