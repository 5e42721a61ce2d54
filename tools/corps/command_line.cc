#include "tools/corps/command_line.h"

#include <unistd.h>

#include <cstdio>
#include <optional>

#include "absl/strings/numbers.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "tools/corps/generate.h"

namespace jiedui::corps {
namespace {

constexpr int kExitFailure = 1;
constexpr int kExitUsage = 2;

struct NumberOption {
  std::string_view name;
  uint64_t Options::*field;
};
constexpr NumberOption kNumbers[] = {
    {"--seed", &Options::seed},
    {"--volunteers", &Options::volunteers},
    {"--teams", &Options::teams},
    {"--demands", &Options::demands},
    {"--projects", &Options::projects},
    {"--enterprises", &Options::enterprises},
    {"--stations", &Options::stations},
};

absl::Status Missing(std::string_view option) {
  return base::MakeError(base::Reason::kFieldRequired,
                         {{"field", std::string(option)}});
}

absl::Status SetNumber(std::string_view option, const std::string& value,
                       uint64_t& field) {
  if (absl::SimpleAtoi(value, &field)) return absl::OkStatus();
  return base::MakeError(base::Reason::kFieldMalformed,
                         {{"field", std::string(option)},
                          {"value", value},
                          {"expected", "0, 1, 2 …"}});
}

// Reads one option with a value.
absl::Status SetOption(std::string_view option, const std::string& value,
                       CommandLine& line) {
  for (const NumberOption& number : kNumbers) {
    if (number.name == option) {
      return SetNumber(option, value, line.options.*number.field);
    }
  }
  (option == "--region" ? line.options.region : line.out) = value;
  return absl::OkStatus();
}

bool TakesValue(std::string_view option) {
  for (const NumberOption& number : kNumbers) {
    if (number.name == option) return true;
  }
  return option == "--region" || option == "--out";
}

// What comes after an option: in the same word, or the next one.
std::optional<std::string> TakeValue(const std::vector<std::string>& words,
                                     size_t equals, size_t& at) {
  if (equals != std::string::npos) return words[at].substr(equals + 1);
  if (at + 1 >= words.size()) return std::nullopt;
  return words[++at];
}

absl::Status UnknownOption(const std::string& word) {
  return base::MakeError(
      base::Reason::kUnknownValue,
      {{"field", "corps"},
       {"value", word},
       {"allowed",
        "--seed --volunteers --teams --demands --projects --enterprises "
        "--stations --region --out --force --help"}});
}

// One line that is written over on a terminal; elsewhere one line a sheet.
void Report(const Progress& progress) {
  const bool done = progress.rows == progress.total;
  const bool terminal = isatty(STDERR_FILENO) == 1;
  if (!terminal && !done) return;
  std::fprintf(stderr, "%s%-16.*s %9llu / %llu%s", terminal ? "\r" : "",
               static_cast<int>(progress.file.size()), progress.file.data(),
               static_cast<unsigned long long>(progress.rows),
               static_cast<unsigned long long>(progress.total),
               done ? "\n" : "");
}

void Tell(const std::string& chinese, const std::string& english) {
  std::fprintf(stderr, "corps: %s\n       %s\n", chinese.c_str(),
               english.c_str());
}

void Tell(const absl::Status& status) {
  const std::optional<base::ErrorInfo> info = base::Info(status);
  if (!info || info->violations.empty()) {
    Tell(base::Message(status, base::Language::kChinese),
         base::Message(status, base::Language::kEnglish));
    return;
  }
  for (const base::Violation& violation : info->violations) {
    Tell(violation.Message(base::Language::kChinese),
         violation.Message(base::Language::kEnglish));
  }
}

}  // namespace

std::string_view HelpText() {
  return R"(corps —— 生成任意规模的志愿者、队伍与需求表格（装载与性能测试用）
corps - generates sheets of volunteers, teams and demands of any size

  corps [选项 options] --out DIR

  --out DIR        写入的文件夹（必填） folder to write to (required)
  --seed N         随机种子：同一种子在任何机器上字节相同 [1]
                   same seed, same bytes on every machine
  --region CODE    只在此区划内，如 440000；缺省为全国
                   only within this region; default: all of China
  --volunteers N   志愿者 volunteers.csv    [10000]
  --teams N        队伍 teams.csv           [400]，不多于志愿者 at most as many
  --demands N      需求 demands.csv         [2000]
  --projects N     项目与技术 projects.csv  [1000]
  --enterprises N  企业 enterprises.csv     [1500]
  --stations N     站点 stations.csv        [200]
  --force          覆盖已有的表格 replace sheets that are there already
  --help           显示本页 show this page

  specialties.csv（县域特色产业）每县两行 has two rows a county.

例 Examples
  corps --seed 7 --region 440000 --out gd
  corps --volunteers 5200000 --teams 110000 --demands 500000 --out china
)";
}

absl::StatusOr<CommandLine> ParseCommandLine(
    const std::vector<std::string>& words) {
  CommandLine line;
  for (size_t at = 0; at < words.size(); ++at) {
    const std::string word = words[at];
    const size_t equals = word.find('=');
    const std::string option = word.substr(0, equals);
    if (word == "--help" || word == "-h") {
      line.help = true;
      return line;
    }
    if (word == "--force") {
      line.force = true;
      continue;
    }
    if (!TakesValue(option)) return UnknownOption(word);
    const std::optional<std::string> value = TakeValue(words, equals, at);
    if (!value || value->empty()) return Missing(option);
    RETURN_IF_ERROR(SetOption(option, *value, line));
  }
  if (line.out.empty()) return Missing("--out");
  RETURN_IF_ERROR(Validate(line.options));
  return line;
}

int Run(const std::vector<std::string>& words) {
  const absl::StatusOr<CommandLine> line = ParseCommandLine(words);
  if (!line.ok()) {
    Tell(line.status());
    return kExitUsage;
  }
  if (line->help) {
    const std::string_view help = HelpText();
    std::fwrite(help.data(), 1, help.size(), stdout);
    return 0;
  }
  const absl::StatusOr<Corps> corps = Corps::Create(line->options);
  const absl::Status written =
      corps.ok() ? WriteSheets(*corps, line->out, line->force, Report)
                 : corps.status();
  if (written.ok()) return 0;
  Tell(written);
  return kExitFailure;
}

}  // namespace jiedui::corps
