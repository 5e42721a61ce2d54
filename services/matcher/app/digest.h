// What waits for coordinators, and the digest that tells them of it once a
// working day.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

// What a coordinator's list is made of; names are stored, never changed.
inline constexpr std::string_view kReviewMatter = "review";
inline constexpr std::string_view kGapMatter = "gap";
inline constexpr std::string_view kReadingMatter = "reading";

// For Apply: `subject` waits for the coordinators of `region` (12 digits), or
// does not any longer.
void IndexMatter(jiedui::store::Overlay& state, std::string_view region,
                 std::string_view matter, std::string_view subject, bool open);

// A pairing to be reviewed.
void IndexReviewMatter(const std::optional<store::v1::PairingRecord>& before,
                       const store::v1::PairingRecord& after,
                       jiedui::store::Overlay& state);

// A demand that no tier could meet: on the province's list.
void IndexGapMatter(const std::optional<store::v1::DispatchRecord>& before,
                    const store::v1::DispatchRecord& after,
                    jiedui::store::Overlay& state);

// After a fact that makes something wait: sees to it that digests are sent at
// 09:00 of the next working day.
void KeepDigest(const journal::v1::Fact& fact, Transaction& txn);

inline constexpr std::string_view kDigestTimer = "digest";

// The timer digest/<version>: one notice for the coordinators of each region
// where something waits, with counts and the first ten; the next is expected
// while there is any. Gaps are sought again: one may have joined or come free.
// Another version than the present one changes nothing.
absl::Status OnDigest(std::string_view version, Transaction& txn);

// Whether the fact was about the next digests.
bool ApplyDigest(const journal::v1::Fact& fact, jiedui::store::Overlay& state);

}  // namespace jiedui::matcher
