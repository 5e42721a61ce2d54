#include "tests/bench/engine/rows.h"

#include <array>

namespace jiedui::bench::engine {
namespace {

constexpr std::array kRows = {
    Row{"lemon", "exact assignment against LEMON's network simplex",
        MeasureLemon},
    Row{"insertion", "one demand coming and going", MeasureInsertion},
    Row{"event", "an event in an open round of a province", MeasureEvents},
    Row{"candidates", "candidates of one demand against AVX2 and PostgreSQL",
        MeasureCandidates},
    Row{"bundles_500", "joint bundles of 500 demands against their bound",
        MeasureBundles},
    Row{"bundles_scarce", "joint bundles where supply is .8 of demand",
        MeasureScarceBundles},
    Row{"province", "a province's round with explanations, judged",
        MeasureProvince},
    Row{"million", "experts of 100,000 demands among a million volunteers",
        MeasureMillion},
    Row{"nation", "a nation's experts and bundles", MeasureNation},
};

}  // namespace

std::span<const Row> Rows() { return kRows; }

}  // namespace jiedui::bench::engine
