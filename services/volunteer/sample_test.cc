// The sample province of deploy/sample goes in without an error, and every
// wrong row of its dirty file is named.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "services/volunteer/registry_server.h"

namespace jiedui::volunteer {
namespace {

using testing::IsEmpty;

// In this order: what a sheet refers to comes before it.
constexpr const char* kKinds[] = {"specialties", "enterprises", "teams",
                                  "volunteers",  "projects",    "stations"};

std::string Sample(const std::string& file) {
  const std::string path =
      std::string(JIEDUI_SOURCE_DIR) + "/deploy/sample/" + file;
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

class SampleTest : public RegistryServerTest {
 protected:
  void ImportAll() {
    for (const std::string kind : kKinds) {
      const Imported imported = Import(kind, Sample(kind + ".csv"), true);
      ASSERT_TRUE(imported.status.ok()) << imported.status.error_message();
      EXPECT_THAT(imported.summary.errors(), IsEmpty()) << kind;
      EXPECT_EQ(imported.summary.created(), imported.summary.total_rows());
    }
  }
};

TEST_F(SampleTest, EveryRowIsImportedAndEveryTeamHasItsLeader) {
  ImportAll();
  v1::ListTeamsRequest request;
  request.set_page_size(1000);
  v1::ListTeamsResponse teams;
  ASSERT_TRUE(Call(&Stub::ListTeams, request, &teams).ok());
  EXPECT_GE(teams.teams_size(), 80);
  for (const v1::Team& team : teams.teams()) {
    EXPECT_NE(team.leader(), "") << team.external_id();
  }
  v1::ListVolunteersRequest everybody;
  everybody.set_page_size(1000);
  v1::ListVolunteersResponse volunteers;
  ASSERT_TRUE(Call(&Stub::ListVolunteers, everybody, &volunteers).ok());
  EXPECT_GE(volunteers.volunteers_size(), 600);
  for (const v1::Volunteer& volunteer : volunteers.volunteers()) {
    EXPECT_EQ(volunteer.state(), v1::Volunteer::STATE_ACTIVE);
  }
}

TEST_F(SampleTest, ImportingItAgainChangesNothing) {
  ImportAll();
  for (const std::string kind : kKinds) {
    const Imported again = Import(kind, Sample(kind + ".csv"), true);
    EXPECT_EQ(again.summary.unchanged(), again.summary.total_rows()) << kind;
  }
}

TEST_F(SampleTest, TheDirtySheetNamesEveryWrongRowAndNoOther) {
  ImportAll();
  const Imported imported =
      Import("volunteers", Sample("dirty/volunteers.csv"));
  ASSERT_TRUE(imported.status.ok()) << imported.status.error_message();
  EXPECT_TRUE(imported.summary.nothing_changed());
  std::set<int> rows;
  for (const auto& error : imported.summary.errors()) {
    rows.insert(error.row());
    EXPECT_FALSE(error.message_zh().empty());
  }
  // What stands in these rows is written in an unusual way, but means one thing
  // only: other names of a title, a tier or a dialect; six subjects; spaces,
  // full-width digits, line breaks within a cell; names in the place of codes.
  const std::set<int> good = {9, 10, 12, 21, 28, 29, 33, 34};
  for (int row = 2; row <= 34; ++row) {
    EXPECT_EQ(rows.count(row), good.count(row) == 0 ? 1u : 0u) << "row " << row;
  }
  EXPECT_EQ(imported.summary.failed(), static_cast<int>(rows.size()));

  sheet::v1::ImportSheetRequest request;
  request.set_kind("volunteers");
  request.set_content(Sample("dirty/volunteers.csv"));
  request.set_skip_bad_rows(true);
  const Imported skipped = Import(request);
  EXPECT_EQ(skipped.summary.created(), static_cast<int>(good.size()));
  EXPECT_EQ(skipped.summary.failed(), static_cast<int>(rows.size()));
}

}  // namespace
}  // namespace jiedui::volunteer
