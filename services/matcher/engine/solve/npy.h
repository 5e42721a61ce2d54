// Arrays as numpy.save writes them: the NPY format, versions 1 to 3
// (numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace jiedui::matcher::engine {

// In row-major order, whatever the order in the file.
struct NpyArray {
  std::vector<int64_t> shape;
  std::vector<double> values;
};

// Reads the bytes of a file; `file` is its name, for errors. Understands
// booleans, whole numbers of 1 to 8 bytes and floats of 2, 4 and 8, of either
// byte order. Any bytes whatever are safe: what does not fit is
// ARRAY_MALFORMED, a dimension at a time; memory is taken only for values that
// are there. Whole numbers beyond ±2^53 and values that are not finite are
// VALUE_OUT_OF_RANGE, so that nothing is rounded unnoticed.
absl::StatusOr<NpyArray> ParseNpy(std::string_view bytes,
                                  const std::string& file);

}  // namespace jiedui::matcher::engine
