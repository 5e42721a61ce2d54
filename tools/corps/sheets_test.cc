#include "tools/corps/sheets.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "common/base/sha256.h"
#include "common/sheet/cells.h"
#include "common/sheet/code_cells.h"
#include "common/sheet/sheet.h"

namespace jiedui::corps {
namespace {

const Options kSmall = {.seed = 7,
                        .region = "440000",
                        .volunteers = 600,
                        .teams = 80,
                        .demands = 240,
                        .projects = 120,
                        .enterprises = 150,
                        .stations = 40};

Corps MakeCorps(const Options& options) {
  absl::StatusOr<Corps> corps = Corps::Create(options);
  EXPECT_TRUE(corps.ok()) << corps.status();
  return *std::move(corps);
}

std::string Write(const Corps& corps, const Sheet& sheet) {
  std::string out(sheet.header);
  out += '\n';
  for (uint64_t i = 0; i < sheet.count(corps); ++i) {
    sheet.append(corps, i, out);
  }
  return out;
}

std::string WriteAll(const Options& options) {
  const Corps corps = MakeCorps(options);
  std::string all;
  for (const Sheet& sheet : Sheets()) all += Write(corps, sheet);
  return all;
}

// Changes with every change of the generator, of its words, and of the tables
// of common/codes: then put the new value here, and say so in the changelog,
// since everybody's generated data changes.
TEST(Sheets, TheSameSeedGivesTheSameBytesOnEveryMachine) {
  EXPECT_EQ(base::Hex(base::Sha256(WriteAll(kSmall))),
            "e896d61a55e6af18c6495b2198d02b56a0acb7ddd60e7c6b0a320658f39316c5");
  Options china = kSmall;
  china.region.clear();
  EXPECT_EQ(base::Hex(base::Sha256(WriteAll(china))),
            "a839fdc3e615a072b743cac48291a4ef19769322bf84ed6045ede33d14795d0b");
}

TEST(Sheets, AnotherSeedGivesOtherRowsInEverySheet) {
  Options other = kSmall;
  ++other.seed;
  const Corps a = MakeCorps(kSmall);
  const Corps b = MakeCorps(other);
  for (const Sheet& sheet : Sheets()) {
    EXPECT_NE(Write(a, sheet), Write(b, sheet)) << sheet.file;
  }
}

// How the cells below one header are read; no reader: not looked at.
using Reader = std::function<absl::Status(std::string_view)>;

template <typename Read>
Reader Reads(Read read) {
  return [read](std::string_view cell) { return read(cell).status(); };
}

Reader Characters(int64_t low, int64_t high) {
  return Reads(sheet::Text{.min = low, .max = high});
}

Reader OneOf(std::set<std::string> words) {
  return [words](std::string_view cell) {
    return words.contains(std::string(cell))
               ? absl::OkStatus()
               : absl::NotFoundError(std::string(cell));
  };
}

const std::map<std::string, Reader>& Readers() {
  static const auto* const kReaders = new std::map<std::string, Reader>{
      {"标题", Characters(8, 40)},
      {"描述", Characters(60, 200)},
      {"地区", Reads(sheet::RegionCell{})},
      {"统一社会信用代码", Reads(sheet::CreditCode{})},
      {"单位信用代码", Reads(sheet::CreditCode{})},
      {"联系电话", Reads(sheet::Phone{})},
      {"人才学科", Reads(sheet::ListOf{sheet::SubjectCell{}, 20})},
      {"权重", Reads(sheet::Integer{.min = 1, .max = 100})},
      {"容量", Reads(sheet::Integer{.min = 1, .max = 4})},
      {"每月次数", Reads(sheet::Integer{.min = 1, .max = 4})},
      {"成熟度", Reads(sheet::Integer{.min = 1, .max = 9})},
      {"人才人数", Reads(sheet::Integer{.min = 0, .max = 6})},
      {"基线", Reads(sheet::Decimal{})},
      {"目标", Reads(sheet::Decimal{})},
      {"成立日期", Reads(sheet::Date{})},
      {"开始日期", Reads(sheet::Date{})},
      {"结束日期", Reads(sheet::Date{})},
      {"可服务开始", Reads(sheet::Date{})},
      {"可服务结束", Reads(sheet::Date{})},
      {"独占", Reads(sheet::YesNo{})},
      {"龙头", Reads(sheet::YesNo{})},
      {"必保", Reads(sheet::YesNo{})},
      {"保险", Reads(sheet::YesNo{})},
      {"必须方言", Reads(sheet::YesNo{})},
      {"方言", Reads(sheet::ListOf{sheet::Text{.min = 1, .max = 1}, 4})},
      {"层级", OneOf({"省", "市", "县", "乡"})},
      {"接受层级", OneOf({"省", "市", "县", "乡"})},
      {"系统", OneOf({"科协", "学会", "高校", "企业"})},
      {"职称", OneOf({"无", "初级", "中级", "副高", "正高", "院士"})},
      {"专家职称", OneOf({"不限", "中级", "副高", "正高", "院士"})},
      {"服务方式", OneOf({"现场", "远程", "均可"})},
      {"紧急程度", OneOf({"特急", "紧急", "一般", "不急"})},
      {"需求库", OneOf({"需求", "问题", "创新难题"})},
      {"产业带动", OneOf({"必需", "希望", "不需要"})},
  };
  return *kReaders;
}

Reader ReaderOf(const std::string& file, const std::string& header) {
  if (file == "volunteers.csv" && header == "学科") {
    return Reads(sheet::Graded<sheet::SubjectCell>{});
  }
  if (header == "学科") {
    return Reads(sheet::ListOf{sheet::SubjectCell{}, 20});
  }
  if (header == "产业") {
    return Reads(sheet::ListOf{sheet::IndustryCell{}, 20});
  }
  if (file == "volunteers.csv" && header == "简介") return Characters(30, 90);
  if (file == "projects.csv" && header == "简介") return Characters(40, 110);
  const auto found = Readers().find(header);
  return found == Readers().end() ? nullptr : found->second;
}

// Volunteers' skills are a list of graded codes: one reader an item.
void CheckCell(const Reader& read, std::string_view cell, bool is_list,
               const std::string& where) {
  while (is_list && cell.find(';') != cell.npos) {
    CheckCell(read, cell.substr(0, cell.find(';')), false, where);
    cell.remove_prefix(cell.find(';') + 1);
  }
  const absl::Status status = read(cell);
  EXPECT_TRUE(status.ok()) << where << " " << cell << ": " << status;
}

void CheckSheet(const std::string& file, const std::string& bytes,
                uint64_t rows) {
  const absl::StatusOr<sheet::Table> table =
      sheet::ParseTable(bytes, {.bytes = 1 << 28, .rows = rows + 1});
  ASSERT_TRUE(table.ok()) << file << table.status();
  ASSERT_EQ(table->row_count(), rows) << file;
  for (size_t column = 0; column < table->headers().size(); ++column) {
    const std::string& header = table->headers()[column];
    const Reader read = ReaderOf(file, header);
    const bool graded = file == "volunteers.csv" && header == "学科";
    for (size_t row = 0; row < rows; ++row) {
      ASSERT_EQ(table->CellCount(row), table->headers().size()) << file;
      const std::string_view cell = table->Cell(row, column);
      if (!read || cell.empty()) continue;
      CheckCell(read, cell, graded, file + " " + header);
    }
  }
}

TEST(Sheets, ParseAndEveryCellIsReadAsItsColumnSays) {
  for (const char* region : {"440000", ""}) {
    Options options = kSmall;
    options.region = region;
    options.volunteers = 5'000;
    options.demands = 5'000;
    options.projects = 2'000;
    options.enterprises = 3'000;
    const Corps corps = MakeCorps(options);
    for (const Sheet& sheet : Sheets()) {
      CheckSheet(std::string(sheet.file), Write(corps, sheet),
                 sheet.count(corps));
    }
  }
}

TEST(Sheets, PathsAndCodesNameTheRegionOfTheRow) {
  const Corps corps = MakeCorps({.volunteers = 20'000, .teams = 0});
  int paths = 0;
  for (uint64_t i = 0; i < 20'000; ++i) {
    const Volunteer volunteer = corps.MakeVolunteer(i);
    std::string row;
    AppendRow(volunteer, row);
    std::istringstream cells(row);
    std::string cell;
    for (int column = 0; column <= 6; ++column) std::getline(cells, cell, ',');
    EXPECT_EQ(*sheet::RegionCell{}(cell), volunteer.region) << cell;
    if (cell.find('/') != cell.npos) ++paths;
  }
  EXPECT_GT(paths, 9'900);
}

TEST(Sheets, WindowsAndNumbersOfDemandsMakeSense) {
  const Corps corps = MakeCorps(kSmall);
  for (uint64_t i = 0; i < kSmall.demands; ++i) {
    const Demand demand = corps.MakeDemand(i);
    EXPECT_LT(demand.window_start, demand.window_end);
    EXPECT_GE(demand.window_start, absl::CivilDay(2026, 12, 1));
    EXPECT_LE(demand.window_start, absl::CivilDay(2027, 3, 31));
    EXPECT_GE(demand.window_end, absl::CivilDay(2027, 3, 1));
    EXPECT_LE(demand.window_end, absl::CivilDay(2027, 12, 31));
    EXPECT_NE(demand.baseline_tenths, demand.target_tenths);
    if (demand.unit == "%") {
      EXPECT_LE(demand.target_tenths, 1000) << demand.title;
    }
    EXPECT_EQ(demand.talents_count > 0,
              demand.want_talents != Wish::kNotNeeded);
  }
}

TEST(Sheets, IdsHaveSevenDigits) {
  EXPECT_EQ(VolunteerId(0), "V-0000001");
  EXPECT_EQ(VolunteerId(5'199'999), "V-5200000");
  EXPECT_EQ(TeamId(kMaxRows - 1), "T-9999999");
}

}  // namespace
}  // namespace jiedui::corps
