// Demands to post: like those of counties, and of their size.
#pragma once

#include <cstdint>
#include <string>

#include "jiedui/demand/v1/demand_service.pb.h"

namespace jiedui::bench {

inline constexpr char kCreateDemand[] =
    "/jiedui.demand.v1.DemandService/CreateDemand";
inline constexpr char kGetDemand[] =
    "/jiedui.demand.v1.DemandService/GetDemand";

// The `number`-th demand, some 600 bytes; its own external id, its own mixture
// of a few sentences.
demand::v1::Demand ExampleDemand(uint64_t number);

// "demands/D00000012" for 12: the name of the 12th that a registry was given.
std::string NameOfDemand(uint64_t number);

}  // namespace jiedui::bench
