#include "tools/corps/sheets.h"

#include "absl/strings/str_cat.h"
#include "tools/corps/csv_row.h"

namespace jiedui::corps {
namespace {

using std::string_view;

constexpr string_view kTiers[] = {"省", "市", "县", "乡"};
constexpr string_view kLines[] = {"科协", "学会", "高校", "企业"};
constexpr string_view kTitles[] = {"无",   "初级", "中级",
                                   "副高", "正高", "院士"};
constexpr string_view kModes[] = {"现场", "远程", "均可"};
constexpr string_view kWishes[] = {"必需", "希望", "不需要"};
constexpr string_view kCategories[] = {"普通", "院士", "港澳专家", "海智专家",
                                       "基层干部"};
constexpr string_view kBusinessKinds[] = {"企业", "合作社", "园区"};
constexpr string_view kRequesters[] = {"企业", "园区", "社区", "乡村",
                                       "行业协会"};
constexpr string_view kLibraries[] = {"需求", "问题", "创新难题"};
constexpr string_view kUrgencies[] = {"特急", "紧急", "一般", "不急"};

// Enums of common/codes begin at 1, those of rows.h at 0.
template <size_t kSize, typename Value>
string_view FromOne(const string_view (&words)[kSize], Value value) {
  return words[static_cast<size_t>(value) - 1];
}
template <size_t kSize, typename Value>
string_view FromZero(const string_view (&words)[kSize], Value value) {
  return words[static_cast<size_t>(value)];
}

std::string Id(char kind, uint64_t index) {
  constexpr uint64_t kSevenDigits = 10'000'000;
  std::string id = absl::StrCat(kSevenDigits + index + 1);
  id[0] = '-';
  return id.insert(0, 1, kind);
}

std::string IdOrNothing(char kind, const std::optional<uint64_t>& index) {
  return index ? Id(kind, *index) : std::string();
}

std::string Phone(uint32_t last_digits) {
  return absl::StrCat(19'900'000'000u + last_digits);
}

// A region named like its parent is not found by its path: the parent is.
std::string RegionCell(const codes::Region& region, uint64_t row) {
  const codes::Region* parent = region.parent();
  const bool findable = parent == nullptr || parent->name() != region.name();
  return row % 2 == 1 && findable ? region.Path() : region.CodeText();
}

// Of subjects and industries alike.
template <typename Coded>
void AppendCode(const Coded* coded, std::string& out) {
  out += coded->code;
}

void AppendSkill(const Skill& skill, std::string& out) {
  out += skill.subject->code;
  out += ':';
  out += static_cast<char>('0' + skill.proficiency);
}

void AppendDialect(codes::Dialect dialect, std::string& out) {
  out += codes::EntryOf(codes::kDialects, dialect)->zh;
}

constexpr auto kAppendSubject = AppendCode<codes::Subject>;
constexpr auto kAppendIndustry = AppendCode<codes::Industry>;
constexpr auto kAppendText = [](const std::string& text, std::string& out) {
  out += text;
};

// clang-format off
constexpr Sheet kSheets[] = {
    {"specialties.csv", "编号,名称,地区,产业,权重,简介",
     [](const Corps& corps) { return corps.specialties(); },
     [](const Corps& corps, uint64_t i, std::string& out) { AppendRow(corps.MakeSpecialty(i), out); }},
    {"enterprises.csv", "编号,名称,类型,统一社会信用代码,地区,产业,龙头,简介",
     [](const Corps& corps) { return corps.options().enterprises; },
     [](const Corps& corps, uint64_t i, std::string& out) { AppendRow(corps.MakeEnterprise(i), out); }},
    {"stations.csv", "编号,名称,类型,地区,依托单位,学科,产业,简介",
     [](const Corps& corps) { return corps.options().stations; },
     [](const Corps& corps, uint64_t i, std::string& out) { AppendRow(corps.MakeStation(i), out); }},
    {"teams.csv", "编号,名称,层级,系统,地区,上级,队长,学科,简介,容量,成立日期",
     [](const Corps& corps) { return corps.options().teams; },
     [](const Corps& corps, uint64_t i, std::string& out) { AppendRow(corps.MakeTeam(i), out); }},
    {"volunteers.csv", "编号,姓名,单位,单位信用代码,职称,类别,地区,层级,系统,学科,产业,简介,方言,每月次数,可服务开始,可服务结束,服务方式,联系电话,回避单位,队伍",
     [](const Corps& corps) { return corps.options().volunteers; },
     [](const Corps& corps, uint64_t i, std::string& out) { AppendRow(corps.MakeVolunteer(i), out); }},
    {"projects.csv", "编号,名称,类别,持有单位,持有人,学科,产业,成熟度,独占,地区,简介",
     [](const Corps& corps) { return corps.options().projects; },
     [](const Corps& corps, uint64_t i, std::string& out) { AppendRow(corps.MakeProject(i), out); }},
    {"demands.csv", "编号,标题,描述,需求库,行动,提出单位,单位类型,统一社会信用代码,联系人,联系电话,地区,学科,产业,指标,单位,基线,目标,风险告知,保险,紧急程度,必保,开始日期,结束日期,服务方式,方言,必须方言,专家职称,专家,项目,团队,企业,人才,人才人数,人才学科,产业带动,接受层级",
     [](const Corps& corps) { return corps.options().demands; },
     [](const Corps& corps, uint64_t i, std::string& out) { AppendRow(corps.MakeDemand(i), out); }},
};
// clang-format on

}  // namespace

std::span<const Sheet> Sheets() { return kSheets; }

std::string VolunteerId(uint64_t index) { return Id('V', index); }
std::string TeamId(uint64_t index) { return Id('T', index); }

void AppendRow(const Volunteer& volunteer, std::string& out) {
  CsvRow(out)
      .Text(VolunteerId(volunteer.index))
      .Text(volunteer.name)
      .Text(volunteer.employer)
      .Text(volunteer.employer_credit_code)
      .Text(FromOne(kTitles, volunteer.title))
      .Text(FromZero(kCategories, volunteer.category))
      .Text(RegionCell(*volunteer.region, volunteer.index))
      .Text(FromOne(kTiers, volunteer.tier))
      .Text(FromOne(kLines, volunteer.line))
      .List(volunteer.skills, AppendSkill)
      .List(volunteer.industries, kAppendIndustry)
      .Text(volunteer.summary)
      .List(volunteer.dialects, AppendDialect)
      .Number(volunteer.capacity)
      .Day(volunteer.available_from)
      .Day(volunteer.available_to)
      .Text(FromZero(kModes, volunteer.mode))
      .Text(Phone(volunteer.phone))
      .List(volunteer.conflicts, kAppendText)
      .List(volunteer.teams,
            [](uint64_t team, std::string& to) { to += TeamId(team); });
}

void AppendRow(const Team& team, std::string& out) {
  CsvRow(out)
      .Text(TeamId(team.index))
      .Text(team.name)
      .Text(FromOne(kTiers, team.tier))
      .Text(FromOne(kLines, team.line))
      .Text(RegionCell(*team.region, team.index))
      .Text(IdOrNothing('T', team.parent))
      .Text(VolunteerId(team.leader))
      .List(team.subjects, kAppendSubject)
      .Text(team.summary)
      .Number(team.capacity)
      .Day(team.founded);
}

void AppendRow(const Enterprise& enterprise, std::string& out) {
  CsvRow(out)
      .Text(Id('E', enterprise.index))
      .Text(enterprise.name)
      .Text(FromZero(kBusinessKinds, enterprise.kind))
      .Text(enterprise.credit_code)
      .Text(RegionCell(*enterprise.region, enterprise.index))
      .Text(enterprise.business->industry->code)
      .YesNo(enterprise.leading)
      .Text(enterprise.summary);
}

void AppendRow(const Project& project, std::string& out) {
  CsvRow(out)
      .Text(Id('P', project.index))
      .Text(project.name)
      .Text(project.is_technology ? "技术" : "项目")
      .Text(project.holder)
      .Text(IdOrNothing('V', project.owner))
      .List(project.subjects, kAppendSubject)
      .List(project.industries, kAppendIndustry)
      .Number(project.readiness)
      .YesNo(project.exclusive)
      .Text(RegionCell(*project.region, project.index))
      .Text(project.summary);
}

void AppendRow(const Station& station, std::string& out) {
  CsvRow(out)
      .Text(Id('S', station.index))
      .Text(station.name)
      .Text(codes::EntryOf(codes::kStationKinds, station.kind)->zh)
      .Text(RegionCell(*station.region, station.index))
      .Text(station.host)
      .List(station.subjects, kAppendSubject)
      .Text(station.industry->code)
      .Text(station.summary);
}

void AppendRow(const Specialty& specialty, std::string& out) {
  CsvRow(out)
      .Text(Id('I', specialty.index))
      .Text(specialty.name)
      .Text(RegionCell(*specialty.region, specialty.index))
      .Text(specialty.industry->code)
      .Number(specialty.weight)
      .Text(specialty.summary);
}

void AppendRow(const Demand& demand, std::string& out) {
  const bool wants_talents = demand.want_talents != Wish::kNotNeeded;
  CsvRow row(out);
  row.Text(Id('D', demand.index))
      .Text(demand.title)
      .Text(demand.description)
      .Text(FromZero(kLibraries, demand.library))
      .Text(codes::EntryOf(codes::kActions, demand.action)->zh)
      .Text(demand.requester_name)
      .Text(FromZero(kRequesters, demand.requester))
      .Text(demand.credit_code)
      .Text(demand.contact_name)
      .Text(Phone(demand.phone))
      .Text(RegionCell(*demand.region, demand.index))
      .List(demand.subjects, kAppendSubject)
      .Text(demand.industry->code)
      .Text(demand.metric)
      .Text(demand.unit)
      .Tenths(demand.baseline_tenths)
      .Tenths(demand.target_tenths)
      .Text(demand.risks)
      .YesNo(demand.insured)
      .Text(FromZero(kUrgencies, demand.urgency))
      .YesNo(demand.mandatory)
      .Day(demand.window_start)
      .Day(demand.window_end)
      .Text(FromZero(kModes, demand.mode))
      .List(demand.dialects, AppendDialect)
      .YesNo(demand.dialect_required)
      .Text(demand.title_min == codes::Title::kNone
                ? "不限"
                : FromOne(kTitles, demand.title_min));
  for (const Wish wish :
       {demand.want_expert, demand.want_project, demand.want_team,
        demand.want_enterprise, demand.want_talents}) {
    row.Text(FromZero(kWishes, wish));
  }
  row.Text(wants_talents ? absl::StrCat(demand.talents_count) : "")
      .List(demand.talents_subjects, kAppendSubject)
      .Text(FromZero(kWishes, demand.want_industry))
      .Text(FromOne(kTiers, demand.max_tier));
}

}  // namespace jiedui::corps
