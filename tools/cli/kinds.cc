// The table of resources: what each is called, where it is served, and which
// columns its list shows.
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "jiedui/demand/v1/demand.pb.h"
#include "jiedui/matcher/v1/dispatch.pb.h"
#include "jiedui/matcher/v1/matcher.pb.h"
#include "jiedui/matcher/v1/notice.pb.h"
#include "jiedui/matcher/v1/record.pb.h"
#include "jiedui/volunteer/v1/supply.pb.h"
#include "jiedui/volunteer/v1/volunteer.pb.h"
#include "tools/cli/display.h"
#include "tools/cli/pairing_page.h"
#include "tools/cli/resources.h"

namespace jiedui::cli {
namespace {

using google::protobuf::Message;

constexpr int64_t kTitleWidth = 44;
constexpr int64_t kShortWidth = 24;

// Kinds of the volunteer registry that have nothing but the standard methods.
ResourceKind Supply(const std::string& command, const std::string& collection,
                    Text noun, const google::protobuf::Descriptor* message,
                    const std::string& plural,
                    std::vector<ListColumn> columns) {
  return {command,         collection, std::move(noun), "VolunteerService",
          message->name(), plural,     message,         std::move(columns)};
}

// Lists are of Guangdong: the province is left out where it says nothing.
std::string RegionOf(const Message& message, Language language) {
  const std::string place = FieldText(message, "region", language);
  constexpr std::string_view kHome = "广东省";
  return place.size() > kHome.size() && place.starts_with(kHome)
             ? place.substr(kHome.size())
             : place;
}

// A figure of a reading; nothing where nothing has been read, or, of the
// baseline, there is nothing to compare it with.
std::string ReadOf(const Message& message, Language language) {
  const auto& reading = static_cast<const matcher::v1::Reading&>(message);
  const bool read = reading.state() == matcher::v1::Reading::STATE_DONE;
  return read ? FieldText(message, "value", language) : "";
}

std::string ChangeOf(const Message& message, Language language) {
  const auto& reading = static_cast<const matcher::v1::Reading&>(message);
  const bool read = reading.state() == matcher::v1::Reading::STATE_DONE;
  return read && reading.months() > 0 ? FieldText(message, "change", language)
                                      : "";
}

std::string PairedOf(const Message& message, Language language) {
  const auto& round = static_cast<const matcher::v1::Round&>(message);
  return absl::StrCat(round.paired(), "/", round.demands());
}

}  // namespace

const ResourceKind& DemandKind() {
  static const auto* const kind =
      new ResourceKind{"demand",
                       "demands",
                       {"需求", "demand"},
                       "DemandService",
                       "Demand",
                       "Demands",
                       demand::v1::Demand::descriptor(),
                       {{"name"},
                        {"state"},
                        {"urgency"},
                        {"title", kTitleWidth},
                        {"region", kShortWidth, {}, RegionOf},
                        {"requester.name", kShortWidth},
                        {"window", kShortWidth}}};
  return *kind;
}

const ResourceKind& VolunteerKind() {
  static const auto* const kind = new ResourceKind{
      Supply("volunteer", "volunteers", {"志愿者", "volunteer"},
             volunteer::v1::Volunteer::descriptor(), "Volunteers",
             {{"name"},
              {"state"},
              {"display_name"},
              {"title"},
              {"employer", kShortWidth},
              {"region", kShortWidth, {}, RegionOf},
              {"skills", kTitleWidth},
              {"capacity"}})};
  return *kind;
}

const ResourceKind& TeamKind() {
  static const auto* const kind =
      new ResourceKind{Supply("team", "teams", {"队伍", "team"},
                              volunteer::v1::Team::descriptor(), "Teams",
                              {{"name"},
                               {"display_name", kTitleWidth},
                               {"tier"},
                               {"line"},
                               {"region", kShortWidth, {}, RegionOf},
                               {"leader"},
                               {"subjects", kShortWidth},
                               {"capacity"}})};
  return *kind;
}

const ResourceKind& ProjectKind() {
  static const auto* const kind = new ResourceKind{
      Supply("project", "projects", {"项目与技术", "project or technology"},
             volunteer::v1::Project::descriptor(), "Projects",
             {{"name"},
              {"kind"},
              {"display_name", kTitleWidth},
              {"holder", kShortWidth},
              {"subjects", kShortWidth},
              {"readiness"}})};
  return *kind;
}

const ResourceKind& EnterpriseKind() {
  static const auto* const kind = new ResourceKind{
      Supply("enterprise", "enterprises", {"企业", "enterprise"},
             volunteer::v1::Enterprise::descriptor(), "Enterprises",
             {{"name"},
              {"kind"},
              {"display_name", kTitleWidth},
              {"region", kShortWidth, {}, RegionOf},
              {"industry", kShortWidth},
              {"leading"}})};
  return *kind;
}

const ResourceKind& StationKind() {
  static const auto* const kind =
      new ResourceKind{Supply("station", "stations", {"服务站", "station"},
                              volunteer::v1::Station::descriptor(), "Stations",
                              {{"name"},
                               {"kind"},
                               {"display_name", kTitleWidth},
                               {"region", kShortWidth, {}, RegionOf},
                               {"host", kShortWidth}})};
  return *kind;
}

const ResourceKind& SpecialtyKind() {
  static const auto* const kind = new ResourceKind{
      Supply("specialty", "specialties", {"县域特色产业", "specialty industry"},
             volunteer::v1::Specialty::descriptor(), "Specialties",
             {{"name"},
              {"display_name", kTitleWidth},
              {"region", kShortWidth, {}, RegionOf},
              {"industry", kShortWidth},
              {"weight"}})};
  return *kind;
}

const ResourceKind& RoundKind() {
  static const auto* const kind =
      new ResourceKind{"round",
                       "rounds",
                       {"轮次", "round"},
                       "MatcherService",
                       "Round",
                       "Rounds",
                       matcher::v1::Round::descriptor(),
                       {{"name"},
                        {"state"},
                        {"as_of_date"},
                        {"paired", 0, {}, PairedOf},
                        {"volunteers"},
                        {"policy_version"},
                        {"create_time"},
                        {"note", kTitleWidth}}};
  return *kind;
}

const ResourceKind& PairingKind() {
  static const auto* const kind =
      new ResourceKind{"pairing",
                       "pairings",
                       {"结对", "pairing"},
                       "MatcherService",
                       "Pairing",
                       "Pairings",
                       matcher::v1::Pairing::descriptor(),
                       {{"name"},
                        {"state"},
                        {"demand_title", kTitleWidth},
                        {"region", kShortWidth, {}, RegionOf},
                        {"", kShortWidth, {"专家", "Expert"}, ExpertOf},
                        {"", 0, {"六部分", "Parts"}, PartsOf},
                        {"points", 0, {"得分", "Points"}, ScoreOf}}};
  return *kind;
}

const ResourceKind& OfferKind() {
  static const auto* const kind =
      new ResourceKind{"offer",
                       "offers",
                       {"邀约", "offer"},
                       "MatcherService",
                       "Offer",
                       "Offers",
                       matcher::v1::Offer::descriptor(),
                       {{"name"},
                        {"state"},
                        {"part"},
                        {"addressee"},
                        {"addressee_name"},
                        {"pairing"},
                        {"headline", kTitleWidth},
                        {"create_time"}}};
  return *kind;
}

const ResourceKind& ServiceRecordKind() {
  static const auto* const kind =
      new ResourceKind{"service",
                       "serviceRecords",
                       {"服务记录", "service record"},
                       "MatcherService",
                       "ServiceRecord",
                       "ServiceRecords",
                       matcher::v1::ServiceRecord::descriptor(),
                       {{"name"},
                        {"state"},
                        {"kind"},
                        {"volunteer"},
                        {"pairing"},
                        {"check_in_time"},
                        {"check_out_time"},
                        {"minutes"},
                        {"note", kShortWidth}}};
  return *kind;
}

const ResourceKind& DispatchKind() {
  static const auto* const kind =
      new ResourceKind{"dispatch",
                       "dispatches",
                       {"派单案卷", "dispatch"},
                       "DispatchService",
                       "Dispatch",
                       "Dispatches",
                       matcher::v1::Dispatch::descriptor(),
                       {{"name"},
                        {"state"},
                        {"urgency"},
                        {"tier"},
                        {"tier_deadline"},
                        {"declines"},
                        {"demand_title", kTitleWidth},
                        {"region", kShortWidth, {}, RegionOf},
                        {"pairing"}}};
  return *kind;
}

const ResourceKind& VisitKind() {
  static const auto* const kind =
      new ResourceKind{"visit",
                       "visits",
                       {"走访", "visit"},
                       "DispatchService",
                       "Visit",
                       "Visits",
                       matcher::v1::Visit::descriptor(),
                       {{"name"},
                        {"state"},
                        {"pairing"},
                        {"volunteers", kTitleWidth},
                        {"start_time"},
                        {"end_time"},
                        {"note", kShortWidth}}};
  return *kind;
}

const ResourceKind& NoticeKind() {
  static const auto* const kind = new ResourceKind{
      "inbox",
      "notices",
      {"通知", "notice"},
      "NoticeService",
      "Notice",
      "Notices",
      matcher::v1::Notice::descriptor(),
      {{"name"}, {"state"}, {"recipient"}, {"kind"}, {"subject"}}};
  return *kind;
}

const ResourceKind& WebhookKind() {
  static const auto* const kind =
      new ResourceKind{"webhook",
                       "webhooks",
                       {"推送地址", "webhook"},
                       "NoticeService",
                       "Webhook",
                       "Webhooks",
                       matcher::v1::Webhook::descriptor(),
                       {{"name"},
                        {"state"},
                        {"url", kTitleWidth},
                        {"kinds", kShortWidth},
                        {"region_prefix"},
                        {"create_time"}}};
  return *kind;
}

const ResourceKind& DeliveryKind() {
  static const auto* const kind =
      new ResourceKind{"delivery",
                       "deliveries",
                       {"推送", "delivery"},
                       "NoticeService",
                       "Delivery",
                       "Deliveries",
                       matcher::v1::Delivery::descriptor(),
                       {{"name"},
                        {"state"},
                        {"webhook"},
                        {"notice"},
                        {"attempts"},
                        {"http_status"},
                        {"due_time"},
                        {"detail", kTitleWidth}}};
  return *kind;
}

const ResourceKind& CorrectionKind() {
  static const auto* const kind =
      new ResourceKind{"correction",
                       "corrections",
                       {"更正申请", "request for correction"},
                       "RecordService",
                       "Correction",
                       "Corrections",
                       matcher::v1::Correction::descriptor(),
                       {{"name"},
                        {"state"},
                        {"record"},
                        {"volunteer"},
                        {"text", kTitleWidth},
                        {"start_time"},
                        {"end_time"}}};
  return *kind;
}

const ResourceKind& ReadingKind() {
  static const auto* const kind =
      new ResourceKind{"reading",
                       "readings",
                       {"产业读数", "reading"},
                       "RecordService",
                       "Reading",
                       "Readings",
                       matcher::v1::Reading::descriptor(),
                       {{"name"},
                        {"state"},
                        {"months"},
                        {"due_time"},
                        {"deadline"},
                        {"indicator", kShortWidth},
                        {"", 0, {"读数", "Value"}, ReadOf},
                        {"unit"},
                        {"", 0, {"较基线", "Change"}, ChangeOf}}};
  return *kind;
}

const ResourceKind& ServiceCertificateKind() {
  static const auto* const kind =
      new ResourceKind{"certificate",
                       "certificates",
                       {"服务证明", "certificate"},
                       "RecordService",
                       "ServiceCertificate",
                       "ServiceCertificates",
                       matcher::v1::ServiceCertificate::descriptor(),
                       {{"name"},
                        {"state"},
                        {"holder_name"},
                        {"issuer", kShortWidth},
                        {"end_date"},
                        {"measured_minutes"},
                        {"entered_minutes"},
                        {"services"}}};
  return *kind;
}

std::vector<const ResourceKind*> AllKinds() {
  return {&DemandKind(),
          &VolunteerKind(),
          &TeamKind(),
          &ProjectKind(),
          &EnterpriseKind(),
          &StationKind(),
          &SpecialtyKind(),
          &RoundKind(),
          &PairingKind(),
          &OfferKind(),
          &DispatchKind(),
          &VisitKind(),
          &ServiceRecordKind(),
          &NoticeKind(),
          &WebhookKind(),
          &DeliveryKind(),
          &CorrectionKind(),
          &ReadingKind(),
          &ServiceCertificateKind()};
}

const ResourceKind* KindOfName(const std::string& name) {
  for (const ResourceKind* kind : AllKinds()) {
    if (name.starts_with(kind->collection + "/")) return kind;
  }
  return nullptr;
}

}  // namespace jiedui::cli
