#include "tests/gold/judged_pairs.h"

#include "common/sheet/cells.h"
#include "tests/gold/read_sheet.h"

namespace jiedui::gold {
namespace {

using matcher::engine::Part;
using sheet::Choice;
using sheet::Text;

sheet::Schema<JudgedPair> Columns() {
  sheet::Schema<JudgedPair> schema;
  schema
      .Required("部分", "part", "",
                Choice<Part>({{Part::kExpert, {"专家"}},
                              {Part::kProject, {"项目"}},
                              {Part::kTeam, {"团队"}},
                              {Part::kTalents, {"人才"}}}),
                &JudgedPair::part)
      .Required("需求", "demand", "", Text{}, &JudgedPair::demand)
      .Required("资源", "resource", "", Text{}, &JudgedPair::resource)
      .Required("判断", "judgement", "",
                Choice<Judgement>({{Judgement::kWrong, {"错"}},
                                   {Judgement::kAcceptable, {"可"}},
                                   {Judgement::kGood, {"好"}}}),
                &JudgedPair::judgement)
      .Required("理由", "reason", "", Text{}, &JudgedPair::reason);
  return schema;
}

}  // namespace

absl::StatusOr<std::vector<JudgedPair>> LoadJudgedPairs(
    const std::string& path) {
  return ReadSheet(path, Columns());
}

}  // namespace jiedui::gold
