#include "services/matcher/domain/words.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "common/codes/corps.h"
#include "common/codes/industries.h"
#include "common/codes/regions.h"
#include "common/codes/subjects.h"

namespace jiedui::matcher {
namespace {

using engine::Feature;
using volunteer::event::v1::Enterprise;
using volunteer::event::v1::Project;
using volunteer::event::v1::Specialty;
using volunteer::event::v1::Team;
using volunteer::event::v1::Volunteer;

// The parts that are not empty, with dots between.
std::string Line(std::vector<std::string> parts) {
  std::erase(parts, "");
  return absl::StrJoin(parts, " · ");
}

// 高州市 → 高州; a name of two characters stays whole (惠州市 is 惠州, 赤坎区
// is 赤坎, but 辽县 stays).
std::string Bare(std::string_view name) {
  constexpr size_t kHan = 3;  // bytes of a Han character
  if (name.size() < 3 * kHan) return std::string(name);
  for (std::string_view kind : {"市", "县", "区"}) {
    if (name.ends_with(kind)) name.remove_suffix(kHan);
  }
  return std::string(name);
}

template <typename Value, size_t kSize>
std::string NameIn(const codes::Named<Value> (&table)[kSize], int value) {
  const auto* entry = codes::EntryOf(table, static_cast<Value>(value));
  return entry == nullptr ? "" : std::string(entry->zh);
}

std::string SubjectName(const std::string& code) {
  const codes::Subject* subject = codes::FindSubject(code);
  return subject == nullptr ? "" : std::string(subject->name);
}

std::string IndustryName(const std::string& code) {
  const codes::Industry* industry = codes::FindIndustry(code);
  return industry == nullptr ? "" : std::string(industry->name);
}

std::string KindName(Enterprise::Kind kind) {
  switch (kind) {
    case Enterprise::KIND_COOPERATIVE:
      return "合作社";
    case Enterprise::KIND_PARK:
      return "园区";
    default:
      return "企业";
  }
}

std::string Percent(int64_t per_mille) {
  return absl::StrFormat("%d.%d%%", per_mille / 10, per_mille % 10);
}

// For features whose raw value is 0, 1 or 2.
std::string Choose(int64_t raw, const char* none, const char* one,
                   const char* two) {
  return raw == 0 ? none : raw == 1 ? one : two;
}

}  // namespace

std::string PlaceInWords(std::string_view region) {
  const codes::Region* at = codes::FindRegion(region);
  if (at == nullptr) return "";
  const codes::Region* city = at->AncestorAt(codes::RegionLevel::kCity);
  const codes::Region* county = at->AncestorAt(codes::RegionLevel::kCounty);
  if (city == nullptr) return Bare(at->name());
  const std::string head = city->is_placeholder() ? Bare(city->parent()->name())
                                                  : Bare(city->name());
  if (county == nullptr || county == city) return head;
  return head + Bare(county->name());
}

std::string SummaryOf(const Volunteer& volunteer) {
  return Line({NameIn(codes::kTitles, volunteer.title()), volunteer.employer(),
               PlaceInWords(volunteer.region()),
               volunteer.skills().empty()
                   ? ""
                   : SubjectName(volunteer.skills(0).subject())});
}

std::string SummaryOf(const Team& team) {
  return Line({NameIn(codes::kTiers, team.tier()),
               NameIn(codes::kLines, team.line()), PlaceInWords(team.region()),
               team.subjects().empty() ? "" : SubjectName(team.subjects(0))});
}

std::string SummaryOf(const Project& project) {
  return Line({project.kind() == Project::KIND_TECHNOLOGY ? "技术" : "项目",
               project.holder(),
               project.readiness() == 0
                   ? ""
                   : absl::StrCat("成熟度 ", project.readiness(), " 级")});
}

std::string SummaryOf(const Enterprise& enterprise) {
  return Line({KindName(enterprise.kind()), PlaceInWords(enterprise.region()),
               IndustryName(enterprise.industry()),
               enterprise.leading() ? "龙头" : ""});
}

std::string SummaryOf(const Specialty& specialty) {
  return Line(
      {PlaceInWords(specialty.region()), IndustryName(specialty.industry())});
}

std::string Headline(const demand::event::v1::Demand& demand) {
  return Line({demand.title(), PlaceInWords(demand.region())});
}

std::string_view FeatureName(Feature feature) {
  switch (feature) {
    case Feature::kSubject:
      return "subject";
    case Feature::kIndustry:
      return "industry";
    case Feature::kText:
      return "text";
    case Feature::kTitle:
      return "title";
    case Feature::kGeo:
      return "geo";
    case Feature::kDialect:
      return "dialect";
    case Feature::kTime:
      return "time";
    case Feature::kRating:
      return "rating";
    case Feature::kAcceptance:
      return "acceptance";
    case Feature::kAction:
      return "action";
    case Feature::kNearTier:
      return "near_tier";
    case Feature::kReadiness:
      return "readiness";
    case Feature::kTogether:
      return "together";
    case Feature::kLocality:
      return "locality";
    case Feature::kSpecialty:
      return "specialty";
    case Feature::kLeading:
      return "leading";
    case Feature::kRequester:
      return "requester";
    case Feature::kExpertTeam:
      return "expert_leads_team";
    case Feature::kExpertOwns:
      return "expert_owns_project";
  }
  return "";
}

std::string RawInWords(Feature feature, int64_t raw) {
  switch (feature) {
    case Feature::kSubject:
      return "覆盖 " + Percent(raw);
    case Feature::kIndustry:
    case Feature::kSpecialty:
      return "相近 " + Percent(raw);
    case Feature::kText:
      return absl::StrCat("共同用语 ", raw);
    case Feature::kTitle:
      return raw == 0 ? "达到要求" : absl::StrCat("低 ", raw, " 级");
    case Feature::kGeo:
      return raw == 0 ? "可远程" : absl::StrCat("路程 ", raw, " 分钟");
    case Feature::kDialect:
      return absl::StrCat("共通方言 ", raw, " 种");
    case Feature::kTime:
      return absl::StrCat("有空 ", raw, " 天");
    case Feature::kRating:
      return absl::StrFormat("%d.%02d 星", raw / 100, raw % 100);
    case Feature::kAcceptance:
      return "接受率 " + Percent(raw);
    case Feature::kAction:
      return Choose(raw, "与行动不符", "符合行动", "");
    case Feature::kNearTier:
      return raw == 0 ? "本级或下级" : absl::StrCat("上 ", raw, " 级");
    case Feature::kReadiness:
      return absl::StrCat("成熟度 ", raw, " 级");
    case Feature::kTogether:
    case Feature::kExpertTeam:
      return Choose(raw, "不同队", "专家是队员", "专家带队");
    case Feature::kLocality:
      return Choose(raw, "外地", "同市", "同县");
    case Feature::kLeading:
      return Choose(raw, "非龙头", "龙头", "");
    case Feature::kRequester:
      return "需求方自身";
    case Feature::kExpertOwns:
      return Choose(raw, "不归专家", "归专家所有", "");
  }
  return "";
}

type::v1::Constraint ToConstraint(engine::Constraint constraint) {
  switch (constraint) {
    case engine::Constraint::kTierClosed:
    case engine::Constraint::kOutOfRegion:
      return type::v1::CONSTRAINT_TIER_CLOSED;
    case engine::Constraint::kWindow:
      return type::v1::CONSTRAINT_WINDOW;
    case engine::Constraint::kCapacity:
      return type::v1::CONSTRAINT_CAPACITY;
    case engine::Constraint::kConflictOfInterest:
      return type::v1::CONSTRAINT_CONFLICT_OF_INTEREST;
    case engine::Constraint::kExcluded:
    case engine::Constraint::kDeclined:
    case engine::Constraint::kTimedOut:
      return type::v1::CONSTRAINT_EXCLUDED;
    case engine::Constraint::kDialect:
      return type::v1::CONSTRAINT_DIALECT;
    case engine::Constraint::kTitle:
      return type::v1::CONSTRAINT_TITLE;
    case engine::Constraint::kSubject:
      return type::v1::CONSTRAINT_SUBJECT;
    case engine::Constraint::kMode:
      return type::v1::CONSTRAINT_MODE;
    case engine::Constraint::kBelowFloor:
      return type::v1::CONSTRAINT_BELOW_FLOOR;
  }
  return type::v1::CONSTRAINT_UNSPECIFIED;
}

type::v1::GapReason ToGapReason(engine::GapReason reason) {
  switch (reason) {
    case engine::GapReason::kNoCandidate:
      return type::v1::GAP_REASON_NO_CANDIDATE;
    case engine::GapReason::kBelowFloor:
      return type::v1::GAP_REASON_BELOW_FLOOR;
    case engine::GapReason::kCapacity:
      return type::v1::GAP_REASON_CAPACITY;
    case engine::GapReason::kWindow:
      return type::v1::GAP_REASON_WINDOW;
    case engine::GapReason::kConflictOfInterest:
      return type::v1::GAP_REASON_CONFLICT_OF_INTEREST;
    case engine::GapReason::kExcluded:
      return type::v1::GAP_REASON_EXCLUDED;
    case engine::GapReason::kTierClosed:
      return type::v1::GAP_REASON_TIER_CLOSED;
    case engine::GapReason::kDeclined:
    case engine::GapReason::kTimeout:
      return type::v1::GAP_REASON_DECLINED;
    case engine::GapReason::kDataMissing:
      return type::v1::GAP_REASON_DATA_MISSING;
  }
  return type::v1::GAP_REASON_UNSPECIFIED;
}

std::string_view ConstraintInWords(type::v1::Constraint constraint) {
  switch (constraint) {
    case type::v1::CONSTRAINT_TIER_CLOSED:
      return "层级未开放或不在服务区域";
    case type::v1::CONSTRAINT_WINDOW:
      return "服务期内没有空";
    case type::v1::CONSTRAINT_CAPACITY:
      return "容量已满";
    case type::v1::CONSTRAINT_CONFLICT_OF_INTEREST:
      return "利益冲突";
    case type::v1::CONSTRAINT_EXCLUDED:
      return "已谢绝或被排除";
    case type::v1::CONSTRAINT_DIALECT:
      return "不会所需方言";
    case type::v1::CONSTRAINT_TITLE:
      return "职称不符";
    case type::v1::CONSTRAINT_SUBJECT:
      return "专业不对口";
    case type::v1::CONSTRAINT_BELOW_FLOOR:
      return "匹配度过低";
    case type::v1::CONSTRAINT_MODE:
      return "服务方式不符";
    default:
      return "";
  }
}

}  // namespace jiedui::matcher
