// The end of a run that cannot go on.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jiedui::bench {

[[noreturn]] inline void Fail(const std::string& what) {
  std::fprintf(stderr, "jiedui_bench: %s\n", what.c_str());
  std::exit(1);
}

inline void OrFail(const absl::Status& status) {
  if (!status.ok()) Fail(status.ToString());
}

template <typename T>
T OrFail(absl::StatusOr<T> value) {
  OrFail(value.status());
  return *std::move(value);
}

}  // namespace jiedui::bench
