// What a user does, in the words of the public API.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/demand/v1/demand_service.grpc.pb.h"
#include "jiedui/event/v1/event.grpc.pb.h"
#include "jiedui/matcher/v1/matcher_service.grpc.pb.h"
#include "jiedui/sheet/v1/sheet_service.grpc.pb.h"
#include "jiedui/volunteer/v1/volunteer_service.grpc.pb.h"
#include "tests/e2e/deployment.h"

namespace jiedui::e2e {

// The folder of the sample province.
std::string SampleFolder();

struct RoundResult {
  grpc::Status status;
  matcher::v1::Round round;
  std::vector<matcher::v1::Pairing> pairings;

  // Everything that was answered, as bytes.
  std::string Bytes() const;
};

struct ImportResult {
  grpc::Status status;
  sheet::v1::ImportSummary summary;
  int acknowledged_rows = 0;  // durable, as progress said
};

class Client {
 public:
  explicit Client(const Deployment& deployment);

  // `on_progress` is called with each progress message.
  ImportResult Import(
      const std::string& kind, const std::string& content, bool verify,
      const std::function<void(int done_rows)>& on_progress = nullptr);

  // All sheets of the sample, in the order of their references. Every row must
  // be good; the rows of each kind.
  void ImportSample();

  RoundResult RunRound(const std::function<void()>& on_progress = nullptr);

  // Rounds, until one changes nothing any more: demands that get none go up the
  // line by themselves, so that the next one may find more.
  RoundResult RunRoundUntilSettled();

  // A round derived again from the journal; empty when the call fails.
  matcher::v1::ReplayResult Replay(const std::string& round);

  demand::v1::Demand GetDemand(const std::string& name);
  matcher::v1::Pairing GetPairing(const std::string& name);

  // All of them, page by page.
  std::vector<demand::v1::Demand> AllDemands(const std::string& filter = "");
  std::vector<volunteer::v1::Volunteer> AllVolunteers();
  std::vector<matcher::v1::Pairing> AllPairings(const std::string& filter = "");
  std::vector<matcher::v1::Offer> AllOffers(const std::string& filter = "");

  // Waits until the demand is in the state; false after a minute.
  bool AwaitDemand(const std::string& name, demand::v1::Demand::State state);

  // Position of the service's last commit.
  uint64_t HeadOf(const std::string& source);

  // Waits until each service has taken in all that the others have committed.
  bool AwaitAgreement();

  // The text of a failed call, or "" when it went well.
  template <typename Stub, typename Request, typename Response>
  std::string Call(Stub& stub,
                   grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                const Request&, Response*),
                   const Request& request, Response* response) {
    grpc::ClientContext context;
    const grpc::Status status = (stub.*method)(&context, request, response);
    return status.ok() ? "" : status.error_message();
  }

  demand::v1::DemandService::Stub& demands() { return *demands_; }
  volunteer::v1::VolunteerService::Stub& volunteers() { return *volunteers_; }
  matcher::v1::MatcherService::Stub& matcher() { return *matcher_; }

 private:
  uint64_t ConsumedBy(const std::string& by, const std::string& source);
  bool AnyEventAfter(const std::string& source, uint64_t seq);
  event::v1::EventLogService::Stub& EventsOf(const std::string& source);

  std::unique_ptr<demand::v1::DemandService::Stub> demands_;
  std::unique_ptr<volunteer::v1::VolunteerService::Stub> volunteers_;
  std::unique_ptr<matcher::v1::MatcherService::Stub> matcher_;
  std::unique_ptr<sheet::v1::SheetService::Stub> demand_sheets_;
  std::unique_ptr<sheet::v1::SheetService::Stub> volunteer_sheets_;
  std::unique_ptr<event::v1::EventLogService::Stub> events_[3];
};

}  // namespace jiedui::e2e
