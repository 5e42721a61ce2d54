// Demands and resources prepared for scoring: codes become small numbers,
// texts become tokens. Built once a round; read-only and thread-safe after.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "common/codes/corps.h"
#include "common/text/tokens.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"
#include "services/matcher/engine/tables.h"

namespace jiedui::matcher::engine {

inline constexpr int32_t kNobody = -1;
inline constexpr int32_t kFullMarks = 1'000'000;

// A demand, or one talents seat of it.
struct DemandFacts {
  struct WeightedSubject {
    SubjectIndex subject;
    int32_t weight;
  };
  int32_t index = 0;  // in Problem::demands
  std::vector<WeightedSubject> subjects;
  IndustryIndex industry = kNoIndustry;
  PlaceIndex place = 0;
  std::vector<text::Token> tokens;
  Window window;
  Mode mode = Mode::kEither;
  uint32_t dialects = 0;  // bits by codes::Dialect
  codes::Title title_min = codes::Title::kNone;
  codes::Action action = codes::Action::kRuralRevitalisation;
  int32_t expert = kNobody;  // volunteer chosen, once the expert part is done
};

// A volunteer, team, project, enterprise or specialty. What a kind does not
// have stays at its default.
struct Facts {
  struct SkillFact {
    SubjectIndex subject;
    int32_t strength;  // ‰
    int32_t expires = std::numeric_limits<int32_t>::max();
  };
  std::vector<SkillFact> skills;
  std::vector<IndustryIndex> industries;
  std::vector<text::Token> tokens;
  std::vector<Window> availability;
  PlaceIndex place = 0;
  codes::Title title = codes::Title::kNone;
  Category category = Category::kRegular;
  uint32_t dialects = 0;
  Rating rating;
  int32_t accepted = 0;
  int32_t offered = 0;
  int32_t readiness = 0;
  int32_t specialty_weight = 0;  // of a specialty, 1 … 100
  bool leading = false;
  int32_t leader = kNobody;      // of a team; owner of a project
  std::vector<int32_t> members;  // of a team, sorted, without the leader
};

// What every feature may look at.
struct Context {
  const Policy& policy;
  const Tables& tables;
};

}  // namespace jiedui::matcher::engine
