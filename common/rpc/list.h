// Pages of a collection: in the order of names, filtered, searched.
#pragma once

#include <algorithm>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/query/filter.h"
#include "common/query/page_token.h"
#include "common/runtime/collection.h"
#include "common/store/store.h"
#include "common/text/search_index.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace jiedui::rpc {

inline constexpr int kDefaultPageSize = 50;
inline constexpr int kMaxPageSize = 1000;

// A call looks at so many rows at most, so that a filter that few rows pass
// does not hold a thread for long: the page is then short, with a token.
inline constexpr int kMaxRowsLookedAt = 20000;

// Errors: a violation of page_size.
inline absl::StatusOr<int> PageSize(int asked) {
  if (asked >= 0 && asked <= kMaxPageSize) {
    return asked == 0 ? kDefaultPageSize : asked;
  }
  base::Violations violations;
  violations.Add("page_size", base::Reason::kValueOutOfRange,
                 {{"value", std::to_string(asked)},
                  {"min", "0"},
                  {"max", std::to_string(kMaxPageSize)}});
  return violations.ToStatus();
}

// What a List request asks for; `query` stays empty where there is no search.
struct ListQuery {
  int page_size = 0;
  std::string page_token;
  std::string filter;
  std::string query;
};

template <typename Request>
ListQuery ListQueryOf(const Request& request) {
  ListQuery query{request.page_size(), request.page_token(), request.filter(),
                  ""};
  if constexpr (requires { request.query(); }) query.query = request.query();
  return query;
}

// Fills `out` and `next_page_token`. `to_api(record, &api)` converts a row.
// Errors: kBadFilter, kBadPageToken, a violation of page_size.
template <typename Kind, typename Api, typename ToApi>
absl::Status ListPage(const store::Reader& state, const ListQuery& query,
                      const text::SearchIndex* index, ToApi to_api,
                      google::protobuf::RepeatedPtrField<Api>* out,
                      std::string* next_page_token) {
  using Rows = runtime::Collection<Kind>;
  ASSIGN_OR_RETURN(const int page_size, PageSize(query.page_size));
  const std::string sealed = absl::StrCat(Api::descriptor()->full_name(), "\n",
                                          query.filter, "\n", query.query);
  ASSIGN_OR_RETURN(const std::string after,
                   query::ReadPageToken(query.page_token, sealed));
  ASSIGN_OR_RETURN(const query::Filter filter,
                   query::Filter::Parse(query.filter, *Api::descriptor()));
  int looked_at = 0;
  std::string last_name;
  // Returns whether to go on after this row.
  auto take = [&](const typename Kind::Record& record) {
    if (out->size() >= page_size || looked_at++ >= kMaxRowsLookedAt) {
      *next_page_token = query::MakePageToken(last_name, sealed);
      return false;
    }
    last_name = Kind::fact(record).name();
    Api* api = out->Add();
    to_api(record, api);
    if (!filter.Matches(*api)) out->RemoveLast();
    return true;
  };
  if (query.query.empty() || index == nullptr) {
    Rows::Visit(state, after, take);
    return absl::OkStatus();
  }
  const std::vector<std::string> names = index->Search(query.query);
  for (auto it = std::upper_bound(names.begin(), names.end(), after);
       it != names.end(); ++it) {
    const auto record = Rows::Find(state, *it);
    if (record && !take(*record)) break;
  }
  return absl::OkStatus();
}

}  // namespace jiedui::rpc
