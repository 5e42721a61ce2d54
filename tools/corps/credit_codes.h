// Well-formed unified social credit codes (GB 32100-2015) for made-up bodies.
#pragma once

#include <cstdint>
#include <string>

#include "common/codes/regions.h"

namespace jiedui::corps {

enum class BodyKind {
  kCompany,      // 91, registered by market supervision
  kCooperative,  // 93
  kInstitution,  // 12, the office of a park
  kAssociation,  // 51, registered by civil affairs
};

// The code of the body `number` of this kind, registered in the county (or
// city without counties) of `region`. Within a kind, different numbers below
// 31^6 (887 million) have different codes. Right in both check characters:
// its own, and that of the organisation code (GB 11714) within it.
std::string MakeCreditCode(BodyKind kind, const codes::Region& region,
                           uint64_t number);

}  // namespace jiedui::corps
