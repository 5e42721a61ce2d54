// The matcher through its public API, in-process, with registries that tell
// what the test says.
#include "services/matcher/rpc/matcher_service.h"

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include "common/query/convert.h"
#include "common/rpc/host.h"
#include "common/rpc/stream_job.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/bind.h"
#include "services/matcher/domain/policy_message.h"
#include "services/matcher/rpc/round_job.h"
#include "services/matcher/telling_registry.h"

namespace jiedui::matcher {
namespace {

using grpc::StatusCode;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using Stub = v1::MatcherService::Stub;

// What a RunRound call streamed.
struct Streamed {
  std::vector<std::string> phases;
  std::vector<v1::Pairing> pairings;
  std::vector<v1::Round> rounds;
  grpc::Status status;

  // All but the progress.
  std::string Bytes() const {
    std::string bytes;
    for (const v1::Pairing& pairing : pairings) pairing.AppendToString(&bytes);
    for (const v1::Round& round : rounds) round.AppendToString(&bytes);
    return bytes;
  }
};

class MatcherServiceTest : public testing::Test {
 protected:
  MatcherServiceTest() {
    std::filesystem::remove_all(folder_);
    Start();
    Supply();
    demand_->Tell(LitchiDemand());
  }

  void Start() {
    host_ = std::make_unique<rpc::Host>(&base::Clock::System());
    Add("demand", demand_);
    Add("volunteer", volunteer_);
    auto matcher = OpenMatcher(host_->environment(), folder_, {policy_file_});
    ASSERT_TRUE(matcher.ok()) << matcher.status();
    host_->Add(*std::move(matcher));
    rpc::HostOptions options;
    options.server.port = -1;
    ASSERT_TRUE(host_->Start(options).ok());
    stub_ = v1::MatcherService::NewStub(host_->channel());
  }

  void Supply() {
    for (const char* id : {"V1", "V2", "V3", "V4"}) {
      volunteer_->Tell(FruitExpert(id));
    }
    volunteer_->Tell(FruitTeam("V1"));
    volunteer_->Tell(FreshnessProject());
    volunteer_->Tell(GaozhouLitchi());
  }

  Streamed RunRound(bool validate_only = false, std::string as_of = "") {
    v1::RunRoundRequest request;
    request.set_validate_only(validate_only);
    request.set_as_of_date(as_of.empty() ? "2026-12-01" : as_of);
    grpc::ClientContext context;
    const auto reader = stub_->RunRound(&context, request);
    Streamed streamed;
    v1::RunRoundResponse response;
    while (reader->Read(&response)) {
      if (response.has_progress()) {
        streamed.phases.push_back(response.progress().phase());
      } else if (response.has_pairing()) {
        streamed.pairings.push_back(response.pairing());
      } else {
        streamed.rounds.push_back(response.round());
      }
    }
    streamed.status = reader->Finish();
    return streamed;
  }

  // What a question streamed.
  template <typename Response>
  struct Asked {
    std::vector<std::string> phases;
    Response last;
    grpc::Status status;
  };
  template <typename Request, typename Response>
  Asked<Response> Ask(std::unique_ptr<grpc::ClientReader<Response>> (
                          Stub::*method)(grpc::ClientContext*, const Request&),
                      const Request& request) {
    grpc::ClientContext context;
    const auto reader = (stub_.get()->*method)(&context, request);
    Asked<Response> asked;
    Response response;
    while (reader->Read(&response)) {
      if (response.has_progress()) {
        asked.phases.push_back(response.progress().phase());
      }
      asked.last = response;
    }
    asked.status = reader->Finish();
    return asked;
  }

  template <typename Request, typename Response>
  grpc::Status Call(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                 const Request&, Response*),
                    const Request& request, Response* response) {
    grpc::ClientContext context;
    return (stub_.get()->*method)(&context, request, response);
  }

  static std::string ReasonOf(const grpc::Status& status) {
    google::rpc::Status wire;
    wire.ParseFromString(status.error_details());
    google::rpc::ErrorInfo info;
    for (const auto& detail : wire.details()) {
      if (detail.UnpackTo(&info)) return info.reason();
    }
    return "";
  }

  v1::ListPairingsResponse List(std::string filter) {
    v1::ListPairingsRequest request;
    request.set_filter(std::move(filter));
    v1::ListPairingsResponse response;
    const grpc::Status status = Call(&Stub::ListPairings, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  const std::string folder_ = testing::TempDir() + "/matcher_service_test";
  std::string policy_file_;  // empty: the built-in policy
  std::unique_ptr<rpc::Host> host_;
  TellingRegistry* demand_ = nullptr;
  TellingRegistry* volunteer_ = nullptr;
  std::unique_ptr<Stub> stub_;

 private:
  void Add(const char* source, TellingRegistry*& registry) {
    auto made =
        std::make_unique<TellingRegistry>(source, &base::Clock::System());
    registry = made.get();
    host_->Add(std::move(made));
  }
};

TEST_F(MatcherServiceTest, ARoundStreamsProgressThenProposalsThenItself) {
  const Streamed streamed = RunRound();
  ASSERT_TRUE(streamed.status.ok()) << streamed.status.error_message();
  for (const char* phase :
       {"catch-up", "snapshot", "expert", "complete", "judge", "commit"}) {
    EXPECT_THAT(streamed.phases, Contains(phase));
  }
  ASSERT_THAT(streamed.rounds, SizeIs(1));
  ASSERT_THAT(streamed.pairings, SizeIs(1));
  const v1::Pairing& pairing = streamed.pairings[0];
  EXPECT_EQ(pairing.state(), v1::Pairing::STATE_PROPOSED);
  EXPECT_EQ(pairing.parts_size(), 6);
  EXPECT_EQ(pairing.round(), streamed.rounds[0].name());
  EXPECT_THAT(streamed.rounds[0].pairings(), ElementsAre(pairing.name()));
  EXPECT_TRUE(streamed.rounds[0].certificate().exact());
  v1::GetPairingRequest get;
  get.set_name(pairing.name());
  v1::Pairing read;
  ASSERT_TRUE(Call(&Stub::GetPairing, get, &read).ok());
  EXPECT_EQ(read.SerializeAsString(), pairing.SerializeAsString());
}

TEST_F(MatcherServiceTest, ARepeatedRoundIsTheSameBytesAlsoAfterARestart) {
  const Streamed first = RunRound();
  ASSERT_TRUE(first.status.ok()) << first.status.error_message();
  EXPECT_EQ(RunRound().Bytes(), first.Bytes());
  // The registries of this test forget what they told; the matcher has it.
  stub_ = nullptr;
  host_ = nullptr;
  host_ = std::make_unique<rpc::Host>(&base::Clock::System());
  auto matcher = OpenMatcher(host_->environment(), folder_, {policy_file_});
  ASSERT_TRUE(matcher.ok()) << matcher.status();
  const auto snapshot = (*matcher)->writer().store().Snapshot();
  const auto plan =
      SolveRound(*snapshot, engine::Policy(), absl::CivilDay(2026, 12, 1),
                 [](std::string_view, int64_t, int64_t) { return true; });
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->round.identity(), first.rounds[0].identity());
  EXPECT_EQ(plan->round.plan_sha256(), first.rounds[0].plan_sha256());
}

TEST_F(MatcherServiceTest, ARehearsalLeavesNothing) {
  const Streamed rehearsed = RunRound(/*validate_only=*/true);
  ASSERT_TRUE(rehearsed.status.ok()) << rehearsed.status.error_message();
  EXPECT_THAT(rehearsed.pairings, SizeIs(1));
  EXPECT_THAT(rehearsed.phases, Not(Contains("commit")));
  EXPECT_THAT(List("").pairings(), IsEmpty());
  const Streamed run = RunRound();
  EXPECT_EQ(run.rounds[0].plan_sha256(), rehearsed.rounds[0].plan_sha256());
}

TEST_F(MatcherServiceTest, AWrongDayIsRefused) {
  const Streamed streamed = RunRound(false, "1.12.2026");
  EXPECT_EQ(streamed.status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(streamed.status.error_message(), HasSubstr("as_of_date"));
  v1::ListRoundsResponse rounds;
  ASSERT_TRUE(Call(&Stub::ListRounds, v1::ListRoundsRequest(), &rounds).ok());
  EXPECT_THAT(rounds.rounds(), IsEmpty());
}

TEST_F(MatcherServiceTest, ThePolicyFileIsInForceFromTheNextStart) {
  const v1::Round before = RunRound().rounds.at(0);
  v1::GetPolicyResponse built_in;
  ASSERT_TRUE(Call(&Stub::GetPolicy, v1::GetPolicyRequest(), &built_in).ok());
  EXPECT_EQ(built_in.sha256(), PolicySha256(engine::Policy()));
  EXPECT_EQ(before.policy_sha256(), built_in.sha256());
  stub_ = nullptr;
  host_ = nullptr;
  policy_file_ = testing::TempDir() + "/policy.txtpb";
  std::ofstream(policy_file_) << "version: \"trial\" runners_up: 1";
  Start();
  v1::GetPolicyResponse now;
  ASSERT_TRUE(Call(&Stub::GetPolicy, v1::GetPolicyRequest(), &now).ok());
  EXPECT_EQ(now.policy().version(), "trial");
  EXPECT_EQ(now.policy().runners_up(), 1);
  v1::ReplayRoundRequest replay;
  replay.set_name(before.name());
  const auto replayed = Ask(&Stub::ReplayRound, replay);
  EXPECT_FALSE(replayed.last.result().identical());
  EXPECT_EQ(replayed.last.result().changed_versions(0).name(), "policy");
}

TEST_F(MatcherServiceTest, AWrongPolicyFileOpensNothing) {
  const std::string folder = testing::TempDir() + "/unopened";
  std::filesystem::remove_all(folder);
  const std::string file = testing::TempDir() + "/wrong.txtpb";
  std::ofstream(file) << "floor: 1";
  EXPECT_TRUE(base::HasReason(
      OpenMatcher(host_->environment(), folder, {file}).status(),
      base::Reason::kPolicyInvalid));
  for (const std::string& missing : {file + ".none", testing::TempDir()}) {
    EXPECT_TRUE(base::HasReason(
        OpenMatcher(host_->environment(), folder, {missing}).status(),
        base::Reason::kFileUnreadable));
  }
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST_F(MatcherServiceTest, ARoundIsReplayed) {
  const v1::Round round = RunRound().rounds.at(0);
  EXPECT_EQ(round.state(), v1::Round::STATE_COMMITTED);
  v1::ReplayRoundRequest request;
  request.set_name(round.name());
  const auto replayed = Ask(&Stub::ReplayRound, request);
  ASSERT_TRUE(replayed.status.ok()) << replayed.status.error_message();
  EXPECT_THAT(replayed.phases, Contains("replay"));
  EXPECT_THAT(replayed.phases, Contains("judge"));
  EXPECT_TRUE(replayed.last.result().identical())
      << replayed.last.DebugString();
  request.set_name("rounds/none");
  EXPECT_EQ(Ask(&Stub::ReplayRound, request).status.error_code(),
            StatusCode::NOT_FOUND);
}

TEST_F(MatcherServiceTest, QuestionsAreAnsweredAsRoundsWouldBe) {
  v1::ExplainWhyNotRequest why_not;
  why_not.set_demand("demands/D1");
  why_not.set_resource("volunteers/V4");
  const auto explained = Ask(&Stub::ExplainWhyNot, why_not);
  ASSERT_TRUE(explained.status.ok()) << explained.status.error_message();
  EXPECT_THAT(explained.phases, Contains("catch-up"));
  EXPECT_EQ(explained.last.result().verdict(),
            v1::WhyNotResult::VERDICT_POSSIBLE);
  v1::AssessValueRequest value;
  value.set_resource("volunteers/V1");
  EXPECT_THAT(Ask(&Stub::AssessValue, value).last.result().serves(),
              Not(IsEmpty()));
  v1::WhatIfRequest what_if;
  what_if.add_without("volunteers/V1");
  EXPECT_EQ(
      Ask(&Stub::WhatIf, what_if).last.result().comparison().other_expert(), 1);
  what_if.set_as_of_date("1.12.2026");
  EXPECT_THAT(Ask(&Stub::WhatIf, what_if).status.error_message(),
              HasSubstr("as_of_date"));
  EXPECT_THAT(List("").pairings(), IsEmpty());
}

// Catching up takes until the caller has gone.
class PatientService : public v1::MatcherService::CallbackService {
 public:
  PatientService(runtime::Writer* writer, runtime::Loop* jobs)
      : writer_(writer), jobs_(jobs) {}

  grpc::ServerWriteReactor<v1::RunRoundResponse>* RunRound(
      grpc::CallbackServerContext* context,
      const v1::RunRoundRequest* request) override {
    using Job = rpc::StreamJob<v1::RunRoundResponse>;
    return Job::Run(*jobs_, [this, request = *request](Job& job) {
      const CatchUp catch_up = [&job](absl::Time) {
        while (!job.cancelled()) std::this_thread::yield();
        return absl::OkStatus();
      };
      const absl::Status status = matcher::RunRound(
          {request, "tester", writer_, &policy_, &turn_, catch_up}, job);
      ended_with_.set_value(status);
      return status;
    });
  }

  absl::Status EndedWith() { return ended_with_.get_future().get(); }

 private:
  runtime::Writer* const writer_;
  const engine::Policy policy_;
  absl::Mutex turn_;
  runtime::Loop* const jobs_;
  std::promise<absl::Status> ended_with_;
};

TEST(RoundJobTest, ACallerThatHasGoneLeavesNothingButTheRecord) {
  TestMatcher matcher;
  matcher.HearOfSupply();
  matcher.Hear(LitchiDemand());
  const auto rows = matcher.Rows();
  runtime::Loop jobs(1);
  PatientService service(&matcher.writer(), &jobs);
  rpc::ServerOptions options;
  options.port = -1;
  const auto server =
      rpc::Server::Start(options, {&service}, std::make_unique<rpc::Metrics>());
  ASSERT_TRUE(server.ok()) << server.status();
  const auto stub = v1::MatcherService::NewStub((*server)->InProcessChannel());
  grpc::ClientContext context;
  v1::RunRoundResponse response;
  const auto reader = stub->RunRound(&context, v1::RunRoundRequest());
  ASSERT_TRUE(reader->Read(&response));
  EXPECT_EQ(response.progress().phase(), "catch-up");
  context.TryCancel();
  EXPECT_TRUE(base::HasReason(service.EndedWith(), base::Reason::kCancelled));
  const auto record = Rounds::Find(matcher.store(), "rounds/R00000001");
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->round().state(), "CANCELLED");
  EXPECT_EQ(record->round().actor(), "tester");
  EXPECT_EQ(matcher.Rows().size(), rows.size() + 2);  // with the last number
  while (reader->Read(&response)) {
  }
  EXPECT_EQ(reader->Finish().error_code(), StatusCode::CANCELLED);
}

TEST_F(MatcherServiceTest, APairingIsServedFromApprovalToEvaluation) {
  v1::Pairing pairing = RunRound().pairings.at(0);
  v1::ApprovePairingRequest approve;
  approve.set_name(pairing.name());
  approve.set_etag(pairing.etag());
  approve.set_request_id("once");
  ASSERT_TRUE(Call(&Stub::ApprovePairing, approve, &pairing).ok());
  EXPECT_EQ(pairing.state(), v1::Pairing::STATE_OFFERED);
  // The same request again is the same answer, and no other offers.
  v1::Pairing again;
  ASSERT_TRUE(Call(&Stub::ApprovePairing, approve, &again).ok());
  EXPECT_EQ(again.SerializeAsString(), pairing.SerializeAsString());
  v1::ListOffersRequest list;
  list.set_filter("pairing = \"" + pairing.name() + "\" AND part = EXPERT");
  v1::ListOffersResponse offers;
  ASSERT_TRUE(Call(&Stub::ListOffers, list, &offers).ok());
  ASSERT_THAT(offers.offers(), SizeIs(1));
  v1::AcceptOfferRequest accept;
  accept.set_name(offers.offers(0).name());
  v1::Offer offer;
  ASSERT_TRUE(Call(&Stub::AcceptOffer, accept, &offer).ok());
  EXPECT_EQ(offer.state(), v1::Offer::STATE_ACCEPTED);
  EXPECT_TRUE(offer.has_answer_time());
  v1::CheckInRequest in;
  in.set_pairing(pairing.name());
  v1::ServiceRecord stay;
  ASSERT_TRUE(Call(&Stub::CheckIn, in, &stay).ok());
  EXPECT_EQ(stay.state(), v1::ServiceRecord::STATE_OPEN);
  const grpc::Status twice = Call(&Stub::CheckIn, in, &stay);
  EXPECT_EQ(ReasonOf(twice), "CHECKED_IN_ALREADY");
  v1::CheckOutRequest out;
  out.set_name(stay.name());
  ASSERT_TRUE(Call(&Stub::CheckOut, out, &stay).ok());
  v1::CompletePairingRequest complete;
  complete.set_name(pairing.name());
  complete.mutable_outcome()->set_summary("腐烂率降到 3.5%");
  ASSERT_TRUE(Call(&Stub::CompletePairing, complete, &pairing).ok());
  EXPECT_EQ(pairing.outcome().summary(), "腐烂率降到 3.5%");
  v1::EvaluatePairingRequest evaluate;
  evaluate.set_name(pairing.name());
  evaluate.mutable_evaluation()->set_stars(5);
  for (const auto side :
       {v1::Evaluation::SIDE_REQUESTER, v1::Evaluation::SIDE_VOLUNTEER}) {
    evaluate.mutable_evaluation()->set_side(side);
    ASSERT_TRUE(Call(&Stub::EvaluatePairing, evaluate, &pairing).ok());
  }
  EXPECT_EQ(pairing.state(), v1::Pairing::STATE_EVALUATED);
  EXPECT_THAT(List("state = EVALUATED").pairings(), SizeIs(1));
  EXPECT_THAT(List("state = PROPOSED").pairings(), IsEmpty());
}

TEST_F(MatcherServiceTest, WrongRequestsSayWhatIsWrong) {
  const v1::Pairing pairing = RunRound().pairings.at(0);
  v1::RejectPairingRequest reject;
  reject.set_name(pairing.name());
  v1::Pairing ignored;
  EXPECT_EQ(ReasonOf(Call(&Stub::RejectPairing, reject, &ignored)),
            "REASON_REQUIRED");
  reject.set_reason_code("WHIM");
  EXPECT_EQ(ReasonOf(Call(&Stub::RejectPairing, reject, &ignored)),
            "INVALID_FIELDS");
  reject.set_reason_code("TOO_FAR");
  reject.set_etag("99");
  EXPECT_EQ(Call(&Stub::RejectPairing, reject, &ignored).error_code(),
            StatusCode::ABORTED);
  v1::OverridePairingRequest override_it;
  override_it.set_name(pairing.name());
  override_it.set_part(type::v1::PART_KIND_EXPERT);
  override_it.add_resources("volunteers/nobody");
  override_it.set_reason_code("BETTER_FIT");
  EXPECT_EQ(Call(&Stub::OverridePairing, override_it, &ignored).error_code(),
            StatusCode::NOT_FOUND);
  v1::GetRoundRequest get;
  get.set_name("rounds/none");
  v1::Round round;
  EXPECT_EQ(Call(&Stub::GetRound, get, &round).error_code(),
            StatusCode::NOT_FOUND);
}

TEST_F(MatcherServiceTest, AWithdrawnDemandCancelsItsPairing) {
  const v1::Pairing pairing = RunRound().pairings.at(0);
  demand::event::v1::Demand demand = LitchiDemand();
  demand.set_state("WITHDRAWN");
  demand_->Tell(demand);
  // A round catches up.
  EXPECT_THAT(RunRound().pairings, IsEmpty());
  v1::GetPairingRequest get;
  get.set_name(pairing.name());
  v1::Pairing now;
  ASSERT_TRUE(Call(&Stub::GetPairing, get, &now).ok());
  EXPECT_EQ(now.state(), v1::Pairing::STATE_CANCELLED);
  EXPECT_EQ(now.reason_code(), "DEMAND_WITHDRAWN");
}

TEST_F(MatcherServiceTest, EveryFieldOfTheApiIsFilledFromTheRecord) {
  EXPECT_THAT(query::NotCarried(*event::v1::Pairing::descriptor(),
                                *v1::Pairing::descriptor()),
              IsEmpty());
  EXPECT_THAT(query::NotCarried(*event::v1::Offer::descriptor(),
                                *v1::Offer::descriptor()),
              IsEmpty());
  EXPECT_THAT(query::NotCarried(*event::v1::ServiceRecord::descriptor(),
                                *v1::ServiceRecord::descriptor()),
              IsEmpty());
  EXPECT_THAT(query::NotCarried(*event::v1::Round::descriptor(),
                                *v1::Round::descriptor()),
              IsEmpty());
}

}  // namespace
}  // namespace jiedui::matcher
