#include "tools/cli/pairing_page.h"

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "tools/cli/output.h"

namespace jiedui::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Expert 30 points at most, talents 12 for 3 seats, a gap, a synergy.
constexpr char kPairing[] = R"pb(
  name: "pairings/P00000001"
  demand: "demands/D00000007"
  demand_title: "荔枝采后保鲜"
  region: "440981103000"
  round: "rounds/ab12"
  state: STATE_PROPOSED
  parts {
    kind: PART_KIND_EXPERT
    status: PART_STATUS_FILLED
    seats: 1
    points: 211998
    choices {
      resource: "volunteers/V00000012"
      display_name: "陈荔"
      summary: "正高 · 华南农业大学"
      points: 211998
      features {
        feature: "subject"
        raw: "园艺学"
        value: 799999
        weight: 400
        points: 95999
      }
      features {
        feature: "geo"
        raw: "38 km"
        value: 644444
        weight: 600
        points: 115999
      }
    }
    runners_up {
      resource: "volunteers/V00000013"
      display_name: "李果"
      points: 180000
      lacks_feature: "geo"
      lacks_points: 31998
      serves_instead: "demands/D00000008"
    }
    best_excluded {
      resource: "volunteers/V00000014"
      display_name: "王树"
      points: 250000
      constraints: CONSTRAINT_CAPACITY
      constraints: CONSTRAINT_DIALECT
    }
  }
  parts {
    kind: PART_KIND_PROJECT
    status: PART_STATUS_GAP
    seats: 1
    gap_reason: GAP_REASON_TIER_CLOSED
  }
  parts { kind: PART_KIND_TEAM status: PART_STATUS_NOT_REQUIRED seats: 1 }
  parts {
    kind: PART_KIND_TALENTS
    status: PART_STATUS_FILLED
    seats: 3
    points: 40000
    choices {
      resource: "volunteers/V00000020"
      display_name: "赵一"
      points: 20000
      features { feature: "subject" value: 500000 weight: 1000 points: 20000 }
    }
    choices {
      resource: "volunteers/V00000021"
      display_name: "钱二"
      points: 20000
      features { feature: "subject" value: 500000 weight: 1000 points: 20000 }
    }
  }
  synergies {
    feature: "expert_leads_team"
    value: 1000000
    weight: 1000
    points: 50000
  }
  points: 301998
  attainable_points: 650000
)pb";

class PairingPageTest : public ::testing::Test {
 protected:
  PairingPageTest() {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kPairing,
                                                              &page_.pairing));
    page_.demand.set_description("腐烂率高");
  }

  PairingPage page_;
};

TEST_F(PairingPageTest, SaysWhoWhyAndOfHowMuch) {
  const std::string page = RenderPairingPage(page_, Language::kChinese);
  EXPECT_THAT(page, HasSubstr("荔枝采后保鲜 (demands/D00000007)"));
  EXPECT_THAT(page, HasSubstr("广东省茂名市高州市"));
  EXPECT_THAT(page, HasSubstr("陈荔 (volunteers/V00000012)"));
  EXPECT_THAT(page, HasSubstr("21.1998 / 30.0000 分"));
  EXPECT_THAT(page, HasSubstr("学科 专业对口"));
  EXPECT_THAT(page, HasSubstr("9.5999 / 12.0000"));
  EXPECT_THAT(page, HasSubstr("38 km"));
}

TEST_F(PairingPageTest, SaysWhatOthersLackAndWhyTheBestIsKeptOut) {
  const std::string page = RenderPairingPage(page_, Language::kChinese);
  EXPECT_THAT(page, HasSubstr("距离 路程少 3.1998 分"));
  EXPECT_THAT(page, HasSubstr("本轮服务于 demands/D00000008"));
  EXPECT_THAT(page, HasSubstr("王树 (volunteers/V00000014)"));
  EXPECT_THAT(page, HasSubstr("已排满、不会必需的方言"));
}

TEST_F(PairingPageTest, AGapHasAReasonAndARemedy) {
  const std::string page = RenderPairingPage(page_, Language::kEnglish);
  EXPECT_THAT(page, HasSubstr("project · gap"));
  EXPECT_THAT(page, HasSubstr("tier or region not opened"));
  EXPECT_THAT(page, HasSubstr("jiedui demand update demands/D00000007"));
}

TEST_F(PairingPageTest, TheTotalAddsUpVisibly) {
  const std::string page = RenderPairingPage(page_, Language::kChinese);
  EXPECT_THAT(page, HasSubstr("专家 21.1998 + 人才 4.0000 + 协同 5.0000 = "
                              "30.1998（所需部分最高可得 65.0000 分）"));
}

TEST_F(PairingPageTest, TheMostOfAPartIsWorkedOutFromItsFeatures) {
  EXPECT_EQ(MostPoints(page_.pairing.parts(0)), 300'000);
  EXPECT_EQ(MostPoints(page_.pairing.parts(1)), 0);
  EXPECT_EQ(MostPoints(page_.pairing.parts(3)), 120'000);
}

TEST_F(PairingPageTest, TheNextCommandFitsTheState) {
  using matcher::v1::Pairing;
  using matcher::v1::ServiceRecord;
  const auto first = [&](Pairing::State state) {
    page_.pairing.set_state(state);
    const std::vector<NextStep> steps = NextSteps(page_);
    return steps.empty() ? "" : steps.front().line;
  };
  EXPECT_EQ(first(Pairing::STATE_PROPOSED),
            "jiedui pairing approve pairings/P00000001");
  EXPECT_EQ(first(Pairing::STATE_ACCEPTED),
            "jiedui service check-in pairings/P00000001");
  EXPECT_THAT(first(Pairing::STATE_ACTIVE), HasSubstr("pairing complete"));
  page_.records.emplace_back().set_name("serviceRecords/R00000001");
  page_.records.back().set_state(ServiceRecord::STATE_OPEN);
  EXPECT_EQ(first(Pairing::STATE_ACTIVE),
            "jiedui service check-out serviceRecords/R00000001");
  page_.offers.emplace_back().set_name("offers/O00000001");
  page_.offers.back().set_state(matcher::v1::Offer::STATE_PENDING);
  EXPECT_EQ(first(Pairing::STATE_OFFERED),
            "jiedui offer accept offers/O00000001");
  EXPECT_THAT(first(Pairing::STATE_COMPLETED), HasSubstr("--side requester"));
  page_.demand.set_state(demand::v1::Demand::STATE_EVALUATED);
  EXPECT_EQ(first(Pairing::STATE_EVALUATED),
            "jiedui demand close demands/D00000007");
  EXPECT_EQ(first(Pairing::STATE_SUPERSEDED), "");
}

TEST_F(PairingPageTest, ListCellsAreShort) {
  EXPECT_EQ(ExpertOf(page_.pairing, Language::kChinese), "陈荔");
  EXPECT_EQ(PartsOf(page_.pairing, Language::kChinese), "●○·●");
  EXPECT_EQ(ScoreOf(page_.pairing, Language::kChinese), "30.1998/65.0000");
}

}  // namespace
}  // namespace jiedui::cli
