// What the index keeps of a row beside its number, in two words: enough to tell
// nearly all rows that cannot be among the best from those that can, without
// fetching them. All of it is for upper bounds: what does not fit is taken for
// better than it is.
#pragma once

#include <algorithm>
#include <cstdint>

#include "services/matcher/engine/facts.h"

namespace jiedui::matcher::engine {

// Proficiency 1 … 5, rounded up; 0 for none.
inline constexpr int32_t kStrengthLevels = 5;
inline uint32_t StrengthLevel(const SkillFact& skill) {
  constexpr uint32_t kPerLevel = 1000 / kStrengthLevels;  // ‰
  return std::min<uint32_t>((skill.strength + kPerLevel - 1) / kPerLevel,
                            kStrengthLevels);
}

// One bit for each token of a text; tokens share bits.
inline uint32_t SignatureBit(TokenId token) {
  return (token * 0x9E3779B1u) >> 26;  // 6 bits
}
inline uint64_t SignatureOf(PackedTokens tokens) {
  uint64_t bits = 0;
  ForEachToken(tokens, [&](TokenId token) {
    bits |= uint64_t{1} << SignatureBit(token);
  });
  return bits;
}

// Skills and traits of a row in the cell of one of its skills.
class Digest {
 public:
  static constexpr uint32_t kOthers = 3;
  // Stands for skills that did not fit: equal to every subject.
  static constexpr SubjectIndex kAnySubject = 0xfff;
  static constexpr uint32_t kKinds = 256;
  static constexpr uint32_t kDialectSets = 16;
  static constexpr uint32_t kRatings = 16;

  // `facts` in the cell of skills[own].
  static Digest Of(const Facts& facts, Mode mode, size_t own) {
    Digest digest;
    uint32_t slot = 0;
    for (size_t i = 0; i < facts.skills.size(); ++i) {
      if (i == own) continue;
      const bool fits = slot < kOthers && facts.skills[i].subject < kAnySubject;
      digest.SetOther(std::min(slot++, kOthers - 1),
                      fits ? facts.skills[i].subject : kAnySubject,
                      fits ? StrengthLevel(facts.skills[i]) : kStrengthLevels);
    }
    const uint64_t rating = uint64_t{kRatings} *
                            static_cast<uint32_t>(facts.rating_f) /
                            (kFullMarks + 1);
    digest.bits_ |= static_cast<uint64_t>(KindOf(facts, mode)) << kKindShift |
                    static_cast<uint64_t>(facts.dialects >> 1 & 0xf)
                        << kDialectShift |
                    rating << kRatingShift;
    return digest;
  }

  SubjectIndex subject(uint32_t other) const {
    return bits_ >> other * kSkillBits & 0xfff;
  }
  uint32_t strength(uint32_t other) const {
    return bits_ >> (other * kSkillBits + 12) & 7;
  }
  // Mode, title and category.
  uint32_t kind() const { return bits_ >> kKindShift & (kKinds - 1); }
  uint32_t dialects() const { return bits_ >> kDialectShift & 0xf; }
  uint32_t rating() const { return bits_ >> kRatingShift & 0xf; }

  // What is told by a kind, a set of dialects or a rating; at best.
  static Mode ModeOf(uint32_t kind) { return static_cast<Mode>(kind & 3); }
  static Facts FactsOfKind(uint32_t kind) {
    Facts facts;
    facts.title = static_cast<codes::Title>(kind >> 2 & 7);
    facts.category = static_cast<Category>(kind >> 5 & 7);
    return facts;
  }
  static Facts FactsOfDialects(uint32_t dialects) {
    Facts facts;
    facts.dialects = static_cast<uint8_t>(dialects << 1);
    return facts;
  }
  static Facts FactsOfRating(uint32_t rating) {
    Facts facts;
    facts.rating_f =
        static_cast<int32_t>((rating + 1) * (kFullMarks + 1) / kRatings);
    facts.rating_f = std::min(facts.rating_f, kFullMarks);
    return facts;
  }

 private:
  static constexpr uint32_t kSkillBits = 15;  // subject 12, strength 3
  static constexpr uint32_t kKindShift = kOthers * kSkillBits;
  static constexpr uint32_t kDialectShift = kKindShift + 8;
  static constexpr uint32_t kRatingShift = kDialectShift + 4;

  static uint32_t KindOf(const Facts& facts, Mode mode) {
    return static_cast<uint32_t>(mode) |
           static_cast<uint32_t>(facts.title) << 2 |
           static_cast<uint32_t>(facts.category) << 5;
  }
  void SetOther(uint32_t slot, SubjectIndex subject, uint32_t strength) {
    const uint32_t shift = slot * kSkillBits;
    bits_ &= ~(uint64_t{0x7fff} << shift);
    bits_ |= static_cast<uint64_t>(strength << 12 | subject) << shift;
  }

  uint64_t bits_ = 0;
};

}  // namespace jiedui::matcher::engine
