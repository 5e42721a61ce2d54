// What a live round stands on: the drafts, what is held in them, what capacity
// is left, and what an event has changed of it so far. Keeps the books and
// decides nothing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/prepared.h"
#include "services/matcher/engine/usage.h"

namespace jiedui::matcher::engine {

// How far a pairing has come.
enum class Standing : uint8_t {
  kDraft,      // moves freely
  kOffered,    // somebody was asked: moves by the coordinator's consent
  kAccepted,   // approved, or accepted by those asked
  kInService,  // never moves
};

// A part that does not move, by position in the prepared lists.
struct Hold {
  Part part = Part::kExpert;
  int32_t resource = kNobody;  // of enterprises: kNobody is the requester
  bool locked = false;         // by a coordinator
  bool standing = false;       // by the standing of the pairing
};

// A resource that is competed for; kExpert stands for all persons.
using Rival = std::pair<Part, int32_t>;

class LiveState {
 public:
  // `drafts` as StartDrafts makes them; all locks count as a coordinator's.
  explicit LiveState(std::unique_ptr<Prepared> prepared);

  Prepared& prepared() { return *prepared_; }
  const Prepared& prepared() const { return *prepared_; }
  const Demand& wish(int32_t demand) const {
    return prepared_->problem().demands[static_cast<size_t>(demand)];
  }
  const DemandFacts& facts(int32_t demand) const {
    return prepared_->demands()[static_cast<size_t>(demand)];
  }
  // By reference for those who follow them; they stay where they are.
  const std::vector<Draft>& drafts() const { return drafts_; }
  const Draft& draft(int32_t demand) const {
    return drafts_[static_cast<size_t>(demand)];
  }
  // Capacity that no hold uses, and that nobody uses.
  const Remaining& open() const { return open_; }
  const Remaining& remaining() const { return remaining_; }
  // What nobody uses; below zero while too many do.
  int32_t LeftOf(const Rival& rival) const { return Of(remaining_, rival); }
  // What holds leave.
  int32_t OpenOf(const Rival& rival) const { return Of(open_, rival); }
  const Usage& usage() const { return usage_; }
  Standing standing(int32_t demand) const {
    return standing_[static_cast<size_t>(demand)];
  }
  const std::vector<Hold>& holds(int32_t demand) const {
    return holds_[static_cast<size_t>(demand)];
  }

  // Empty for the requester.
  std::string IdOf(const Hold& hold) const;
  bool IsWithdrawn(int32_t demand) const {
    return withdrawn_[static_cast<size_t>(demand)];
  }
  // How much of the resource is held.
  int32_t HeldOf(const Rival& rival) const;

  // Makes room for demands and volunteers that came.
  void Grow();
  // So many are there for what is not held.
  void SetOpen(const Rival& rival, int32_t open);

  void SetStanding(int32_t demand, Standing standing) {
    standing_[static_cast<size_t>(demand)] = standing;
  }
  void SetWithdrawn(int32_t demand, bool withdrawn) {
    withdrawn_[static_cast<size_t>(demand)] = withdrawn;
  }
  // Takes the place of the demand's holds. Remake must follow.
  void SetHolds(int32_t demand, std::vector<Hold> holds);
  // The draft anew: what is held, and of the rest what is still asked for.
  void Remake(int32_t demand);
  // Opens parts that may not be served any more as they are. To be called when
  // the demand or one who serves it has changed.
  void DropBarred(int32_t demand);
  // What the draft's expert costs in subsidiarity. REQUIRES: it has one.
  int32_t ExpertDistance(int32_t demand);

  void SetDraft(int32_t demand, Draft draft);
  // Opens all parts that are not held, until PutBack: their capacity is left,
  // and the draft as it is.
  void Lift(int32_t demand);
  // REQUIRES: was lifted, and `drafts` has what now holds.
  void PutBack(int32_t demand, const Draft& draft);

  // ----- What this event has done so far
  void Begin();
  // Drafts as they were, of demands whose draft was set.
  const std::map<int32_t, Draft>& before() const { return before_; }
  // Resources of which more than nothing is left where nothing was, and those
  // that are used beyond what there is. Some may not be any more.
  std::set<Rival>& freed() { return freed_; }
  std::set<Rival>& short_of() { return short_; }
  // Persons whose open capacity changed.
  const std::set<int32_t>& reopened() const { return reopened_; }

 private:
  static const int32_t& Of(const Remaining& remaining, const Rival& rival);
  static int32_t& Of(Remaining& remaining, const Rival& rival) {
    return const_cast<int32_t&>(Of(std::as_const(remaining), rival));
  }
  void Give(const Rival& rival, int32_t units);
  void GiveOpen(const Hold& hold, int32_t units);
  template <typename Visit>
  static void ForEachRival(const Draft& draft, bool held_too, Visit visit);
  void Put(int32_t demand, Draft draft);
  Draft HeldDraft(int32_t demand) const;

  std::unique_ptr<Prepared> prepared_;
  std::vector<Draft> drafts_;
  Remaining open_;
  Remaining remaining_;
  Usage usage_;
  std::vector<std::vector<Hold>> holds_;  // by demand; by part, then id
  std::vector<Standing> standing_;        // by demand
  std::vector<bool> withdrawn_;           // by demand
  std::vector<int32_t> expert_distance_;  // by demand; kNobody: not known

  std::map<int32_t, Draft> before_;
  std::set<Rival> freed_;
  std::set<Rival> short_;
  std::set<int32_t> reopened_;
};

}  // namespace jiedui::matcher::engine
