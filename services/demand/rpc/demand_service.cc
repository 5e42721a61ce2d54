#include "services/demand/rpc/demand_service.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/journal/journal.h"
#include "common/query/field_mask.h"
#include "common/rpc/journal_stream.h"
#include "common/rpc/list.h"
#include "common/rpc/unary.h"
#include "services/demand/app/commands.h"
#include "services/demand/app/kinds.h"
#include "services/demand/domain/validate.h"
#include "services/demand/rpc/convert.h"

namespace jiedui::demand {
namespace {

using runtime::Transaction;
using store::v1::DemandRecord;

constexpr size_t kMaxDuplicates = 5;
constexpr int64_t kDuplicatePpm = 500'000;
constexpr int kDefaultCommits = 100;
constexpr int kMaxCommits = 1000;

absl::Status Answer(absl::StatusOr<DemandRecord> record, v1::Demand* response) {
  if (record.ok()) ToApi(*record, response);
  return record.status();
}

absl::StatusOr<DemandRecord> CreateAsAsked(
    Transaction& txn, const v1::CreateDemandRequest& request) {
  DemandRecord record;
  SetContent(request.demand(), record);
  ASSIGN_OR_RETURN(record, Create(txn, std::move(record)));
  if (!request.submit()) return record;
  return Step(txn, Verb::kSubmit, record.demand().name(), "", "");
}

// Names of the demands that a commit is about, each once.
std::set<std::string> SubjectsOf(const journal::v1::Record& record) {
  std::set<std::string> names;
  for (const journal::v1::Entry& entry : record.entries()) {
    for (const journal::v1::Fact& fact : entry.facts()) {
      if (Demands::Owns(fact)) names.insert(fact.subject());
    }
  }
  return names;
}

}  // namespace

DemandServiceImpl::Reactor* DemandServiceImpl::CreateDemand(
    Context* context, const v1::CreateDemandRequest* request,
    v1::Demand* response) {
  if (request->validate_only()) {
    const auto snapshot = writer_->store().Snapshot();
    Transaction rehearsal(snapshot.get(), machine_, writer_->clock().Now(), "");
    return rpc::Finish(context,
                       Answer(CreateAsAsked(rehearsal, *request), response));
  }
  return rpc::Commit(*writer_, context, request, response,
                     [request, response](Transaction& txn) {
                       return Answer(CreateAsAsked(txn, *request), response);
                     });
}

DemandServiceImpl::Reactor* DemandServiceImpl::GetDemand(
    Context* context, const v1::GetDemandRequest* request,
    v1::Demand* response) {
  return rpc::Finish(
      context,
      Answer(Demands::Require(writer_->store(), request->name()), response));
}

DemandServiceImpl::Reactor* DemandServiceImpl::ListDemands(
    Context* context, const v1::ListDemandsRequest* request,
    v1::ListDemandsResponse* response) {
  return rpc::Finish(context,
                     rpc::ListPage<DemandKind>(
                         writer_->store(), rpc::ListQueryOf(*request),
                         &machine_->index(), ToApi, response->mutable_demands(),
                         response->mutable_next_page_token()));
}

DemandServiceImpl::Reactor* DemandServiceImpl::UpdateDemand(
    Context* context, const v1::UpdateDemandRequest* request,
    v1::Demand* response) {
  const auto edit = [request](DemandRecord& record) -> absl::Status {
    v1::Demand demand;
    ToApi(record, &demand);
    RETURN_IF_ERROR(
        query::CopyMasked(request->update_mask(),
                          {"name", "state", "state_reason", "pairing",
                           "submit_time", "create_time", "update_time", "etag"},
                          request->demand(), demand));
    SetContent(demand, record);
    return absl::OkStatus();
  };
  return rpc::Commit(*writer_, context, request, response,
                     [request, response, edit](Transaction& txn) {
                       return Answer(Update(txn, request->demand().name(),
                                            request->demand().etag(), edit),
                                     response);
                     });
}

template <typename Request>
DemandServiceImpl::Reactor* DemandServiceImpl::Transit(Verb verb,
                                                       Context* context,
                                                       const Request* request,
                                                       v1::Demand* response) {
  return rpc::Commit(*writer_, context, request, response,
                     [verb, request, response](Transaction& txn) {
                       return Answer(Step(txn, verb, request->name(),
                                          request->etag(), request->note()),
                                     response);
                     });
}

DemandServiceImpl::Reactor* DemandServiceImpl::SubmitDemand(
    Context* context, const v1::SubmitDemandRequest* request,
    v1::Demand* response) {
  return Transit(Verb::kSubmit, context, request, response);
}

DemandServiceImpl::Reactor* DemandServiceImpl::VerifyDemand(
    Context* context, const v1::VerifyDemandRequest* request,
    v1::Demand* response) {
  return Transit(Verb::kVerify, context, request, response);
}

DemandServiceImpl::Reactor* DemandServiceImpl::ReturnDemand(
    Context* context, const v1::ReturnDemandRequest* request,
    v1::Demand* response) {
  return Transit(Verb::kReturn, context, request, response);
}

DemandServiceImpl::Reactor* DemandServiceImpl::RejectDemand(
    Context* context, const v1::RejectDemandRequest* request,
    v1::Demand* response) {
  return Transit(Verb::kReject, context, request, response);
}

DemandServiceImpl::Reactor* DemandServiceImpl::WithdrawDemand(
    Context* context, const v1::WithdrawDemandRequest* request,
    v1::Demand* response) {
  return Transit(Verb::kWithdraw, context, request, response);
}

DemandServiceImpl::Reactor* DemandServiceImpl::SuspendDemand(
    Context* context, const v1::SuspendDemandRequest* request,
    v1::Demand* response) {
  return Transit(Verb::kSuspend, context, request, response);
}

DemandServiceImpl::Reactor* DemandServiceImpl::ResumeDemand(
    Context* context, const v1::ResumeDemandRequest* request,
    v1::Demand* response) {
  return Transit(Verb::kResume, context, request, response);
}

DemandServiceImpl::Reactor* DemandServiceImpl::ReopenDemand(
    Context* context, const v1::ReopenDemandRequest* request,
    v1::Demand* response) {
  return Transit(Verb::kReopen, context, request, response);
}

DemandServiceImpl::Reactor* DemandServiceImpl::CloseDemand(
    Context* context, const v1::CloseDemandRequest* request,
    v1::Demand* response) {
  return Transit(Verb::kClose, context, request, response);
}

DemandServiceImpl::Reactor* DemandServiceImpl::FindDuplicateDemands(
    Context* context, const v1::FindDuplicateDemandsRequest* request,
    v1::FindDuplicateDemandsResponse* response) {
  DemandRecord draft;
  SetContent(request->demand(), draft);
  const auto similar = machine_->index().Similar(SearchText(draft.demand()),
                                                 kMaxDuplicates, kDuplicatePpm);
  for (const text::SearchIndex::Neighbour& neighbour : similar) {
    const auto record = Demands::Find(writer_->store(), neighbour.id);
    if (!record) continue;
    v1::DuplicateDemand* duplicate = response->add_duplicates();
    ToApi(*record, duplicate->mutable_demand());
    duplicate->set_similarity(neighbour.similarity_ppm);
  }
  return rpc::Finish(context, absl::OkStatus());
}

absl::Status DemandServiceImpl::CheckRevision(uint64_t revision) const {
  const uint64_t head = writer_->head();
  if (revision <= head) return absl::OkStatus();
  return base::MakeError(
      base::Reason::kCursorAhead,
      {{"cursor", absl::StrCat(revision)}, {"head", absl::StrCat(head)}});
}

DemandServiceImpl::Reactor* DemandServiceImpl::ListDemandChanges(
    Context* context, const v1::ListDemandChangesRequest* request,
    v1::ListDemandChangesResponse* response) {
  const absl::Status status = CheckRevision(request->after_revision());
  if (!status.ok()) return rpc::Finish(context, status);
  const int limit = request->page_size() <= 0
                        ? kDefaultCommits
                        : std::min(request->page_size(), kMaxCommits);
  const uint64_t head = writer_->head();
  const uint64_t last = std::min(head, request->after_revision() + limit);
  std::set<std::string> names;
  journal::Journal::Visit(writer_->store(), request->after_revision(),
                          [&](const journal::v1::Record& record) {
                            if (record.seq() > last) return false;
                            names.merge(SubjectsOf(record));
                            return true;
                          });
  for (const std::string& name : names) {
    const auto record = Demands::Find(writer_->store(), name);
    if (record) ToApi(*record, response->add_demands());
  }
  response->set_next_revision(last);
  response->set_at_head(last == head);
  return rpc::Finish(context, absl::OkStatus());
}

grpc::ServerWriteReactor<v1::DemandChange>*
DemandServiceImpl::WatchDemandChanges(
    Context* context, const v1::WatchDemandChangesRequest* request) {
  const absl::Status status = CheckRevision(request->after_revision());
  if (!status.ok()) {
    return new rpc::FailedStream<v1::DemandChange>(rpc::ToGrpcStatus(status));
  }
  return rpc::JournalStream<v1::DemandChange>::Start(
      loop_, writer_, request->after_revision(),
      [writer = writer_](const journal::v1::Record& record) {
        std::vector<v1::DemandChange> changes;
        for (const std::string& name : SubjectsOf(record)) {
          const auto demand = Demands::Find(writer->store(), name);
          if (!demand) continue;
          changes.emplace_back().set_revision(record.seq());
          ToApi(*demand, changes.back().mutable_demand());
        }
        return changes;
      });
}

}  // namespace jiedui::demand
