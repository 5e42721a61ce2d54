#include <chrono>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/base/clock.h"
#include "common/runtime/machine.h"
#include "common/runtime/transaction.h"
#include "common/runtime/writer.h"
#include "common/store/store.h"
#include "tests/bench/fail.h"
#include "tests/bench/figures.h"

namespace jiedui::bench {
namespace {

constexpr int kOpen = 100'000;
constexpr int kDue = 1'000;
constexpr absl::Duration kApart = absl::Seconds(1);

double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
}

// Each timer that fires is one fact and one row, as an offer that expires is.
class FiringMachine : public runtime::Machine {
 public:
  std::string_view source() const override { return "timers"; }
  int schema_version() const override { return 1; }
  void Load(const store::Reader&) override {}
  void Apply(const journal::v1::Fact& fact,
             store::Overlay& state) const override {
    state.Put(absl::StrCat(" ", fact.subject()), fact.note());
  }
  void ApplyConsumed(const event::v1::Event&, store::Overlay&) const override {}
  void Committed(const journal::v1::Record&) override {}
  absl::Status OnTimer(std::string_view id,
                       runtime::Transaction& txn) override {
    journal::v1::Fact fact;
    fact.set_subject(std::string(id));
    fact.set_note("fired");
    txn.Record(std::move(fact));
    return absl::OkStatus();
  }
  void Publish(const journal::v1::Fact&, event::v1::Event*) const override {}
};

// A writer over RocksDB whose clock stands still until told otherwise.
class TimerHouse {
 public:
  explicit TimerHouse(std::string folder) : folder_(std::move(folder)) {
    Open();
  }

  // Sets `count` timers, the first due in kApart.
  void Set(int count) {
    for (int first = 0; first < count; first += kDue) {
      runtime::Command command;
      command.actor = "bench";
      command.decide = [&, first](runtime::Transaction& txn) {
        for (int i = first; i < std::min(first + kDue, count); ++i) {
          txn.SetTimer(absl::StrCat("offer/", i),
                       clock_.Now() + (i + 1) * kApart);
        }
        return absl::OkStatus();
      };
      Require(writer_->Run(std::move(command)));
    }
  }

  // Seconds to fire the next `count`.
  double Fire(int count) {
    clock_.Advance(count * kApart);
    const uint64_t before = writer_->head();
    const auto start = std::chrono::steady_clock::now();
    writer_->FireDueTimers();
    const double seconds = SecondsSince(start);
    if (writer_->head() == before) Fail("no timer has fired");
    return seconds;
  }

  // Seconds from opening the folder to the first timer that has fired.
  double RestartAndFire() {
    writer_ = nullptr;
    store_ = nullptr;
    clock_.Advance(kApart);
    const auto start = std::chrono::steady_clock::now();
    Open();
    writer_->FireDueTimers();
    return SecondsSince(start);
  }

 private:
  static void Require(const absl::Status& status) {
    if (!status.ok()) Fail(std::string(status.message()));
  }
  void Open() {
    auto store = store::OpenRocksStore(folder_);
    Require(store.status());
    store_ = *std::move(store);
    writer_ = std::make_unique<runtime::Writer>(folder_, store_.get(),
                                                &machine_, &clock_);
    Require(writer_->Open());
    writer_->Start();
  }

  const std::string folder_;
  base::ManualClock clock_{absl::UnixEpoch() + absl::Hours(24 * 365 * 50)};
  FiringMachine machine_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<runtime::Writer> writer_;
};

}  // namespace

Figure MeasureTimers(const Settings& settings) {
  Figure figure{.name = "timers",
                .unit = "us each",
                .ours = absl::StrCat(kDue, " due of ", kOpen, " open"),
                .bare = absl::StrCat(kDue, " due of as many"),
                .aim = 1.5,
                .less_is_better = true};
  TimerHouse many(settings.data + "/many");
  many.Set(kOpen);
  int house = 0;
  constexpr double kMicros = 1e6 / kDue;
  figure.Measure(
      settings.rounds, [&] { return many.Fire(kDue) * kMicros; },
      [&] {
        TimerHouse few(absl::StrCat(settings.data, "/few-", ++house));
        few.Set(kDue);
        return few.Fire(kDue) * kMicros;
      });
  figure.details = {
      {"restart_to_first_firing_ms", many.RestartAndFire() * 1e3}};
  return figure;
}

}  // namespace jiedui::bench
