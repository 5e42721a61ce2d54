// Instances for the tests of this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/matcher/engine/solve/review.h"

namespace jiedui::matcher::engine {

// The bytes of a file in testdata.
std::string ReadTestData(const std::string& name);

// The reviewers of MIDL 2018, without least loads.
ReviewFiles MidlFiles();

// A file of version 1 with the values' bytes as given.
std::string Npy(std::string_view type, std::string_view shape,
                std::string_view values, bool fortran = false);

template <typename T>
std::string Bytes(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()),
          values.size() * sizeof(T)};
}

// Few reviewers and papers, some loads of zero, some scores negative or equal.
// Not every one can be solved.
ReviewInstance RandomReview(uint32_t seed, bool least_loads);

}  // namespace jiedui::matcher::engine
