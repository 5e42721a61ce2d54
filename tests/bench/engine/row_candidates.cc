// The candidates of one demand: the engine's index, brute force with AVX2, and
// PostgreSQL, over the same volunteers, which must give the same answers.
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "services/matcher/engine/candidates.h"
#include "services/matcher/engine/corps.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/prepared.h"
#include "services/matcher/engine/scorer.h"
#include "tests/bench/engine/nation.h"
#include "tests/bench/engine/peer_avx2.h"
#include "tests/bench/engine/peer_postgres.h"
#include "tests/bench/engine/rows.h"
#include "tests/bench/engine/sieve_table.h"
#include "tests/bench/fail.h"
#include "tests/bench/latencies.h"

namespace jiedui::bench::engine {
namespace {

constexpr int kBest = 64;
constexpr int32_t kAsked = 400;  // demands a run
constexpr double kAvx2Aim = 8;   // times as fast as the peer
constexpr double kPostgresAim = 1000;

using Answers = std::vector<std::vector<Ranked>>;

// Volunteers in the engine's order of rows, the demands asked, and the index.
struct Field {
  NationOptions options;
  std::unique_ptr<Nation> nation;
  std::unique_ptr<match::Prepared> prepared;
  double build_seconds = 0;
  std::vector<int32_t> index_of_row;  // in the nation

  int32_t rows() const { return prepared->corps().size(); }
  const std::vector<match::Demand>& demands() const {
    return prepared->problem().demands;
  }
  void Fill(int32_t row, match::Volunteer& volunteer) const {
    nation->Fill(index_of_row[static_cast<size_t>(row)], volunteer);
  }
};

int32_t IndexOf(std::string_view id) {
  const std::string_view digits = id.substr(id.find_first_of("0123456789"));
  int32_t index = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), index);
  return index;
}

Field MakeField(const NationOptions& options) {
  Field field;
  field.options = options;
  field.nation = std::make_unique<Nation>(options);
  match::Policy policy;
  match::Corps corps(policy);
  match::Volunteer volunteer;
  const auto start = Clock::now();
  for (int32_t i = 0; i < options.volunteers; ++i) {
    field.nation->Fill(i, volunteer);
    corps.Add(volunteer);
  }
  corps.Seal();
  field.build_seconds = SecondsSince(start);
  for (int32_t row = 0; row < corps.size(); ++row) {
    field.index_of_row.push_back(IndexOf(corps.id(row)));
  }
  match::Problem rest;
  rest.demands.resize(kAsked);
  for (int32_t i = 0; i < kAsked; ++i) {
    field.nation->Fill(i, rest.demands[static_cast<size_t>(i)]);
  }
  field.prepared = std::make_unique<match::Prepared>(std::move(rest),
                                                     std::move(corps), policy);
  std::fprintf(stderr, "  %d volunteers indexed in %.2f s, %.0f bytes each\n",
               field.rows(), field.build_seconds,
               static_cast<double>(field.prepared->corps().index_bytes()) /
                   field.rows());
  return field;
}

// One way to answer, with how long it took for each demand.
struct Contender {
  Answers answers;
  Latencies latencies;
  double seconds = 0;

  double PerSecond() const {
    return static_cast<double>(answers.size()) / seconds;
  }
};

// Asks everything twice; the first time warms up.
Contender Ask(const char* name, size_t demands,
              absl::FunctionRef<std::vector<Ranked>(size_t)> answer) {
  Contender contender;
  for (const bool warm : {false, true}) {
    for (size_t i = 0; i < demands; ++i) {
      const auto start = Clock::now();
      std::vector<Ranked> best = answer(i);
      const auto took = Clock::now() - start;
      if (!warm) continue;
      contender.latencies.Add(took);
      contender.seconds += std::chrono::duration<double>(took).count();
      contender.answers.push_back(std::move(best));
    }
  }
  std::fprintf(stderr, "    %s: mean %.1f p50 %.1f p99 %.1f us\n", name,
               1e6 / contender.PerSecond(), contender.latencies.Micros(.5),
               contender.latencies.Micros(.99));
  return contender;
}

Contender AskIndex(const Field& field) {
  return Ask("index", kAsked, [&](size_t i) {
    const match::CandidateList list =
        FindExperts(*field.prepared, field.prepared->demands()[i], kBest);
    std::vector<Ranked> best;
    best.reserve(list.best.size());
    for (const match::Candidate& candidate : list.best) {
      best.push_back({candidate.distance, candidate.score, candidate.resource});
    }
    return best;
  });
}

Contender AskAvx2(const Field& field) {
  SieveTable table;
  match::Volunteer volunteer;
  for (int32_t row = 0; row < field.rows(); ++row) {
    field.Fill(row, volunteer);
    table.Add(volunteer);
  }
  const match::Prepared& prepared = *field.prepared;
  const match::Policy& policy = prepared.policy();
  const SieveColumns columns = table.columns();
  return Ask("AVX2 brute force", kAsked, [&](size_t i) {
    const match::DemandFacts& demand = prepared.demands()[i];
    const match::Scorer scorer(policy, match::Part::kExpert, demand);
    const auto rank = [&](Ranked& ranked) {
      const match::Facts facts = prepared.corps().facts(ranked.row);
      if (!SharesDiscipline(demand, facts) ||
          !OtherVolunteerConstraints(prepared, demand, ranked.row, facts)
               .empty()) {
        return false;
      }
      ranked.score = scorer.Score(facts);
      ranked.distance = PersonDistance(policy, demand, facts, ranked.score);
      return ranked.score >= policy.admission[0];
    };
    return BestByBruteForce(columns, table.SieveFor(field.demands()[i]), kBest,
                            rank, Instructions::kBest);
  });
}

Contender AskPostgres(const Field& field, PostgresPeer& peer) {
  int32_t row = 0;
  OrFail(peer.Load([&](match::Volunteer& volunteer) {
    if (row == field.rows()) return false;
    field.Fill(row++, volunteer);
    return true;
  }));
  std::vector<PostgresPeer::Question> questions;
  for (const match::Demand& demand : field.demands()) {
    questions.push_back(OrFail(peer.Ask(demand, kBest)));
  }
  return Ask("PostgreSQL 15", questions.size(),
             [&](size_t i) { return OrFail(peer.Answer(questions[i])); });
}

void Describe(const char* whose, Contender& contender, Figure& figure) {
  figure.details.emplace_back(absl::StrCat(whose, "_mean_us"),
                              1e6 / contender.PerSecond());
  figure.details.emplace_back(absl::StrCat(whose, "_p50_us"),
                              contender.latencies.Micros(.5));
  figure.details.emplace_back(absl::StrCat(whose, "_p99_us"),
                              contender.latencies.Micros(.99));
}

Figure Compare(const Field& field, Contender& index, const std::string& name,
               Contender& peer, double aim) {
  for (size_t i = 0; i < index.answers.size(); ++i) {
    if (index.answers[i] != peer.answers[i]) {
      Fail(absl::StrCat(name, " answers ", field.demands()[i].id,
                        " differently"));
    }
  }
  Figure figure;
  figure.name = absl::StrCat("candidates of ", field.rows(), ", ", name);
  figure.unit = "demands/s";
  figure.ours = "best 64, index";
  figure.runs = {index.PerSecond()};
  figure.bare = name;
  figure.bare_runs = {peer.PerSecond()};
  figure.aim = aim;
  Describe("index", index, figure);
  Describe("peer", peer, figure);
  figure.details.emplace_back("build_s", field.build_seconds);
  figure.details.emplace_back(
      "bytes_a_volunteer",
      static_cast<double>(field.prepared->corps().index_bytes()) /
          field.rows());
  return figure;
}

std::vector<Figure> MeasureField(const NationOptions& options,
                                 bool with_postgres) {
  const Field field = MakeField(options);
  Contender index = AskIndex(field);
  std::vector<Figure> figures;
  Contender avx2 = AskAvx2(field);
  figures.push_back(Compare(field, index,
                            HasAvx2() ? "AVX2 brute force" : "brute force",
                            avx2, kAvx2Aim));
  if (!with_postgres) return figures;
  auto peer = PostgresPeer::Start(std::filesystem::temp_directory_path(),
                                  field.prepared->policy(),
                                  PostgresIndices::kSkillsAndRegion);
  if (absl::IsNotFound(peer.status())) {
    std::fprintf(stderr, "  without PostgreSQL: %s\n",
                 std::string(peer.status().message()).c_str());
    return figures;
  }
  OrFail(peer.status());
  Contender postgres = AskPostgres(field, **peer);
  figures.push_back(
      Compare(field, index, "PostgreSQL 15", postgres, kPostgresAim));
  return figures;
}

}  // namespace

std::vector<Figure> MeasureCandidates(const Settings& settings) {
  NationOptions million = MillionSize();
  if (!settings.full) million.volunteers /= 10;
  std::vector<Figure> figures = MeasureField(million, /*with_postgres=*/true);
  if (!settings.full) return figures;
  for (Figure& figure : MeasureField(CountrySize(), /*with_postgres=*/false)) {
    figures.push_back(std::move(figure));
  }
  return figures;
}

}  // namespace jiedui::bench::engine
