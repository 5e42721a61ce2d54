#include "tests/bench/demands.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace jiedui::bench {
namespace {

struct Trouble {
  const char* title;
  const char* sentence;
  const char* subject;   // GB/T 13745
  const char* industry;  // GB/T 4754
  const char* region;
};

constexpr std::array kTroubles = {
    Trouble{"荔枝采后三天褐变", "采后三天果皮褐变，外销损耗超过两成。", "21040",
            "0151", "440981000"},
    Trouble{"对虾高密度养殖发病快", "高位池放苗四十天后出现空肠空胃，死亡快。",
            "24010", "0411", "440825000"},
    Trouble{"陶瓷窑炉能耗偏高", "辊道窑单位能耗比同行高百分之十五。", "43050",
            "3071", "440604000"},
    Trouble{"注塑模具热处理后变形", "热处理后型腔变形，修模一次要停产三天。",
            "46015", "3525", "441900000"},
    Trouble{"茶叶机采后青气重", "机采鲜叶老嫩不匀，杀青后青气难除。", "21030",
            "0164", "445122000"},
    Trouble{"新会陈皮储存生虫", "陈化仓湿度难控，第二年开始生虫发霉。", "55020",
            "1371", "440705000"},
    Trouble{"五金件电镀废水超标", "电镀线扩产后总镍间歇超标，被责令整改。",
            "61030", "3360", "442000000"},
};

}  // namespace

demand::v1::Demand ExampleDemand(uint64_t number) {
  const auto trouble = [number](uint64_t step) -> const Trouble& {
    return kTroubles[(number / step) % kTroubles.size()];
  };
  const Trouble& main = trouble(1);
  demand::v1::Demand demand;
  demand.set_external_id(absl::StrFormat("B-%09d", number));
  demand.set_title(absl::StrCat(main.title, "（第", number, "号）"));
  demand.set_description(absl::StrCat(
      main.sentence, "试过两种办法都没有根治；", trouble(7).sentence,
      trouble(49).sentence, "希望专家到现场看一次，给出可以照着做的规程。"));
  demand.set_library(type::v1::LIBRARY_PROBLEM);
  demand.set_action(type::v1::ACTION_RURAL_REVITALISATION);
  demand.mutable_requester()->set_name("高岗镇柏桥村经济联合社");
  demand.mutable_requester()->set_kind(type::v1::REQUESTER_KIND_VILLAGE);
  demand.mutable_contact()->set_name("林桂香");
  demand.mutable_contact()->set_phone("19900003000");
  demand.set_region(main.region);
  demand.add_subjects(main.subject);
  demand.set_industry(main.industry);
  demand.mutable_metric()->set_name("不合格率");
  demand.mutable_metric()->set_unit("%");
  demand.mutable_metric()->set_baseline(18);
  demand.mutable_metric()->set_target(5);
  demand.set_urgency(type::v1::URGENCY_HIGH);
  demand.mutable_window()->set_start_date("2030-01-10");
  demand.mutable_window()->set_end_date("2030-06-30");
  demand.set_mode(type::v1::MODE_ON_SITE);
  demand.add_dialects(type::v1::DIALECT_CANTONESE);
  return demand;
}

std::string NameOfDemand(uint64_t number) {
  return absl::StrFormat("demands/D%08d", number);
}

}  // namespace jiedui::bench
