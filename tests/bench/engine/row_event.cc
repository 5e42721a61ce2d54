#include <array>
#include <cstdio>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matcher/engine/live.h"
#include "tests/bench/engine/nation.h"
#include "tests/bench/engine/rows.h"
#include "tests/bench/fail.h"
#include "tests/bench/latencies.h"

namespace jiedui::bench::engine {
namespace {

constexpr double kAim = 50'000;  // microseconds of the 99th of a hundred

struct Case {
  const char* name;
  int32_t tightness;  // as NationOptions has it
};
constexpr Case kCases[] = {{"plentiful", 0}, {"balance .99", 990}};

// What happens to a round while it is open, in the shares of a working day.
enum Kind {
  kPost,
  kChange,
  kWithdraw,
  kOpen,
  kPerson,
  kBooking,
  kDecline,
  kOffer,
  kLock,
  kKinds
};
constexpr std::array<const char*, kKinds> kNames = {
    "demand posted",  "demand changed",    "demand withdrawn",
    "tier opened",    "volunteer changed", "capacity booked",
    "offer declined", "pairing offered",   "part locked"};
constexpr std::array<int, kKinds> kShares = {15, 10, 5, 10, 15, 15, 10, 15, 5};

class Day {
 public:
  Day(const Nation& nation, match::Live& live) : nation_(nation), live_(live) {}

  // One event and the proposals it changes, explained; how many they are.
  size_t Happen(Kind kind) {
    absl::StatusOr<match::Outcome> outcome = Do(kind);
    // A refusal is an answer too.
    if (!outcome.ok()) return 0;
    for (const match::DraftChange& change : outcome->changes) {
      points_ += live_.Explain(change.demand).total;
    }
    if (outcome->value != outcome->bound) Fail("the experts are not optimal");
    return outcome->changes.size();
  }

  Kind Next() {
    int left = static_cast<int>(Below(100));
    for (int kind = 0; kind < kKinds; ++kind) {
      left -= kShares[static_cast<size_t>(kind)];
      if (left < 0) return static_cast<Kind>(kind);
    }
    return kPost;
  }

 private:
  int32_t Below(int32_t n) {
    return static_cast<int32_t>(random_() % static_cast<uint32_t>(n));
  }

  match::Demand AnyDemand() {
    match::Demand demand;
    nation_.Fill(Below(nation_.options().demands), demand);
    return demand;
  }
  match::Volunteer AnyVolunteer() {
    match::Volunteer volunteer;
    nation_.Fill(Below(nation_.options().volunteers), volunteer);
    return volunteer;
  }

  // A demand with an expert, and him; a few tries.
  std::pair<std::string, std::string> AnyPair() {
    std::pair<std::string, std::string> pair;
    for (int i = 0; i < 20; ++i) {
      const int32_t at = Below(static_cast<int32_t>(live_.drafts().size()));
      const int32_t expert =
          live_.drafts()[static_cast<size_t>(at)].at(match::Part::kExpert);
      if (expert == match::kNobody) continue;
      pair.first =
          live_.prepared().problem().demands[static_cast<size_t>(at)].id;
      pair.second = live_.prepared().corps().id(expert);
      break;
    }
    return pair;
  }

  absl::StatusOr<match::Outcome> Do(Kind kind) {
    switch (kind) {
      case kPost: {
        match::Demand demand = AnyDemand();
        demand.id = absl::StrCat(demand.id, "-", ++posted_);
        return live_.Put(demand);
      }
      case kChange: {
        match::Demand demand = AnyDemand();
        demand.window.end += 30;
        return live_.Put(demand);
      }
      case kWithdraw:
        return live_.Withdraw(AnyDemand().id);
      case kOpen:
        return live_.OpenTier(AnyDemand().id, codes::Tier::kProvince);
      case kPerson: {
        match::Volunteer volunteer = AnyVolunteer();
        if (Below(4) == 0) volunteer.id = absl::StrCat(volunteer.id, "-new");
        for (match::Window& window : volunteer.availability) ++window.end;
        volunteer.capacity = 1 + Below(3);
        return live_.Put(volunteer);
      }
      case kBooking:
        return live_.SetCapacity(AnyVolunteer().id, Below(3));
      case kDecline: {
        const auto [demand, expert] = AnyPair();
        return live_.Exclude(
            {demand, expert, match::ExclusionReason::kDeclined});
      }
      case kOffer:
        return live_.SetStanding(AnyPair().first,
                                 Below(2) == 0 ? match::Standing::kOffered
                                               : match::Standing::kAccepted);
      default: {
        const auto [demand, expert] = AnyPair();
        return live_.Lock({demand, match::Part::kExpert, expert});
      }
    }
  }

  const Nation& nation_;
  match::Live& live_;
  std::mt19937 random_{11};
  int posted_ = 0;
  int64_t points_ = 0;
};

void Describe(const std::string& what, Latencies& latencies, Figure& figure) {
  for (const auto& [name, part] :
       {std::pair{"p50", .5}, {"p99", .99}, {"max", 1.0}}) {
    figure.details.emplace_back(absl::StrCat(what, ", ", name, "_us"),
                                latencies.Micros(part));
  }
  std::fprintf(stderr, "  %-20s p50 %8.0f p99 %8.0f max %8.0f us\n",
               what.c_str(), latencies.Micros(.5), latencies.Micros(.99),
               latencies.Micros(1));
}

Figure Measure(const Case& one, const Settings& settings) {
  NationOptions options = ProvinceSize();
  if (!settings.full) {
    for (int32_t* count :
         {&options.demands, &options.volunteers, &options.teams,
          &options.projects, &options.enterprises}) {
      *count /= 10;
    }
  }
  options.tightness = one.tightness;
  const Nation nation(options);
  const auto start = Clock::now();
  const auto live = OrFail(match::Live::Open(nation.Whole(), match::Policy()));
  const double seconds = SecondsSince(start);
  live->Explain(0);  // the first builds what the others need
  std::fprintf(stderr, "  opened in %.1f s\n", seconds);

  Day day(nation, *live);
  Latencies all;
  std::array<Latencies, kKinds> by_kind;
  double changed = 0;
  const int events = settings.full ? 2000 : 1000;
  for (int i = 0; i < events; ++i) {
    const Kind kind = day.Next();
    const auto began = Clock::now();
    changed += static_cast<double>(day.Happen(kind));
    const auto took = Clock::now() - began;
    all.Add(took);
    by_kind[kind].Add(took);
  }

  Figure figure;
  figure.name = absl::StrCat("event, ", one.name);
  figure.unit = "us p99";
  figure.ours = "an event in an open round, its proposals explained";
  figure.runs = {all.Micros(.99)};
  figure.aim = kAim;
  figure.less_is_better = true;
  figure.details = {{"demands", options.demands},
                    {"volunteers", options.volunteers},
                    {"events", events},
                    {"proposals_changed_per_event", changed / events},
                    {"open_seconds", seconds}};
  Describe("any", all, figure);
  for (int kind = 0; kind < kKinds; ++kind) {
    const auto at = static_cast<size_t>(kind);
    Describe(kNames[at], by_kind[at], figure);
  }
  return figure;
}

}  // namespace

std::vector<Figure> MeasureEvents(const Settings& settings) {
  std::vector<Figure> figures;
  for (const Case& one : kCases) figures.push_back(Measure(one, settings));
  return figures;
}

}  // namespace jiedui::bench::engine
