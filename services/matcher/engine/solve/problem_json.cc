#include "services/matcher/engine/solve/problem_json.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "google/protobuf/util/json_util.h"
#include "jiedui/solve/v1/problem.pb.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

// Open ends of windows, in days from 1970: far enough for any demand.
constexpr int32_t kAlwaysFrom = 0;
constexpr int32_t kAlwaysUntil = 200'000;
constexpr size_t kMostBytes = size_t{1} << 30;

template <typename List>
std::vector<std::string> Texts(const List& list) {
  return {list.begin(), list.end()};
}

class Reader {
 public:
  absl::StatusOr<Problem> Read(const solve::v1::Problem& in) {
    for (const auto& item : in.demands()) Add(item);
    for (const auto& item : in.volunteers()) Add(item);
    for (const auto& item : in.teams()) Add(item);
    for (const auto& item : in.projects()) Add(item);
    for (const auto& item : in.enterprises()) Add(item);
    for (const auto& item : in.specialties()) Add(item);
    for (const auto& item : in.locks()) Add(item);
    for (const auto& item : in.exclusions()) Add(item);
    for (const auto& item : in.history()) {
      problem_.history.push_back({item.region(), item.posted(), item.served()});
    }
    CheckPools();
    const absl::Status valid = Validate(problem_);
    if (const auto info = base::Info(valid)) {
      for (const base::Violation& violation : info->violations) {
        violations_.Add(violation.field, violation.reason, violation.args);
      }
    }
    RETURN_IF_ERROR(violations_.ToStatus());
    return std::move(problem_);
  }

 private:
  void Add(const solve::v1::Demand& in) {
    at_ = absl::StrCat("demand ", in.id());
    Demand& out = problem_.demands.emplace_back();
    out.id = in.id();
    out.region = in.region();
    out.action = Code("action", in.action(), out.action);
    out.mandatory = in.mandatory();
    out.urgency = Place("urgency", in.urgency(), Urgency::kNormal);
    out.requester_name = in.requester().name();
    out.requester_credit_code = in.requester().credit_code();
    out.requester_kind =
        Place("requester.kind", in.requester().kind(), RequesterKind::kVillage);
    out.subjects = Texts(in.subjects());
    out.industry = in.industry();
    out.text = in.text();
    out.window = ReadWindow("window", in.window());
    out.mode = Place("mode", in.mode(), Mode::kEither);
    out.dialects = Dialects(in.dialects());
    out.dialect_required = in.dialect_required();
    out.title_min = Code("title_min", in.title_min(), codes::Title::kNone);
    out.opened = Code("opened_tier", in.opened_tier(), codes::Tier::kProvince);
    out.tier = Code("tier", in.tier(), codes::Tier::kCounty);
    AddWants(in.parts(), out);
  }

  void AddWants(const type::v1::PartsWanted& in, Demand& out) {
    const auto set = [&](Part part, const char* field, type::v1::Want want,
                         Want unstated) {
      out.want[static_cast<int>(part)] =
          Place(absl::StrCat("parts.", field), want, unstated);
    };
    set(Part::kExpert, "expert", in.expert(), Want::kDesired);
    set(Part::kProject, "project", in.project(), Want::kDesired);
    set(Part::kTeam, "team", in.team(), Want::kDesired);
    set(Part::kEnterprise, "enterprise", in.enterprise(), Want::kDesired);
    set(Part::kTalents, "talents", in.talents(),
        in.talents_count() > 0 ? Want::kDesired : Want::kNone);
    set(Part::kIndustry, "industry", in.industry(), Want::kDesired);
    out.talents_count = in.talents_count();
    out.talents_subjects = Texts(in.talents_subjects());
  }

  void Add(const solve::v1::Volunteer& in) {
    at_ = absl::StrCat("volunteer ", in.id());
    Volunteer& out = problem_.volunteers.emplace_back();
    out.id = in.id();
    out.region = in.region();
    out.tier = Code("tier", in.tier(), out.tier);
    out.line = Code("line", in.line(), out.line);
    out.title = Code("title", in.title(), out.title);
    out.category = Place("category", in.category(), Category::kRegular);
    for (const type::v1::Skill& skill : in.skills()) {
      out.skills.push_back(ReadSkill(skill));
    }
    out.industries = Texts(in.industries());
    out.text = in.text();
    out.dialects = Dialects(in.dialects());
    out.capacity = in.capacity();
    for (const type::v1::Window& window : in.availability()) {
      out.availability.push_back(ReadWindow("availability", window));
    }
    if (out.availability.empty()) {
      out.availability.push_back({kAlwaysFrom, kAlwaysUntil});
    }
    out.mode = Place("mode", in.mode(), Mode::kEither);
    out.employer = in.employer();
    out.employer_credit_code = in.employer_credit_code();
    out.conflicts = Texts(in.conflicts());
    out.rating = {in.rating().sum(), in.rating().count()};
    out.accepted = in.accepted();
    out.offered = in.offered();
  }

  void Add(const solve::v1::Team& in) {
    at_ = absl::StrCat("team ", in.id());
    Team& out = problem_.teams.emplace_back();
    out.id = in.id();
    out.region = in.region();
    out.tier = Code("tier", in.tier(), out.tier);
    out.line = Code("line", in.line(), out.line);
    out.parent = in.parent();
    out.leader = in.leader();
    out.members = Texts(in.members());
    out.subjects = Texts(in.subjects());
    out.capacity = in.capacity();
    out.rating = {in.rating().sum(), in.rating().count()};
  }

  void Add(const solve::v1::Project& in) {
    Project& out = problem_.projects.emplace_back();
    out.id = in.id();
    out.owner = in.owner();
    out.subjects = Texts(in.subjects());
    out.industries = Texts(in.industries());
    if (in.readiness() != 0) out.readiness = in.readiness();
    out.exclusive = in.exclusive();
    out.licences = in.licences();
    out.region = in.region();
    out.text = in.text();
  }

  void Add(const solve::v1::Enterprise& in) {
    problem_.enterprises.push_back({in.id(), in.name(), in.credit_code(),
                                    in.region(), in.industry(), in.leading()});
  }

  void Add(const solve::v1::Specialty& in) {
    problem_.specialties.push_back(
        {in.id(), in.region(), in.industry(), in.weight()});
  }

  void Add(const solve::v1::Lock& in) {
    at_ = absl::StrCat("lock ", in.demand(), " ", in.resource());
    if (in.part() == type::v1::PART_KIND_UNSPECIFIED) {
      violations_.Add(absl::StrCat(at_, ", part"), Reason::kFieldRequired);
    }
    problem_.locks.push_back(
        {in.demand(), Place("part", in.part(), Part::kExpert), in.resource()});
  }

  void Add(const solve::v1::Exclusion& in) {
    at_ = absl::StrCat("exclusion ", in.demand(), " ", in.resource());
    problem_.exclusions.push_back(
        {in.demand(), in.resource(),
         Place("reason", in.reason(), ExclusionReason::kCoordinator)});
  }

  Skill ReadSkill(const type::v1::Skill& in) {
    Skill skill;
    skill.subject = in.subject();
    if (in.proficiency() != 0) skill.proficiency = in.proficiency();
    if (!in.expire_date().empty()) {
      skill.expires = Day("skills.expire_date", in.expire_date(), 0) + 1;
    }
    return skill;
  }

  Window ReadWindow(const std::string& field, const type::v1::Window& in) {
    Window window{kAlwaysFrom, kAlwaysUntil};
    if (!in.start_date().empty()) {
      window.start = Day(field, in.start_date(), kAlwaysFrom);
    }
    if (!in.end_date().empty()) {
      window.end = Day(field, in.end_date(), kAlwaysUntil - 1) + 1;
    }
    return window;
  }

  // Days from 1970; `otherwise` where the text is no such day.
  int32_t Day(const std::string& field, const std::string& text,
              int32_t otherwise) {
    absl::CivilDay day;
    if (text.size() == 10 && absl::ParseCivilTime(text, &day)) {
      const absl::civil_diff_t days = day - absl::CivilDay(1970, 1, 1);
      if (days >= kAlwaysFrom && days < kAlwaysUntil) {
        return static_cast<int32_t>(days);
      }
    }
    violations_.Add(absl::StrCat(at_, ", ", field), Reason::kFieldMalformed,
                    {{"value", text}, {"expected", "YYYY-MM-DD"}});
    return otherwise;
  }

  template <typename List>
  std::vector<codes::Dialect> Dialects(const List& in) {
    std::vector<codes::Dialect> dialects;
    for (int dialect : in) {
      dialects.push_back(Code("dialects",
                              static_cast<type::v1::Dialect>(dialect),
                              codes::Dialect::kMandarin));
    }
    return dialects;
  }

  // Values of common/codes are numbered as the messages'.
  template <typename To, typename From>
  To Code(const std::string& field, From from, To unstated) {
    return Known(field, from) && from != 0 ? static_cast<To>(from) : unstated;
  }
  // The engine's own begin with 0, in the same order.
  template <typename To, typename From>
  To Place(const std::string& field, From from, To unstated) {
    return Known(field, from) && from != 0 ? static_cast<To>(from - 1)
                                           : unstated;
  }
  template <typename From>
  bool Known(const std::string& field, From from) {
    const auto* type = google::protobuf::GetEnumDescriptor<From>();
    if (type->FindValueByNumber(from) != nullptr) return true;
    std::string allowed;
    for (int i = 1; i < type->value_count(); ++i) {
      absl::StrAppend(&allowed, i > 1 ? " " : "", type->value(i)->name());
    }
    violations_.Add(absl::StrCat(at_, ", ", field), Reason::kUnknownValue,
                    {{"value", absl::StrCat(from)}, {"allowed", allowed}});
    return false;
  }

  void CheckPools() {
    if (problem_.demands.empty()) {
      violations_.Add("demands", Reason::kFieldRequired);
    }
    const std::pair<const char*, bool> pools[kParts] = {
        {"volunteers", problem_.volunteers.empty()},
        {"projects", problem_.projects.empty()},
        {"teams", problem_.teams.empty()},
        {"enterprises", problem_.enterprises.empty()},
        {"volunteers", problem_.volunteers.empty()},
        {"specialties", problem_.specialties.empty()}};
    for (const Demand& demand : problem_.demands) {
      for (Part part : kAllParts) {
        const auto& [pool, empty] = pools[static_cast<int>(part)];
        // The requester can be the enterprise itself.
        const bool itself = part == Part::kEnterprise &&
                            demand.requester_kind == RequesterKind::kEnterprise;
        if (demand.wants(part) != Want::kRequired || !empty || itself) continue;
        violations_.Add(absl::StrCat("demand ", demand.id), Reason::kPoolEmpty,
                        {{"pool", pool}});
      }
    }
  }

  Problem problem_;
  base::Violations violations_;
  std::string at_;  // the culprit being looked at
};

}  // namespace

absl::StatusOr<Problem> ParseProblem(std::string_view json,
                                     const std::string& file) {
  if (json.size() > kMostBytes) {
    return base::MakeError(Reason::kTooLarge,
                           {{"what", file},
                            {"size", absl::StrCat(json.size())},
                            {"limit", absl::StrCat(kMostBytes)}});
  }
  solve::v1::Problem message;
  const auto status = google::protobuf::util::JsonStringToMessage(
      {json.data(), json.size()}, &message);
  if (!status.ok()) {
    return base::MakeError(
        Reason::kJsonMalformed,
        {{"file", file},
         {"detail",
          absl::StrReplaceAll(std::string(status.message()), {{"\n", " "}})}});
  }
  return Reader().Read(message);
}

}  // namespace jiedui::matcher::engine
