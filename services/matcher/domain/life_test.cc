#include "services/matcher/domain/life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "jiedui/matcher/v1/dispatch.pb.h"
#include "jiedui/matcher/v1/matcher.pb.h"
#include "jiedui/matcher/v1/record.pb.h"
#include "services/matcher/domain/record_life.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using testing::UnorderedElementsAreArray;

std::vector<std::string> Split(std::string_view list) {
  return absl::StrSplit(absl::string_view(list.data(), list.size()), '|');
}

// The first of the reasons a verb takes; empty when it takes none.
std::string AnyReason(const Verb& verb) { return Split(verb.reason_codes)[0]; }

std::set<std::string> StatesOf(const google::protobuf::EnumDescriptor& type) {
  std::set<std::string> states;
  for (int i = 1; i < type.value_count(); ++i) {
    states.insert(type.value(i)->name().substr(sizeof("STATE_") - 1));
  }
  return states;
}

struct Kind {
  std::string name;
  std::span<const Verb* const> verbs;
  const google::protobuf::EnumDescriptor* states;
};

class LifeTest : public testing::TestWithParam<Kind> {
 protected:
  static std::set<std::string> States() { return StatesOf(*GetParam().states); }
};

TEST_P(LifeTest, EveryVerbFromEveryStateIsLegalOrSaysWhatItNeeds) {
  std::set<std::string> from_states = States();
  from_states.insert("");  // not there yet
  for (const Verb* verb : GetParam().verbs) {
    const std::vector<std::string> allowed = Split(verb->from);
    for (const std::string& from : from_states) {
      SCOPED_TRACE(std::string(verb->name) + " from '" + from + "'");
      const auto to = Step(*verb, "pairings/p", from, AnyReason(*verb));
      const bool legal =
          std::find(allowed.begin(), allowed.end(),
                    from.empty() ? "NEW" : from) != allowed.end();
      EXPECT_EQ(to.ok(), legal);
      if (legal) {
        EXPECT_EQ(*to, verb->to.empty() ? from : std::string(verb->to));
        EXPECT_TRUE(States().contains(*to));
      } else {
        EXPECT_TRUE(HasReason(to.status(), Reason::kWrongState));
      }
    }
  }
}

TEST_P(LifeTest, EveryStateIsReachedAndNothingElse) {
  std::set<std::string> reached = {"NEW"};
  for (bool grew = true; grew;) {
    grew = false;
    for (const Verb* verb : GetParam().verbs) {
      for (const std::string& from : Split(verb->from)) {
        if (!reached.contains(from) || verb->to.empty()) continue;
        grew |= reached.emplace(verb->to).second;
      }
    }
  }
  reached.erase("NEW");
  EXPECT_THAT(reached, UnorderedElementsAreArray(States()));
}

TEST_P(LifeTest, AVerbThatAsksForAReasonTakesOnlyThoseItKnows) {
  for (const Verb* verb : GetParam().verbs) {
    if (verb->reason_codes.empty()) continue;
    SCOPED_TRACE(verb->name);
    const std::string from = Split(verb->from)[0];
    EXPECT_TRUE(
        HasReason(Step(*verb, "x", from).status(), Reason::kReasonRequired));
    EXPECT_TRUE(HasReason(Step(*verb, "x", from, "WHIM").status(),
                          Reason::kInvalidFields));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, LifeTest,
    testing::Values(
        Kind{"pairing", PairingVerbs(), v1::Pairing::State_descriptor()},
        Kind{"offer", OfferVerbs(), v1::Offer::State_descriptor()},
        Kind{"dispatch", DispatchVerbs(), v1::Dispatch::State_descriptor()},
        Kind{"visit", VisitVerbs(), v1::Visit::State_descriptor()},
        Kind{"record", ServiceRecordVerbs(),
             v1::ServiceRecord::State_descriptor()},
        Kind{"correction", CorrectionVerbs(),
             v1::Correction::State_descriptor()},
        Kind{"reading", ReadingVerbs(), v1::Reading::State_descriptor()},
        Kind{"certificate", CertificateVerbs(),
             v1::ServiceCertificate::State_descriptor()}),
    [](const auto& info) { return info.param.name; });

TEST(PairingLifeTest, WhatLivesIsWhatCanBeCancelled) {
  for (const std::string& state : StatesOf(*v1::Pairing::State_descriptor())) {
    EXPECT_EQ(Lives(state), Step(kCancel, "p", state, "OTHER").ok()) << state;
    EXPECT_TRUE(Lives(state) || !Books(state)) << state;
  }
}

TEST(PairingLifeTest, ADemandThatEndsGivesAReasonThatCancellingKnows) {
  for (const char* demand :
       {"DRAFT", "SUBMITTED", "OPEN", "RETURNED", "REJECTED", "PROPOSED",
        "DISPATCHED", "IN_SERVICE", "DELIVERED", "EVALUATED", "CLOSED",
        "WITHDRAWN", "SUSPENDED", "EXPIRED"}) {
    const auto cancelled = Step(kCancelWithDemand, "p", "OFFERED",
                                std::string("DEMAND_") + demand);
    EXPECT_EQ(cancelled.ok(), EndsPairing(demand)) << demand;
  }
}

}  // namespace
}  // namespace jiedui::matcher
