// Any problem at all: what does not validate is refused, and the judge finds no
// fault in the plan of what does. The bytes choose a random problem and then
// bend it, field by field.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/matcher/engine/example_problems.h"
#include "services/matcher/engine/judge.h"
#include "services/matcher/engine/round.h"
#include "tests/fuzz/expect.h"

namespace {

using namespace jiedui::matcher::engine;  // NOLINT: a program, not a header

// Numbers out of the bytes; zeros when they are used up.
class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  bool empty() const { return size_ == 0; }
  int Next() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }
  template <typename T>
  T* Of(std::vector<T>& list) {
    return list.empty() ? nullptr
                        : &list[static_cast<size_t>(Next()) % list.size()];
  }

 private:
  const uint8_t* data_;
  size_t size_;
};

void BendDemand(Bytes& bytes, Demand& demand) {
  switch (bytes.Next() % 8) {
    case 0:
      demand.want[static_cast<size_t>(bytes.Next()) % kParts] =
          static_cast<Want>(bytes.Next() % 3);
      break;
    case 1:
      demand.talents_count = bytes.Next() % 5;
      break;
    case 2:
      demand.window.end = demand.window.start + bytes.Next() - 3;
      break;
    case 3:
      demand.opened = static_cast<jiedui::codes::Tier>(1 + bytes.Next() % 4);
      break;
    case 4:
      demand.mandatory = !demand.mandatory;
      break;
    case 5:
      demand.urgency = static_cast<Urgency>(bytes.Next() % 4);
      break;
    case 6:
      demand.action = static_cast<jiedui::codes::Action>(1 + bytes.Next() % 5);
      break;
    default:
      demand.subjects.resize(demand.subjects.size() / 2);
  }
}

void BendVolunteer(Bytes& bytes, Problem& problem, Volunteer& volunteer) {
  switch (bytes.Next() % 5) {
    case 0:
      volunteer.capacity = bytes.Next() % 6 - 1;
      break;
    case 1:
      if (!problem.demands.empty()) {
        volunteer.region = problem.demands[0].region;
      }
      break;
    case 2:
      volunteer.tier = static_cast<jiedui::codes::Tier>(1 + bytes.Next() % 4);
      break;
    case 3:
      volunteer.availability.clear();
      break;
    default:
      if (!problem.demands.empty() && !problem.demands[0].subjects.empty()) {
        volunteer.skills.push_back(
            {problem.demands[0].subjects[0], 1 + bytes.Next() % 5, {}});
      }
  }
}

void Bend(Bytes& bytes, Problem& problem) {
  switch (bytes.Next() % 4) {
    case 0:
      if (Demand* demand = bytes.Of(problem.demands)) {
        BendDemand(bytes, *demand);
      }
      break;
    case 1:
      if (Volunteer* volunteer = bytes.Of(problem.volunteers)) {
        BendVolunteer(bytes, problem, *volunteer);
      }
      break;
    case 2: {
      Demand* demand = bytes.Of(problem.demands);
      Volunteer* volunteer = bytes.Of(problem.volunteers);
      if (demand != nullptr && volunteer != nullptr) {
        problem.locks.push_back(
            {demand->id, bytes.Next() % 2 ? Part::kExpert : Part::kTalents,
             volunteer->id});
      }
      break;
    }
    default:
      if (Team* team = bytes.Of(problem.teams)) {
        team->capacity = bytes.Next() % 4 - 1;
      }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Bytes bytes(data, size);
  const auto seed = static_cast<uint32_t>(bytes.Next() << 8 | bytes.Next());
  RandomSizes sizes;
  sizes.demands = bytes.Next() % 10;
  sizes.volunteers = bytes.Next() % 20;
  sizes.teams = bytes.Next() % 4;
  sizes.projects = bytes.Next() % 4;
  sizes.exclusions = 0;
  if (sizes.demands == 0 || sizes.volunteers == 0) return 0;
  Problem problem = RandomProblem(seed, sizes);
  for (int i = 0; i < 64 && !bytes.empty(); ++i) Bend(bytes, problem);
  const Policy policy;
  const auto plan = Solve(problem, policy);
  FUZZ_EXPECT(plan.ok() == Validate(problem).ok());
  if (plan.ok()) {
    FUZZ_EXPECT(
        Judge(problem, policy, *plan, ExpertScores(problem, policy)).ok());
  }
  return 0;
}
