#include "tests/bench/posting.h"

#include "tests/bench/demands.h"
#include "tests/bench/load.h"

namespace jiedui::bench {

grpc::ByteBuffer NextDemand(uint64_t& number) {
  demand::v1::CreateDemandRequest request;
  *request.mutable_demand() = ExampleDemand(++number);
  return ToBytes(request);
}

void PostDemands(const ServerProcess& server, uint64_t count) {
  Load load;
  load.method = kCreateDemand;
  load.calls = count;
  uint64_t number = 0;
  Drive(server, load, [&number] { return NextDemand(number); });
}

}  // namespace jiedui::bench
