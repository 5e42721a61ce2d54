#include "services/matcher/engine/solve/test_instances.h"

#include <fstream>
#include <iterator>
#include <random>

namespace jiedui::matcher::engine {

std::string ReadTestData(const std::string& name) {
  std::ifstream stream(std::string(JIEDUI_SOURCE_DIR
                                   "/services/matcher/engine/solve/testdata/") +
                           name,
                       std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

ReviewFiles MidlFiles() {
  return {ReadTestData("midl/scores.npy"), ReadTestData("midl/loads.npy"),
          std::nullopt, ReadTestData("midl/covs.npy")};
}

std::string Npy(std::string_view type, std::string_view shape,
                std::string_view values, bool fortran) {
  std::string header = "{'descr': '" + std::string(type) +
                       "', 'fortran_order': " + (fortran ? "True" : "False") +
                       ", 'shape': " + std::string(shape) + ", }\n";
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(header.size() & 255);
  bytes += static_cast<char>(header.size() >> 8);
  return bytes + header + std::string(values);
}

ReviewInstance RandomReview(uint32_t seed, bool least_loads) {
  std::mt19937 random(seed);
  ReviewInstance instance;
  instance.reviewers = 3 + static_cast<int32_t>(random() % 3);
  instance.papers = 1 + static_cast<int32_t>(random() % 4);
  const int32_t span = random() % 2 ? 5 : 1000;
  for (int32_t i = 0; i < instance.reviewers * instance.papers; ++i) {
    instance.scores.push_back(static_cast<int32_t>(random() % span) - span / 8);
  }
  for (int32_t i = 0; i < instance.reviewers; ++i) {
    const auto most = static_cast<int32_t>(random() % 4);
    instance.most.push_back(std::min(most, instance.papers));
    instance.least.push_back(
        least_loads ? std::min<int32_t>(instance.most[i], random() % 2) : 0);
  }
  for (int32_t i = 0; i < instance.papers; ++i) {
    instance.cover.push_back(static_cast<int32_t>(random() % 4));
  }
  return instance;
}

}  // namespace jiedui::matcher::engine
