// Bad input of every kind, given to the command line as a user gives it: each
// is refused with its exit code and a message that says what to do, and leaves
// nothing behind.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/runtime/runtime_keys.h"
#include "common/store/store.h"
#include "tests/e2e/client.h"

namespace jiedui::e2e {
namespace {

using testing::HasSubstr;

// As `jiedui --help` lists them.
enum ExitCode {
  kUsage = 2,
  kNotFound = 3,
  kInvalid = 4,
  kWrongState = 5,
  kConflict = 6,
  kUnavailable = 7,
  kDataFolder = 8,
};

constexpr char kGoodDemand[] = R"({
  "externalId": "R-1", "title": "荔枝采后保鲜期太短",
  "library": "LIBRARY_PROBLEM", "action": "ACTION_RURAL_REVITALISATION",
  "requester": {"name": "柏桥村", "kind": "REQUESTER_KIND_VILLAGE"},
  "region": "440981", "subjects": ["21040"]})";

std::string FreshFolder(const std::string& name) {
  const std::string folder = testing::TempDir() + "/e2e refusal " + name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

std::string Write(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

// A server with one demand, and the command line.
class RefusalTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new std::string(FreshFolder("server"));
    deployment_ = new Deployment(Layout::kAllInOne, *folder_);
    deployment_->Start();
    const Finished posted =
        Jiedui({"demand", "post", "--file",
                Write(*folder_ + "/good.json", kGoodDemand)});
    ASSERT_EQ(posted.code, 0) << posted.errors;
  }
  static void TearDownTestSuite() {
    EXPECT_TRUE(deployment_->Stop());
    delete deployment_;
    delete folder_;
  }

  static Finished Jiedui(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {JieduiProgram(), "--lang", "en",
                                         "--server", deployment_->server()});
    return RunProgram(arguments, *folder_);
  }

  // Positions of the journals: they move with every change.
  static std::string Heads() {
    std::string heads;
    for (const char* source : {"demand", "volunteer", "matcher"}) {
      const auto stub =
          event::v1::EventLogService::NewStub(deployment_->demand());
      grpc::ClientContext context;
      event::v1::GetHeadRequest request;
      request.set_source(source);
      event::v1::Head head;
      EXPECT_TRUE(stub->GetHead(&context, request, &head).ok());
      absl::StrAppend(&heads, source, "=", head.seq(), " ");
    }
    return heads;
  }

  static std::string* folder_;
  static Deployment* deployment_;
};

std::string* RefusalTest::folder_ = nullptr;
Deployment* RefusalTest::deployment_ = nullptr;

struct Refusal {
  const char* name;
  // {folder} is replaced by a folder for files.
  std::vector<std::string> arguments;
  // Content of {folder}/input; empty: no such file.
  std::string input;
  int code;
  const char* message;
};

class RefusedCommandTest : public RefusalTest,
                           public testing::WithParamInterface<Refusal> {};

TEST_P(RefusedCommandTest, HasItsCodeAndMessageAndChangesNothing) {
  const std::string before = Heads();
  const std::string input = *folder_ + "/input";
  std::filesystem::remove(input);
  if (!GetParam().input.empty()) Write(input, GetParam().input);
  std::vector<std::string> arguments = GetParam().arguments;
  for (std::string& argument : arguments) {
    if (argument == "{input}") argument = input;
  }
  const Finished finished = Jiedui(arguments);
  EXPECT_EQ(finished.code, GetParam().code)
      << finished.output << finished.errors;
  EXPECT_THAT(finished.errors + finished.output, HasSubstr(GetParam().message));
  EXPECT_EQ(Heads(), before);
}

INSTANTIATE_TEST_SUITE_P(
    Commands, RefusedCommandTest,
    testing::Values(
        Refusal{"UnknownCommand", {"demnad", "list"}, "", kUsage, "demand"},
        Refusal{"UnknownOption",
                {"demand", "list", "--colour"},
                "",
                kUsage,
                "--colour"},
        Refusal{"UnknownName",
                {"demand", "show", "D99999999"},
                "",
                kNotFound,
                "does not exist"},
        Refusal{"BadFilter",
                {"demand", "list", "--filter", "colour = red"},
                "",
                kInvalid,
                "character 1"},
        Refusal{"WrongState",
                {"demand", "close", "D00000001"},
                "",
                kWrongState,
                "must be EVALUATED"},
        Refusal{"ReasonMissing",
                {"pairing", "reject", "X", "--note", "a"},
                "",
                kUsage,
                "reason"},
        Refusal{"StaleEtag",
                {"demand", "submit", "D00000001", "--etag", "77"},
                "",
                kConflict,
                "changed by someone else"},
        Refusal{"KnownExternalId",
                {"demand", "post", "--file", "{input}", "--yes"},
                kGoodDemand,
                kConflict,
                "exists already"},
        Refusal{"UnknownCodes",
                {"demand", "post", "--file", "{input}", "--yes"},
                R"({"externalId": "R-2", "title": "t", "region": "999999",
                    "library": "LIBRARY_NEED", "subjects": ["99999"],
                    "action": "ACTION_RURAL_REVITALISATION",
                    "requester": {"name": "a",
                                  "kind": "REQUESTER_KIND_VILLAGE"}})",
                kInvalid,
                "999999"},
        Refusal{"PolicySyntax",
                {"policy", "check", "{input}"},
                "version: \"a\"\nflor: 1",
                kInvalid,
                "line 2, column 5"},
        Refusal{"PolicyInvalid",
                {"policy", "check", "{input}"},
                "version: \"a\" expert_team: 60",
                kInvalid,
                "sum to 1010"},
        Refusal{"PolicyOfAServer",
                {"policy", "show", "--policy", "{input}"},
                "version: \"a\"",
                kUsage,
                "--data"},
        Refusal{"NotJson",
                {"demand", "post", "--file", "{input}"},
                "{title",
                kInvalid,
                ""},
        Refusal{"NoSuchFile",
                {"import", "demands", "{input}"},
                "",
                kInvalid,
                "input"},
        Refusal{"Workbook",
                {"import", "demands", "{input}"},
                std::string("PK\x03\x04rest of a zip archive"),
                kInvalid,
                "CSV"},
        Refusal{"Binary",
                {"import", "demands", "{input}"},
                std::string("\x7f\x45\x4c\x46\x00\x01\x02\x00", 8),
                kInvalid,
                ""},
        Refusal{"MissingColumn",
                {"import", "demands", "{input}"},
                "编号,标题\nR-3,荔枝\n",
                kInvalid,
                "行动"},
        Refusal{"BadCells",
                {"import", "volunteers", "{input}"},
                "编号,姓名,单位,职称,类别,地区,层级,系统,学科,每月次数\n"
                "R-1,甲,农科所,中级,普通,440981,县,科协,21040:3,-1\n",
                kInvalid,
                "每月次数"},
        Refusal{"UnknownRound",
                {"round", "replay", "none"},
                "",
                kNotFound,
                "does not exist"},
        Refusal{"NotInRound",
                {"pairing", "why-not", "D00000001", "V00000001"},
                "",
                kWrongState,
                "takes no part in rounds"},
        Refusal{
            "WhatIfNothing", {"round", "what-if"}, "", kInvalid, "open_tiers"},
        Refusal{"WhatIfHalfSaid",
                {"round", "what-if", "--subject", "园艺学"},
                "",
                kUsage,
                "--add-experts"},
        Refusal{"WhatIfNoCounty",
                {"round", "what-if", "--close-county", "4409"},
                "",
                kInvalid,
                "close_counties[0]"},
        Refusal{"UnknownKind",
                {"import", "lychees", "{input}"},
                "a\n",
                kUsage,
                "lychees"}),
    [](const auto& info) { return info.param.name; });

TEST_F(RefusalTest, AReusedRequestIdWithAnotherPayloadIsAConflict) {
  const std::string first =
      Write(*folder_ + "/a.json",
            R"({"externalId": "R-10", "title": "虾塘缺氧", "region": "440825",
          "library": "LIBRARY_NEED", "subjects": ["240"],
          "action": "ACTION_RURAL_REVITALISATION",
          "requester": {"name": "a", "kind": "REQUESTER_KIND_VILLAGE"}})");
  const std::string second = Write(
      *folder_ + "/b.json",
      R"({"externalId": "R-11", "title": "陶瓷釉料开裂", "region": "445102",
          "library": "LIBRARY_NEED", "subjects": ["430"],
          "action": "ACTION_RURAL_REVITALISATION",
          "requester": {"name": "b", "kind": "REQUESTER_KIND_VILLAGE"}})");
  const std::vector<std::string> post = {
      "--request-id", "same", "--as", "t", "demand", "post", "--yes", "--file"};
  const auto with = [&](const std::string& file) {
    std::vector<std::string> arguments = post;
    arguments.push_back(file);
    return Jiedui(arguments);
  };
  ASSERT_EQ(with(first).code, 0);
  EXPECT_EQ(with(first).code, 0);
  const std::string before = Heads();
  const Finished reused = with(second);
  EXPECT_EQ(reused.code, kConflict) << reused.errors;
  EXPECT_THAT(reused.errors, HasSubstr("use a new one"));
  EXPECT_EQ(Heads(), before);
}

TEST_F(RefusalTest, ATakenPortIsNamed) {
  const std::string port =
      deployment_->server().substr(deployment_->server().find(':') + 1);
  const Finished finished =
      RunProgram({JieduiProgram(), "--lang", "en", "serve", "--data",
                  FreshFolder("other"), "--port", port},
                 *folder_);
  EXPECT_EQ(finished.code, kUnavailable);
  EXPECT_THAT(finished.errors, HasSubstr("--port"));
}

TEST_F(RefusalTest, AnAbsentServerIsNamed) {
  const Finished finished =
      RunProgram({JieduiProgram(), "--lang", "en", "--server", "127.0.0.1:1",
                  "demand", "list"},
                 *folder_);
  EXPECT_EQ(finished.code, kUnavailable);
  EXPECT_THAT(finished.errors, HasSubstr("127.0.0.1:1"));
}

// Opening the folder DIR for `demand list`.
Finished ListIn(const std::string& data, const std::string& scratch) {
  return RunProgram(
      {JieduiProgram(), "--lang", "en", "--data", data, "demand", "list"},
      scratch);
}

TEST_F(RefusalTest, ADataFolderInUseIsLeftAlone) {
  const Finished finished = ListIn(deployment_->data_folder(), *folder_);
  EXPECT_EQ(finished.code, kDataFolder) << finished.errors;
  EXPECT_THAT(finished.errors, HasSubstr("in use"));
  EXPECT_EQ(Jiedui({"demand", "list"}).code, 0);
}

TEST(DataFolderTest, AFileInItsPlaceIsRefused) {
  const std::string folder = FreshFolder("file");
  const Finished finished =
      ListIn(Write(folder + "/data", "not a folder"), folder);
  EXPECT_EQ(finished.code, kDataFolder) << finished.errors;
  EXPECT_EQ(ReadFile(folder + "/data"), "not a folder");
}

// Makes a good folder, lets `spoil` change the demand registry's rows, and
// expects it to be refused with those words.
void ExpectRefusedAfter(const std::string& name, const std::string& words,
                        const std::function<void(store::Batch&)>& spoil) {
  const std::string folder = FreshFolder(name);
  const std::string data = folder + "/data";
  const std::string file = Write(folder + "/good.json", kGoodDemand);
  ASSERT_EQ(RunProgram({JieduiProgram(), "--data", data, "demand", "post",
                        "--file", file},
                       folder)
                .code,
            0);
  ASSERT_EQ(ListIn(data, folder).code, 0);
  {
    auto store = store::OpenRocksStore(data + "/demand");
    ASSERT_TRUE(store.ok()) << store.status();
    store::Batch batch;
    spoil(batch);
    ASSERT_TRUE((*store)->Write(batch).ok());
  }
  const Finished finished = ListIn(data, folder);
  EXPECT_EQ(finished.code, kDataFolder) << finished.errors;
  EXPECT_THAT(finished.errors, HasSubstr(words));
}

TEST(DataFolderTest, ANewerProgramsFolderIsRefused) {
  ExpectRefusedAfter("newer", "upgrade the program", [](store::Batch& batch) {
    batch.Put(runtime::keys::Schema(), "99");
  });
}

TEST(DataFolderTest, AJournalWithADamagedRecordIsRefused) {
  ExpectRefusedAfter("damaged", "damaged", [](store::Batch& batch) {
    batch.Put(std::string("\x01\0\0\0\0\0\0\0\x01", 9), "not a record");
  });
}

}  // namespace
}  // namespace jiedui::e2e
