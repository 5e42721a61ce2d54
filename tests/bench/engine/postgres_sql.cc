#include "tests/bench/engine/postgres_sql.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/bench/engine/postgres_rows.h"

namespace jiedui::bench {
namespace {

using matcher::engine::Feature;
using matcher::engine::Policy;

constexpr size_t kFirstSubject = 23;  // parameter

// "f(1), f(2), …" over the slots of a row.
template <typename Make>
std::string OverSlots(const char* separator, Make make) {
  std::vector<std::string> parts;
  for (size_t slot = 1; slot <= PostgresRows::kSlots; ++slot) {
    parts.push_back(make(slot));
  }
  return absl::StrJoin(parts, separator);
}

std::string Columns(const char* name) {
  return OverSlots("", [&](size_t slot) {
    return absl::StrCat(name, slot, " int NOT NULL, ");
  });
}

// ⌊weight · f / 1000⌋ of the subject; NULL, and so the whole score, when no
// skill that still counts is of a discipline asked for.
std::string SubjectPoints(const Policy& policy, size_t subjects) {
  const std::vector<int32_t>& positions = policy.subject_positions;
  std::vector<std::string> terms;
  int64_t weights = 0;
  for (size_t i = 0; i < subjects; ++i) {
    const int32_t weight = positions[std::min(i, positions.size() - 1)];
    weights += weight;
    terms.push_back(absl::StrCat(
        weight, "::bigint * greatest(",
        OverSlots(", ",
                  [&](size_t slot) {
                    return absl::StrCat("CASE WHEN e", slot, " > $6 THEN p",
                                        slot, " * ($", kFirstSubject + i,
                                        "::int[])[s", slot, "] ELSE 0 END");
                  }),
        ")"));
  }
  return absl::StrCat(ExpertWeight(policy, Feature::kSubject), " * nullif((",
                      absl::StrJoin(terms, " + "), ") / ", weights,
                      ", 0) / 1000");
}

std::string IndustryPoints(const Policy& policy) {
  return absl::StrCat(ExpertWeight(policy, Feature::kIndustry), " * greatest(",
                      OverSlots(", ",
                                [](size_t slot) {
                                  return absl::StrCat("($19::int[])[i", slot,
                                                      "], ($20::int[])[s", slot,
                                                      "]");
                                }),
                      ")");
}

std::string TextPoints(const Policy& policy) {
  return absl::StrCat("($12::int[])[1 + ", policy.text_term_weight,
                      " * icount(terms & $10) + ", policy.text_bigram_weight,
                      " * icount(others & $11)]");
}

std::string TimePoints(const Policy& policy) {
  return absl::StrCat("($13::int[])[1 + least(", policy.days_needed, ", ",
                      OverSlots(" + ",
                                [](size_t slot) {
                                  return absl::StrCat(
                                      "greatest(0, least(t", slot, ", $7) - ",
                                      "greatest(f", slot, ", $6))");
                                }),
                      ")]");
}

constexpr char kGeoPoints[] =
    "CASE WHEN village = $14 THEN $16 WHEN town = $15 THEN $17 "
    "ELSE ($18::int[])[hub] END";

}  // namespace

int32_t ExpertWeight(const Policy& policy, Feature feature) {
  using matcher::engine::Part;
  for (const auto& weight :
       policy.features[static_cast<size_t>(Part::kExpert)]) {
    if (weight.feature == feature) return weight.weight;
  }
  return 0;
}

std::string CreateTable() {
  return absl::StrCat(
      "CREATE EXTENSION intarray;"
      "CREATE UNLOGGED TABLE volunteer ("
      "id int NOT NULL, served int NOT NULL, village int NOT NULL, "
      "town int NOT NULL, hub int NOT NULL, tier int NOT NULL, "
      "mode int NOT NULL, capacity int NOT NULL, kind int NOT NULL, "
      "fixed int NOT NULL, ",
      Columns("s"), Columns("p"), Columns("e"), Columns("i"), Columns("f"),
      Columns("t"),
      "disciplines int[] NOT NULL, avoided int[] NOT NULL, "
      "terms int[] NOT NULL, others int[] NOT NULL, pairs int[] NOT NULL)");
}

std::string CreateIndices(PostgresIndices indices) {
  std::string statements =
      "CREATE INDEX volunteer_served ON volunteer (served);"
      "CLUSTER volunteer USING volunteer_served;";
  if (indices == PostgresIndices::kPairs) {
    statements +=
        "CREATE INDEX volunteer_pairs ON volunteer "
        "USING gin (pairs gin__int_ops);";
  } else {
    statements +=
        "CREATE INDEX volunteer_disciplines ON volunteer "
        "USING gin (disciplines gin__int_ops);";
  }
  return statements;
}

std::string SelectBest(const Policy& policy, size_t subjects, int k,
                       PostgresIndices indices) {
  const char* const found = indices == PostgresIndices::kPairs
                                ? "pairs && $3"
                                : "served = ANY ($1) AND disciplines && $2";
  const std::string free = OverSlots(" OR ", [](size_t slot) {
    return absl::StrCat("(f", slot, " < $7 AND t", slot, " > $6)");
  });
  const int32_t admission =
      policy.admission[static_cast<size_t>(matcher::engine::Part::kExpert)];
  // OFFSET 0 keeps the planner from computing the score once for every use.
  return absl::StrCat(
      "SELECT id, score, CASE WHEN score >= ", policy.floor,
      " THEN ($21::int[])[4 * kind + tier] "
      "ELSE ($22::int[])[4 * kind + tier] END AS distance "
      "FROM (SELECT id, kind, tier, (fixed + ($9::int[])[1 + kind] + ",
      TextPoints(policy), " + ", TimePoints(policy), " + ", kGeoPoints, " + ",
      IndustryPoints(policy), " + ", SubjectPoints(policy, subjects),
      ")::int AS score FROM volunteer WHERE ", found,
      " AND tier >= $4 AND mode <> $5 AND capacity > 0 AND (", free,
      ") AND ($9::int[])[1 + kind] >= 0 AND NOT avoided && $8 OFFSET 0) scored"
      " WHERE score >= ",
      admission, " ORDER BY distance, score DESC, id LIMIT ", k);
}

}  // namespace jiedui::bench
