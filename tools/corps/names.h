// Made-up names of people and of the bodies they work for.
#pragma once

#include <string>
#include <string_view>

#include "common/codes/corps.h"
#include "common/codes/regions.h"
#include "tools/corps/random.h"
#include "tools/corps/rows.h"

namespace jiedui::corps {

// A surname, the commoner the likelier, and a given name of one or two
// characters.
std::string PersonName(Random& random);

// Two characters of luck, as companies are called.
std::string BrandName(Random& random);

// Who employs a person of this tier and line (not kEnterprise) at the place:
// a university, an institute, a hospital, a county's or township's service.
std::string PublicEmployer(const codes::Region& place, codes::Tier tier,
                           codes::Line line, Random& random);

// Four digits of the fictional block 1990000NNNN.
uint32_t PhoneSuffix(Random& random);

// The local languages of a region, without Mandarin, the main one first; empty
// where people speak Mandarin or nothing that is counted here.
Dialects LocalDialects(const codes::Region& region);

}  // namespace jiedui::corps
