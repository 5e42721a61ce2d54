// Early return on errors of absl::Status and absl::StatusOr.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define JIEDUI_CONCAT_INNER(a, b) a##b
#define JIEDUI_CONCAT(a, b) JIEDUI_CONCAT_INNER(a, b)

// Returns from the enclosing function when `expr` is not OK.
#define RETURN_IF_ERROR(expr)                                       \
  do {                                                              \
    if (absl::Status jiedui_status = (expr); !jiedui_status.ok()) { \
      return jiedui_status;                                         \
    }                                                               \
  } while (false)

// ASSIGN_OR_RETURN(auto x, F()): x = *F(), or returns F()'s error.
#define ASSIGN_OR_RETURN(lhs, expr) \
  ASSIGN_OR_RETURN_IMPL(JIEDUI_CONCAT(jiedui_statusor_, __LINE__), lhs, expr)

#define ASSIGN_OR_RETURN_IMPL(temp, lhs, expr) \
  auto temp = (expr);                          \
  if (!temp.ok()) return temp.status();        \
  lhs = *std::move(temp)
