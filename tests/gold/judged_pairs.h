// Pairs of the sample province that were judged by reading: the demand's text
// beside what the person, project or team can do and has done.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::gold {

// In order.
enum class Judgement {
  kWrong,       // 错: another specialism, or nobody to lead this
  kAcceptable,  // 可: could serve when nobody better can
  kGood         // 好: a coordinator would nod
};

struct JudgedPair {
  matcher::engine::Part part = matcher::engine::Part::kExpert;
  std::string demand;
  std::string resource;
  Judgement judgement = Judgement::kWrong;
  std::string reason;
};

// Reads a sheet with the columns 部分, 需求, 资源, 判断, 理由; ids as in
// deploy/sample. Errors as those of LoadSampleProvince.
absl::StatusOr<std::vector<JudgedPair>> LoadJudgedPairs(
    const std::string& path);

}  // namespace jiedui::gold
