// The names of subjects and industries as terms to be found in free text.
#pragma once

#include "common/text/tokens.h"

namespace jiedui::text {

// All names of GB/T 13745 and GB/T 4754 (common/codes/taxonomy.h), and each of
// them without a trailing 学 or 业 when two characters or more are left: people
// write 果树 and 畜牧 for 果树学 and 畜牧业. Built once; thread-safe.
const Lexicon& TaxonomyLexicon();

}  // namespace jiedui::text
