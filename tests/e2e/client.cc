#include "tests/e2e/client.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <utility>

#include "common/base/clock.h"

namespace jiedui::e2e {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(60);

absl::Time Now() { return base::Clock::System().Now(); }

// Takes all pages of a list call.
template <typename Stub, typename Request, typename Response, typename Item>
std::vector<Item> AllPages(
    Stub& stub,
    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                 Response*),
    const google::protobuf::RepeatedPtrField<Item>& (Response::*items)() const,
    const std::string& filter) {
  std::vector<Item> all;
  Request request;
  request.set_page_size(1000);
  request.set_filter(filter);
  do {
    grpc::ClientContext context;
    Response page;
    const grpc::Status status = (stub.*method)(&context, request, &page);
    if (!status.ok()) {
      std::fprintf(stderr, "list failed: %s\n", status.error_message().c_str());
      std::abort();
    }
    for (const Item& item : (page.*items)()) all.push_back(item);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

}  // namespace

std::string SampleFolder() { return JIEDUI_SAMPLE_DIR; }

std::string RoundResult::Bytes() const {
  std::string bytes = round.SerializeAsString();
  for (const auto& pairing : pairings) bytes += pairing.SerializeAsString();
  return bytes;
}

Client::Client(const Deployment& deployment)
    : demands_(demand::v1::DemandService::NewStub(deployment.demand())),
      volunteers_(
          volunteer::v1::VolunteerService::NewStub(deployment.volunteer())),
      matcher_(matcher::v1::MatcherService::NewStub(deployment.matcher())),
      demand_sheets_(sheet::v1::SheetService::NewStub(deployment.demand())),
      volunteer_sheets_(
          sheet::v1::SheetService::NewStub(deployment.volunteer())),
      events_{event::v1::EventLogService::NewStub(deployment.demand()),
              event::v1::EventLogService::NewStub(deployment.volunteer()),
              event::v1::EventLogService::NewStub(deployment.matcher())} {}

ImportResult Client::Import(const std::string& kind, const std::string& content,
                            bool verify,
                            const std::function<void(int)>& on_progress) {
  auto& stub = kind == "demands" ? *demand_sheets_ : *volunteer_sheets_;
  sheet::v1::ImportSheetRequest request;
  request.set_kind(kind);
  request.set_content(content);
  request.set_verify(verify);
  grpc::ClientContext context;
  const auto reader = stub.ImportSheet(&context, request);
  ImportResult result;
  sheet::v1::ImportSheetResponse response;
  while (reader->Read(&response)) {
    if (response.has_summary()) {
      result.summary = response.summary();
    } else {
      result.acknowledged_rows = response.done_rows();
      if (on_progress) on_progress(response.done_rows());
    }
  }
  result.status = reader->Finish();
  return result;
}

RoundResult Client::RunRoundUntilSettled() {
  constexpr int kMost = 20;
  RoundResult last = RunRound();
  for (int i = 0; i < kMost && last.status.ok(); ++i) {
    RoundResult next = RunRound();
    if (next.Bytes() == last.Bytes()) break;
    last = std::move(next);
  }
  return last;
}

void Client::ImportSample() {
  for (const char* kind : {"specialties", "enterprises", "teams", "volunteers",
                           "projects", "stations", "demands"}) {
    const ImportResult result =
        Import(kind, ReadFile(SampleFolder() + "/" + kind + ".csv"), true);
    if (!result.status.ok() || result.summary.error_count() > 0 ||
        result.summary.total_rows() == 0) {
      std::fprintf(stderr, "sample %s: %s %s\n", kind,
                   result.status.error_message().c_str(),
                   result.summary.ShortDebugString().substr(0, 2000).c_str());
      std::abort();
    }
  }
}

RoundResult Client::RunRound(const std::function<void()>& on_progress) {
  grpc::ClientContext context;
  const auto reader = matcher_->RunRound(&context, {});
  RoundResult result;
  matcher::v1::RunRoundResponse response;
  while (reader->Read(&response)) {
    if (response.has_pairing()) result.pairings.push_back(response.pairing());
    if (response.has_round()) result.round = response.round();
    if (response.has_progress() && on_progress) on_progress();
  }
  result.status = reader->Finish();
  return result;
}

matcher::v1::ReplayResult Client::Replay(const std::string& round) {
  grpc::ClientContext context;
  matcher::v1::ReplayRoundRequest request;
  request.set_name(round);
  const auto reader = matcher_->ReplayRound(&context, request);
  matcher::v1::ReplayRoundResponse response;
  while (reader->Read(&response)) {
  }
  return reader->Finish().ok() ? response.result()
                               : matcher::v1::ReplayResult();
}

demand::v1::Demand Client::GetDemand(const std::string& name) {
  demand::v1::GetDemandRequest request;
  request.set_name(name);
  demand::v1::Demand demand;
  Call(*demands_, &demand::v1::DemandService::Stub::GetDemand, request,
       &demand);
  return demand;
}

matcher::v1::Pairing Client::GetPairing(const std::string& name) {
  matcher::v1::GetPairingRequest request;
  request.set_name(name);
  matcher::v1::Pairing pairing;
  Call(*matcher_, &matcher::v1::MatcherService::Stub::GetPairing, request,
       &pairing);
  return pairing;
}

std::vector<demand::v1::Demand> Client::AllDemands(const std::string& filter) {
  return AllPages(*demands_, &demand::v1::DemandService::Stub::ListDemands,
                  &demand::v1::ListDemandsResponse::demands, filter);
}

std::vector<volunteer::v1::Volunteer> Client::AllVolunteers() {
  return AllPages(*volunteers_,
                  &volunteer::v1::VolunteerService::Stub::ListVolunteers,
                  &volunteer::v1::ListVolunteersResponse::volunteers, "");
}

std::vector<matcher::v1::Pairing> Client::AllPairings(
    const std::string& filter) {
  return AllPages(*matcher_, &matcher::v1::MatcherService::Stub::ListPairings,
                  &matcher::v1::ListPairingsResponse::pairings, filter);
}

std::vector<matcher::v1::Offer> Client::AllOffers(const std::string& filter) {
  return AllPages(*matcher_, &matcher::v1::MatcherService::Stub::ListOffers,
                  &matcher::v1::ListOffersResponse::offers, filter);
}

bool Client::AwaitDemand(const std::string& name,
                         demand::v1::Demand::State state) {
  // The stream replays from the beginning, so that a change before the call
  // is seen as well as one after it.
  if (GetDemand(name).state() == state) return true;
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(Now() + kPatience));
  const auto reader = demands_->WatchDemandChanges(&context, {});
  demand::v1::DemandChange change;
  while (reader->Read(&change)) {
    if (change.demand().name() == name && change.demand().state() == state) {
      context.TryCancel();
      return true;
    }
  }
  return false;
}

uint64_t Client::HeadOf(const std::string& source) {
  event::v1::GetHeadRequest request;
  request.set_source(source);
  event::v1::Head head;
  Call(EventsOf(source), &event::v1::EventLogService::Stub::GetHead, request,
       &head);
  return head.seq();
}

uint64_t Client::ConsumedBy(const std::string& by, const std::string& source) {
  event::v1::GetHeadRequest request;
  request.set_source(by);
  event::v1::Head head;
  Call(EventsOf(by), &event::v1::EventLogService::Stub::GetHead, request,
       &head);
  for (const auto& cursor : head.cursors()) {
    if (cursor.source() == source) return cursor.seq();
  }
  return 0;
}

bool Client::AnyEventAfter(const std::string& source, uint64_t seq) {
  event::v1::ListEventsRequest request;
  request.set_source(source);
  request.set_after_seq(seq);
  event::v1::ListEventsResponse page;
  do {
    page.Clear();
    Call(EventsOf(source), &event::v1::EventLogService::Stub::ListEvents,
         request, &page);
    for (const auto& event : page.events()) {
      if (event.has_payload()) return true;
    }
    request.set_after_seq(page.next_after_seq());
  } while (!page.at_head());
  return false;
}

event::v1::EventLogService::Stub& Client::EventsOf(const std::string& source) {
  return *events_[source == "demand" ? 0 : source == "volunteer" ? 1 : 2];
}

bool Client::AwaitAgreement() {
  const auto agrees = [this](const char* by, const char* source) {
    return !AnyEventAfter(source, ConsumedBy(by, source));
  };
  for (const absl::Time end = Now() + kPatience; Now() < end;) {
    if (agrees("matcher", "demand") && agrees("matcher", "volunteer") &&
        agrees("demand", "matcher")) {
      return true;
    }
    std::this_thread::yield();
  }
  return false;
}

}  // namespace jiedui::e2e
