// The commands that all resources share: list, show, add, update, and the
// verbs that move a resource through its life. One mechanism for all of them,
// by the descriptors of the public API.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/cli/command.h"

namespace google::protobuf {
class Descriptor;
class Message;
}  // namespace google::protobuf

namespace jiedui::cli {

// A column of a list: the field at `path`, or what `cell` makes.
struct ListColumn {
  std::string path;
  int64_t widest = 0;
  Text title = {};  // empty: the field's own word
  std::function<std::string(const google::protobuf::Message&, Language)> cell =
      nullptr;
};

// One kind of resource of the public API.
struct ResourceKind {
  std::string command;     // "demand"
  std::string collection;  // "demands"
  Text noun;
  std::string service;   // "DemandService"
  std::string singular;  // "Demand": GetDemand
  std::string plural;    // "Demands": ListDemands
  const google::protobuf::Descriptor* message;
  std::vector<ListColumn> columns;

  std::string MethodOf(const std::string& verb) const {
    return service + "." + verb + singular;
  }
  std::string ListMethod() const { return service + ".List" + plural; }
};

const ResourceKind& DemandKind();
const ResourceKind& VolunteerKind();
const ResourceKind& TeamKind();
const ResourceKind& ProjectKind();
const ResourceKind& EnterpriseKind();
const ResourceKind& StationKind();
const ResourceKind& SpecialtyKind();
const ResourceKind& RoundKind();
const ResourceKind& PairingKind();
const ResourceKind& OfferKind();
const ResourceKind& ServiceRecordKind();
const ResourceKind& DispatchKind();
const ResourceKind& VisitKind();
const ResourceKind& NoticeKind();
const ResourceKind& WebhookKind();
const ResourceKind& DeliveryKind();
const ResourceKind& CorrectionKind();
const ResourceKind& ReadingKind();
const ResourceKind& ServiceCertificateKind();
std::vector<const ResourceKind*> AllKinds();

// The kind whose collection a resource name begins with; null for another.
const ResourceKind* KindOfName(const std::string& name);

Command ListCommand(const ResourceKind& kind);
Command ShowCommand(const ResourceKind& kind);
Command AddCommand(const ResourceKind& kind);
Command UpdateCommand(const ResourceKind& kind);

// A verb for one or several resources: the name, --etag, and --note and
// --reason where the request has them.
struct Verb {
  std::string name;    // "approve"
  std::string method;  // "MatcherService.ApprovePairing"
  Text summary;
  bool note_required = false;
  std::vector<std::string> reasons = {};  // not empty: --reason is required
  std::vector<Argument> more = {};        // arguments of this verb alone
  // Puts `more` into the request.
  std::function<absl::Status(const Arguments&, Language,
                             google::protobuf::Message*)>
      fill = nullptr;
  std::vector<Example> examples = {};
  Text details = {};
};
Command VerbCommand(const ResourceKind& kind, Verb verb);

// Options that set the fields of a resource, with --set and --file.
std::vector<Argument> FieldArguments(const ResourceKind& kind);

// Puts what those options say into `resource`; `changed` gets the top fields
// that were named. A field in several of --file, its own option and --set is
// what the last of these says.
absl::Status FillFields(const ResourceKind& kind, const Arguments& arguments,
                        Language language, google::protobuf::Message* resource,
                        std::vector<std::string>* changed);

// Lists a kind: the messages of all pages up to `limit` (0: all). `more` tells
// whether some are left.
absl::Status FetchAll(
    Session& session, const ResourceKind& kind, const std::string& filter,
    const std::string& query, int64_t limit,
    std::vector<std::unique_ptr<google::protobuf::Message>>* messages,
    bool* more);

// The rows of a list under the columns of its kind.
std::string RenderList(
    const ResourceKind& kind,
    const std::vector<std::unique_ptr<google::protobuf::Message>>& messages,
    Language language);

}  // namespace jiedui::cli
