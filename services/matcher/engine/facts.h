// Demands and resources as scoring sees them: codes are small numbers, texts
// are tokens, and nothing is copied.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "common/codes/corps.h"
#include "services/matcher/engine/dictionary.h"
#include "services/matcher/engine/packed_tokens.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"
#include "services/matcher/engine/tables.h"

namespace jiedui::matcher::engine {

inline constexpr int32_t kNobody = -1;
inline constexpr int32_t kFullMarks = 1'000'000;
inline constexpr int32_t kNeverExpires = std::numeric_limits<int32_t>::max();

// A demand, or one talents seat of it.
struct DemandFacts {
  struct Asked {
    SubjectIndex subject = 0;
    int32_t weight = 0;
    const uint16_t* similarity = nullptr;  // SubjectRow(subject)
  };
  int32_t index = 0;  // in Problem::demands
  std::vector<Asked> subjects;
  std::vector<DisciplineIndex> disciplines;  // of the subjects, each once
  IndustryIndex industry = kNoIndustry;
  // IndustryRow and CrosswalkRow of the industry; null without one.
  const uint16_t* industry_similarity = nullptr;
  const uint16_t* crosswalk = nullptr;
  PlaceIndex place = 0;
  std::vector<TokenId> tokens;         // ascending
  std::array<uint64_t, 8> bloom = {};  // bits of the tokens: see features/text
  Window window;
  Mode mode = Mode::kEither;
  uint32_t dialects = 0;  // bits by codes::Dialect
  bool dialect_required = false;
  codes::Title title_min = codes::Title::kNone;
  codes::Action action = codes::Action::kRuralRevitalisation;
  codes::Tier tier = codes::Tier::kCounty;      // that handles it
  codes::Tier opened = codes::Tier::kProvince;  // highest opened
  std::array<NameId, 2> requester = {-1, -1};   // name and credit code
  int32_t expert = kNobody;  // volunteer chosen, once the expert part is done

  void SetTokens(std::vector<TokenId> ids);
  static size_t BloomBit(TokenId token) {
    return (token * 0x9E3779B1u) >> 23;  // 9 bits
  }
};

struct SkillFact {
  SubjectIndex subject = 0;
  uint16_t strength = 0;  // ‰
  int32_t expires = kNeverExpires;
};

// A volunteer, team, project, enterprise or specialty: a view into a
// FactsTable, valid until that changes. What a kind does not have stays at its
// default.
struct Facts {
  std::span<const SkillFact> skills;
  std::span<const IndustryIndex> industries;
  std::span<const Window> availability;
  PackedTokens tokens = nullptr;
  PlaceIndex place = 0;
  int32_t rating_f = 0;
  int32_t acceptance_f = 0;
  int32_t leader = kNobody;          // of a team; owner of a project
  std::span<const int32_t> members;  // of a team, sorted, without the leader
  codes::Title title = codes::Title::kNone;
  Category category = Category::kRegular;
  codes::Tier tier = codes::Tier::kProvince;  // of a volunteer or team
  uint8_t dialects = 0;                       // bits by codes::Dialect
  uint8_t readiness = 0;
  uint8_t specialty_weight = 0;  // of a specialty, 1 … 100
  bool leading = false;
};

// Tiers climbed above the demand's own to reach a resource of `tier`.
inline int32_t TierDistance(codes::Tier demand, codes::Tier resource) {
  const int32_t climbed =
      static_cast<int32_t>(demand) - static_cast<int32_t>(resource);
  return climbed > 0 ? climbed : 0;
}

}  // namespace jiedui::matcher::engine
