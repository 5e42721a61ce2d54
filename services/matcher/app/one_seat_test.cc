// Three are invited to one seat and all accept: whatever the order, whether the
// answers share a commit, and wherever the process dies, one has it and two are
// told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/ledger.h"
#include "services/matcher/app/notices.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/review.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using jiedui::store::MemoryStore;
using store::v1::BookingRecord;
using store::v1::NoticeRecord;
using store::v1::OfferRecord;

// What becomes of a write.
enum class Fate { kFine, kLost, kKept };

// The matcher's process, which dies with a write that fails and comes back with
// what is durable.
class Process {
 public:
  explicit Process(const MemoryStore& before) {
    jiedui::store::Batch rows;
    before.Scan("", "", [&](std::string_view key, std::string_view value) {
      rows.Put(std::string(key), std::string(value));
      return true;
    });
    EXPECT_TRUE(store_.Write(rows).ok());
    Begin();
  }

  void SetFate(Fate fate) {
    if (fate == Fate::kFine) return;
    store_.FailNextWrite(absl::InternalError("power cut"),
                         fate == Fate::kKept ? MemoryStore::Fate::kKept
                                             : MemoryStore::Fate::kLost);
  }
  void Submit(runtime::Command command) { writer_->Submit(std::move(command)); }
  // In one commit. Begins anew when it dies over it.
  void Work() {
    writer_->RunQueued();
    if (dead_) Begin();
  }

  const MemoryStore& store() const { return store_; }
  const engine::Policy& policy() const { return policy_; }

 private:
  void Begin() {
    dead_ = false;
    runtime::WriterOptions options;
    options.on_fatal = [this](const absl::Status&) { dead_ = true; };
    writer_ = std::make_unique<runtime::Writer>("test", &store_, &machine_,
                                                &clock_, options);
    ASSERT_TRUE(writer_->Open().ok());
  }

  MemoryStore store_;
  base::ManualClock clock_{base::StartOfChinaDay(absl::CivilDay(2026, 12, 1)) +
                           absl::Hours(10)};
  engine::Policy policy_;
  MatcherMachine machine_;
  bool dead_ = false;
  std::unique_ptr<runtime::Writer> writer_;
};

// Somebody's phone: asks again, with the same request_id, until it is answered.
class Phone {
 public:
  Phone(std::string person, std::string offer)
      : person_(std::move(person)), offer_(std::move(offer)) {}

  void Send(Process& process) {
    if (answer_) return;
    runtime::Command command;
    command.actor = person_;
    command.request_id = "accept";
    command.request_sha256 = offer_;
    command.reply = &reply_;
    command.decide = [this, &process](Transaction& txn) {
      auto offer = AcceptOffer(txn, process.policy(), {offer_, "", "", ""});
      if (offer.ok()) reply_ = *offer;
      return offer.status();
    };
    command.done = [this](const absl::Status& status) {
      if (!absl::IsInternal(status)) answer_ = status;
    };
    process.Submit(std::move(command));
  }

  bool answered() const { return answer_.has_value(); }
  bool won() const { return answer_->ok(); }
  bool told() const { return HasReason(*answer_, Reason::kSeatTaken); }
  const std::string& person() const { return person_; }
  const OfferRecord& reply() const { return reply_; }

 private:
  const std::string person_;
  const std::string offer_;
  OfferRecord reply_;
  std::optional<absl::Status> answer_;
};

class OneSeatTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    before_ = new TestMatcher;
    before_->HearOfSupply();
    demand::event::v1::Demand demand = LitchiDemand();
    demand.set_urgency(type::v1::URGENCY_CRITICAL);
    for (auto* want : {"project", "team", "talents", "industry"}) {
      const auto* field = demand.parts().GetDescriptor()->FindFieldByName(want);
      demand.mutable_parts()->GetReflection()->SetEnumValue(
          demand.mutable_parts(), field, type::v1::WANT_NONE);
    }
    demand.mutable_parts()->set_talents_count(0);
    before_->Hear(demand);
    ASSERT_TRUE(before_->Round().ok());
    pairing_ = new std::string(before_->LiveOf("demands/D1").pairing().name());
    const auto approved = before_->Do([](Transaction& txn) {
      return ApprovePairing(txn, {*pairing_, "", "", ""});
    });
    ASSERT_TRUE(approved.ok()) << approved.status();
    ASSERT_EQ(before_->OffersIn(*pairing_).size(), 3u);
  }
  static void TearDownTestSuite() {
    delete before_;
    delete pairing_;
  }

  // `sizes`: how many answers share a commit, in order.
  void Play(const std::vector<int>& order, const std::vector<int>& sizes,
            std::deque<Fate> fates) {
    Process process(before_->store());
    std::vector<Phone> phones;
    const std::vector<OfferRecord> offers = before_->OffersIn(*pairing_);
    for (int i : order) {
      const event::v1::Offer& offer = offers[static_cast<size_t>(i)].offer();
      phones.emplace_back(offer.addressee(), offer.name());
    }
    size_t begin = 0;
    for (int size : sizes) {
      const std::span<Phone> together(&phones[begin],
                                      static_cast<size_t>(size));
      begin += static_cast<size_t>(size);
      while (!std::all_of(together.begin(), together.end(),
                          [](const Phone& one) { return one.answered(); })) {
        if (!fates.empty()) {
          process.SetFate(fates.front());
          fates.pop_front();
        }
        for (Phone& phone : together) phone.Send(process);
        process.Work();
      }
    }
    Check(process.store(), phones);
  }

  static void Check(const MemoryStore& state,
                    const std::vector<Phone>& phones) {
    std::string winner;
    for (const Phone& phone : phones) {
      EXPECT_NE(phone.won(), phone.told());
      const int notices = TimesTold(state, phone.person());
      EXPECT_EQ(notices, phone.won() ? 0 : 1) << phone.person();
      if (!phone.won()) continue;
      EXPECT_EQ(winner, "");
      winner = phone.person();
      EXPECT_EQ(phone.reply().offer().state(), "ACCEPTED");
    }
    const Pairing pairing = Pairings::Find(state, *pairing_)->pairing();
    EXPECT_EQ(pairing.state(), "ACCEPTED");
    EXPECT_EQ(AnchorResource(pairing), winner);
    std::vector<std::string> booked;
    VisitLedger(state, [&](const BookingRecord& booking) {
      EXPECT_EQ(booking.state(), kFirm);
      booked.push_back(booking.resource());
    });
    EXPECT_THAT(booked, testing::ElementsAre(winner));
  }

  static int TimesTold(const MemoryStore& state, const std::string& person) {
    const auto notices = NoticesAfter(state, person, 0, false, 100);
    return static_cast<int>(std::count_if(
        notices.begin(), notices.end(), [](const NoticeRecord& record) {
          return record.notice().kind() == "OFFER_SEAT_TAKEN";
        }));
  }

  static TestMatcher* before_;
  static std::string* pairing_;
};
TestMatcher* OneSeatTest::before_ = nullptr;
std::string* OneSeatTest::pairing_ = nullptr;

// Every order × every way to share commits × every fate of every write, two
// deaths in a row included.
TEST_F(OneSeatTest, OneWinsAndTwoAreToldUnderEveryCrash) {
  constexpr Fate kFates[] = {Fate::kFine, Fate::kLost, Fate::kKept};
  const std::vector<std::vector<int>> kSharings = {
      {3}, {2, 1}, {1, 2}, {1, 1, 1}};
  int played = 0;
  std::vector<int> order = {0, 1, 2};
  do {
    for (const std::vector<int>& sizes : kSharings) {
      for (Fate first : kFates) {
        for (Fate second : kFates) {
          for (Fate third : kFates) {
            SCOPED_TRACE(absl::StrCat(
                order[0], order[1], order[2], " in ", sizes.size(), ", fates ",
                static_cast<int>(first), static_cast<int>(second),
                static_cast<int>(third)));
            Play(order, sizes, {first, second, third});
            ++played;
          }
        }
      }
    }
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(played, 6 * 4 * 27);
}

}  // namespace
}  // namespace jiedui::matcher
