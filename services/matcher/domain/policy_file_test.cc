#include "services/matcher/domain/policy_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "common/base/error.h"
#include "services/matcher/domain/policy_message.h"

namespace jiedui::matcher {
namespace {

using base::Language;
using base::Reason;
using engine::Feature;
using engine::Policy;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

// The faults found, "field: message" in English.
std::vector<std::string> FaultsOf(const std::string& text) {
  const auto policy = ReadPolicy(text);
  if (policy.ok()) return {};
  const auto info = base::Info(policy.status());
  EXPECT_TRUE(info.has_value()) << policy.status();
  EXPECT_EQ(policy.status().code(), absl::StatusCode::kInvalidArgument);
  std::vector<std::string> faults;
  for (const base::Violation& one : info->violations) {
    faults.push_back(one.field + ": " + one.Message(Language::kEnglish));
  }
  if (faults.empty()) {
    faults.push_back(base::Message(policy.status(), Language::kEnglish));
  }
  return faults;
}

std::vector<PolicyDifference> Differences(const Policy& before,
                                          const Policy& after) {
  return DifferencesOf(ToMessage(before), ToMessage(after));
}

std::string Fields(const std::vector<PolicyDifference>& differences) {
  std::string fields;
  for (const PolicyDifference& one : differences) {
    fields += one.field + " " + one.before + "→" + one.after + "\n";
  }
  return fields;
}

TEST(PolicyFile, NothingStatedIsTheBuiltInPolicy) {
  for (const char* text : {"", "# a remark\n", "version: \"2026-2\""}) {
    const auto policy = ReadPolicy(text);
    ASSERT_TRUE(policy.ok()) << policy.status();
    EXPECT_EQ(PolicySha256(*policy), PolicySha256(Policy()));
  }
}

TEST(PolicyFile, TheBuiltInPolicyIsWrittenWholeAndReadBackEqual) {
  const std::string text = WritePolicy(ToMessage(Policy()));
  EXPECT_THAT(text,
              HasSubstr("  features { name: \"subject\" weight: 370 }\n"));
  EXPECT_THAT(text, HasSubstr("subject_positions: [1000, 500, 300]\n"));
  const auto policy = ReadPolicy(text);
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_EQ(engine::Canonical(*policy), engine::Canonical(Policy()));
  EXPECT_EQ(WritePolicy(ToMessage(*policy)), text);
}

TEST(PolicyFile, EveryNumberOfTheMessageReachesThePolicy) {
  v1::Policy whole = ToMessage(Policy());
  whole.set_version("other");
  const auto& reflection = *v1::Policy::GetReflection();
  int numbers = 0;
  for (int i = 0; i < v1::Policy::descriptor()->field_count(); ++i) {
    const auto* field = v1::Policy::descriptor()->field(i);
    if (field->is_repeated() || field->name() == "version") continue;
    ASSERT_TRUE(reflection.HasField(whole, field)) << field->name();
    // Sums are kept: what one synergy gains the other loses.
    reflection.SetInt32(&whole, field,
                        reflection.GetInt32(whole, field) +
                            (field->name() == "expert_owns" ? -1 : 1));
    ++numbers;
  }
  whole.mutable_subject_positions()->Add(200);
  const auto policy = ToPolicy(whole);
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_EQ(ToMessage(*policy).SerializeAsString(), whole.SerializeAsString());
  // With the version and the subjects' positions.
  EXPECT_THAT(Differences(Policy(), *policy), SizeIs(numbers + 2));
}

constexpr char kChanges[] = R"pb(
  # Gaozhou's trial: whom the enterprise knows counts more.
  version: "高州试点-1"
  parts { part: PART_KIND_EXPERT weight: 280 admission: 500000 }
  parts {
    part: PART_KIND_PROJECT
    features { name: "subject" weight: 500 }
    features { name: "text" weight: 500 }
  }
  expert_team: 70
  floor: 650000
)pb";

TEST(PolicyFile, ChangesLeaveTheRestAsBuiltIn) {
  const auto policy = ReadPolicy(kChanges);
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_EQ(policy->version, "高州试点-1");
  EXPECT_EQ(policy->bundle[0], 280);
  EXPECT_EQ(policy->bundle[1], Policy().bundle[1]);
  EXPECT_EQ(policy->features[0].size(), Policy().features[0].size());
  ASSERT_THAT(policy->features[1], SizeIs(2));
  EXPECT_EQ(policy->features[1][1].feature, Feature::kText);
  EXPECT_EQ(policy->features[1][1].weight, 500);
  EXPECT_NE(PolicySha256(*policy), PolicySha256(Policy()));
  const auto again = ReadPolicy(WritePolicy(ToMessage(*policy)));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(PolicySha256(*again), PolicySha256(*policy));
}

TEST(PolicyFile, TheOneInTheGuideIsGood) {
  std::ifstream in(JIEDUI_SOURCE_DIR "/docs/POLICY.md");
  const std::string guide(std::istreambuf_iterator<char>(in), {});
  const size_t begin = guide.find("```\n") + 4;
  const std::string text =
      guide.substr(begin, guide.find("```", begin) - begin);
  EXPECT_THAT(text, HasSubstr("version:"));
  EXPECT_THAT(FaultsOf(text), IsEmpty());
}

TEST(PolicyFile, DifferencesAreNamedOneByOne) {
  EXPECT_THAT(Differences(Policy(), Policy()), IsEmpty());
  EXPECT_EQ(Fields(Differences(Policy(), *ReadPolicy(kChanges))),
            "version 2026-2→高州试点-1\n"
            "parts[EXPERT].weight 300→280\n"
            "parts[EXPERT].admission 520000→500000\n"
            "parts[PROJECT].features[subject] 300→500\n"
            "parts[PROJECT].features[industry] 200→\n"
            "parts[PROJECT].features[text] 400→500\n"
            "parts[PROJECT].features[readiness] 100→\n"
            "expert_team 50→70\n"
            "floor 700000→650000\n");
  Policy turned;
  std::swap(turned.features[1][0], turned.features[1][1]);
  EXPECT_EQ(Fields(Differences(Policy(), turned)),
            "parts[PROJECT].features subject, text, industry, readiness→"
            "text, subject, industry, readiness\n");
}

TEST(PolicyFile, SyntaxErrorsSayWhere) {
  EXPECT_THAT(
      FaultsOf("version: \"a\"\n  flor: 650000\n"),
      ElementsAre(AllOf(HasSubstr("line 2, column 7"), HasSubstr("flor"))));
  for (const char* text :
       {"floor: much", "floor: 3000000000", "floor: 1 floor: 2", "parts {",
        "parts { part: EXPERT }", "version: 7", "\x01", "floor 0.5"}) {
    EXPECT_THAT(FaultsOf(text), ElementsAre(StartsWith("line 1"))) << text;
  }
}

TEST(PolicyFile, ChangesUnderTheBuiltInVersionAreRefused) {
  for (const char* text : {"floor: 1", "version: \"2026-2\" floor: 1",
                           "parts { part: PART_KIND_EXPERT admission: 1 }"}) {
    EXPECT_THAT(FaultsOf(text),
                ElementsAre(AllOf(StartsWith("version:"),
                                  HasSubstr("version of its own"))))
        << text;
  }
}

TEST(PolicyFile, UnknownFeaturesAreToldWithTheKnownOnes) {
  EXPECT_THAT(
      FaultsOf(R"pb(version: "a"
                    parts {
                      part: PART_KIND_TEAM
                      features { name: "subjects" weight: 1000 }
                    })pb"),
      ElementsAre(AllOf(StartsWith("parts[TEAM].features:"),
                        HasSubstr("'subjects'"), HasSubstr("near_tier"))));
  // Facts and synergies have no weight in a part.
  for (const char* name : {"requester", "expert_leads_team", ""}) {
    EXPECT_THAT(FaultsOf("version: \"a\" parts { part: PART_KIND_TEAM features "
                         "{ name: \"" +
                         std::string(name) + "\" weight: 1000 } }"),
                ElementsAre(HasSubstr("one of subject, industry")));
  }
}

struct Fault {
  const char* text;  // with version "a" before it
  const char* field;
  const char* words;
};

class PolicyFaultTest : public testing::TestWithParam<Fault> {};

TEST_P(PolicyFaultTest, IsNamedOnceByItsFieldInTheFile) {
  EXPECT_THAT(
      FaultsOf(std::string("version: \"a\" ") + GetParam().text),
      ElementsAre(AllOf(StartsWith(std::string(GetParam().field) + ": "),
                        HasSubstr(GetParam().words))));
}

INSTANTIATE_TEST_SUITE_P(
    All, PolicyFaultTest,
    testing::Values(
        Fault{"expert_team: 60", "parts.weight + expert_team + expert_owns",
              "1010"},
        Fault{"parts { part: PART_KIND_TALENTS weight: 121 }",
              "parts.weight + expert_team + expert_owns", "1001"},
        Fault{"parts { part: PART_KIND_PROJECT admission: 1000001 }",
              "parts[PROJECT].admission", "between 0 and 1000000"},
        Fault{"parts { part: PART_KIND_TEAM features { name: \"geo\" weight: "
              "999 } }",
              "parts[TEAM].features", "sum to 999"},
        Fault{"parts { part: PART_KIND_TEAM features { name: \"geo\" weight: "
              "500 } features { name: \"geo\" weight: 500 } }",
              "parts[TEAM].features", "'geo' occurs twice"},
        Fault{"parts { part: PART_KIND_TEAM } parts { part: PART_KIND_TEAM }",
              "parts[1].part", "'TEAM' occurs twice"},
        Fault{"parts { admission: 1 }", "parts[0].part", "required"},
        Fault{"load_step: 3334", "load_step", "between 0 and 3333"},
        Fault{"days_needed: 0", "days_needed", "between 1 and 366"},
        Fault{"text_anchor: -1", "text_anchor", "out of range"},
        Fault{"subject_positions: [5, 0]", "subject_positions", "is 0"}));

TEST(PolicyFile, TheVersionIsOneShortLine) {
  for (const char* version :
       {"", "  ", " a", "a\\nb", "\\377",
        "0123456789012345678901234567890123456789012345678901234567890123x"}) {
    EXPECT_THAT(FaultsOf(std::string("version: \"") + version + "\""),
                ElementsAre(StartsWith("version: ")))
        << version;
  }
}

TEST(PolicyFile, EverythingWrongIsToldAtOnce) {
  const auto policy = ReadPolicy("floor: -1 days_needed: 900 expert_owns: 1");
  const auto info = base::Info(policy.status());
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->reason, Reason::kPolicyInvalid);
  EXPECT_THAT(info->violations, SizeIs(4));
  EXPECT_THAT(base::Message(policy.status(), Language::kChinese),
              HasSubstr("策略文件有 4 处不合要求"));
}

}  // namespace
}  // namespace jiedui::matcher
