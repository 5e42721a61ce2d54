// A policy file from its first draft to a round under it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "google/protobuf/util/json_util.h"
#include "tests/e2e/client.h"

namespace jiedui::e2e {
namespace {

using testing::HasSubstr;

constexpr int kInvalid = 4;
constexpr int kDiffers = 8;

class PolicyTest : public testing::Test {
 protected:
  PolicyTest() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }

  std::string Write(const std::string& name, const std::string& text) const {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  // On the data folder, under the policy of the file; empty: the built-in one.
  Finished Jiedui(const std::string& policy,
                  std::vector<std::string> words) const {
    words.insert(words.begin(),
                 {JieduiProgram(), "--lang", "en", "--data", data_});
    if (!policy.empty()) words.insert(words.end(), {"--policy", policy});
    return RunProgram(words, folder_);
  }
  matcher::v1::Round Round(const std::string& policy) const {
    const Finished run = Jiedui(policy, {"round", "run"});
    EXPECT_EQ(run.code, 0) << run.errors;
    const Finished list = Jiedui(policy, {"round", "list", "-o", "json"});
    matcher::v1::ListRoundsResponse rounds;
    EXPECT_TRUE(
        google::protobuf::util::JsonStringToMessage(list.output, &rounds).ok())
        << list.output;
    for (const matcher::v1::Round& round : rounds.rounds()) {
      if (run.output.find(round.name()) != std::string::npos) return round;
    }
    ADD_FAILURE() << run.output;
    return {};
  }

  const std::string folder_ = testing::TempDir() + "/e2e policy";
  const std::string data_ = folder_ + "/data";
};

TEST_F(PolicyTest, AChangedWeightMakesAnotherRoundUnderItsOwnVersion) {
  const Finished shown = Jiedui("", {"policy", "show"});
  ASSERT_EQ(shown.code, 0) << shown.errors;
  const std::string whole = Write("whole.txtpb", shown.output);
  EXPECT_THAT(Jiedui("", {"policy", "check", whole}).output,
              HasSubstr("the same as the policy in force"));
  const std::string trial = Write(
      "trial.txtpb", "version: \"trial\" expert_team: 40 expert_owns: 60");
  const Finished checked = Jiedui("", {"policy", "check", trial});
  EXPECT_EQ(checked.code, 0) << checked.errors;
  EXPECT_THAT(checked.output, HasSubstr("version trial"));
  EXPECT_THAT(checked.output, HasSubstr("3 difference(s)"));

  const matcher::v1::Round before = Round("");
  const matcher::v1::Round same = Round(whole);
  const matcher::v1::Round after = Round(trial);
  EXPECT_EQ(same.identity(), before.identity());
  EXPECT_NE(after.identity(), before.identity());
  EXPECT_EQ(after.policy_version(), "trial");
  EXPECT_NE(after.policy_sha256(), before.policy_sha256());
  EXPECT_THAT(checked.output, HasSubstr(after.policy_sha256()));

  const Finished replayed = Jiedui("", {"round", "replay", after.name()});
  EXPECT_EQ(replayed.code, kDiffers);
  EXPECT_THAT(replayed.output, HasSubstr("trial"));
  EXPECT_EQ(Jiedui(trial, {"round", "replay", after.name()}).code, 0);
}

TEST_F(PolicyTest, NothingStartsUnderAWrongPolicy) {
  const std::string wrong = Write("wrong.txtpb", "floor: 1 days_needed: 0");
  const Finished finished =
      Jiedui("", {"serve", "--port", "0", "--policy", wrong});
  EXPECT_EQ(finished.code, kInvalid);
  EXPECT_THAT(finished.errors, HasSubstr("version of its own"));
  EXPECT_THAT(finished.errors, HasSubstr("days_needed"));
  const Finished matcher =
      RunProgram({MatcherProgram(), "--data", data_, "--demand", "127.0.0.1:1",
                  "--volunteer", "127.0.0.1:1", "--policy", wrong},
                 folder_);
  EXPECT_EQ(matcher.code, kInvalid);
  EXPECT_THAT(matcher.errors, HasSubstr("days_needed"));
  EXPECT_FALSE(std::filesystem::exists(data_));
}

}  // namespace
}  // namespace jiedui::e2e
